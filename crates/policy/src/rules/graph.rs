//! Rules about the shape of the graph.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bomtrail_graph::{NodeId, NodeRef, Place, Problem, Purl};

use super::package::matches_any;
use crate::context::{RuleContext, place_of};

pub(super) fn overridden(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let mut found = BTreeSet::new();
    for edge in evidence.graph.edges() {
        let rule = edge.detail().and_then(|it| it.overridden.as_ref());
        if let (Some(node), Some(rule)) = (edge.to(), rule) {
            let declared = edge.range().unwrap_or("*");
            found.insert((
                node.id(),
                format!(
                    "`{declared}` became `{}` by `{}`",
                    rule.effective, rule.rule
                ),
            ));
        }
    }
    for (id, message) in found {
        if let Some(node) = evidence.graph.node(id) {
            context.package(node, message);
        }
    }
}

pub(super) fn override_unused(context: &mut RuleContext<'_>) {
    for it in context.evidence.diagnostics {
        if it.code.id == "npm/unused-override" {
            context.project(&it.message, it.place.clone(), it.message.clone());
        }
    }
}

pub(super) fn out_of_range(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let mut found = BTreeSet::new();
    for edge in evidence.graph.edges() {
        let invalid = edge.problem() == Some(Problem::Invalid);
        if let (Some(node), Some(from), true) = (edge.to(), edge.from(), invalid) {
            let range = edge.range().unwrap_or("*");
            found.insert((
                node.id(),
                format!("`{}` asks for `{range}`", from.reference()),
            ));
        }
    }
    for (id, message) in found {
        if let Some(node) = evidence.graph.node(id) {
            context.package(node, message);
        }
    }
}

/// The packages of more than one version, by name.
fn several<'a>(context: &RuleContext<'a>) -> BTreeMap<&'a str, Vec<NodeRef<'a>>> {
    let mut all: BTreeMap<&str, Vec<NodeRef<'_>>> = BTreeMap::new();
    for node in context.evidence.packages() {
        all.entry(node.name()).or_default().push(node);
    }
    all.retain(|_, nodes| nodes.len() > 1);
    all
}

fn report_several(context: &mut RuleContext<'_>, wanted: impl Fn(&str) -> bool) {
    let several = several(context);
    for (name, nodes) in several.into_iter().filter(|(name, _)| wanted(name)) {
        let askers = askers(context, &nodes);
        let versions: Vec<&str> = nodes.iter().filter_map(|it| it.version()).collect();
        let Some(first) = nodes.first() else { continue };
        let place = place_of(context.evidence, *first, |_| true);
        let message = format!(
            "there are {} versions of `{name}` (`{}`): {askers}",
            nodes.len(),
            versions.join("`, `")
        );
        // Exceptions can name the package without its version and source.
        let package = first.purl().and_then(|it| it.package().ok());
        let subject = package.as_ref().map_or(name, Purl::as_str);
        context.project(subject, place, message);
    }
}

/// Which package asks for which range.
fn askers(context: &RuleContext<'_>, nodes: &[NodeRef<'_>]) -> String {
    let ids: BTreeSet<NodeId> = nodes.iter().map(|it| it.id()).collect();
    let mut asked = BTreeSet::new();
    for edge in context.evidence.graph.edges() {
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

pub(super) fn singleton(context: &mut RuleContext<'_>) {
    let wanted = context.setting.packages.clone();
    report_several(context, |name| matches_any(&wanted, name));
}

pub(super) fn duplicates(context: &mut RuleContext<'_>) {
    report_several(context, |_| true);
}

pub(super) fn count(context: &mut RuleContext<'_>) {
    let count = context.evidence.packages().count();
    let Some(limit) = context.setting.limit.filter(|it| count > *it as usize) else {
        return;
    };
    let path = context.evidence.graph.inputs().first();
    let place = Place::file(path.map_or("", |it| &*it.path));
    context.project(
        "packages",
        place,
        format!("there are {count} packages; the limit is {limit}"),
    );
}

pub(super) fn depth(context: &mut RuleContext<'_>) {
    let Some(limit) = context.setting.limit else {
        return;
    };
    let graph = context.evidence.graph;
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
        // Deeper packages are reached through one that is reported.
        if at == limit.saturating_add(1) {
            context.package(
                node,
                format!("its shortest chain of dependencies has {at} steps; the limit is {limit}"),
            );
        }
    }
}
