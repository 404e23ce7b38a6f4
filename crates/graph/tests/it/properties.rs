//! What holds for all fragments.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Graph, LocalId, MemberNeeds, NameSpace, Need,
    NodeRef, Parts, Phase, Platform, Role, Selection, Target, link,
};
use bomtrail_testkit::{cases, fragment, fragments, graph_text};
use proptest::prelude::*;

use crate::make::linked;

/// Every component at a place of its own, so that a test can find what became of it.
fn at_own_places(mut fragments: Vec<Fragment>) -> Vec<Fragment> {
    for (number, fragment) in fragments.iter_mut().enumerate() {
        fragment.path = format!("input-{number}").into();
        for (index, component) in fragment.components.iter_mut().enumerate() {
            component.place = format!("{number}/{index}").into();
        }
    }
    fragments
}

/// The node of every component, by place.
fn by_place(graph: &Graph) -> BTreeMap<&str, NodeRef<'_>> {
    let places = graph
        .nodes()
        .flat_map(|node| node.instances().iter().map(move |it| (&*it.place, node)));
    places.collect()
}

fn found<'g>(nodes: &BTreeMap<&str, NodeRef<'g>>, number: usize, id: LocalId) -> NodeRef<'g> {
    nodes[format!("{number}/{}", id.0).as_str()]
}

/// What tells an edge from another, as far as linking leaves it alone.
type Key = (
    usize,
    Option<usize>,
    Option<String>,
    Option<String>,
    Phase,
    Need,
);

