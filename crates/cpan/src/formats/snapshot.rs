//! `cpanfile.snapshot`: what Carton and cpm lock. Every distribution, its archive, the modules it provides and those it
//! requires: a closed graph. A snapshot does not say which phase needs a requirement, nor what the tests of a
//! distribution need; what is installed beside it may.

mod diags;
mod parse;
mod phases;
mod request;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Input, Kind, Link, LocalId, Origin, Place,
    Provided, Reader, Role,
};

use crate::formats::bundle::Bundle;
use crate::formats::project;
use crate::formats::text;
use crate::package::dist_name::DistName;
use crate::package::module::MODULES;
use crate::package::modules::Modules;
use crate::package::purl;
use parse::Entry;
use phases::Phases;

/// Says that the phases of a requirement are not known: those of configuring, building and running are one.
const MERGED: (&str, &str) = ("bomtrail:cpan:snapshot-phases", "merged");

/// Reads `cpanfile.snapshot`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CpanfileSnapshot;

impl Reader for CpanfileSnapshot {
    fn name(&self) -> &'static str {
        "cpan/snapshot"
    }

    fn claims(&self, path: &str) -> bool {
        path.rsplit('/').next() == Some("cpanfile.snapshot")
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, invalid) = text::decode(input.bytes);
        if invalid {
            diagnostics.push(crate::formats::diags::invalid_utf8(input.path));
        }
        let snapshot = parse::parse(&text);
        let path = input.path;
        let mut fragment = Fragment {
            path: path.into(),
            ..Fragment::default()
        };
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
        let bundle = Bundle::beside(input);
        let entries = distributions(&mut fragment, (&snapshot.entries, &bundle), diagnostics);
        let phases = Phases::beside(input);
        if !entries.iter().all(|(_, entry)| phases.knows(entry.name)) {
            fragment.properties.push((MERGED.0.into(), MERGED.1.into()));
        }
        let mut project = request::beside(input, diagnostics);
        let modules = Modules::of(&fragment.components);
        let mut links = requirements(&entries, &modules, &phases);
        for link in &mut links {
            let place = Place::entry(path, place_of(&fragment, link.from));
            judge(link, place, &fragment, &modules, diagnostics);
        }
        if let Some(Fragment { path, links, .. }) = &mut project {
            for link in links {
                judge(link, Place::file(path), &fragment, &modules, diagnostics);
            }
        }
        let unasked = unasked(&fragment.components, &links, &modules);
        fragment.links = links;
        match project {
            Some(project) => request::adopt(&mut fragment, project),
            None => add_root(&mut fragment, input, &unasked),
        }
        fragment
    }
}

/// Every entry with its component.
type Numbered<'e, 'a> = Vec<(LocalId, &'e Entry<'a>)>;

fn distributions<'e, 'a>(
    fragment: &mut Fragment,
    (entries, bundle): (&'e [Entry<'a>], &Bundle<'_>),
    diagnostics: &mut Diagnostics,
) -> Numbered<'e, 'a> {
    let mut numbered = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut component = distribution(entry, &fragment.path, diagnostics);
        if let Some(pathname) = entry.pathname {
            bundle.add(&mut component, DistName::parse(pathname).pathname);
        }
        numbered.extend(fragment.add(component).map(|id| (id, entry)));
    }
    numbered
}

fn distribution(entry: &Entry<'_>, path: &str, diagnostics: &mut Diagnostics) -> Component {
    let archive = entry.pathname.map(DistName::parse);
    let archive = archive.filter(|it| it.name.is_some());
    match &archive {
        Some(archive) if !is_named_after(entry.name, archive) => {
            let mismatch = diags::pathname_mismatch(path, entry.line, entry.name, archive.pathname);
            diagnostics.push(mismatch);
        }
        Some(archive) if archive.author.is_some() => {}
        _ => diagnostics.push(diags::no_pathname(path, entry.line, entry.name)),
    }
    let named = archive.unwrap_or_else(|| DistName::of_stem(entry.name));
    let provided = |(name, version): &(&str, Option<&str>)| Provided {
        space: MODULES,
        name: (*name).into(),
        version: version.map(Into::into),
    };
    Component {
        name: named.name.as_deref().unwrap_or(entry.name).into(),
        version: named.version.as_deref().map(Into::into),
        purl: purl::of_archive(&named),
        place: entry.name.into(),
        kind: Kind::Library,
        role: Role::Dependency,
        origin: if named.author.is_some() {
            Origin::Registry
        } else {
            Origin::Unknown
        },
        provides: entry.provides.iter().map(provided).collect(),
        ..Component::default()
    }
}

/// True when an entry is called what its archive is called.
fn is_named_after(entry: &str, archive: &DistName<'_>) -> bool {
    let file = archive.file.rsplit('/').next().unwrap_or_default();
    let rest = file.strip_prefix(entry);
    rest.and_then(|it| it.strip_prefix('.')) == archive.ext
}

/// The requirements of all distributions. What one provides itself it does not need.
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

/// Marks a link for which the snapshot has another version than it asks for.
fn judge(
    link: &mut Link,
    place: Place,
    fragment: &Fragment,
    modules: &Modules<'_>,
    diagnostics: &mut Diagnostics,
) {
    let found = modules.get(link.name.as_deref().unwrap_or_default());
    if let Some(found) = found.filter(|it| it.misfits(link)) {
        let odd = found.out_of_range(place, link, place_of(fragment, found.by));
        diagnostics.push(odd.help(diags::UPDATE));
    }
}

fn place_of(fragment: &Fragment, id: LocalId) -> &str {
    fragment.component(id).map_or("", |it| &it.place)
}

/// The distributions that no other one requires.
fn unasked(components: &[Component], links: &[Link], modules: &Modules<'_>) -> Vec<LocalId> {
    let mut asked = vec![false; components.len()];
    for link in links {
        let found = link.name.as_deref().and_then(|it| modules.get(it));
        if let Some(slot) = found.and_then(|it| asked.get_mut(it.by.index())) {
            *slot = true;
        }
    }
    let ids = (0..).map(LocalId).zip(asked);
    ids.filter(|(_, asked)| !asked).map(|(id, _)| id).collect()
}

/// The project the snapshot belongs to. Without a cpanfile nothing says what it asks for; what no distribution of the
/// snapshot needs is there because the project does, and it may ask for more.
fn add_root(fragment: &mut Fragment, input: &Input<'_>, unasked: &[LocalId]) {
    let root = Component {
        dependencies: Completeness::Incomplete,
        ..project::of_folder(input.files)
    };
    if let Some(root) = fragment.add(root) {
        fragment.roots.push(root);
        let links = unasked.iter().map(|to| project::needs(root, *to));
        fragment.links.extend(links);
    }
}

#[cfg(test)]
mod tests;
