//! Dependencies (SPDX 2.3 clause 11). Every dependency is a `DEPENDS_ON`, because that is what programs follow; the
//! typed relationships, which point the other way, are additional. Unknown and absent dependencies are stated explicitly.

use bomtrail_graph::{Completeness, EdgeRef, Need, NodeId, NodeRef, Phase};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::context::{Context, DOCUMENT};
use crate::identifier::Identifier;
use crate::notes::edge::{INCOMPLETE, UNREACHED, UNROOTED, add_edge, is_unusual, is_wanted};
use crate::notes::lines::Lines;

/// All relationships of a graph, one at a time.
pub(super) struct Relationships<'d>(pub(super) &'d Context<'d>);

impl Serialize for Relationships<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fill(self.0, serializer.serialize_seq(None)?)
    }
}

/// Fills a list with the relationships of a graph.
pub(super) fn fill<S: SerializeSeq>(context: &Context<'_>, seq: S) -> Result<S::Ok, S::Error> {
    let mut list = List { context, seq };
    for root in context.graph.roots() {
        list.add(End::Document, "DESCRIBES", End::of(context, root), None)?;
    }
    if context.graph.nodes().len() == 0 {
        // A document must describe something, and nothing is known that it would.
        list.add(End::Document, "DESCRIBES", End::NoAssertion, None)?;
    }
    list.add_unreached()?;
    for node in context.graph.nodes() {
        list.add_node(node)?;
    }
    list.seq.end()
}

#[derive(Serialize)]
struct Relationship<'d> {
    #[serde(rename = "spdxElementId")]
    from: End<'d>,
    #[serde(rename = "relationshipType")]
    kind: &'static str,
    #[serde(rename = "relatedSpdxElement")]
    to: End<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

/// An end of a relationship.
#[derive(Clone, Copy)]
enum End<'d> {
    Document,
    Package(Identifier<'d>),
    /// `NONE`.
    None,
    /// `NOASSERTION`.
    NoAssertion,
}

impl<'d> End<'d> {
    fn of(context: &Context<'_>, node: NodeRef<'d>) -> Self {
        Self::Package(context.ids.of(node))
    }
}

impl Serialize for End<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Document => serializer.serialize_str(DOCUMENT),
            Self::Package(id) => id.serialize(serializer),
            Self::None => serializer.serialize_str("NONE"),
            Self::NoAssertion => serializer.serialize_str("NOASSERTION"),
        }
    }
}

/// The list while it is written.
struct List<'d, S> {
    context: &'d Context<'d>,
    seq: S,
}

impl<'d, S: SerializeSeq> List<'d, S> {
    fn add(
        &mut self,
        from: End<'d>,
        kind: &'static str,
        to: End<'d>,
        comment: Option<String>,
    ) -> Result<(), S::Error> {
        self.seq.serialize_element(&Relationship {
            from,
            kind,
            to,
            comment,
        })
    }

    /// Packages that no root reaches: the project of the same input contains them, whatever needs them. Without any
    /// project the document describes them.
    fn add_unreached(&mut self) -> Result<(), S::Error> {
        let graph = self.context.graph;
        let roots = graph.roots().map(NodeRef::id);
        let reached = graph.reach(roots, |edge| edge.need() != Need::Conflicts);
        let first = graph.roots().next();
        let mut of_input = vec![None; graph.inputs().len()];
        for root in graph.roots() {
            for instance in root.instances() {
                if let Some(slot) = of_input.get_mut(instance.input as usize) {
                    slot.get_or_insert(root);
                }
            }
        }
        let unreached = graph.nodes().zip(reached).filter(|(_, reached)| !reached);
        for (node, _) in unreached.filter(|(it, _)| !self.context.containment.has(*it)) {
            let input = node.instances().first().map_or(0, |it| it.input as usize);
            let to = End::of(self.context, node);
            if let Some(root) = of_input.get(input).copied().flatten().or(first) {
                let from = End::of(self.context, root);
                self.add(from, "CONTAINS", to, Some(UNREACHED.to_owned()))?;
            } else {
                let comment = Some(UNROOTED.to_owned());
                self.add(End::Document, "DESCRIBES", to, comment)?;
            }
        }
        Ok(())
    }

