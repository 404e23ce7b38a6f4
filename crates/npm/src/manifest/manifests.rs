//! The package.json files that npm reads again for a lockfile: the project's own, and those of workspaces and linked folders, which
//! a developer may have changed since.

use std::collections::BTreeSet;

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Files};

use crate::diags;
use crate::lockfile::entries::Entries;
use crate::lockfile::wire::Manifest;
use crate::manager::NPM;
use crate::manifest::files;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::{Entry, EntryFlags, Field, Pairs};
use crate::package::value::Str;
use crate::paths;
use crate::resolve::tree::Index;
use crate::text;

/// The project that the manifests belong to.
pub(crate) struct Overlay<'p> {
    /// The lockfile.
    pub(crate) path: &'p str,
    /// The project's folder.
    pub(crate) base: &'p str,
    pub(crate) root: Index,
}

/// The locations whose package.json is read: the root, and every link target outside `node_modules`.
pub(crate) fn wanted(entries: &Entries<'_>) -> BTreeSet<String> {
    let targets = entries.links().filter_map(target);
    let outside = targets.filter(|it| paths::split_modules(it).is_none());
    outside.chain([String::new()]).collect()
}

/// The target of a link.
fn target((_, link): (&Str<'_>, &Entry<'_>)) -> Option<String> {
    let resolved = link.resolved.as_deref()?;
    paths::join("", resolved.strip_prefix("file:").unwrap_or(resolved))
}

/// The manifests that exist, by location.
pub(crate) fn texts(
    wanted: &BTreeSet<String>,
    base: &str,
    files: &dyn Files,
) -> Vec<(String, String)> {
    let read = |location: &String| {
        let bytes = files::read(base, &join_file(location), files)?;
        Some((location.clone(), text::decode(&bytes).0.into_owned()))
    };
    wanted.iter().filter_map(read).collect()
}

fn join_file(location: &str) -> String {
    if location.is_empty() {
        "package.json".to_owned()
    } else {
        format!("{location}/package.json")
    }
}

/// Merges the manifests into their entries, as npm does: identity and dependencies come from the manifest, the place and the
/// resolution from the lockfile.
pub(crate) fn overlay<'a>(
    overlay: &Overlay<'_>,
    entries: &mut Entries<'a>,
    texts: &'a [(String, String)],
    diagnostics: &mut Diagnostics,
) {
    let mut parsed: Vec<(&str, Option<Entry<'a>>)> = Vec::with_capacity(texts.len());
    for (location, text) in texts {
        match from_json::<Manifest<'a>>(text) {
            Ok(Manifest(entry)) => parsed.push((location, Some(entry))),
            Err(error) => {
                let file = paths::join(overlay.base, &join_file(location)).unwrap_or_default();
                diagnostics.push(diags::unreadable(&file, &error));
            }
        }
    }
    parsed.sort_by_key(|(location, _)| *location);
    // Of several entries with a location, the last one counts.
    for index in with_manifest(overlay, entries, &parsed).into_iter().rev() {
        let location = entries.locations().get(index as usize);
        let found = location.map(|it| parsed.binary_search_by(|(at, _)| (*at).cmp(it)));
        let Some(manifest) = found.and_then(|it| parsed.get_mut(it.ok()?)?.1.take()) else {
            continue;
        };
        entries.replace(index, |old| {
            if index == overlay.root {
                report_out_of_step(overlay, &old, &manifest, diagnostics);
            }
            merged(old, manifest)
        });
    }
}

