//! What serves a requirement, by the rules of Yarn 2 and later: the root's `resolutions`, the catalogs, the patches that come
//! with Yarn, and then the keys of the lockfile.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_graph::Override;
use foldhash::fast::RandomState;

use super::locator::{Parts, decoded, encoded, patched};
use super::settings::Catalogs;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;
use crate::yarn::records::{Index, Record};

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
    index: Index<'r>,
    /// The entries that have a name in their keys.
    by_name: HashMap<&'r str, Vec<usize>, RandomState>,
    /// The entries of patches that come with Yarn, by name and the range below the patch.
    builtin: HashMap<(&'r str, Cow<'r, str>), usize, RandomState>,
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
    /// The range that it is about, with its protocol.
    range: Option<Cow<'r, str>>,
    value: &'r str,
}

impl<'r> Lookup<'r> {
    /// The entries, with the manifest of the root where there is one.
    pub(super) fn new(
        records: &'r [Record<'r>],
        manifest: Option<&'r Value<'_>>,
        catalogs: &'r Catalogs,
        root: &'r str,
    ) -> Self {
        let mut by_name: HashMap<&str, Vec<usize>, RandomState> = HashMap::default();
        let mut builtin = HashMap::default();
        let mut relative: HashMap<String, HashMap<String, usize, RandomState>, RandomState> =
            HashMap::default();
        for (number, record) in records.iter().enumerate() {
            for key in &record.keys {
                let (name, range) = split_name(key);
                let all = by_name.entry(name).or_default();
                if all.last() != Some(&number) {
                    all.push(number);
                }
                if is_relative(range) {
                    let base = range.split("::").next().unwrap_or(range);
                    let meaning = [name, "@", &decoded(base)].concat();
                    let owner = Parts::of(range).binding("locator").unwrap_or_default();
                    let owners = relative.entry(meaning).or_default();
                    owners.insert(owner.into_owned(), number);
                }
                if let Some((inner, true)) = patched(range) {
                    builtin.insert((name, range_below(inner)), number);
                }
            }
        }
        Self {
            index: Index::new(records),
            by_name,
            builtin,
            relative,
            resolutions: manifest.map(resolutions).unwrap_or_default(),
            catalogs,
            root,
            has_manifest: manifest.is_some(),
        }
    }

    /// What serves `name@range` for the package with the locator `from`.
    pub(super) fn find(&self, from: &str, name: &str, range: &'r str) -> Option<Found<'r>> {
        let asked = normalized(range);
        let rule = self
            .resolutions
            .iter()
            .find(|it| it.applies(from, name, &asked));
        let (wanted, bound) = match rule {
            Some(rule) => (normalized(rule.value), self.root),
            None => (asked, from),
        };
        let wanted = match wanted.strip_prefix("catalog:") {
            Some(catalog) if self.has_manifest => {
                Cow::Owned(normalized(self.catalogs.get(catalog, name)?).into_owned())
            }
            _ => wanted,
        };
        let exact = self
            .patched_by_yarn(name, &wanted)
            .or_else(|| self.by_key(name, &wanted, bound));
        let (record, by_name) = match exact {
            Some(record) => (record, false),
            None => (self.only_one(name)?, true),
        };
        let effective = in_npm_words(&wanted);
        let overridden = rule.map(|it| Override {
            rule: [it.key, ": ", it.value].concat().into(),
            effective: (&*effective).into(),
        });
        let spec = Str::Owned(effective.into_owned());
        Some(Found {
            record,
            spec,
            overridden,
            by_name,
        })
    }

    fn patched_by_yarn(&self, name: &str, wanted: &str) -> Option<usize> {
        if self.builtin.is_empty() {
            return None;
        }
        self.builtin.get(&(name, Cow::Borrowed(wanted))).copied()
    }

    /// The entry with the key, or with the key and the package that a relative path starts from.
    fn by_key(&self, name: &str, wanted: &str, bound: &str) -> Option<usize> {
        let key = [name, "@", wanted].concat();
        // Early versions write a workspace that satisfies a range without `npm:`.
        let bare = || {
            self.index
                .get(&[name, "@", wanted.strip_prefix("npm:")?].concat())
        };
        let plain = self.index.get(&key).or_else(bare);
        plain.or_else(|| {
            if !is_relative(wanted) {
                return None;
            }
            let owned = [&*key, "::locator=", &encoded(bound)].concat();
            self.index
                .get(&owned)
                .or_else(|| self.spelled_otherwise(name, wanted, bound))
        })
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
    fn applies(&self, from: &str, name: &str, asked: &str) -> bool {
        let of_parent = self.from.as_ref().is_none_or(|(parent, reference)| {
            let (name, found) = split_name(from);
            name == *parent && reference.as_ref().is_none_or(|it| *it == found)
        });
        self.name == name && of_parent && self.range.as_ref().is_none_or(|it| *it == asked)
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
    let whole = |range: Option<&'r str>| range.map(normalized);
    if rest.is_empty() {
        return Some(Resolution {
            key,
            from: None,
            name: first,
            range: whole(range),
            value,
        });
    }
    let (name, own, after) = specifier(rest)?;
    after.is_empty().then(|| Resolution {
        key,
        from: Some((first, whole(range))),
        name,
        range: whole(own),
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
    if range.contains([':', '/']) {
        return Cow::Borrowed(range);
    }
    Cow::Owned(["npm:", range].concat())
}

/// The range of the descriptor below a patch, with its protocol.
fn range_below(descriptor: Cow<'_, str>) -> Cow<'_, str> {
    match descriptor {
        Cow::Borrowed(text) => normalized(split_name(text).1),
        Cow::Owned(text) => Cow::Owned(normalized(split_name(&text).1).into_owned()),
    }
}

/// A range as npm writes it: without `npm:` unless it is an alias, and that below a patch.
pub(super) fn in_npm_words(range: &str) -> Cow<'_, str> {
    if let Some((inner, _)) = patched(range) {
        let below = range_below(inner).into_owned();
        // What is below is one step shorter each time.
        return Cow::Owned(below.strip_prefix("npm:").unwrap_or(&below).to_owned());
    }
    Cow::Borrowed(shown(range))
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
