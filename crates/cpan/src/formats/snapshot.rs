//! `cpanfile.snapshot`: what Carton and cpm lock: every distribution, its archive, the modules it provides and those it
//! requires, which is a closed graph. A snapshot does not say which phase has a requirement, nor what the tests of a
//! distribution require; the records of installed modules next to it may.

mod diags;
mod parse;
mod phases;
mod project;

use std::collections::BTreeMap;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Input, Kind, Link, LocalId, PackageManager,
    Place, Provided, Reader, Role,
};

use super::bundle::Bundle;
use super::manager::CARTON;
use super::meta::file_name;
use super::text;
use crate::package;
use crate::package::address::is_url;
use crate::package::archive::{Archive, Index};
use crate::package::dist_name::DistName;
use crate::package::module::MODULES;
use crate::package::modules::Modules;
use crate::package::purl;
use parse::Entry;
use phases::Phases;
use project::Project;

/// Says that the phases of a requirement are not known: those of configuring, building and running are one.
const MERGED: (&str, &str) = ("bomtrail:cpan:snapshot-phases", "merged");

/// Reads `cpanfile.snapshot`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpanfileSnapshot;

impl Reader for CpanfileSnapshot {
    fn name(&self) -> &'static str {
        "cpan/snapshot"
    }

    /// True for `cpanfile.snapshot`, and for the snapshots of cpanfiles with other names (`cpanfile.web.snapshot`).
    fn claims(&self, path: &str) -> bool {
        let name = file_name(path).strip_suffix(".snapshot");
        let several = |it: &str| it.starts_with("cpanfile.") || it.ends_with(".cpanfile");
        name.is_some_and(|it| it == "cpanfile" || several(it))
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARTON)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, invalid) = text::decode(input.bytes);
        if invalid {
            diagnostics.push(super::diags::invalid_utf8(input.path));
        }
        let snapshot = parse::parse(&text);
        let path = input.path;
        let mut fragment = Fragment::default().with(|it| {
            it.path = path.into();
        });
        if snapshot.odd.count > 0 {
            diagnostics.push(diags::lines(path, snapshot.odd.count, snapshot.odd.first));
        }
        if snapshot.entries.is_empty() {
            diagnostics.push(diags::no_snapshot(path));
            return fragment;
        }
        if snapshot.format != Some("1.0") {
            diagnostics.push(diags::format(path, snapshot.format));
        }
        let project = project::next_to(input, diagnostics);
        let indices = Indices::of(project.as_ref());
        let entries = distributions(&mut fragment, &snapshot.entries, &indices, diagnostics);
        add_digests(&mut fragment, &entries, &Bundle::of(input));
        let phases = Phases::next_to(input);
        if !entries.iter().all(|(_, entry)| phases.knows(entry.name)) {
            fragment.properties.push((MERGED.0.into(), MERGED.1.into()));
        }
        let project = project.map(|it| it.fragment);
        join(
            &mut fragment,
            input,
            project,
            (&entries, &phases),
            diagnostics,
        );
        fragment
    }
}

/// Adds the links of the distributions and of the project, and the project itself.
fn join(
    fragment: &mut Fragment,
    input: &Input<'_>,
    mut project: Option<Fragment>,
    (entries, phases): (&Numbered<'_, '_>, &Phases),
    diagnostics: &mut Diagnostics,
) {
    let modules = Modules::of(&fragment.components);
    let mut links = requirements(entries, &modules, phases);
    for link in &mut links {
        let place = Place::entry(input.path, place_of(fragment, link.from));
        check_range(link, place, fragment, &modules, diagnostics);
    }
    if let Some(project) = &mut project {
        let of_features = project::of_features(project, &modules);
        for link in &mut project.links {
            let place = Place::file(&project.path);
            check_range(link, place, fragment, &modules, diagnostics);
        }
        project.links.extend(of_features);
    }
    let not_required = not_required(&fragment.components, &links, &modules);
    fragment.links = links;
    match project {
        Some(project) => project::adopt(fragment, project),
        None => add_root(fragment, input, &not_required),
    }
}

/// The private indices that the project of a snapshot names.
#[derive(Default)]
struct Indices<'p> {
    by_module: BTreeMap<&'p str, &'p str>,
    of_project: Option<&'p str>,
}

impl<'p> Indices<'p> {
    fn of(project: Option<&'p Project>) -> Self {
        let requirements = project.map(|it| &it.requirements);
        requirements.map_or_else(Self::default, |it| Self {
            by_module: it.private_indices(),
            of_project: it.private_mirror(),
        })
    }

    /// The indices that the archive of an entry can be from.
    fn of_entry(&self, entry: &Entry<'_>) -> Index<'p> {
        let mut provides = entry.provides.iter();
        Index {
            of_module: provides.find_map(|(module, _)| self.by_module.get(module).copied()),
            of_project: self.of_project,
        }
    }
}

/// Every entry with its component.
type Numbered<'e, 'a> = Vec<(LocalId, &'e Entry<'a>)>;

fn distributions<'e, 'a>(
    fragment: &mut Fragment,
    entries: &'e [Entry<'a>],
    indices: &Indices<'_>,
    diagnostics: &mut Diagnostics,
) -> Numbered<'e, 'a> {
    let mut numbered = Vec::with_capacity(entries.len());
    for entry in entries {
        let index = indices.of_entry(entry);
        let component = distribution(entry, &fragment.path, &index, diagnostics);
        numbered.extend(fragment.add(component).map(|id| (id, entry)));
    }
    numbered
}

