//! What serves a requirement, by the rules of Yarn 2 and later: the root's `resolutions`, the catalogs, the patches that come
//! with Yarn, and then the keys of the lockfile.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_document::find_byte;
use bomtrail_graph::Override;
use foldhash::fast::RandomState;

use super::keys::{Key, Keys, Number};
use super::locator::{Parts, decoded, encoded, patched};
use super::range::{Range, range_below};
use super::settings::Catalogs;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;
use crate::yarn::records::Record;

/// What serves a requirement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found<'r> {
    /// The number of the entry.
    pub(super) record: usize,
    /// The number of the name, where a key has it.
    pub(super) name: Option<Number>,
    /// The range in force, as npm writes it.
    pub(super) spec: Str<'r>,
    /// The rule of the root that replaced the range.
    pub(super) overridden: Option<Override>,
    /// True when only the name decided, because the root's manifest is missing.
    pub(super) by_name: bool,
}

/// The entries by what they serve, and the rules of the project.
pub(super) struct Lookup<'r> {
    keys: Keys<'r>,
    /// Whether a resolution or a patch that comes with Yarn is about each name of the keys.
    is_special: Vec<bool>,
    /// The entries of patches that come with Yarn, by name and the range below the patch: whether it is of a registry, and the
    /// rest.
    builtin: HashMap<(&'r str, bool, Cow<'r, str>), usize, RandomState>,
    /// The entries of keys with a relative path, decoded, by the package that the path starts from; empty where none is stated.
    relative: HashMap<String, HashMap<String, usize, RandomState>, RandomState>,
    resolutions: Vec<Resolution<'r>>,
    catalogs: &'r Catalogs,
    /// The locator of the root.
    root: &'r str,
    has_manifest: bool,
    spelling: Spelling,
}

/// Which ranges of `resolutions` and of requirements are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Those of the same text: for Yarn 2 and 3, `npm:^1.0.0` is not `^1.0.0`.
    Exact,
    /// `npm:` is the protocol of a range without one, since Yarn 4.
    Normalized,
}

impl Spelling {
    /// That of the Yarn which writes lockfiles of this version (`version` of `__metadata`).
    pub(super) fn of(lockfile_version: Option<&str>) -> Self {
        const FIRST_NORMALIZED: u32 = 7;
        let version = lockfile_version.and_then(|it| it.parse::<u32>().ok());
        match version {
            Some(version) if version < FIRST_NORMALIZED => Self::Exact,
            Some(_) | None => Self::Normalized,
        }
    }

    fn range(self, text: &str) -> Range<'_> {
        match self {
            Self::Exact => Range::as_written(text),
            Self::Normalized => Range::normalized(text),
        }
    }
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

