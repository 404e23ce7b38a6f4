//! Version 1 lockfiles, converted to the form of the later ones as npm does it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::lockfile::wire::Legacy;
use crate::package::archive_url;
use crate::package::entry::{Entry, EntryFlags};
use crate::package::value::Str;
use crate::paths;
use crate::resolve::spec::Spec;

/// Entries by location, in npm's order.
type Entries<'a> = Vec<(Str<'a>, Entry<'a>)>;

/// Turns nested `dependencies` into entries by location. `ancient` files state no dependencies at all.
pub(crate) fn entries<'a>(dependencies: Vec<(Str<'a>, Legacy<'a>)>, ancient: bool) -> Entries<'a> {
    let mut entries: Entries<'a> = Vec::new();
    let mut open: Vec<(String, Str<'a>, Legacy<'a>)> = Vec::new();
    push_nested(&mut open, "", dependencies);
    let mut known: HashSet<String, RandomState> = HashSet::default();
    while let Some((location, name, mut legacy)) = open.pop() {
        let nested = std::mem::take(&mut legacy.dependencies);
        let linked = match spec_of(&legacy) {
            Spec::Directory(path) => paths::join("", path),
            _ => None,
        };
        // Entries nested under a link belong under the link's target.
        let base = linked.clone().unwrap_or_else(|| location.clone());
        if let Some(target) = linked {
            entries.push((location.into(), link_to(&target)));
            if known.insert(target.clone()) {
                entries.push((target.into(), target_of_link(&name, legacy)));
            }
        } else {
            known.insert(location.clone());
            entries.push((location.into(), entry(&name, legacy, ancient)));
        }
        push_nested(&mut open, &base, nested);
    }
    sort_requires(&mut entries);
    entries
}

fn push_nested<'a>(
    open: &mut Vec<(String, Str<'a>, Legacy<'a>)>,
    base: &str,
    dependencies: Vec<(Str<'a>, Legacy<'a>)>,
) {
    let slash = if base.is_empty() { "" } else { "/" };
    let nested = dependencies.into_iter().rev();
    open.extend(
        nested.map(|(name, legacy)| (format!("{base}{slash}node_modules/{name}"), name, legacy)),
    );
}

fn link_to<'a>(target: &str) -> Entry<'a> {
    let mut link = Entry {
        resolved: Some(target.to_owned().into()),
        ..Entry::default()
    };
    link.bits.set(EntryFlags::LINK, true);
    link
}

/// The target of a link. Its version is unknown, and its name is that of its folder.
fn target_of_link<'a>(name: &Str<'a>, legacy: Legacy<'a>) -> Entry<'a> {
    entry(
        name,
        Legacy {
            version: None,
            resolved: None,
            from: None,
            ..legacy
        },
        false,
    )
}

/// The specifier of an old entry: old versions of npm wrote many kinds of values into `version`.
fn spec_of<'l>(legacy: &'l Legacy<'_>) -> Spec<'l> {
    let parse =
        |text: &'l Option<Str<'_>>| text.as_deref().filter(|it| !it.is_empty()).map(Spec::parse);
    let version = parse(&legacy.version).filter(|it| *it != Spec::Invalid);
    if let Some(spec) = version
        && (legacy.integrity.is_some() || matches!(spec, Spec::Git(_)))
    {
        return spec;
    }
    if let Some(from) = parse(&legacy.from).filter(|it| *it != Spec::Invalid) {
        if from.is_registry() && legacy.version.is_some() {
            return version.unwrap_or(Spec::Invalid);
        }
        if legacy.resolved.is_none() {
            return from;
        }
    }
    parse(&legacy.resolved)
        .filter(|it| *it != Spec::Invalid)
        .or(version)
        .unwrap_or(Spec::Invalid)
}

