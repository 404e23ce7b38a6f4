//! The places of a graph and what joins them. Several places of one package are one node of the graph, so a chain of nodes
//! may be one that no place has; a chain of places is one that an installation has.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::model::component::Component;
use crate::model::facts::{Flags, Text};
use crate::model::fragment::{Link, LocalId, Need, Phase, Target};
use crate::model::graph::NodeId;
use crate::walk::adjacency::Adjacency;

/// Number of a place within one [`Places`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

/// A dependency of one place on another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceLink {
    /// The place that depends.
    pub from: PlaceId,
    /// The place that it reaches.
    pub to: PlaceId,
    /// When it is needed.
    pub phase: Phase,
    /// How much it is needed.
    pub need: Need,
    /// The range in force: the one of an override, else the declared one.
    pub range: Option<Text>,
    /// The rule of the project that replaced the declared range.
    pub overridden: Option<Text>,
}

/// The places of a graph, made by [`crate::link_with_places`]. Conflicts are not among the links.
#[derive(Clone, Debug, Default)]
pub struct Places {
    nodes: Vec<NodeId>,
    inputs: Vec<u32>,
    carriers: Vec<Option<PlaceId>>,
    roots: Vec<PlaceId>,
    links: Vec<PlaceLink>,
    of_node: Adjacency,
    leaving: Adjacency,
    entering: Adjacency,
}

/// The places of joined inputs, before they are merged into nodes. `inputs` has the input of each component.
pub(crate) fn places(
    components: &[Component],
    links: &[Link],
    roots: &[LocalId],
    inputs: Vec<u32>,
) -> Places {
    let links: Vec<PlaceLink> = links.iter().filter_map(link).collect();
    let count = components.len();
    let numbered = || links.iter().zip(0_u32..);
    Places {
        nodes: Vec::new(),
        carriers: carriers(components, &inputs),
        inputs,
        roots: roots.iter().map(|it| PlaceId(it.0)).collect(),
        of_node: Adjacency::default(),
        leaving: Adjacency::new(count, numbered().map(|(it, number)| (it.from.0, number))),
        entering: Adjacency::new(count, numbered().map(|(it, number)| (it.to.0, number))),
        links,
    }
}

fn link(link: &Link) -> Option<PlaceLink> {
    let Target::Here(to) = link.to else {
        return None;
    };
    let overridden = link.detail.as_ref().and_then(|it| it.overridden.as_ref());
    (link.need != Need::Conflicts).then(|| PlaceLink {
        from: PlaceId(link.from.0),
        to: PlaceId(to.0),
        phase: link.phase,
        need: link.need,
        range: overridden
            .map(|it| it.effective.clone())
            .or_else(|| link.range.as_deref().map(Text::from)),
        overridden: overridden.map(|it| it.rule.clone()),
    })
}

/// For each place, the place whose archive has it: the one that its input names, else the one that contains it.
fn carriers(components: &[Component], inputs: &[u32]) -> Vec<Option<PlaceId>> {
    let stated = |it: &Component| it.details.as_ref().and_then(|it| it.bundled_by.clone());
    let is_carried = |it: &Component| it.flags.has(Flags::BUNDLED) || stated(it).is_some();
    if !components.iter().any(is_carried) {
        return vec![None; components.len()];
    }
    let mut known: HashMap<(u32, &str), PlaceId, RandomState> = HashMap::default();
    for ((component, input), number) in components.iter().zip(inputs).zip(0_u32..) {
        known.insert((*input, &*component.place), PlaceId(number));
    }
    let of = |(component, input): (&Component, &u32)| {
        if !is_carried(component) {
            return None;
        }
        if let Some(place) = stated(component) {
            return known.get(&(*input, &*place)).copied();
        }
        let mut rest = &*component.place;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if let Some(place) = known.get(&(*input, folder)) {
                return Some(*place);
            }
            rest = folder;
        }
        known.get(&(*input, "")).copied()
    };
    components.iter().zip(inputs).map(of).collect()
}

