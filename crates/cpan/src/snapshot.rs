//! `cpanfile.snapshot`: what Carton and cpm lock. Every distribution, its archive, the modules it provides and those it
//! requires: a closed graph. A snapshot does not say which phase needs a requirement, nor what the tests of a
//! distribution need; what is installed beside it may.

mod diags;
mod parse;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Input, Kind, Link, LocalId, Need, Origin,
    Phase, Problem, Provided, Reader, Role, Target,
};

use crate::dist_name::DistName;
use crate::module::MODULES;
use crate::project;
use crate::provided::{Module, Modules, fits};
use crate::purl;
use diags::Request;
use parse::Entry;

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
        let text = String::from_utf8_lossy(input.bytes);
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
        let entries = distributions(&mut fragment, &snapshot.entries, diagnostics);
        let modules = modules(&entries);
        for (id, entry) in &entries {
            requirements(&mut fragment, (*id, entry), &modules, diagnostics);
        }
        let unasked = unasked(&entries, &modules);
        add_root(&mut fragment, input, &unasked);
        fragment
    }
}

/// Every entry with its component.
type Numbered<'e, 'a> = Vec<(LocalId, &'e Entry<'a>)>;

fn distributions<'e, 'a>(
    fragment: &mut Fragment,
    entries: &'e [Entry<'a>],
    diagnostics: &mut Diagnostics,
) -> Numbered<'e, 'a> {
    let mut numbered = Vec::with_capacity(entries.len());
    for entry in entries {
        let component = distribution(entry, &fragment.path, diagnostics);
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

fn modules<'a>(entries: &Numbered<'_, 'a>) -> Modules<'a> {
    let mut modules = Modules::default();
    for (by, entry) in entries {
        for (name, version) in &entry.provides {
            let (by, version) = (*by, *version);
            modules.add(name, Module { by, version });
        }
    }
    modules
}

/// The requirements of a distribution. What it provides itself it does not need.
fn requirements(
    fragment: &mut Fragment,
    (from, entry): (LocalId, &Entry<'_>),
    modules: &Modules<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (module, range) in &entry.requirements {
        let found = modules.get(module);
        if found.is_some_and(|it| it.by == from) {
            continue;
        }
        let problem = found.filter(|it| !fits(range, it.version));
        if let Some(Module { by, version }) = problem {
            let request = Request {
                module,
                range,
                provider: fragment.component(by).map_or("", |it| &it.place),
                version: version.unwrap_or("undef"),
            };
            diagnostics.push(diags::out_of_range(&fragment.path, entry.name, &request));
        }
        fragment.links.push(Link {
            from,
            to: Target::Named(MODULES),
            name: Some((*module).into()),
            range: Some((*range).into()),
            phase: Phase::Runtime,
            need: Need::Required,
            problem: problem.map(|_| Problem::Invalid),
            detail: None,
        });
    }
}

/// The project the snapshot belongs to. Without a cpanfile nothing says what it asks for; what no distribution of the
/// snapshot needs is there because the project does, and it may ask for more.
fn add_root(fragment: &mut Fragment, input: &Input<'_>, unasked: &[LocalId]) {
    let Some(root) = fragment.add(project::of_folder(input.files)) else {
        return;
    };
    fragment.roots.push(root);
    if let Some(component) = fragment.components.get_mut(root.index()) {
        component.dependencies = Completeness::Incomplete;
    }
    fragment.links.extend(unasked.iter().map(|to| Link {
        from: root,
        to: Target::Here(*to),
        name: None,
        range: None,
        phase: Phase::Runtime,
        need: Need::Required,
        problem: None,
        detail: None,
    }));
}

/// The distributions that no other one needs.
fn unasked(entries: &Numbered<'_, '_>, modules: &Modules<'_>) -> Vec<LocalId> {
    let mut asked = vec![false; entries.len()];
    for (from, entry) in entries {
        for (module, _) in &entry.requirements {
            let by = modules.get(module).map(|it| it.by);
            let slot = by
                .filter(|by| by != from)
                .and_then(|by| asked.get_mut(by.index()));
            if let Some(slot) = slot {
                *slot = true;
            }
        }
    }
    let ids = entries.iter().map(|(id, _)| *id);
    ids.filter(|id| asked.get(id.index()) == Some(&false))
        .collect()
}

#[cfg(test)]
mod tests;