fn entry<'a>(name: &str, legacy: Legacy<'a>, ancient: bool) -> Entry<'a> {
    let mut entry = Entry::default();
    let (resolved, version, real_name) = identity(name, &legacy);
    (entry.resolved, entry.version, entry.name) = (resolved, version, real_name);
    entry.bits.set(EntryFlags::OPTIONAL, legacy.optional);
    entry.bits.set(EntryFlags::DEV, legacy.dev);
    entry.bits.set(EntryFlags::IN_BUNDLE, legacy.bundled);
    entry.bits.set(
        EntryFlags::EDGES_UNKNOWN,
        ancient && legacy.requires.is_none(),
    );
    entry.integrity = legacy.integrity;
    entry.dependencies = legacy.requires.unwrap_or_default();
    if !legacy.wrong.is_empty() {
        entry.extras_mut().wrong = legacy.wrong;
    }
    entry
}

type Identity<'a> = (Option<Str<'a>>, Option<Str<'a>>, Option<Str<'a>>);

/// The resolved value, version and real name of an old entry.
fn identity<'a>(name: &str, legacy: &Legacy<'a>) -> Identity<'a> {
    let owned = |text: &str| Some(Cow::Owned(text.to_owned()));
    match spec_of(legacy) {
        Spec::Git(url) => (owned(url), None, None),
        Spec::Range(version) | Spec::Tag(version) => {
            let exact = legacy.integrity.is_none() || bomtrail_version::npm::is_version(version);
            let version = if legacy.integrity.is_none() {
                legacy.version.as_deref().unwrap_or(version)
            } else {
                version
            };
            (
                legacy.resolved.clone(),
                exact.then(|| owned(version)).flatten(),
                None,
            )
        }
        Spec::Alias { name: real, range } => (legacy.resolved.clone(), owned(range), owned(real)),
        Spec::Remote(url) => from_archive(name, url, url.to_owned()),
        Spec::File(path) => {
            let place = paths::join("", path).unwrap_or_else(|| path.to_owned());
            from_archive(name, path, format!("file:{place}"))
        }
        Spec::Directory(_) | Spec::Invalid => (legacy.resolved.clone(), None, None),
    }
}

fn from_archive<'a>(name: &str, url: &str, resolved: String) -> Identity<'a> {
    let stated = archive_url::version_of_archive(name, url);
    let (real, version) =
        stated.map_or((None, None), |(real, version)| (Some(real), Some(version)));
    let real = real.filter(|real| real != name);
    (
        Some(Cow::Owned(resolved)),
        version.map(Cow::Owned),
        real.map(Cow::Owned),
    )
}

/// Old entries say what they require, but not how. As npm does, a dependency of a package that is not optional on one that is
/// counts as optional; the same for development.
fn sort_requires(entries: &mut Entries<'_>) {
    let flags: HashMap<String, (bool, bool), RandomState> = entries
        .iter()
        .map(|(location, entry)| {
            (
                location.as_ref().to_owned(),
                (entry.is(EntryFlags::OPTIONAL), entry.is(EntryFlags::DEV)),
            )
        })
        .collect();
    for (location, entry) in entries.iter_mut() {
        let (optional, dev) = (entry.is(EntryFlags::OPTIONAL), entry.is(EntryFlags::DEV));
        for (name, spec) in std::mem::take(&mut entry.dependencies) {
            let (to_optional, to_dev) = required(&flags, location, &name).unwrap_or_default();
            if to_optional && !optional {
                entry.extras_mut().optional_dependencies.push((name, spec));
            } else if to_dev && !dev {
                entry.extras_mut().dev_dependencies.push((name, spec));
            } else {
                entry.dependencies.push((name, spec));
            }
        }
    }
}

fn required(
    flags: &HashMap<String, (bool, bool), RandomState>,
    from: &str,
    name: &str,
) -> Option<(bool, bool)> {
    let mut here = Some(from);
    let mut place = String::new();
    while let Some(location) = here {
        place.clear();
        place.push_str(location);
        place.push_str(if location.is_empty() {
            "node_modules/"
        } else {
            "/node_modules/"
        });
        place.push_str(name);
        if let Some(found) = flags.get(place.as_str()) {
            return Some(*found);
        }
        here = paths::parent(location);
    }
    None
}
