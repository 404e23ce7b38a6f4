//! What serves a requirement, by the rules of Yarn 2 and later: the root's `resolutions`, the catalogs, the patches that come
//! with Yarn, and then the keys of the lockfile.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_document::find_byte;
use bomtrail_graph::Override;
use foldhash::fast::RandomState;

use super::locator::{Parts, decoded, encoded, patched};
use super::settings::Catalogs;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;
use crate::yarn::records::Record;

/// What serves a requirement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found<'r> {
    /// The number of the entry.
    pub(super) record: usize,
    /// The range in force, as npm writes it.
    pub(super) spec: Str<'r>,
    /// The rule of the root that replaced the range.
    pub(super) overridden: Option<Override>,
    /// True when only the name decided, because the root's manifest is missing.
    pub(super) by_name: bool,
}

/// The entries by what they serve, and the rules of the project.
pub(super) struct Lookup<'r> {
    /// The entry of each key; of several the last, as in JavaScript.
    by_key: HashMap<(&'r str, Range<'r>), usize, RandomState>,
    /// The entries that have a name in their keys, where there is no manifest of the root.
    by_name: HashMap<&'r str, Vec<usize>, RandomState>,
    /// The entries of patches that come with Yarn, by name and the range below the patch: whether it is of a registry, and the
    /// rest.
    builtin: HashMap<(&'r str, bool, Cow<'r, str>), usize, RandomState>,
    /// Their names, which are few.
    builtin_names: Vec<&'r str>,
    /// The entries of keys with a relative path, decoded, by the package that the path starts from; empty where none is stated.
    relative: HashMap<String, HashMap<String, usize, RandomState>, RandomState>,
    resolutions: Vec<Resolution<'r>>,
    catalogs: &'r Catalogs,
    /// The locator of the root.
    root: &'r str,
    has_manifest: bool,
}

/// One of the root's `resolutions`.
#[derive(Clone, Debug, PartialEq)]
struct Resolution<'r> {
    key: &'r str,
    /// The package whose requirement it is about: a name, and a reference with its protocol.
    from: Option<(&'r str, Option<Cow<'r, str>>)>,
    name: &'r str,
    /// The range that it is about.
    range: Option<Range<'r>>,
    value: &'r str,
}

/// A range with its protocol, without a copy of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Range<'t> {
    /// True where `npm:` is before the rest.
    of_registry: bool,
    rest: &'t str,
}

impl<'t> Range<'t> {
    /// A range as a key of the lockfile has it.
    fn as_written(text: &'t str) -> Self {
        let rest = text.strip_prefix("npm:");
        Self {
            of_registry: rest.is_some(),
            rest: rest.unwrap_or(text),
        }
    }

    /// A range in the form of [`normalized`].
    fn normalized(text: &'t str) -> Self {
        if !is_bare(text) {
            return Self::as_written(text);
        }
        Self {
            of_registry: true,
            rest: text,
        }
    }

    /// Its text.
    fn text(self) -> Cow<'t, str> {
        if self.of_registry {
            Cow::Owned(["npm:", self.rest].concat())
        } else {
            Cow::Borrowed(self.rest)
        }
    }

    /// As npm writes it: without `npm:` unless it is an alias, and that below a patch.
    fn in_npm_words(self) -> Cow<'t, str> {
        if self.of_registry {
            return if is_alias(self.rest) {
                self.text()
            } else {
                Cow::Borrowed(self.rest)
            };
        }
        // What is below a patch is not looked into again.
        let below = patched(self.rest).map(|(inner, _)| range_below(inner).1);
        below.unwrap_or(Cow::Borrowed(self.rest))
    }
}

