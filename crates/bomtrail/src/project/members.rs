//! The workspace members of a project, before anything is linked.

#[cfg(feature = "approvals")]
use std::collections::BTreeMap;

use bomtrail_graph::{Component, Fragment, Role};
#[cfg(feature = "approvals")]
use bomtrail_graph::{Graph, MemberNeeds, NodeId};

/// What a workspace member needs, by nodes of a graph.
#[cfg(feature = "approvals")]
pub(crate) struct MemberNodes {
    /// The folder of the member.
    pub(crate) place: String,
    /// The name of the member.
    pub(crate) name: String,
    /// The nodes, itself included; true for those that it needs for development, build or test only.
    pub(crate) nodes: BTreeMap<NodeId, bool>,
}

#[cfg(feature = "approvals")]
impl MemberNodes {
    /// The nodes that have the places which members need.
    pub(super) fn of(all: &[MemberNeeds], graph: &Graph) -> Vec<Self> {
        let mut by_place: BTreeMap<(&str, &str), Vec<NodeId>> = BTreeMap::new();
        for node in graph.nodes().filter(|_| !all.is_empty()) {
            for it in node.instances() {
                let input = graph.inputs().get(it.input as usize);
                let path = input.map_or("", |it| &*it.path);
                by_place
                    .entry((path, &it.place))
                    .or_default()
                    .push(node.id());
            }
        }
        let nodes = |needs: &MemberNeeds| {
            let mut nodes: BTreeMap<NodeId, bool> = BTreeMap::new();
            for it in &needs.needed {
                for id in by_place.get(&(&*it.path, &*it.place)).into_iter().flatten() {
                    let development = nodes.entry(*id).or_insert(true);
                    *development = *development && it.development;
                }
            }
            nodes
        };
        let each = all.iter().map(|it| Self {
            place: it.member.to_string(),
            name: it.name.to_string(),
            nodes: nodes(it),
        });
        each.collect()
    }
}

/// What the members are asked for by: their names, or the places of those that share a name.
pub(super) fn names(fragments: &[Fragment]) -> Vec<String> {
    let components = fragments.iter().flat_map(|it| &it.components);
    let mut members: Vec<&Component> = components.filter(|it| it.role == Role::Member).collect();
    members.sort_unstable_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    let mut names: Vec<String> = Vec::with_capacity(members.len());
    for alike in members.chunk_by(|a, b| a.name == b.name) {
        match alike {
            [only] => names.push(String::from(&*only.name)),
            several => names.extend(several.iter().map(|it| String::from(&*it.place))),
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(feature = "approvals")]
/// The places of the members, sorted; a member that was selected alone is a root.
pub(crate) fn places(fragments: &[Fragment]) -> Vec<String> {
    let components = fragments.iter().flat_map(|it| &it.components);
    let mine = components.filter(|it| matches!(it.role, Role::Root | Role::Member));
    let mut places: Vec<String> = mine
        .map(|it| it.place.to_string())
        .filter(|it| !it.is_empty())
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

#[cfg(test)]
mod tests;
