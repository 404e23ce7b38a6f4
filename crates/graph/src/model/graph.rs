//! The immutable graph: packages by identity, with the places they were found at. Made by [`crate::link`] alone.

use std::borrow::Cow;

use bomtrail_purl::Purl;

use crate::model::component::Component;
use crate::model::facts::{Flags, Text};
use crate::model::fragment::{Lifecycle, LinkDetail, Need, Phase, Problem};
use crate::model::scope::Scope;
use crate::model::shared_text::SharedText;

/// Number of a node within one [`Graph`]; never leaves the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    pub(crate) const fn new(number: u32) -> Self {
        Self(number)
    }

    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// As a position in node order.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One place a node was found at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instance {
    /// The place, relative to the project.
    pub place: Text,
    /// The flags of this place.
    pub flags: Flags,
    /// The place of the package whose archive has this one, in the same input.
    pub bundled_by: Option<Text>,
    /// Which input it is from, as a position in [`Graph::inputs`].
    pub input: u32,
}

/// A package of the graph: the facts of all its instances in one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    pub(crate) component: Component,
    pub(crate) reference: Option<Text>,
    pub(crate) instances: Box<[Instance]>,
    pub(crate) scope: Scope,
}

/// A dependency between two packages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: NodeId,
    pub(crate) to: Option<NodeId>,
    pub(crate) name: Option<SharedText>,
    pub(crate) phase: Phase,
    pub(crate) need: Need,
    pub(crate) range: Option<SharedText>,
    pub(crate) problem: Option<Problem>,
    pub(crate) detail: Option<Box<LinkDetail>>,
}

impl Edge {
    /// False for a conflict, which is not a dependency.
    pub(crate) fn is_dependency(&self) -> bool {
        self.need != Need::Conflicts
    }
}

/// An input the graph was made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// Its path, relative to the project.
    pub path: Text,
    /// When it was made.
    pub lifecycle: Lifecycle,
    /// Facts about it as a whole.
    pub properties: Vec<(Text, Text)>,
}

/// Packages and the dependencies between them; may have cycles. Nodes are sorted by [`NodeRef::reference`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Graph {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) offsets: Vec<u32>,
    pub(crate) roots: Vec<NodeId>,
    pub(crate) inputs: Vec<Source>,
}

impl Graph {
    /// All nodes, in order.
    pub fn nodes(
        &self,
    ) -> impl ExactSizeIterator<Item = NodeRef<'_>> + DoubleEndedIterator + Clone {
        self.nodes.iter().enumerate().map(|(index, node)| NodeRef {
            graph: self,
            node,
            index,
        })
    }

    /// All edges, sorted by the node they leave.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = EdgeRef<'_>> + Clone {
        self.edges.iter().map(|edge| EdgeRef { graph: self, edge })
    }

    /// The nodes that stand for the project itself.
    pub fn roots(&self) -> impl ExactSizeIterator<Item = NodeRef<'_>> + Clone {
        // Roots are ids of this graph: `verify` holds that every one is a node.
        let known: Vec<NodeRef<'_>> = self.roots.iter().filter_map(|id| self.node(*id)).collect();
        known.into_iter()
    }

    /// The inputs it was made from.
    pub fn inputs(&self) -> &[Source] {
        &self.inputs
    }

    /// The node of an id; `None` for an id of another graph.
    pub fn node(&self, id: NodeId) -> Option<NodeRef<'_>> {
        self.nodes.get(id.index()).map(|node| NodeRef {
            graph: self,
            node,
            index: id.index(),
        })
    }

    /// The nodes a Package URL names: the same identity, and the same version where one is given.
    pub fn find(&self, purl: &Purl) -> impl Iterator<Item = NodeRef<'_>> {
        let wanted = purl.clone();
        self.nodes()
            .filter(move |node| node.purl().is_some_and(|it| wanted.names(it)))
    }

    /// The nodes of a full name, or `name@version`, in order.
    pub fn find_name<'g>(&'g self, name: &'g str) -> impl Iterator<Item = NodeRef<'g>> {
        let versioned = name.rsplit_once('@').filter(|(name, _)| !name.is_empty());
        self.nodes().filter(move |node| {
            node.name() == name
                || versioned.is_some_and(|(name, version)| {
                    node.name() == name && node.version() == Some(version)
                })
        })
    }

    pub(crate) fn edge(&self, number: u32) -> Option<EdgeRef<'_>> {
        self.edges
            .get(number as usize)
            .map(|edge| EdgeRef { graph: self, edge })
    }

    pub(crate) fn edges_of(&self, index: usize) -> &[Edge] {
        let bounds = self.offsets.get(index).zip(self.offsets.get(index + 1));
        bounds
            .and_then(|(start, end)| self.edges.get(*start as usize..*end as usize))
            .unwrap_or_default()
    }
}