impl<'r> Lookup<'r> {
    /// The entries, with the manifest of the root where there is one.
    pub(super) fn new(
        records: &'r [Record<'r>],
        manifest: Option<&'r Value<'_>>,
        catalogs: &'r Catalogs,
        root: &'r str,
    ) -> Self {
        let mut by_key =
            HashMap::with_capacity_and_hasher(records.len() * 2, RandomState::default());
        let mut by_name: HashMap<&str, Vec<usize>, RandomState> = HashMap::default();
        let mut builtin = HashMap::default();
        let mut builtin_names = Vec::new();
        let mut relative: HashMap<String, HashMap<String, usize, RandomState>, RandomState> =
            HashMap::default();
        for (number, record) in records.iter().enumerate() {
            for key in &record.keys {
                let (name, range) = split_name(key);
                if name.len() < key.len() {
                    by_key.insert((name, Range::as_written(range)), number);
                }
                if manifest.is_none() {
                    let all: &mut Vec<usize> = by_name.entry(name).or_default();
                    if all.last() != Some(&number) {
                        all.push(number);
                    }
                }
                if is_relative(range) {
                    let base = range.split("::").next().unwrap_or(range);
                    let meaning = [name, "@", &decoded(base)].concat();
                    let owner = Parts::of(range).binding("locator").unwrap_or_default();
                    let owners = relative.entry(meaning).or_default();
                    owners.insert(owner.into_owned(), number);
                }
                if let Some((inner, true)) = patched(range) {
                    let (of_registry, rest) = range_below(inner);
                    builtin.insert((name, of_registry, rest), number);
                    if !builtin_names.contains(&name) {
                        builtin_names.push(name);
                    }
                }
            }
        }
        Self {
            by_key,
            by_name,
            builtin,
            builtin_names,
            relative,
            resolutions: manifest.map(resolutions).unwrap_or_default(),
            catalogs,
            root,
            has_manifest: manifest.is_some(),
        }
    }

    /// What serves `name@range` for the package with the locator `from`.
    pub(super) fn find(&self, from: &str, name: &str, range: &'r str) -> Option<Found<'r>> {
        let asked = Range::normalized(range);
        let rule = self
            .resolutions
            .iter()
            .find(|it| it.applies(from, name, asked));
        let (mut wanted, bound) = match rule {
            Some(rule) => (Range::normalized(rule.value), self.root),
            None => (asked, from),
        };
        if let (false, true, Some(catalog)) = (
            wanted.of_registry,
            self.has_manifest,
            wanted.rest.strip_prefix("catalog:"),
        ) {
            wanted = Range::normalized(self.catalogs.get(catalog, name)?);
        }
        let exact = self
            .patched_by_yarn(name, wanted)
            .or_else(|| self.by_key(name, wanted, bound));
        let (record, by_name) = match exact {
            Some(record) => (record, false),
            None => (self.only_one(name)?, true),
        };
        let spec = wanted.in_npm_words();
        let overridden = rule.map(|it| Override {
            rule: [it.key, ": ", it.value].concat().into(),
            effective: (&*spec).into(),
        });
        Some(Found {
            record,
            spec,
            overridden,
            by_name,
        })
    }

    fn patched_by_yarn(&self, name: &str, wanted: Range<'_>) -> Option<usize> {
        if !self.builtin_names.contains(&name) {
            return None;
        }
        let key = (name, wanted.of_registry, Cow::Borrowed(wanted.rest));
        self.builtin.get(&key).copied()
    }

    /// The entry with the key `name@range`.
    fn get(&self, name: &str, range: Range<'_>) -> Option<usize> {
        let is_usual = !name.is_empty() && find_byte(name.as_bytes(), 1, 0, [b'@']).is_none();
        if is_usual {
            return self.by_key.get(&(name, range)).copied();
        }
        // Such a name does not end where that of the key ends.
        let key = [name, "@", &range.text()].concat();
        let (name, range) = split_name(&key);
        let key = (name, Range::as_written(range));
        self.by_key.get(&key).copied()
    }

    /// The entry with the key, or with the key and the package that a relative path starts from.
    fn by_key(&self, name: &str, wanted: Range<'_>, bound: &str) -> Option<usize> {
        let plain = self.get(name, wanted);
        if plain.is_some() {
            return plain;
        }
        if wanted.of_registry {
            // Early versions write a workspace that satisfies a range without `npm:`.
            return self.get(
                name,
                Range {
                    of_registry: false,
                    ..wanted
                },
            );
        }
        if !is_relative(wanted.rest) {
            return None;
        }
        let owned = [wanted.rest, "::locator=", &encoded(bound)].concat();
        self.get(name, Range::as_written(&owned))
            .or_else(|| self.spelled_otherwise(name, wanted.rest, bound))
    }

    /// The entry with a key of the same meaning: earlier versions of Yarn encode fewer characters.
    fn spelled_otherwise(&self, name: &str, wanted: &str, bound: &str) -> Option<usize> {
        let meaning = [name, "@", &decoded(wanted)].concat();
        let all = self.relative.get(&meaning)?;
        // Without a package that the path starts from, any package may ask for it.
        let owned = all.get(bound).or_else(|| all.get(""));
        owned.copied()
    }

    /// The only entry of a name, where the manifest of the root could not say more.
    fn only_one(&self, name: &str) -> Option<usize> {
        let all = self.by_name.get(name).filter(|_| !self.has_manifest)?;
        let [only] = **all else { return None };
        Some(only)
    }
}

