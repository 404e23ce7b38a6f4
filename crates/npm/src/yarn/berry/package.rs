//! The package of an entry that is fetched.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::locator::{self, Locator, Source};
use crate::locked::package::{Package, Resolution};
use crate::package::entry::{Entry, Field};
use crate::package::requesters::Requesters;
use crate::package::value::{Str, Value};
use crate::yarn::address;
use crate::yarn::records::Record;
use bomtrail_graph::{Patch, Role};

/// The locators whose archives Yarn compares with a digest.
pub(super) struct Checked<'p>(HashSet<&'p str, RandomState>);

impl<'p> Checked<'p> {
    pub(super) fn of(records: &'p [Record<'p>]) -> Self {
        let patched = |it: &Record<'_>| it.resolution.as_deref().is_some_and(is_patched);
        // They are looked for below patches alone.
        if !records.iter().any(|it| patched(it) && !has_checksum(it)) {
            return Self(HashSet::default());
        }
        let mut all = HashSet::with_capacity_and_hasher(records.len(), RandomState::default());
        let checked = records.iter().filter(|it| has_checksum(it));
        all.extend(checked.filter_map(|it| it.resolution.as_deref()));
        Self(all)
    }

    /// True for a patch whose package has a digest: nothing else is fetched for it.
    pub(super) fn has_below(&self, resolution: &str) -> bool {
        const DEEPEST: usize = 8;
        let mut below = locator::unpatched(resolution);
        for _ in 0..DEEPEST {
            let Some(text) = below else { return false };
            if self.0.contains(&*text) {
                return true;
            }
            below = locator::unpatched(&text).map(|it| Cow::Owned(it.into_owned()));
        }
        false
    }
}

fn has_checksum(record: &Record<'_>) -> bool {
    record.checksum.as_deref().is_some_and(|it| !it.is_empty())
}

fn is_patched(resolution: &str) -> bool {
    resolution.contains("@patch:")
}

/// The package of an entry with a locator that names no folder.
pub(super) fn fetched<'p>(
    record: &'p Record<'p>,
    locator: &'p Locator<'p>,
    checked: &Checked<'_>,
) -> Package<'p> {
    let place = Str::Borrowed(record.resolution.as_deref().unwrap_or_default());
    let name = name_of(record, locator);
    let mut package = match &locator.source {
        Source::Registry {
            version,
            archive: None,
        } => Package::of_registry(place, name, Str::Borrowed(version)),
        Source::Registry {
            version,
            archive: Some(archive),
        } => {
            let package = Package::of_address(place, name, Str::Borrowed(archive));
            package.with(|it| {
                it.entry.version = Some(Str::Borrowed(version));
                it.asked = Requesters::default();
                it.asked.note_registry();
            })
        }
        Source::Address(address) => {
            let package = Package::of_address(place, name, Str::Borrowed(address));
            package.with(|it| it.entry.version.clone_from(&record.version))
        }
        Source::Workspace(_) | Source::Folder(..) => Package::of_folder(place, name, Role::Local),
    };
    package.entry.facts = platforms(record).into();
    let patch = |path: &String| Patch {
        path: path.as_str().into(),
        hashes: Vec::new(),
    };
    package.patches = locator.patches.iter().map(patch).collect();
    // The digest is of the archive that Yarn makes, so that it is a fact of the entry and not of the package.
    if let Some(checksum) = record.checksum.as_deref().filter(|it| !it.is_empty()) {
        package.is_checked = true;
        let property = ("bomtrail:yarn:cache-checksum".into(), checksum.into());
        package.properties = vec![property];
    } else if checked.has_below(&package.place) {
        package.is_checked = true;
    }
    package
}

/// The name of a package: that in an archive's address where the public registry has it, else as it is asked for.
fn name_of<'p>(record: &'p Record<'p>, locator: &'p Locator<'p>) -> Str<'p> {
    let stated = match &locator.source {
        Source::Address(address) => address::public_name(address, record.version.as_deref()),
        Source::Registry { .. } | Source::Workspace(_) | Source::Folder(..) => None,
    };
    stated.unwrap_or(Str::Borrowed(&*locator.name))
}

/// The package of an entry whose locator is missing or cannot be read.
pub(super) fn unknown<'p>(record: &'p Record<'p>) -> Package<'p> {
    let key = record.keys.first().map_or("", |it| it);
    let (name, _) = crate::resolve::spec::split_name(key);
    let entry = Entry {
        version: record.version.clone(),
        resolved: record.resolution.clone(),
        ..Entry::default()
    };
    let mut asked = Requesters::default();
    asked.note_other();
    Package {
        place: Str::Borrowed(key),
        name: Str::Borrowed(name),
        entry,
        resolution: Resolution::Address,
        asked,
        ..Package::default()
    }
}

/// The platforms of `conditions` (`os=linux & (cpu=x64 | cpu=arm64)`).
fn platforms<'p>(record: &'p Record<'p>) -> Vec<(Field, Value<'p>)> {
    let Some(conditions) = record.conditions.as_deref() else {
        return Vec::new();
    };
    let fields = [
        ("os", Field::Os),
        ("cpu", Field::Cpu),
        ("libc", Field::Libc),
    ];
    let mut facts = Vec::new();
    for (key, field) in fields {
        let tokens = conditions.split([' ', '&', '|', '(', ')']);
        let values: Vec<Value<'p>> = tokens.filter_map(|it| value(it, key)).collect();
        if !values.is_empty() {
            facts.push((field, Value::List(values)));
        }
    }
    facts
}

/// The value of `key=value`; `!key=value` excludes it.
fn value<'p>(token: &'p str, key: &str) -> Option<Value<'p>> {
    let (name, value) = token.split_once('=')?;
    let excluded = name.strip_prefix('!');
    let text = match excluded {
        Some(_) => Str::Owned(["!", value].concat()),
        None => Str::Borrowed(value),
    };
    (excluded.unwrap_or(name) == key && !value.is_empty()).then_some(Value::Text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(resolution: &'static str, checksum: Option<&'static str>) -> Record<'static> {
        Record {
            resolution: Some(resolution.into()),
            checksum: checksum.map(Into::into),
            ..Record::default()
        }
    }

    #[test]
    fn a_patch_is_checked_with_the_package_below_it() {
        let patch = "a@patch:a@npm%3A1.0.0#optional!builtin<compat/a>::version=1.0.0&hash=1";
        let twice = "a@patch:a@patch%3Aa@npm%253A1.0.0%23x#./y.patch";
        let other = "b@patch:b@npm%3A1.0.0#./b.patch";
        let records = [
            record("a@npm:1.0.0", Some("10c0/1")),
            record(patch, None),
            record("b@npm:1.0.0", None),
            record(other, None),
        ];
        let checked = Checked::of(&records);
        assert!(checked.has_below(patch) && checked.has_below(twice));
        assert!(!checked.has_below(other));
        // What is not a patch is fetched itself.
        assert!(!checked.has_below("a@npm:1.0.0"));
    }
}
