//! The package of an entry that is fetched.

use super::locator::{Locator, Source};
use crate::locked::package::{Package, Resolution};
use crate::package::entry::{Entry, Field};
use crate::package::requesters::Requesters;
use crate::package::value::{Str, Value};
use crate::yarn::address;
use crate::yarn::records::Record;
use bomtrail_graph::{Patch, Role};

/// The package of an entry with a locator that names no folder.
pub(super) fn fetched<'p>(record: &'p Record<'p>, locator: &'p Locator<'p>) -> Package<'p> {
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