fn add_digests(fragment: &mut Fragment, entries: &Numbered<'_, '_>, bundle: &Bundle<'_>) {
    for (id, entry) in entries {
        let path = entry.pathname.filter(|it| !is_url(it));
        if let Some((path, component)) = path.zip(fragment.components.get_mut(id.index())) {
            bundle.add(component, DistName::parse(path).pathname);
        }
    }
}

fn distribution(
    entry: &Entry<'_>,
    path: &str,
    index: &Index<'_>,
    diagnostics: &mut Diagnostics,
) -> Component {
    let provided = |(name, version): &(&str, Option<&str>)| Provided {
        space: MODULES,
        name: (*name).into(),
        version: version.map(Into::into),
    };
    let mut component = package::component(entry.name).with(|it| {
        it.place = entry.name.into();
        it.kind = Kind::Library;
        it.role = Role::Dependency;
        it.provides = entry.provides.iter().map(provided).collect();
    });
    let archive = entry.pathname.map(|it| Archive::parse(it, index));
    let archive = archive.filter(|it| it.named.name.is_some());
    let problem = match &archive {
        Some(it) if !is_named_after(entry.name, &it.named) => {
            let archive = package::address::printable(it.named.pathname);
            Some(diags::pathname_mismatch(
                path, entry.line, entry.name, &archive,
            ))
        }
        Some(it) if it.is_of_unnamed_index() => {
            Some(diags::private_index(path, entry.line, entry.name))
        }
        Some(it) if !it.is_of_unknown_source() => None,
        _ => Some(diags::no_pathname(path, entry.line, entry.name)),
    };
    if let Some(problem) = problem {
        diagnostics.push(problem);
    }
    match archive {
        Some(archive) => archive.describe(&mut component),
        None => name_after(entry, &mut component),
    }
    component
}

/// Names a component after its entry, which states no archive.
fn name_after(entry: &Entry<'_>, component: &mut Component) {
    let named = DistName::of_stem(entry.name);
    component.name = named.name.as_deref().unwrap_or(entry.name).into();
    component.version = named.version.as_deref().map(Into::into);
    component.purl = purl::of_archive(&named);
}

/// True when an entry has the name of its archive.
fn is_named_after(entry: &str, archive: &DistName<'_>) -> bool {
    let file = archive.file.rsplit('/').next().unwrap_or_default();
    let rest = file.strip_prefix(entry);
    rest.and_then(|it| it.strip_prefix('.')) == archive.ext
}

/// The requirements of all distributions. A distribution does not require what it provides itself.
fn requirements(entries: &Numbered<'_, '_>, modules: &Modules<'_>, phases: &Phases) -> Vec<Link> {
    let count = entries.iter().map(|(_, it)| it.requirements.len()).sum();
    let mut links = Vec::with_capacity(count);
    for (from, entry) in entries {
        let own = |module: &str| modules.get(module).is_some_and(|it| it.by == *from);
        for (module, range) in entry.requirements.iter().filter(|(module, _)| !own(module)) {
            phases.add_links(*from, entry.name, (module, range), &mut links);
        }
    }
    links
}

/// Marks and reports a link that does not accept the version in the snapshot.
fn check_range(
    link: &mut Link,
    place: Place,
    fragment: &Fragment,
    modules: &Modules<'_>,
    diagnostics: &mut Diagnostics,
) {
    let found = modules.get(link.name.as_deref().unwrap_or_default());
    if let Some(found) = found.filter(|it| it.misfits(link)) {
        let out_of_range = found.out_of_range(place, link, place_of(fragment, found.by));
        diagnostics.push(out_of_range.help(diags::UPDATE));
    }
}

fn place_of(fragment: &Fragment, id: LocalId) -> &str {
    fragment.component(id).map_or("", |it| &it.place)
}

/// The distributions that no other one requires.
fn not_required(components: &[Component], links: &[Link], modules: &Modules<'_>) -> Vec<LocalId> {
    let mut required = vec![false; components.len()];
    for link in links {
        let found = link.name.as_deref().and_then(|it| modules.get(it));
        if let Some(slot) = found.and_then(|it| required.get_mut(it.by.index())) {
            *slot = true;
        }
    }
    let ids = (0..).map(LocalId).zip(required);
    ids.filter(|(_, required)| !required)
        .map(|(id, _)| id)
        .collect()
}

/// The project of a snapshot without a cpanfile: it requires the distributions that no other one requires, and maybe others.
fn add_root(fragment: &mut Fragment, input: &Input<'_>, not_required: &[LocalId]) {
    let root = super::project::of_folder(input.files).with(|it| {
        it.dependencies = Completeness::Incomplete;
    });
    if let Some(root) = fragment.add(root) {
        fragment.roots.push(root);
        let links = not_required
            .iter()
            .map(|to| super::project::needs(root, *to));
        fragment.links.extend(links);
    }
}

#[cfg(test)]
mod tests;