/// True for a range with a path that starts from the package which asks for it.
fn is_relative(range: &str) -> bool {
    let starts = ["file:", "portal:", "link:", "patch:", "exec:", "."];
    starts.iter().any(|it| range.starts_with(it))
}

impl Resolution<'_> {
    fn applies(&self, from: &str, name: &str, asked: Range<'_>) -> bool {
        let of_parent = |(parent, reference): &(&str, Option<Cow<'_, str>>)| {
            let (name, found) = split_name(from);
            name == *parent && reference.as_ref().is_none_or(|it| *it == found)
        };
        self.name == name
            && self.from.as_ref().is_none_or(of_parent)
            && self.range.is_none_or(|it| it == asked)
    }
}

/// The `resolutions` of a manifest, in order.
fn resolutions<'r>(manifest: &'r Value<'_>) -> Vec<Resolution<'r>> {
    let Some(Value::Map(pairs)) = manifest.get("resolutions") else {
        return Vec::new();
    };
    let all = pairs
        .iter()
        .filter_map(|(key, value)| resolution(key, value.text()?));
    all.collect()
}

/// `name`, `name@range`, or one of both behind the package that it is about: `parent/name`, `parent@reference/name`.
fn resolution<'r>(key: &'r str, value: &'r str) -> Option<Resolution<'r>> {
    let (first, range, rest) = specifier(key)?;
    if rest.is_empty() {
        return Some(Resolution {
            key,
            from: None,
            name: first,
            range: range.map(Range::normalized),
            value,
        });
    }
    let (name, own, after) = specifier(rest)?;
    after.is_empty().then(|| Resolution {
        key,
        from: Some((first, range.map(normalized))),
        name,
        range: own.map(Range::normalized),
        value,
    })
}

/// A name, what is after its `@`, and what is after the next slash.
fn specifier(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let scope = if text.starts_with('@') {
        text.find('/')? + 1
    } else {
        0
    };
    let rest = text.get(scope..)?;
    let length = rest.find(['/', '@']).unwrap_or(rest.len());
    let name = text.get(..scope + length).filter(|_| length > 0)?;
    let after = text.get(scope + length..)?;
    match after.strip_prefix('@') {
        Some(after) => {
            let (range, rest) = after.split_once('/').unwrap_or((after, ""));
            Some((name, Some(range), rest))
        }
        None => Some((name, None, after.strip_prefix('/').unwrap_or(after))),
    }
}

/// A range with its protocol: that of a registry is `npm:` where none is written.
pub(super) fn normalized(range: &str) -> Cow<'_, str> {
    if !is_bare(range) {
        return Cow::Borrowed(range);
    }
    Cow::Owned(["npm:", range].concat())
}

/// True for a range without a protocol or a path.
fn is_bare(range: &str) -> bool {
    find_byte(range.as_bytes(), 0, 0, [b':', b'/']).is_none()
}

/// The range of the descriptor below a patch: whether it is of a registry, and the rest.
fn range_below(descriptor: Cow<'_, str>) -> (bool, Cow<'_, str>) {
    match descriptor {
        Cow::Borrowed(text) => {
            let range = Range::normalized(split_name(text).1);
            (range.of_registry, Cow::Borrowed(range.rest))
        }
        Cow::Owned(text) => {
            let range = Range::normalized(split_name(&text).1);
            (range.of_registry, Cow::Owned(range.rest.to_owned()))
        }
    }
}

/// A range without `npm:`, unless it is an alias.
pub(super) fn shown(range: &str) -> &str {
    match range.strip_prefix("npm:") {
        Some(rest) if !is_alias(rest) => rest,
        _ => range,
    }
}

fn is_alias(rest: &str) -> bool {
    rest.starts_with('@') || rest.contains('@')
}

#[cfg(test)]
mod tests;