/// The entries that may have one of the manifests, which are sorted by location.
fn with_manifest(
    overlay: &Overlay<'_>,
    entries: &Entries<'_>,
    manifests: &[(&str, Option<Entry<'_>>)],
) -> Vec<Index> {
    let is_inside = |location: &str| location.starts_with("node_modules/");
    let are_outside = !manifests.iter().any(|(it, _)| is_inside(it));
    let is_possible = |(location, index): &(&Str<'_>, Index)| {
        // Nearly all entries are of packages in the `node_modules` of the project.
        let is_elsewhere = are_outside && is_inside(location);
        let is_hidden_root = location.is_empty() && *index != overlay.root;
        !is_elsewhere && !is_hidden_root
    };
    let numbered = entries.locations().iter().zip(0..);
    let possible = numbered.filter(is_possible).map(|(_, index)| index);
    let is_link = |it: &Index| {
        let entry = entries.get(*it);
        entry.is_some_and(|it| it.is(EntryFlags::LINK))
    };
    possible.filter(|it| !is_link(it)).collect()
}

fn merged<'a>(old: Entry<'a>, manifest: Entry<'a>) -> Entry<'a> {
    let mut entry = manifest;
    let private = entry.is(EntryFlags::PRIVATE);
    entry.bits = old.bits;
    entry.bits.set(EntryFlags::PRIVATE, private);
    entry.bits.set(EntryFlags::EDGES_UNKNOWN, false);
    (entry.resolved, entry.integrity) = (old.resolved, old.integrity);
    // A project without a name keeps the one that the lockfile has for it.
    entry.name = entry.name.take().or(old.name);
    entry
}

/// Reports the dependencies that differ between the root manifest and the lockfile's copy of it.
fn report_out_of_step(
    overlay: &Overlay<'_>,
    entry: &Entry<'_>,
    manifest: &Entry<'_>,
    diagnostics: &mut Diagnostics,
) {
    // Version 1 has no copy, and neither has a lockfile without a root entry.
    if entry.is(EntryFlags::EDGES_UNKNOWN) {
        return;
    }
    let mut names = BTreeSet::new();
    for (locked, stated) in fields(entry).into_iter().zip(fields(manifest)) {
        names.extend(locked.symmetric_difference(&stated).map(|(name, _)| *name));
    }
    if !names.is_empty() {
        diagnostics.push(diags::out_of_step(
            overlay.path,
            "",
            &names.into_iter().collect::<Vec<_>>(),
            &NPM,
        ));
    }
}

fn fields<'e>(entry: &'e Entry<'_>) -> [BTreeSet<(&'e str, &'e str)>; 4] {
    let sorted = |pairs: &'e Pairs<'_>| {
        pairs
            .iter()
            .map(|(name, spec)| (&**name, &**spec))
            .collect()
    };
    let mut required: BTreeSet<(&str, &str)> = sorted(&entry.dependencies);
    let Some(extras) = &entry.extras else {
        return [required, BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
    };
    let optional: BTreeSet<(&str, &str)> = sorted(&extras.optional_dependencies);
    // A name in both lists is an optional dependency.
    let names: BTreeSet<&str> = optional.iter().map(|(name, _)| *name).collect();
    required.retain(|(name, _)| !names.contains(name));
    [
        required,
        optional,
        sorted(&extras.dev_dependencies),
        sorted(&extras.peer_dependencies),
    ]
}

/// The workspaces that are folders of the project and that no link in the root's `node_modules` leads to, each with its name:
/// what `npm install` would link.
pub(crate) fn unlocked(
    entries: &Entries<'_>,
    root: Index,
    base: &str,
    files: &dyn Files,
) -> Vec<(String, String)> {
    let Some(root) = entries.get(root) else {
        return Vec::new();
    };
    let patterns = Patterns::of(root.fact(Field::Workspaces));
    let at_root = |(location, _): &(&Str<'_>, &Entry<'_>)| {
        paths::split_modules(location).is_some_and(|(above, _)| above.is_empty())
    };
    let at_root = entries.links().filter(at_root);
    let known: BTreeSet<String> = at_root.filter_map(target).collect();
    let name = |location: String| {
        let bytes = files::read(base, &join_file(&location), files)?;
        let (text, _) = text::decode(&bytes);
        let Manifest(entry) = from_json::<Manifest<'_>>(&text).ok()?;
        let name = entry.name.filter(|it| !it.is_empty());
        let name = name.map_or_else(|| paths::folder_name(&location).to_owned(), Into::into);
        Some((name, location))
    };
    let new = patterns.folders(base, files).into_iter();
    new.filter(|it| !known.contains(it))
        .filter_map(name)
        .collect()
}
