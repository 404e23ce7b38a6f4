//! Reads a project: its lockfile, its manifests and its folders become a fragment.

use std::borrow::Cow;

use bomtrail_graph::{Component, Diagnostics, Fragment, Input, Lifecycle};

use crate::assemble;
use crate::diags;
use crate::lockfile::entries::{Entries, Parts};
use crate::lockfile::legacy;
use crate::lockfile::names::HIDDEN_LOCKFILE;
use crate::lockfile::project::Project;
use crate::lockfile::wire::Lock;
use crate::manifest::installed;
use crate::manifest::license_text;
use crate::manifest::manifests::{self, Overlay};
use crate::manifest::patch_package;
use crate::manifest::settings;
#[cfg(feature = "managers")]
use crate::package::entry::Field;
use crate::package::entry::{Entry, EntryFlags};
use crate::package::registries::Registries;
use crate::package::value::{Str, Value};
use crate::paths;
#[cfg(feature = "managers")]
use crate::pnpm::workspace;
use crate::resolve::edges;
use crate::resolve::places::Places;
use crate::resolve::tree::Index;

/// Reads a lockfile that parsed.
pub(crate) fn read(lock: Lock<'_>, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
    let path = input.path;
    let base = paths::project_of(path);
    let mut fragment = Fragment::default().with(|it| {
        it.path = path.into();
        it.lifecycle = Lifecycle::PreBuild;
    });
    if path.ends_with(HIDDEN_LOCKFILE) {
        fragment.lifecycle = Lifecycle::Build;
    }
    let Some(version) = check(&lock, path, diagnostics) else {
        return fragment;
    };
    fragment
        .properties
        .push(("bomtrail:npm:lockfile-version".into(), version.into()));
    let (name, stated_version) = (
        lock.name.clone(),
        lock.version.text().map(|it| Cow::Owned(it.to_owned())),
    );
    let mut entries = entries(lock, path, diagnostics);
    let root = root_entry(&mut entries, name, stated_version);
    fill(&mut fragment, (entries, root), input, diagnostics);
    let folder = |it: &Component| Some(String::from(&*it.place));
    installed::complete(&mut fragment, base, input.files, &folder, diagnostics);
    patch_package::apply(&mut fragment, base, input.files);
    license_text::add(&mut fragment, base, input.files, &folder);
    fragment
}

/// Fills a fragment with entries, of which one is the root, and with the manifests of the project.
pub(crate) fn fill(
    fragment: &mut Fragment,
    (mut entries, root): (Entries<'_>, Index),
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) {
    let path = input.path;
    let base = paths::project_of(path);
    let wanted = manifests::wanted(&entries);
    let texts = manifests::texts(&wanted, base, input.files);
    manifests::overlay(
        &Overlay { path, base, root },
        &mut entries,
        &texts,
        diagnostics,
    );
    #[cfg(feature = "managers")]
    add_pnpm_workspaces(&mut entries, root, input);
    report_wrong_types(&entries, root, path, diagnostics);
    let settings = settings::read(base, input.files);
    settings::report_ignored(&settings, diagnostics);
    let registries = Registries::of(&settings);
    let unlocked = manifests::unlocked(&entries, root, base, input.files);
    let Parts {
        locations,
        entries,
        links,
    } = entries.into_parts();
    let mut project = Project {
        path,
        locations: &locations,
        entries,
        links: &links,
        root_name: input.files.folder_name().unwrap_or("project"),
        registries: &registries,
        unlocked: &unlocked,
        copies_folders: settings::copies_folders(&settings),
    };
    let places = Places::new(&project, root, diagnostics);
    let linked = edges::links(&mut project, &places, diagnostics);
    assemble::fill(fragment, project, places, linked, diagnostics);
}

/// Adds the members that only pnpm knows to the root of an installed tree.
#[cfg(feature = "managers")]
fn add_pnpm_workspaces(entries: &mut Entries<'_>, root: Index, input: &Input<'_>) {
    if !paths::is_modules(input.path) {
        return;
    }
    let base = paths::project_of(input.path);
    if let Some(root) = entries.get_mut(root)
        && *root.fact(Field::Workspaces) == Value::Null
    {
        let patterns = workspace::patterns(base, input.files);
        root.facts.to_mut().push((Field::Workspaces, patterns));
    }
}

/// The lockfile's version as text; `None` when there is nothing to read.
fn check(lock: &Lock<'_>, path: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    if lock.wrong.contains(&"lockfile") {
        diagnostics.push(diags::no_lockfile_object(path));
        return None;
    }
    for field in &lock.wrong {
        diagnostics.push(diags::wrong_type(path, "the file", field));
    }
    if lock.packages.is_none() && lock.dependencies.is_none() {
        diagnostics.push(diags::no_packages(
            path,
            "neither `packages` nor `dependencies` lists anything",
        ));
    }
    let version = match &lock.lockfile_version {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.as_ref().to_owned(),
        _ => "none".to_owned(),
    };
    if version.parse::<f64>().is_ok_and(|it| it > 4.0) {
        diagnostics.push(diags::newer_lockfile(path, &version, "4"));
    }
    Some(version)
}

