//! What the product needs and the document does not hold, as external components with the range of accepted versions (1.7).
//! Until 1.6 only the property about edges has it. Also moves facts from properties to the fields that only 1.7 has.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{EdgeRef, Graph, Kind, Need, NodeId, NodeRef, Phase, Purl, Scope};
use bomtrail_version::Scheme;

use crate::names::{CONCLUDED, EXTERNAL, UNRESOLVED, VERSION_RANGE};
use crate::write::license;
use crate::write::wire::{Component, Property};

/// The names that a graph needs and nothing in it provides.
#[derive(Default)]
pub(crate) struct ExternalComponents<'g> {
    needed: Vec<Needed<'g>>,
    /// Which node needs which of them (by number), sorted.
    requirers: Vec<(NodeId, usize)>,
}

/// The grammar of the range, the name, and the range.
type Key<'g> = (Option<Scheme>, &'g str, Option<&'g str>);

/// One name with one range.
struct Needed<'g> {
    reference: String,
    name: &'g str,
    scheme: Option<Scheme>,
    range: Option<&'g str>,
    scope: Scope,
}

/// True for a dependency on something that is not there. Conflicts, suggestions and optional peers are not missing when they are
/// absent.
pub(crate) fn is_external_need(edge: EdgeRef<'_>) -> bool {
    let wanted = match edge.need() {
        Need::Required | Need::Optional | Need::Recommended | Need::Peer => true,
        Need::Suggested | Need::OptionalPeer | Need::Conflicts => false,
    };
    wanted && edge.to().is_none() && !edge.name().is_empty()
}

impl<'g> ExternalComponents<'g> {
    /// Everything that `graph` needs and does not have.
    pub(crate) fn of(graph: &'g Graph) -> Self {
        let mut found: BTreeMap<Key<'g>, (Scope, Vec<NodeId>)> = BTreeMap::new();
        for node in graph.nodes() {
            let mut scheme = None;
            for edge in node.edges().filter(|it| is_external_need(*it)) {
                let scheme = *scheme.get_or_insert_with(|| scheme_of(node));
                let key = (scheme, edge.name(), edge.range());
                let (scope, requirers) = found.entry(key).or_insert((Scope::Unknown, Vec::new()));
                *scope = (*scope).min(scope_of(node, edge));
                requirers.push(node.id());
            }
        }
        let mut found: Vec<_> = found
            .into_iter()
            .map(|(key, value)| (reference(key), key, value))
            .collect();
        found.sort();
        let mut used = used_references(graph, PREFIX);
        let mut external = Self::default();
        for (reference, (scheme, name, range), (scope, requirers)) in found {
            let number = external.needed.len();
            let requirers = requirers.into_iter().map(|it| (it, number));
            external.requirers.extend(requirers);
            let reference = unique_reference(reference, &used);
            used.insert(Cow::Owned(reference.clone()));
            external.needed.push(Needed {
                reference,
                name,
                scheme,
                range,
                scope,
            });
        }
        external.requirers.sort_unstable();
        external.requirers.dedup();
        external
    }

    /// Their components.
    pub(crate) fn components(&self) -> impl Iterator<Item = Component<'_>> {
        self.needed.iter().map(|it| Component {
            kind: Kind::Library.name(),
            bom_ref: Some(Cow::Borrowed(&*it.reference)),
            is_external: true,
            name: Cow::Borrowed(it.name),
            version_range: it
                .scheme
                .zip(it.range)
                .and_then(|(scheme, range)| scheme.vers(range)),
            scope: it.scope.name(),
            properties: vec![Property {
                name: Cow::Borrowed(UNRESOLVED),
                value: Cow::Borrowed(it.range.unwrap_or("")),
            }],
            ..Component::default()
        })
    }

    /// Each node with the reference of what it needs; sorted by node.
    pub(crate) fn required_by(&self) -> impl Iterator<Item = (NodeId, &str)> {
        let reference = |number: usize| self.needed.get(number).map(|it| &*it.reference);
        let required_by = self.requirers.iter();
        required_by.filter_map(move |(id, number)| Some((*id, reference(*number)?)))
    }

    /// All references, in order.
    pub(crate) fn references(&self) -> impl Iterator<Item = Cow<'_, str>> + Clone {
        self.needed.iter().map(|it| Cow::Borrowed(&*it.reference))
    }
}

/// The prefix of the reference of an external component.
const PREFIX: &str = "required:";

fn reference((scheme, name, range): Key<'_>) -> String {
    let mut reference = PREFIX.to_owned();
    if let Some(scheme) = scheme {
        reference.push_str(scheme.name());
        reference.push('/');
    }
    reference.push_str(name);
    if let Some(range) = range {
        reference.push('@');
        reference.push_str(range);
    }
    reference
}

/// The references of nodes that begin with `prefix`; a place may have any name.
pub(crate) fn used_references<'g>(graph: &'g Graph, prefix: &str) -> BTreeSet<Cow<'g, str>> {
    let references = graph.nodes().map(NodeRef::reference);
    references.filter(|it| it.starts_with(prefix)).collect()
}

/// A reference that no node has: `reference`, with `#` added as often as needed.
pub(crate) fn unique_reference(mut reference: String, used: &BTreeSet<Cow<'_, str>>) -> String {
    while used.contains(&*reference) {
        reference.push('#');
    }
    reference
}

/// The grammar of a node's ranges: that of its own type, else that of what it depends on.
fn scheme_of(node: NodeRef<'_>) -> Option<Scheme> {
    let of = |node: NodeRef<'_>| {
        let own = node
            .purl()
            .map(Purl::package_type)
            .and_then(Scheme::of_type);
        own.or_else(|| Scheme::of_type(node.component().ecosystem?.name()))
    };
    of(node).or_else(|| node.dependencies().find_map(of))
}

/// The scope of what is not there.
fn scope_of(from: NodeRef<'_>, edge: EdgeRef<'_>) -> Scope {
    let own = match (edge.phase(), edge.need()) {
        (Phase::Runtime, Need::Required | Need::Peer) => Scope::Required,
        (Phase::Runtime, _) => Scope::Optional,
        _ => Scope::Excluded,
    };
    if from.is_root() {
        own
    } else {
        own.max(from.scope())
    }
}

/// Marks what the environment provides, and moves properties of an earlier document to the fields that only 1.7 has.
pub(crate) fn use_fields(component: &mut Component<'_>, kind: Kind, is_main: bool) {
    component.is_external = kind == Kind::Platform && !is_main;
    let mut concluded = Vec::new();
    let mut range = None;
    component.properties.retain_mut(|it| match &*it.name {
        EXTERNAL if it.value == "true" && !is_main => {
            component.is_external = true;
            false
        }
        VERSION_RANGE => {
            range = Some(std::mem::take(&mut it.value));
            false
        }
        CONCLUDED => {
            concluded.push(std::mem::take(&mut it.value));
            false
        }
        _ => true,
    });
    let has_field = component.is_external && component.version.is_none();
    match range {
        Some(range) if has_field => component.version_range = Some(range.into_owned()),
        Some(range) => add(component, VERSION_RANGE, range),
        None => {}
    }
    for text in concluded {
        match text {
            Cow::Borrowed(text) => component.licenses.push(license::concluded(text)),
            owned @ Cow::Owned(_) => add(component, CONCLUDED, owned),
        }
    }
    component.properties.sort_unstable();
}

fn add<'g>(component: &mut Component<'g>, name: &'static str, value: Cow<'g, str>) {
    component.properties.push(Property {
        name: Cow::Borrowed(name),
        value,
    });
}
