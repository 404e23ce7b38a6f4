//! Installed modules, below `local/` or in the library of a Perl: the records that cpanm, Carton and cpm keep of each
//! distribution (`.meta/NAME-VERSION/`), with its prerequisites by phase as they were when it was configured, and the lists of
//! files that other installers leave (`.packlist`), which name no distribution.

mod diags;
mod packlist;
mod record;
mod tree;

use std::collections::{BTreeMap, HashSet};

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Files, Fragment, Input, Lifecycle, Link, LocalId,
    PackageManager, Phase, Place, Reader, Text,
};

use crate::formats::manager::CARTON;
use crate::formats::prereq::Prereqs;
use crate::formats::project;
use crate::package::modules::Modules;
use record::Record;
use tree::Tree;

pub(crate) use tree::{LIBRARIES, SITES, join};

/// Reads a folder that modules are installed in. Its inputs are folders, so it uses [`Input::files`] and not
/// [`Input::bytes`].
#[derive(Clone, Copy, Debug, Default)]
pub struct InstalledTree;

/// The project folder itself, when modules are installed directly in it.
const HERE: &str = ".";

/// The folders in which installed modules are, relative to a project, the prefix of a Perl or a root file system: inputs of
/// [`InstalledTree`].
pub fn installed_trees(files: &dyn Files) -> Vec<String> {
    let mut all = tree::libraries_of(files);
    // Most projects have none of them, and each is searched in many places.
    all.retain(|base| files.is_dir(base));
    all.push(HERE.to_owned());
    all.retain(|base| is_installed_in(files, base));
    // `lib` is a link to `usr/lib` on many systems.
    let known = all.clone();
    all.retain(|it| {
        let real = files.real(it);
        real.is_none_or(|real| real == *it || !known.contains(&real))
    });
    all
}

/// The project and the library in it of a folder that may be a library by its path; the longest library that fits. Whether
/// modules are installed in it is not known.
pub fn library_of(path: &str) -> Option<(&str, &str)> {
    let mut starts = vec![0];
    starts.extend(path.match_indices('/').map(|(at, _)| at + 1));
    let found = starts.into_iter().find(|at| {
        path.get(*at..)
            .is_some_and(|it| LIBRARIES.contains(&it) || tree::is_of_debian(it))
    })?;
    let project = path.get(..found)?.trim_end_matches('/');
    Some((project, path.get(found..)?))
}

/// True when modules are installed in a folder.
pub(crate) fn is_installed_in(files: &dyn Files, base: &str) -> bool {
    !Tree::find(files, base).is_empty()
}

/// The folders of the records of the project at `base`.
pub(crate) fn records_next_to(files: &dyn Files, base: &str) -> Vec<String> {
    let libraries = LIBRARIES.iter().map(|it| join(base, it));
    libraries
        .flat_map(|it| Tree::find(files, &it).records)
        .collect()
}

impl Reader for InstalledTree {
    fn name(&self) -> &'static str {
        "cpan/installed"
    }

    fn claims(&self, path: &str) -> bool {
        let below = |library: &str| path.ends_with(&["/", library].concat());
        let is_library = |it: &str| path == it || (it.contains('/') && below(it));
        path == HERE || LIBRARIES.into_iter().any(is_library) || tree::is_of_debian(path)
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARTON)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let tree = Tree::find(input.files, input.path);
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::Build;
        });
        let read = |folder: &String| record::read(input.files, folder, diagnostics);
        let records: Vec<Record> = tree.records.iter().filter_map(read).collect();
        let mut prereqs = Vec::with_capacity(records.len());
        for record in newest(records, diagnostics) {
            let id = fragment.add(record.component);
            prereqs.extend(id.map(|id| (id, record.prereqs)));
        }
        let links = links(&fragment.components, &prereqs, diagnostics);
        fragment.links = links;
        unrecorded(&mut fragment, input.files, &tree, diagnostics);
        if !fragment.components.is_empty() && !project::is_described(input.files) {
            add_root(&mut fragment, input.files);
        }
        fragment
    }
}

/// Keeps only the newest of several versions of a distribution: installers do not delete the records of older versions.
fn newest(records: Vec<Record>, diagnostics: &mut Diagnostics) -> Vec<Record> {
    let mut kept: BTreeMap<Text, Record> = BTreeMap::new();
    for record in records {
        let name = record.component.name.clone();
        let Some(other) = kept.remove(&name) else {
            kept.insert(name, record);
            continue;
        };
        let (stale, newest) = if record.is_newer_than(&other) {
            (other, record)
        } else {
            (record, other)
        };
        diagnostics.push(diags::stale(&stale.folder, &newest.folder));
        kept.insert(name, newest);
    }
    kept.into_values().collect()
}

/// What the distributions require to be configured, built, tested and run. Requirements of the develop phase are left out:
/// installers do not install them.
fn links(
    components: &[Component],
    prereqs: &[(LocalId, Prereqs)],
    diagnostics: &mut Diagnostics,
) -> Vec<Link> {
    let modules = Modules::of(components);
    let named = |id: LocalId| components.get(id.index()).map_or("", |it| &*it.place);
    let mut links = Vec::new();
    for (from, prereqs) in prereqs {
        for mut link in prereqs.links(*from).filter(|it| it.phase != Phase::Develop) {
            let found = modules.get(link.name.as_deref().unwrap_or_default());
            if found.is_some_and(|it| it.by == *from) {
                continue;
            }
            if let Some(found) = found.filter(|it| it.misfits(&mut link)) {
                let place = Place::file(named(*from));
                diagnostics.push(
                    found
                        .out_of_range(place, &link, named(found.by))
                        .help(diags::UPDATE),
                );
            }
            links.push(link);
        }
    }
    links
}

/// Adds the modules that no record names and a list of files does.
fn unrecorded(
    fragment: &mut Fragment,
    files: &dyn Files,
    tree: &Tree,
    diagnostics: &mut Diagnostics,
) {
    let provided = fragment.components.iter().flat_map(|it| &it.provides);
    let known: HashSet<String> = provided.map(|it| it.name.clone().into_string()).collect();
    for path in &tree.packlists {
        let Some(component) = packlist::read(files, path, &known) else {
            continue;
        };
        diagnostics.push(diags::unrecorded(path, &component.name));
        fragment.add(component);
    }
}

/// Adds a project of which only the installed modules are known: it requires those that nothing else requires, and maybe others.
fn add_root(fragment: &mut Fragment, files: &dyn Files) {
    let asked: HashSet<&str> = fragment
        .links
        .iter()
        .filter_map(|it| it.name.as_deref())
        .collect();
    let needed = |it: &Component| it.provides.iter().any(|it| asked.contains(&*it.name));
    let components = (0..).map(LocalId).zip(&fragment.components);
    let unasked = components.filter(|(_, it)| !needed(it)).map(|(id, _)| id);
    let unasked: Vec<LocalId> = unasked.collect();
    let root = project::of_folder(files).with(|it| {
        it.dependencies = Completeness::Incomplete;
    });
    if let Some(root) = fragment.add(root) {
        fragment.roots.push(root);
        fragment
            .links
            .extend(unasked.into_iter().map(|to| project::needs(root, to)));
    }
}

#[cfg(test)]
mod tests;