/// The entries in one form, with locations in one form.
fn entries<'a>(lock: Lock<'a>, path: &str, diagnostics: &mut Diagnostics) -> Entries<'a> {
    let Some(entries) = lock.packages else {
        let ancient = !lock.requires;
        if ancient {
            diagnostics.push(diags::edges_unknown(path, "every package"));
        }
        let entries = legacy::entries(lock.dependencies.unwrap_or_default(), ancient);
        return entries.into_iter().collect();
    };
    if !entries.has_unusual_place() {
        return entries;
    }
    let usual = |(location, entry): (Str<'a>, Entry<'a>)| {
        // The store of a linked installation has a folder for each package, which is not a package itself.
        if paths::is_store_folder(&location) {
            return None;
        }
        if location.is_empty() || paths::is_plain(&location) {
            return Some((location, entry));
        }
        diagnostics.push(diags::invalid_place(path, &location));
        let plain = paths::join("", &location).filter(|it| !it.is_empty());
        Some((plain.map_or(location, Cow::Owned), entry))
    };
    entries.into_iter().filter_map(usual).collect()
}

/// The position of the root entry, which is added when the file has none.
pub(crate) fn root_entry<'a>(
    entries: &mut Entries<'a>,
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
) -> Index {
    let found = entries.locations().iter().rposition(|it| it.is_empty());
    let index = found.unwrap_or_else(|| {
        let mut entry = Entry::default();
        // Without a manifest the dependencies of the project itself are unknown.
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
        entries.push(Cow::Borrowed(""), entry);
        entries.len() - 1
    });
    let index = Index::try_from(index).unwrap_or(Index::MAX);
    entries.unlink(index);
    if let Some(entry) = entries.get_mut(index) {
        entry.name = entry.name.take().or(name);
        entry.version = entry.version.take().or(version);
    }
    index
}

fn report_wrong_types(
    entries: &Entries<'_>,
    root: Index,
    path: &str,
    diagnostics: &mut Diagnostics,
) {
    for (location, entry) in entries.faulty() {
        let Some(extras) = &entry.extras else {
            continue;
        };
        for field in &extras.wrong {
            diagnostics.push(diags::wrong_type(path, location, field));
        }
        for field in &extras.twice {
            diagnostics.push(diags::duplicate(path, location, field));
        }
    }
    // A folder of installed packages need not be a project.
    let root = entries.get(root);
    let is_unknown = root.is_some_and(|it| it.is(EntryFlags::EDGES_UNKNOWN));
    if is_unknown && !paths::is_modules(path) {
        diagnostics.push(diags::edges_unknown(path, "the project itself"));
    }
}
