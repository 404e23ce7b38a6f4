//! The approval of every node. A denial wins over everything; what is not certain is not approved.

mod bundled;
mod decider;
mod denials;
mod members;
mod record;
mod requirements;

use bomtrail_graph::{Approval, Graph, NodeMap};

use crate::list::List;
use decider::Decider;

pub use decider::use_of;
pub use members::{MemberList, ignored_approvals};
pub use requirements::Requirements;

/// The approval of every node of `graph` by `list`.
///
/// ```
/// # use bomtrail_approvals::{Date, Document, List, Requirements, decide};
/// # let graph = bomtrail_graph::link(Vec::new(), &mut bomtrail_graph::Diagnostics::new());
/// let list = List::of("in memory", &Document::default().approve("lodash", "4.17.21")?);
/// let today = Date::parse("2026-11-21").unwrap();
/// let approvals = decide(&graph, &list, &Requirements::on(today));
/// for node in graph.nodes() {
///     println!("{}: {:?}", node.reference(), approvals.get(node.id()).map(|it| it.status()));
/// }
/// # Ok::<(), bomtrail_approvals::NameError>(())
/// ```
pub fn decide(graph: &Graph, list: &List, requirements: &Requirements) -> NodeMap<Approval> {
    decide_with(graph, list, &[], requirements)
}

/// The approval of every node of `graph` by `list`, and by the lists of the workspace members that need it.
pub fn decide_with(
    graph: &Graph,
    list: &List,
    members: &[MemberList<'_>],
    requirements: &Requirements,
) -> NodeMap<Approval> {
    let decider = Decider { list, requirements };
    let mut table = NodeMap::new(graph);
    let restricted = members::by_node(members);
    for node in graph.nodes() {
        let mut approval = decider.node(node);
        if let Some(members) = restricted.get(&node.id()) {
            approval = members::apply(&decider, members, node, approval);
        }
        table.insert(node.id(), approval);
    }
    bundled::decide(graph, &mut table);
    table
}

#[cfg(test)]
mod tests;