/// The graph of a fragment with one node for each component.
fn unmerged(fragment: &Fragment) -> Graph {
    let mut fragment = fragment.clone();
    for component in &mut fragment.components {
        let provides = std::mem::take(&mut component.provides);
        let place = component.place.clone();
        *component = Component::new("x").with(|it| {
            it.place = place;
            it.provides = provides;
        });
    }
    link(vec![fragment], &mut Diagnostics::new())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(24, 256)) })]
    #[test]
    fn the_order_of_fragments_never_matters(
        (straight, shuffled) in fragments().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        let (a, diagnostics_a) = linked(straight);
        let (b, diagnostics_b) = linked(shuffled);
        prop_assert_eq!(graph_text(&a), graph_text(&b));
        prop_assert!(a == b);
        prop_assert_eq!(a.uuid("x"), b.uuid("x"));
        let plain = |it: &Diagnostics| it.iter().cloned().collect::<Vec<_>>();
        prop_assert_eq!(plain(&diagnostics_a), plain(&diagnostics_b));
    }

    #[test]
    fn every_component_is_one_instance_and_ids_are_dense(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let count: usize = fragments.iter().map(|it| it.components.len()).sum();
        let (graph, _) = linked(fragments);
        prop_assert_eq!(graph.nodes().map(|it| it.instances().len()).sum::<usize>(), count);
        prop_assert_eq!(by_place(&graph).len(), count);
        for (index, node) in graph.nodes().enumerate() {
            prop_assert_eq!(node.id().index(), index);
            prop_assert!(graph.node(node.id()) == Some(node));
        }
    }

    #[test]
    fn no_edge_is_lost_and_none_is_invented(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let (graph, _) = linked(fragments.clone());
        let nodes = by_place(&graph);
        let mut expected: BTreeSet<Key> = BTreeSet::new();
        let mut named = 0;
        for (number, fragment) in fragments.iter().enumerate() {
            for link in &fragment.links {
                let from = found(&nodes, number, link.from).id().index();
                let to = match link.to {
                    Target::Here(to) => Some(found(&nodes, number, to)),
                    Target::Absent => None,
                    Target::Named(_) => {
                        named += 1;
                        continue;
                    }
                };
                let name = link.name.as_deref().or(to.map(NodeRef::name)).unwrap_or_default().to_owned();
                let range = link.range.as_deref().map(str::to_owned);
                expected.insert((from, to.map(|it| it.id().index()), Some(name), range, link.phase, link.need));
            }
        }
        let present: BTreeSet<Key> = graph.edges().map(|edge| (
            edge.from().unwrap().id().index(),
            edge.to().map(|it| it.id().index()),
            Some(edge.name().to_owned()),
            edge.range().map(str::to_owned),
            edge.phase(),
            edge.need(),
        )).collect();
        let lost: Vec<&Key> = expected.difference(&present).collect();
        prop_assert!(lost.is_empty(), "{:?}", lost);
        prop_assert!(present.difference(&expected).count() <= named);
        let all: usize = fragments.iter().map(|it| it.links.len()).sum();
        prop_assert!(graph.edges().len() <= all);
    }

    #[test]
    fn a_node_is_as_complete_as_its_places_and_its_edges(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let (graph, _) = linked(fragments.clone());
        let nodes = by_place(&graph);
        let mut expected: BTreeMap<usize, Completeness> = BTreeMap::new();
        for (number, fragment) in fragments.iter().enumerate() {
            for (id, component) in (0..).map(LocalId).zip(&fragment.components) {
                let node = found(&nodes, number, id).id().index();
                let known = expected.entry(node).or_default();
                *known = (*known).max(component.dependencies);
            }
        }
        for node in graph.nodes() {
            let open = node.edges().any(|it| it.to().is_none() && it.need().is_strict());
            let least = if open { Completeness::Incomplete } else { Completeness::Complete };
            let stated = expected.get(&node.id().index()).copied().unwrap_or_default();
            prop_assert_eq!(node.component().dependencies, stated.max(least));
        }
    }

    #[test]
    fn a_name_reaches_one_of_its_providers_or_nothing(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let (graph, _) = linked(fragments.clone());
        let nodes = by_place(&graph);
        for (number, fragment) in fragments.iter().enumerate() {
            for link in &fragment.links {
                let (Target::Named(space), Some(name)) = (link.to, link.name.as_deref()) else { continue };
                let mut providers = BTreeSet::new();
                for (number, fragment) in fragments.iter().enumerate() {
                    for (component, index) in fragment.components.iter().zip(0..) {
                        if component.provides.iter().any(|it| NameSpace::of(it.space) == space && &*it.name == name) {
                            providers.insert(found(&nodes, number, LocalId(index)).id());
                        }
                    }
                }
                let from = found(&nodes, number, link.from);
                let fits = from.edges().any(|edge| {
                    let reached = edge.to().map(NodeRef::id);
                    let right = reached.map_or(providers.is_empty(), |it| providers.contains(&it));
                    right && edge.name() == name && edge.need() == link.need && edge.phase() == link.phase
                });
                prop_assert!(fits, "{} {:?}", name, providers);
            }
        }
    }

    #[test]
    fn one_node_never_holds_contradicting_bytes_or_two_identities(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let (graph, _) = linked(fragments.clone());
        let all: BTreeMap<&str, &Component> =
            fragments.iter().flat_map(|it| &it.components).map(|it| (&*it.place, it)).collect();
        for node in graph.nodes() {
            let members: Vec<&Component> = node.instances().iter().map(|it| all[&*it.place]).collect();
            for (a, b) in members.iter().flat_map(|a| members.iter().map(move |b| (*a, *b))) {
                let identity = |it: &Component| it.purl.as_ref().map(|it| it.identity().into_owned());
                prop_assert_eq!(identity(a), identity(b));
                prop_assert!(a.purl.is_some() || members.len() == 1);
                prop_assert_eq!(a.role.is_first_party(), b.role.is_first_party());
                let author = |it: &Component| it.purl.as_ref()?.cpan_author().map(Cow::into_owned);
                prop_assert!(author(a).zip(author(b)).is_none_or(|(a, b)| a == b));
                for hash in &a.hashes {
                    let accepts = |it: &Component| -> BTreeSet<_> {
                        it.hashes.iter().filter(|it| it.algorithm() == hash.algorithm()).cloned().collect()
                    };
                    let (a, b) = (accepts(a), accepts(b));
                    prop_assert!(b.is_empty() || !a.is_disjoint(&b));
                }
            }
        }
    }

    #[test]
    fn walks_end_and_shortest_chains_are_chains(fragments in fragments(), limit in 0_usize..5) {
        let (graph, _) = linked(fragments);
        let roots: Vec<_> = graph.roots().map(NodeRef::id).collect();
        let reached = graph.reach(roots.clone(), |edge| edge.need() != Need::Conflicts);
        prop_assert_eq!(reached.len(), graph.nodes().len());
        for node in graph.nodes() {
            let chains = graph.why(node.id(), limit);
            prop_assert_eq!(chains.from_roots, reached[node.id().index()]);
            prop_assert_eq!(chains.shown.len() as u64, chains.total.min(limit as u64));
            let mut seen = BTreeSet::new();
            for chain in &chains.shown {
                let mut here = chain.start;
                let mut way = vec![here.id()];
                for edge in &chain.edges {
                    prop_assert!(edge.from() == Some(here));
                    here = edge.to().unwrap();
                    way.push(here.id());
                }
                prop_assert!(here == node);
                prop_assert!(!chains.from_roots || chain.start.is_root());
                prop_assert_eq!(chain.edges.len(), chains.shown[0].edges.len());
                prop_assert!(seen.insert(way), "a chain is shown twice");
            }
        }
    }

    #[test]
    fn a_selection_keeps_what_its_roots_reach(
        mut fragment in fragment(),
        (omit_dev, omit_optional, omit_peer, platform, member) in any::<(bool, bool, bool, bool, bool)>(),
    ) {
        for (number, component) in fragment.components.iter_mut().enumerate() {
            component.place = number.to_string().into();
        }
        let member = fragment.components.iter().find(|it| it.role == Role::Member).filter(|_| member);
        let selection = Selection {
            members: member.map(|it| it.name.to_string()).into_iter().collect(),
            omit_dev,
            omit_optional,
            omit_peer,
            platform: platform.then(|| Platform::parse("linux-x64").unwrap()),
        };
        let before = fragment.clone();
        let mut fragments = vec![fragment];
        selection.apply_all(&mut fragments);
        fragment = fragments.pop().unwrap_or_default();
        if selection.is_everything() {
            prop_assert!(fragment == before);
        }
        let count = fragment.components.len();
        prop_assert!(fragment.roots.iter().all(|it| it.index() < count));
        let ends = |it: &bomtrail_graph::Link| match it.to {
            Target::Here(to) => vec![it.from, to],
            Target::Named(_) | Target::Absent => vec![it.from],
        };
        prop_assert!(fragment.links.iter().flat_map(ends).all(|it| it.index() < count));
        if !fragment.roots.is_empty() && !selection.is_everything() {
            // Without the links that are never followed, the roots and what nothing requires still reach everything that is
            // left.
            let whole = unmerged(&before);
            let required = whole.reach(whole.roots().map(NodeRef::id), |it| it.need() != Need::Conflicts);
            let unrequired: Vec<&str> = whole
                .nodes()
                .zip(&required)
                .filter(|(_, required)| !**required && selection.members.is_empty())
                .map(|(node, _)| &*node.component().place)
                .collect();
            let graph = unmerged(&fragment);
            let starts = graph
                .nodes()
                .filter(|it| it.is_root() || unrequired.contains(&&*it.component().place));
            let starts: Vec<_> = starts.map(NodeRef::id).collect();
            let kept = graph.reach(starts, |edge| {
                let need = edge.need();
                need != Need::Conflicts
                    && !(omit_dev && edge.phase() != Phase::Runtime)
                    && !(omit_optional && matches!(need, Need::Optional | Need::OptionalPeer))
                    && !(omit_peer && need.is_peer())
            });
            prop_assert!(kept.iter().all(|it| *it));
        }
    }

    #[test]
    fn without_names_inputs_are_selected_one_by_one(
        mut fragments in fragments(),
        (omit_dev, omit_optional, member) in any::<(bool, bool, bool)>(),
    ) {
        for fragment in &mut fragments {
            for link in &mut fragment.links {
                if matches!(link.to, Target::Named(_)) {
                    link.to = Target::Absent;
                }
            }
            for component in &mut fragment.components {
                component.provides = Box::default();
            }
        }
        let components = fragments.iter().flat_map(|it| &it.components);
        let member = components.filter(|it| it.role == Role::Member).find(|_| member);
        let selection = Selection {
            members: member.map(|it| it.name.to_string()).into_iter().collect(),
            omit_dev,
            omit_optional,
            ..Selection::default()
        };
        let mut together = fragments.clone();
        selection.apply_all(&mut together);
        let mut alone = Vec::new();
        for fragment in fragments {
            let mut one = vec![fragment];
            selection.apply_all(&mut one);
            alone.append(&mut one);
        }
        prop_assert!(together == alone);
    }

    #[test]
    fn a_member_needs_what_its_selection_keeps(fragments in fragments()) {
        let fragments = at_own_places(fragments);
        let members: Vec<String> = fragments
            .iter()
            .flat_map(|it| &it.components)
            .filter(|it| it.role == Role::Member && !it.place.is_empty())
            .map(|it| it.place.to_string())
            .collect();
        let places: Vec<&str> = members.iter().map(String::as_str).collect();
        for needs in MemberNeeds::of(&fragments, &places) {
            let selection = Selection { members: vec![needs.member.to_string()], ..Selection::default() };
            let mut part = fragments.clone();
            selection.apply_all(&mut part);
            let kept: BTreeSet<(&str, &str)> = part
                .iter()
                .flat_map(|it| it.components.iter().map(|component| (&*it.path, &*component.place)))
                .collect();
            let needed: BTreeSet<(&str, &str)> =
                needs.needed.iter().map(|it| (&*it.path, &*it.place)).collect();
            prop_assert_eq!(kept, needed);
        }
    }

    #[test]
    fn parts_of_members_are_what_selections_of_them_keep(fragments in fragments(), omit_dev in any::<bool>()) {
        let selection = Selection { omit_dev, ..Selection::default() };
        let mut parts = Parts::of(&fragments, &selection);
        let own = fragments.iter().flat_map(|it| &it.components);
        let own = own.filter(|it| matches!(it.role, Role::Root | Role::Member));
        let asked: BTreeSet<&str> = own.flat_map(|it| [&*it.name, &*it.place]).collect();
        for member in asked {
            let selection = Selection { members: vec![member.to_owned()], ..selection.clone() };
            let mut part = fragments.clone();
            selection.apply_all(&mut part);
            let part = selection.unknown(&fragments).is_none().then_some(part);
            prop_assert_eq!(parts.of_member(member), part, "{}", member);
        }
        prop_assert_eq!(parts.of_member("no such member"), None);
    }

    #[test]
    fn the_identity_of_a_document_follows_its_content(fragments in fragments(), number in any::<usize>()) {
        let (graph, _) = linked(fragments.clone());
        prop_assert_eq!(graph.uuid("a"), linked(fragments.clone()).0.uuid("a"));
        prop_assert_ne!(graph.uuid("a"), graph.uuid("b"));
        let mut changed = fragments;
        let mut components: Vec<&mut Component> = changed.iter_mut().flat_map(|it| &mut it.components).collect();
        let count = components.len();
        if count > 0 {
            components[number % count].place = "somewhere else entirely".into();
            prop_assert_ne!(graph.uuid("a"), linked(changed).0.uuid("a"));
        }
    }
}
