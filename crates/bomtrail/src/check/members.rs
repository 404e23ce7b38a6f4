//! The lists of workspace members, and which packages each is heard about.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_approvals::{
    FILE_NAME, List, LoadOptions, MemberList, Use, decide_with, ignored_approvals, load, use_of,
};
use bomtrail_graph::{Approval, Date, Files, Graph, NodeId, NodeMap, Role, Selection};
use bomtrail_policy::Policy;

use super::{CheckError, requirements};
use crate::project::Project;
use crate::scan::ScanOptions;

/// A member that has a list.
struct Speaker {
    name: String,
    list: List,
    uses: BTreeMap<NodeId, Use>,
}

/// What a project is judged by, beside its own list.
pub(crate) struct Grounds<'a> {
    /// Where its graph was read from.
    pub(crate) path: &'a Path,
    /// Where lists are read from.
    pub(crate) files: &'a dyn Files,
    pub(crate) policy: &'a Policy,
    pub(crate) today: Date,
}

/// What the project's list, and the lists of its members, say of every package; what is odd about the latter is added to the
/// former.
pub(crate) fn decided(
    graph: &Graph,
    list: &mut List,
    grounds: &Grounds<'_>,
) -> Result<NodeMap<Approval>, CheckError> {
    let Grounds {
        path,
        files,
        policy,
        today,
    } = *grounds;
    let adds = policy.options.members_approve;
    let speakers = speakers(path, graph, files, policy.options.max_extends_depth)?;
    for it in &speakers {
        for odd in &it.list.diagnostics {
            list.diagnostics.push(odd.clone());
        }
        let ignored = ignored_approvals(&it.name, &it.list, list).filter(|_| !adds);
        if let Some(ignored) = ignored {
            list.diagnostics.push(ignored);
        }
    }
    let members: Vec<MemberList<'_>> = speakers
        .iter()
        .map(|it| MemberList::new(&it.name, &it.list, it.uses.clone()).adding(adds))
        .collect();
    Ok(decide_with(
        graph,
        list,
        &members,
        &requirements(policy, today),
    ))
}

/// The members in a graph that have a list, in the order of their places.
fn speakers(
    path: &Path,
    graph: &Graph,
    files: &dyn Files,
    max_depth: usize,
) -> Result<Vec<Speaker>, CheckError> {
    let options = LoadOptions {
        max_depth,
        ..LoadOptions::default()
    };
    let mut project = None;
    let mut speakers = Vec::new();
    for place in places(graph) {
        let name = format!("{place}/{FILE_NAME}");
        // A file that is there and cannot be read must not count as none.
        if !files.list(place).iter().any(|it| it == FILE_NAME) {
            continue;
        }
        let list = load(&name, files, &options)
            .map_err(CheckError::Invalid)?
            .list;
        let project = match &mut project {
            Some(known) => known,
            slot => slot.insert(Project::open(path, &ScanOptions::default())?),
        };
        let uses = uses(project, place, graph)?;
        speakers.push(Speaker { name, list, uses });
    }
    Ok(speakers)
}

/// Where the members of a graph that was read from a project stand; one that was asked for alone is a root.
fn places(graph: &Graph) -> Vec<&str> {
    if crate::compliance::is_document(graph) {
        return Vec::new();
    }
    let members = graph
        .nodes()
        .filter(|it| matches!(it.component().role, Role::Root | Role::Member));
    let instances = members.flat_map(bomtrail_graph::NodeRef::instances);
    let mut places: Vec<&str> = instances
        .map(|it| &*it.place)
        .filter(|it| !it.is_empty())
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The packages that a member needs, and what for: what a scan of that member alone finds, at the same places.
fn uses(
    project: &Project,
    place: &str,
    graph: &Graph,
) -> Result<BTreeMap<NodeId, Use>, CheckError> {
    let selection = Selection {
        members: vec![place.to_owned()],
        ..Selection::default()
    };
    let part = project.scan(&selection)?;
    let mut needed: BTreeMap<(&str, &str), Use> = BTreeMap::new();
    for node in part.graph().nodes() {
        let wanted_for = use_of(node.scope());
        for it in node.instances() {
            let input = part.graph().inputs().get(it.input as usize);
            let path = input.map_or("", |it| &*it.path);
            needed.insert((path, &*it.place), wanted_for);
        }
    }
    let mut uses = BTreeMap::new();
    for node in graph.nodes() {
        for it in node.instances() {
            let input = graph.inputs().get(it.input as usize);
            let path = input.map_or("", |it| &*it.path);
            if let Some(wanted_for) = needed.get(&(path, &*it.place)) {
                let known = uses.entry(node.id()).or_insert(*wanted_for);
                *known = (*known).min(*wanted_for);
            }
        }
    }
    Ok(uses)
}
