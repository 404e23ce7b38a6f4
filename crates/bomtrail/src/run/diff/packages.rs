//! The packages of a graph, sorted by what they are called and by version, so that two graphs are compared in one pass.

use std::borrow::Cow;
use std::cmp::Ordering;

use bomtrail_graph::{EdgeRef, Graph, Need, NodeRef, Problem, Purl};

/// What is called the same in all versions.
pub(super) struct Packages<'g> {
    /// The nodes, sorted by key and version.
    sorted: Vec<NodeRef<'g>>,
    /// The key of each node, by its position in the graph.
    keys: Vec<Cow<'g, str>>,
}

impl<'g> Packages<'g> {
    pub(super) fn of(graph: &'g Graph) -> Self {
        let mut packages = Self {
            sorted: graph.nodes().collect(),
            keys: graph.nodes().map(key).collect(),
        };
        let Self { sorted, keys } = &mut packages;
        let place = |node: &NodeRef<'g>| {
            let key = keys.get(node.id().index()).map(|it| &**it);
            (key, version(*node))
        };
        sorted.sort_by(|a, b| place(a).cmp(&place(b)));
        packages
    }

    /// What the package of a node is called.
    pub(super) fn key(&self, node: NodeRef<'_>) -> &str {
        self.keys.get(node.id().index()).map_or("", |it| it)
    }

    /// The nodes of each package, sorted by version.
    fn groups(&self) -> impl Iterator<Item = &[NodeRef<'g>]> {
        self.sorted.chunk_by(|a, b| self.key(*a) == self.key(*b))
    }

    /// True when a package of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        let found = self.sorted.binary_search_by(|it| self.key(*it).cmp(name));
        found.is_ok()
    }

    /// What an edge leads to, and what is wrong with it; `None` for a conflict, and for an optional name that nothing provides.
    pub(super) fn need(&self, edge: EdgeRef<'g>) -> Option<(&str, Option<Problem>)> {
        let problem = edge.problem();
        let name = match edge.to() {
            Some(to) => self.key(to),
            None if problem.is_some() => edge.name(),
            None => return None,
        };
        (edge.need() != Need::Conflicts).then_some((name, problem))
    }
}

/// What a package is called, and its nodes in two graphs.
pub(super) struct Pair<'p, 'g> {
    pub(super) key: &'p str,
    pub(super) was: &'p [NodeRef<'g>],
    pub(super) is: &'p [NodeRef<'g>],
}

/// The packages of two graphs, in the order of their keys.
pub(super) fn joined<'p, 'g>(
    before: &'p Packages<'g>,
    after: &'p Packages<'g>,
) -> impl Iterator<Item = Pair<'p, 'g>> {
    let (mut old, mut new) = (before.groups().peekable(), after.groups().peekable());
    let named =
        |of: &'p Packages<'g>, group: &'p [NodeRef<'g>]| group.first().map_or("", |it| of.key(*it));
    std::iter::from_fn(move || {
        let order = match (old.peek(), new.peek()) {
            (Some(was), Some(is)) => named(before, was).cmp(named(after, is)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return None,
        };
        let was = old.next_if(|_| order.is_le()).unwrap_or_default();
        let is = new.next_if(|_| order.is_ge()).unwrap_or_default();
        let key = if order.is_le() {
            named(before, was)
        } else {
            named(after, is)
        };
        Some(Pair { key, was, is })
    })
}

/// The version of a node; empty where it has none.
pub(super) fn version(node: NodeRef<'_>) -> &str {
    node.version().unwrap_or_default()
}

/// The nodes of each version of one package.
pub(super) fn versions<'p, 'g>(
    nodes: &'p [NodeRef<'g>],
) -> impl Iterator<Item = (&'g str, &'p [NodeRef<'g>])> {
    let groups = nodes.chunk_by(|a, b| version(*a) == version(*b));
    groups.filter_map(|it| Some((version(*it.first()?), it)))
}

/// The nodes of one version of a package.
pub(super) fn of_version<'p, 'g>(nodes: &'p [NodeRef<'g>], wanted: &str) -> &'p [NodeRef<'g>] {
    let start = nodes.partition_point(|it| version(*it) < wanted);
    let end = nodes.partition_point(|it| version(*it) <= wanted);
    nodes.get(start..end).unwrap_or_default()
}

/// What a package is called whatever its version: a cpan author is not part of that.
pub(crate) fn key(node: NodeRef<'_>) -> Cow<'_, str> {
    let Some(purl) = node.purl() else {
        return Cow::Borrowed(node.name());
    };
    if let Some(start) = beginning(purl) {
        return Cow::Borrowed(start);
    }
    let mut builder = Purl::build(purl.package_type(), &purl.name());
    if purl.package_type() != "cpan" {
        builder = builder.namespace(&purl.namespace().unwrap_or_default());
    }
    let built = builder.finish();
    built.map_or(Cow::Borrowed(node.name()), |it| {
        Cow::Owned(it.as_str().to_owned())
    })
}

/// The part of a Package URL of npm before its version. `None` for other types, and where more than the `@` of a scope is encoded.
fn beginning(purl: &Purl) -> Option<&str> {
    let text = purl.as_str();
    let end = text.find(['@', '?', '#']).unwrap_or(text.len());
    let beginning = text.get(..end)?;
    let name = beginning.strip_prefix("pkg:npm/")?;
    let is_plain = !name.strip_prefix("%40").unwrap_or(name).contains('%');
    is_plain.then_some(beginning)
}