/// A node, seen in its graph.
#[derive(Clone, Copy, Debug)]
pub struct NodeRef<'g> {
    graph: &'g Graph,
    node: &'g Node,
    index: usize,
}

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.graph, other.graph) && self.index == other.index
    }
}

impl Eq for NodeRef<'_> {}

impl<'g> NodeRef<'g> {
    /// Its number in this graph.
    pub fn id(self) -> NodeId {
        NodeId(u32::try_from(self.index).unwrap_or(u32::MAX))
    }

    /// What documents call it (CycloneDX bom-ref): the decoded Package URL, or its place where it has none; unique.
    pub fn reference(self) -> Cow<'g, str> {
        match (&self.node.reference, &self.node.component.purl) {
            (Some(reference), _) => Cow::Borrowed(reference),
            // `link()` keeps what has to be decoded.
            (None, Some(purl)) => Cow::Borrowed(purl.as_str()),
            (None, None) => Cow::Borrowed(&self.node.component.name),
        }
    }

    /// All facts about it.
    pub fn component(self) -> &'g Component {
        &self.node.component
    }

    /// Full name.
    pub fn name(self) -> &'g str {
        &self.node.component.name
    }

    /// Exact version.
    pub fn version(self) -> Option<&'g str> {
        self.node.component.version.as_deref()
    }

    /// Package URL.
    pub fn purl(self) -> Option<&'g Purl> {
        self.node.component.purl.as_ref()
    }

    /// How it takes part in the product.
    pub fn scope(self) -> Scope {
        self.node.scope
    }

    /// The flags that hold at every place.
    pub fn flags(self) -> Flags {
        self.node.component.flags
    }

    /// Where it was found.
    pub fn instances(self) -> &'g [Instance] {
        &self.node.instances
    }

    /// True when it stands for the project itself.
    pub fn is_root(self) -> bool {
        self.graph.roots.binary_search(&self.id()).is_ok()
    }

    /// Its dependencies, sorted by what they reach, then by name; unresolved ones first.
    pub fn edges(self) -> impl ExactSizeIterator<Item = EdgeRef<'g>> + Clone {
        let graph = self.graph;
        graph
            .edges_of(self.index)
            .iter()
            .map(move |edge| EdgeRef { graph, edge })
    }

    /// The distinct nodes it depends on, in order. A conflict is not a dependency.
    pub fn dependencies(self) -> impl Iterator<Item = NodeRef<'g>> + Clone {
        let mut last = None;
        self.edges()
            .filter(|edge| edge.need() != Need::Conflicts)
            .filter_map(EdgeRef::to)
            .filter(move |node| {
                let new = last != Some(node.index);
                last = Some(node.index);
                new
            })
    }
}

/// An edge, seen in its graph.
#[derive(Clone, Copy, Debug)]
pub struct EdgeRef<'g> {
    graph: &'g Graph,
    edge: &'g Edge,
}

impl<'g> EdgeRef<'g> {
    /// The depending node; `None` never happens in a graph that verifies.
    pub fn from(self) -> Option<NodeRef<'g>> {
        self.graph.node(self.edge.from)
    }

    /// The node it reaches; `None` when nothing provides it.
    pub fn to(self) -> Option<NodeRef<'g>> {
        self.edge.to.and_then(|id| self.graph.node(id))
    }

    /// The name asked for.
    pub fn name(self) -> &'g str {
        match (&self.edge.name, self.to()) {
            (Some(name), _) => name,
            (None, Some(node)) => node.name(),
            (None, None) => "",
        }
    }

    /// The range as declared.
    pub fn range(self) -> Option<&'g str> {
        self.edge.range.as_deref()
    }

    /// When it is needed.
    pub fn phase(self) -> Phase {
        self.edge.phase
    }

    /// How much it is needed.
    pub fn need(self) -> Need {
        self.edge.need
    }

    /// What is wrong with it.
    pub fn problem(self) -> Option<Problem> {
        self.edge.problem
    }

    /// Rarer facts.
    pub fn detail(self) -> Option<&'g LinkDetail> {
        self.edge.detail.as_deref()
    }
}