impl Places {
    /// With the node of every place.
    pub(crate) fn of_nodes(mut self, node_of: &[u32], nodes: usize) -> Self {
        self.of_node = Adjacency::new(nodes, node_of.iter().copied().zip(0_u32..));
        self.nodes = node_of.iter().copied().map(NodeId::new).collect();
        self
    }

    /// The places of a node.
    pub fn of(&self, node: NodeId) -> impl Iterator<Item = PlaceId> + '_ {
        self.of_node.of(node.number()).iter().copied().map(PlaceId)
    }

    /// The node that a place belongs to.
    pub fn node(&self, place: PlaceId) -> Option<NodeId> {
        self.nodes.get(place.0 as usize).copied()
    }

    /// The input that has a place, as a position in [`crate::Graph::inputs`].
    pub fn input(&self, place: PlaceId) -> Option<u32> {
        self.inputs.get(place.0 as usize).copied()
    }

    /// The place of the package whose archive has this one.
    pub fn carrier(&self, place: PlaceId) -> Option<PlaceId> {
        self.carriers.get(place.0 as usize).copied().flatten()
    }

    /// The places of the project itself.
    pub fn roots(&self) -> &[PlaceId] {
        &self.roots
    }

    /// All links.
    pub fn links(&self) -> &[PlaceLink] {
        &self.links
    }

    /// The links that leave a place.
    pub fn leaving(&self, place: PlaceId) -> impl Iterator<Item = &PlaceLink> {
        self.numbered(self.leaving.of(place.0))
    }

    /// The links that enter a place.
    pub fn entering(&self, place: PlaceId) -> impl Iterator<Item = &PlaceLink> {
        self.numbered(self.entering.of(place.0))
    }

    fn numbered<'p>(&'p self, numbers: &'p [u32]) -> impl Iterator<Item = &'p PlaceLink> {
        let found = numbers.iter();
        found.filter_map(|number| self.links.get(*number as usize))
    }

    /// A shortest chain from each start to every place, over the links to follow.
    pub fn chains(
        &self,
        starts: &[PlaceId],
        follow: impl Fn(&PlaceLink) -> bool,
    ) -> PlaceChains<'_> {
        let mut chains = PlaceChains {
            places: self,
            steps: vec![None; self.nodes.len()],
        };
        let mut queue: Vec<PlaceId> = Vec::new();
        for start in starts {
            if let Some(slot @ None) = chains.steps.get_mut(start.0 as usize) {
                *slot = Some(Step {
                    by: None,
                    length: 0,
                });
                queue.push(*start);
            }
        }
        let mut next = 0;
        while let Some(place) = queue.get(next).copied() {
            next += 1;
            let length = chains.length(place).unwrap_or_default() + 1;
            for number in self.leaving.of(place.0) {
                let Some(link) = self.links.get(*number as usize).filter(|it| follow(it)) else {
                    continue;
                };
                if let Some(slot @ None) = chains.steps.get_mut(link.to.0 as usize) {
                    *slot = Some(Step {
                        by: Some(*number),
                        length,
                    });
                    queue.push(link.to);
                }
            }
        }
        chains
    }
}

/// How a place is reached.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The link that reaches it; `None` for a start.
    by: Option<u32>,
    /// How many links lead to it.
    length: u32,
}

/// Shortest chains to the places of a graph, made by [`Places::chains`].
#[derive(Clone, Debug)]
pub struct PlaceChains<'p> {
    places: &'p Places,
    steps: Vec<Option<Step>>,
}

impl<'p> PlaceChains<'p> {
    /// The number of links of the shortest chain to a place; `None` where no chain leads to it.
    pub fn length(&self, place: PlaceId) -> Option<u32> {
        let step = self.steps.get(place.0 as usize)?;
        step.map(|it| it.length)
    }

    /// The links of a shortest chain to a place, from the start on; empty for a start, and where no chain leads to it.
    pub fn to(&self, place: PlaceId) -> Vec<&'p PlaceLink> {
        let mut chain = Vec::new();
        let mut here = place;
        while let Some(Some(Step { by: Some(by), .. })) = self.steps.get(here.0 as usize) {
            let Some(link) = self.places.links.get(*by as usize) else {
                break;
            };
            chain.push(link);
            here = link.from;
        }
        chain.reverse();
        chain
    }
}