impl<'r> Lookup<'r> {
    /// The entries, with the manifest of the root where there is one.
    pub(super) fn new(
        records: &'r [Record<'r>],
        manifest: Option<&'r Value<'_>>,
        catalogs: &'r Catalogs,
        root: &'r str,
        spelling: Spelling,
    ) -> Self {
        let all = Key::all(records);
        let mut builtin: HashMap<(&str, bool, Cow<'_, str>), usize, RandomState> =
            HashMap::default();
        let mut relative: HashMap<String, HashMap<String, usize, RandomState>, RandomState> =
            HashMap::default();
        for Key { name, range, entry } in &all {
            let Some(Range {
                of_registry: false,
                rest: range,
            }) = *range
            else {
                continue;
            };
            if is_relative(range) {
                let base = range.split("::").next().unwrap_or(range);
                let meaning = [name, "@", &decoded(base)].concat();
                let owner = Parts::of(range).binding("locator").unwrap_or_default();
                let owners = relative.entry(meaning).or_default();
                owners.insert(owner.into_owned(), *entry as usize);
            }
            if let Some((inner, true)) = patched(range) {
                let (of_registry, rest) = range_below(inner);
                builtin.insert((*name, of_registry, rest), *entry as usize);
            }
        }
        let keys = Keys::of(all);
        let resolutions = manifest
            .map(|it| resolutions(it, spelling))
            .unwrap_or_default();
        let mut is_special = vec![false; keys.names().len()];
        let special = resolutions.iter().map(|it| it.name);
        for name in special.chain(builtin.keys().map(|it| it.0)) {
            let slot = keys
                .number(name)
                .and_then(|it| is_special.get_mut(it as usize));
            if let Some(slot) = slot {
                *slot = true;
            }
        }
        Self {
            keys,
            is_special,
            builtin,
            relative,
            resolutions,
            catalogs,
            root,
            has_manifest: manifest.is_some(),
            spelling,
        }
    }

    /// What serves `name@range` for the package with the locator `from`.
    pub(super) fn find(&self, from: &str, name: &str, range: &'r str) -> Option<Found<'r>> {
        let asked = Range::normalized(range);
        let number = self.keys.number(name);
        let is_special = number.and_then(|it| self.is_special.get(it as usize)) != Some(&false);
        let rule = self
            .resolutions
            .iter()
            .filter(|_| is_special)
            .find(|it| it.applies(from, name, self.spelling.range(range)));
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
        let patched = is_special.then(|| self.patched_by_yarn(name, wanted));
        let exact = patched
            .flatten()
            .or_else(|| self.by_key((name, number), wanted, bound));
        let (record, by_name) = match exact {
            Some(record) => (record, false),
            None => (self.only_one(number?)?, true),
        };
        let spec = wanted.in_npm_words();
        let overridden = rule.map(|it| Override {
            rule: [it.key, ": ", it.value].concat().into(),
            effective: (&*spec).into(),
        });
        Some(Found {
            record,
            name: number,
            spec,
            overridden,
            by_name,
        })
    }

    fn patched_by_yarn(&self, name: &str, wanted: Range<'_>) -> Option<usize> {
        let key = (name, wanted.of_registry, Cow::Borrowed(wanted.rest));
        self.builtin.get(&key).copied()
    }

    /// The entry with the key `name@range`.
    fn get(&self, (name, number): Named<'_>, range: Range<'_>) -> Option<usize> {
        if let Some(number) = number {
            return self.keys.get(number, range);
        }
        if !name.is_empty() && find_byte(name.as_bytes(), 1, 0, [b'@']).is_none() {
            return None;
        }
        // Such a name does not end where that of the key ends.
        let key = [name, "@", &range.text()].concat();
        let (name, range) = split_name(&key);
        let number = self.keys.number(name)?;
        self.keys.get(number, Range::as_written(range))
    }

    /// The entry with the key, or with the key and the package that a relative path starts from.
    fn by_key(&self, named: Named<'_>, wanted: Range<'_>, bound: &str) -> Option<usize> {
        let plain = self.get(named, wanted);
        if plain.is_some() {
            return plain;
        }
        if wanted.of_registry {
            // Early versions write a workspace that satisfies a range without `npm:`.
            return self.get(
                named,
                Range {
                    of_registry: false,
                    ..wanted
                },
            );
        }
        if !is_relative(wanted.rest) {
            return None;
        }
        let path = with_protocol(wanted.rest);
        let owned = [&path, "::locator=", &encoded(bound)].concat();
        self.get(named, Range::as_written(&owned))
            .or_else(|| self.spelled_otherwise(named.0, &path, bound))
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
    fn only_one(&self, name: Number) -> Option<usize> {
        self.keys.only_one(name).filter(|_| !self.has_manifest)
    }

    /// The names of all keys, and their numbers.
    pub(super) fn keys(&self) -> &Keys<'r> {
        &self.keys
    }
}

/// A name, and its number where a key has it.
type Named<'t> = (&'t str, Option<Number>);

/// True for a range with a path that starts from the package which asks for it.
fn is_relative(range: &str) -> bool {
    let starts = ["file:", "portal:", "link:", "patch:", "exec:"];
    starts.iter().any(|it| range.starts_with(it)) || is_path(range)
}

/// True for a range that is only a path.
fn is_path(range: &str) -> bool {
    let is_drive = |it: &str| {
        let mut bytes = it.bytes();
        let letter = bytes.next().is_some_and(|it| it.is_ascii_alphabetic());
        letter && bytes.next() == Some(b':') && matches!(bytes.next(), Some(b'/' | b'\\'))
    };
    ["/", "./", "../"].iter().any(|it| range.starts_with(it)) || is_drive(range)
}

/// A relative range with its protocol: that of a path is `file:`.
fn with_protocol(range: &str) -> Cow<'_, str> {
    if is_path(range) {
        Cow::Owned(["file:", range].concat())
    } else {
        Cow::Borrowed(range)
    }
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
fn resolutions<'r>(manifest: &'r Value<'_>, spelling: Spelling) -> Vec<Resolution<'r>> {
    let Some(Value::Map(pairs)) = manifest.get("resolutions") else {
        return Vec::new();
    };
    let all = pairs
        .iter()
        .filter_map(|(key, value)| resolution(key, value.text()?, spelling));
    all.collect()
}

/// `name`, `name@range`, or one of both behind the package that it is about: `parent/name`, `parent@reference/name`.
fn resolution<'r>(key: &'r str, value: &'r str, spelling: Spelling) -> Option<Resolution<'r>> {
    let (first, range, rest) = specifier(key)?;
    if rest.is_empty() {
        return Some(Resolution {
            key,
            from: None,
            name: first,
            range: range.map(|it| spelling.range(it)),
            value,
        });
    }
    let (name, own, after) = specifier(rest)?;
    after.is_empty().then(|| Resolution {
        key,
        from: Some((first, range.map(|it| spelling.range(it).text()))),
        name,
        range: own.map(|it| spelling.range(it)),
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

#[cfg(test)]
mod tests;