    /// Everything that starts from a node.
    fn add_node(&mut self, node: NodeRef<'d>) -> Result<(), S::Error> {
        let from = End::of(self.context, node);
        let context = self.context;
        for child in context.containment.children(context.graph, node) {
            self.add(from, "CONTAINS", End::of(context, child), None)?;
        }
        let edges = node
            .edges()
            .filter(|it| context.bom.is_full() || is_wanted(*it));
        let (conflicts, edges): (Vec<_>, Vec<_>) =
            edges.partition(|it| it.need() == Need::Conflicts);
        let groups = || edges.chunk_by(|a, b| target(*a).is_some() && target(*a) == target(*b));
        for group in groups() {
            let to = self.end(group);
            let is_said = context.bom.is_full() || group.iter().any(|it| is_unusual(*it));
            self.add(from, "DEPENDS_ON", to, comment(group).filter(|_| is_said))?;
        }
        match (node.component().dependencies, edges.is_empty()) {
            (Completeness::Complete, false) => {}
            (Completeness::Complete, true) => self.add(from, "DEPENDS_ON", End::None, None)?,
            (Completeness::Incomplete, _) => {
                let text = INCOMPLETE.to_owned();
                self.add(from, "DEPENDS_ON", End::NoAssertion, Some(text))?;
            }
            (Completeness::Unknown, _) => {
                let text = "The input does not say what this package depends on.".to_owned();
                self.add(from, "DEPENDS_ON", End::NoAssertion, Some(text))?;
            }
        }
        for group in groups().filter(|it| it.first().copied().and_then(target).is_some()) {
            let to = self.end(group);
            for (kind, edges) in reverse(group) {
                let ranges = ranges(&edges).filter(|_| context.bom.is_full());
                self.add(to, kind, from, ranges)?;
            }
        }
        for edge in conflicts {
            let text = comment(&[edge]);
            self.add(from, "OTHER", self.end(&[edge]), text)?;
        }
        Ok(())
    }

    /// What the edges of one group reach.
    fn end(&self, group: &[EdgeRef<'d>]) -> End<'d> {
        let node = group.first().and_then(|edge| edge.to());
        node.map_or(End::NoAssertion, |node| End::of(self.context, node))
    }
}

fn target(edge: EdgeRef<'_>) -> Option<NodeId> {
    edge.to().map(NodeRef::id)
}

/// Whether an edge is of a type.
type Matches = fn(EdgeRef<'_>) -> bool;

/// The typed relationships, which lead from what an edge reaches back to where it starts.
const REVERSE: [(&str, Matches); 6] = [
    ("BUILD_DEPENDENCY_OF", |it| {
        matches!(it.phase(), Phase::Configure | Phase::Build)
    }),
    ("TEST_DEPENDENCY_OF", |it| it.phase() == Phase::Test),
    ("DEV_DEPENDENCY_OF", |it| it.phase() == Phase::Develop),
    (RUNTIME, |it| it.phase() == Phase::Runtime),
    (OPTIONAL, |it| match it.need() {
        Need::Optional | Need::Recommended | Need::Suggested | Need::OptionalPeer => true,
        Need::Required | Need::Peer | Need::Conflicts => false,
    }),
    ("PROVIDED_DEPENDENCY_OF", |it| it.need().is_peer()),
];

const RUNTIME: &str = "RUNTIME_DEPENDENCY_OF";
const OPTIONAL: &str = "OPTIONAL_DEPENDENCY_OF";

/// The types that hold for a group of edges between the same two packages, each with the edges it holds for.
fn reverse<'e, 'g>(
    group: &'e [EdgeRef<'g>],
) -> impl Iterator<Item = (&'static str, Vec<EdgeRef<'g>>)> + use<'e, 'g> {
    REVERSE.into_iter().filter_map(|(kind, matches)| {
        let these: Vec<_> = group.iter().copied().filter(|it| matches(*it)).collect();
        let all = these.len() == group.len();
        let holds = match kind {
            // Runtime is the default, unless the package is needed for something else too.
            RUNTIME => !these.is_empty() && !all,
            // A dependency that one edge requires is not optional.
            OPTIONAL => all,
            _ => !these.is_empty(),
        };
        holds.then_some((kind, these))
    })
}

/// Facts without a field in SPDX, one group of lines for each edge.
fn comment(group: &[EdgeRef<'_>]) -> Option<String> {
    let mut lines = Lines::default();
    for edge in group {
        lines.end_group();
        lines.add_known("range", edge.range());
        add_edge(&mut lines, *edge);
        if group.len() > 1 && lines.is_group_empty() {
            // Each edge is a group, even without facts of its own.
            lines.add("phase", edge.phase().name());
        }
    }
    lines.finish()
}

/// The declared ranges, one line for each edge that has one.
fn ranges(group: &[EdgeRef<'_>]) -> Option<String> {
    let mut lines = Lines::default();
    for range in group.iter().filter_map(|it| it.range()) {
        lines.add("range", range);
    }
    lines.finish()
}
