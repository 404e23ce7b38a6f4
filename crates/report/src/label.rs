//! What a drawing or a line calls a node, and which edges are drawn weaker.

use bomtrail_graph::{EdgeRef, NodeRef, Phase};

/// `name@version`, or the name alone.
pub(crate) fn of_node(node: NodeRef<'_>) -> String {
    match node.version() {
        Some(version) => format!("{}@{version}", node.name()),
        None => String::from(node.name()),
    }
}

/// True for what is not needed at run time, and for what may be absent.
pub(crate) fn is_weak(edge: EdgeRef<'_>) -> bool {
    edge.phase() != Phase::Runtime || !edge.need().is_strict()
}
