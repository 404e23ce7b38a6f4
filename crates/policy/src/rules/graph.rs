//! Rules about the shape of the graph.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bomtrail_graph::{NodeId, NodeRef, Place, Problem, Purl};

use super::own::matches_any;
use crate::finding::{Look, place_of};

pub(super) fn overridden(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let mut told = BTreeSet::new();
    for edge in evidence.graph.edges() {
        let rule = edge.detail().and_then(|it| it.overridden.as_ref());
        if let (Some(node), Some(rule)) = (edge.to(), rule) {
            let declared = edge.range().unwrap_or("*");
            told.insert((
                node.id(),
                format!(
                    "`{declared}` became `{}` by `{}`",
                    rule.effective, rule.rule
                ),
            ));
        }
    }
    for (id, message) in told {
        if let Some(node) = evidence.graph.node(id) {
            look.package(node, message);
        }
    }
}

pub(super) fn override_unused(look: &mut Look<'_>) {
    for it in look.evidence.diagnostics {
        if it.code.id == "npm/unused-override" {
            look.project(&it.message, it.place.clone(), it.message.clone());
        }
    }
}

pub(super) fn out_of_range(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let mut told = BTreeSet::new();
    for edge in evidence.graph.edges() {
        let invalid = edge.problem() == Some(Problem::Invalid);
        if let (Some(node), Some(from), true) = (edge.to(), edge.from(), invalid) {
            let range = edge.range().unwrap_or("*");
            told.insert((
                node.id(),
                format!("`{}` asks for `{range}`", from.reference()),
            ));
        }
    }
    for (id, message) in told {
        if let Some(node) = evidence.graph.node(id) {
            look.package(node, message);
        }
    }
}

/// The packages of more than one version, by name.
fn several<'a>(look: &Look<'a>) -> BTreeMap<&'a str, Vec<NodeRef<'a>>> {
    let mut all: BTreeMap<&str, Vec<NodeRef<'_>>> = BTreeMap::new();
    for node in look.evidence.packages() {
        all.entry(node.name()).or_default().push(node);
    }
    all.retain(|_, nodes| nodes.len() > 1);
    all
}

fn tell_several(look: &mut Look<'_>, wanted: impl Fn(&str) -> bool) {
    let several = several(look);
    for (name, nodes) in several.into_iter().filter(|(name, _)| wanted(name)) {
        let askers = askers(look, &nodes);
        let versions: Vec<&str> = nodes.iter().filter_map(|it| it.version()).collect();
        let Some(first) = nodes.first() else { continue };
        let place = place_of(look.evidence, *first, |_| true);
        let message = format!(
            "there are {} of `{name}` (`{}`): {askers}",
            nodes.len(),
            versions.join("`, `")
        );
        let package = all_versions(*first);
        let subject = package.as_ref().map_or(name, Purl::as_str);
        look.project(subject, place, message);
    }
}

/// The Package URL of a package without its version and where it is from, which exceptions can name.
fn all_versions(node: NodeRef<'_>) -> Option<Purl> {
    let purl = node.purl()?;
    let builder = Purl::build(purl.package_type(), &purl.name());
    match purl.namespace() {
        Some(namespace) => builder.namespace(&namespace).finish().ok(),
        None => builder.finish().ok(),
    }
}

/// Who asks for what, as an author needs it to bring ranges together.
fn askers(look: &Look<'_>, nodes: &[NodeRef<'_>]) -> String {
    let ids: BTreeSet<NodeId> = nodes.iter().map(|it| it.id()).collect();
    let mut asked = BTreeSet::new();
    for edge in look.evidence.graph.edges() {
        let (Some(from), Some(to)) = (edge.from(), edge.to()) else {
            continue;
        };
        if ids.contains(&to.id()) {
            asked.insert(format!(
                "`{}@{}` in `{}`",
                edge.name(),
                edge.range().unwrap_or("*"),
                from.reference()
            ));
        }
    }
    let all: Vec<String> = asked.into_iter().collect();
    all.join(", ")
}

pub(super) fn singleton(look: &mut Look<'_>) {
    let wanted = look.setting.packages.clone();
    tell_several(look, |name| matches_any(&wanted, name));
}

pub(super) fn duplicates(look: &mut Look<'_>) {
    tell_several(look, |_| true);
}

pub(super) fn count(look: &mut Look<'_>) {
    let count = look.evidence.packages().count();
    let Some(limit) = look.setting.limit.filter(|it| count > *it as usize) else {
        return;
    };
    let path = look.evidence.graph.inputs().first();
    let place = Place::file(path.map_or("", |it| &*it.path));
    look.project(
        "packages",
        place,
        format!("there are {count} packages, {limit} are allowed"),
    );
}

pub(super) fn depth(look: &mut Look<'_>) {
    let Some(limit) = look.setting.limit else {
        return;
    };
    let graph = look.evidence.graph;
    let mut depth: BTreeMap<NodeId, u32> = graph.roots().map(|it| (it.id(), 0)).collect();
    let mut open: VecDeque<NodeRef<'_>> = graph.roots().collect();
    while let Some(node) = open.pop_front() {
        let next = depth.get(&node.id()).copied().unwrap_or_default() + 1;
        for to in node.dependencies() {
            if let Entry::Vacant(slot) = depth.entry(to.id()) {
                slot.insert(next);
                open.push_back(to);
            }
        }
    }
    for node in graph.nodes() {
        let at = depth.get(&node.id()).copied().unwrap_or_default();
        // Whatever lies deeper is reached through one that is told.
        if at == limit.saturating_add(1) {
            look.package(
                node,
                format!("its shortest chain has {at} steps, {limit} are allowed"),
            );
        }
    }
}
