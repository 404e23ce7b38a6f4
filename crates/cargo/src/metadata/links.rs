//! The resolved dependencies, one link for each purpose.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Link, LinkDetail, LocalId, Need, Phase, Target};

use super::wire::{Declared, Dependency, DependencyKind, Metadata, Package};
use crate::diags;

/// The links of all packages.
pub(super) fn all(
    metadata: &Metadata,
    ids: &BTreeMap<&str, LocalId>,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Link> {
    let packages: BTreeMap<&str, &Package> =
        metadata.packages.iter().map(|it| (&*it.id, it)).collect();
    let mut links = Vec::new();
    for node in metadata.resolve.iter().flat_map(|it| &it.nodes) {
        let Some((package, from)) = packages.get(&*node.id).zip(ids.get(&*node.id)) else {
            diagnostics.push(diags::unresolved(path, "resolve", &node.id));
            continue;
        };
        for dependency in &node.deps {
            let Some(to) = ids.get(&*dependency.pkg) else {
                diagnostics.push(diags::unresolved(path, &package.name, &dependency.pkg));
                continue;
            };
            // A package may ask for itself, so that its tests have other features.
            if to != from {
                let reached = packages.get(&*dependency.pkg).map_or("", |it| &it.name);
                links.extend(of_dependency(package, dependency, (*from, *to), reached));
            }
        }
    }
    links
}

fn of_dependency(
    package: &Package,
    dependency: &Dependency,
    (from, to): (LocalId, LocalId),
    reached: &str,
) -> Vec<Link> {
    const NO_KINDS: &[DependencyKind] = &[DependencyKind {
        kind: None,
        target: None,
    }];
    let kinds = match &*dependency.dep_kinds {
        [] => NO_KINDS,
        kinds => kinds,
    };
    let link = |kind: &DependencyKind| {
        let declared = declared(package, reached, kind, dependency);
        let alias = declared.and_then(|it| it.rename.as_deref());
        Link::new(from, Target::Here(to)).with(|it| {
            it.name = alias.map(Into::into);
            it.range = declared.map(|it| it.req.as_str().into());
            it.phase = phase(kind.kind.as_deref());
            if declared.is_some_and(|it| it.optional) {
                it.need = Need::Optional;
            }
            it.detail = LinkDetail::default()
                .with(|it| {
                    it.alias = alias.map(Into::into);
                    it.condition = kind.target.as_deref().map(Into::into);
                })
                .boxed();
        })
    };
    kinds.iter().map(link).collect()
}

/// The declaration that a resolved dependency comes from.
fn declared<'p>(
    package: &'p Package,
    reached: &str,
    kind: &DependencyKind,
    dependency: &Dependency,
) -> Option<&'p Declared> {
    let fits =
        |it: &&Declared| it.name == reached && it.kind == kind.kind && it.target == kind.target;
    let in_code = |it: &&Declared| {
        let name = it.rename.as_deref().unwrap_or(&it.name);
        name.replace('-', "_") == dependency.name
    };
    let all = || package.dependencies.iter().filter(fits);
    all().find(in_code).or_else(|| all().next())
}

fn phase(kind: Option<&str>) -> Phase {
    match kind {
        Some("build") => Phase::Build,
        Some("dev") => Phase::Develop,
        _ => Phase::Runtime,
    }
}
