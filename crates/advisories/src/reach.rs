//! How the product reaches a package: when, by which chain, and which dependency of its own it can change. Walks places, because
//! several places of one package are one node, and a chain of nodes may be one that no place has.

use bomtrail_graph::{
    Completeness, Flags, Graph, Match, NodeId, NodeRef, OwnEdge, Phase, PlaceChains, PlaceId,
    PlaceLink, Places, Reach, ReachPhase, Role, Scope,
};

use crate::fix::Fixes;

/// The chains of a graph, walked once for all matches.
pub(crate) struct Reaches<'g> {
    graph: &'g Graph,
    places: &'g Places,
    runtime: PlaceChains<'g>,
    all: PlaceChains<'g>,
    /// What each root reaches.
    by_root: Vec<(PlaceId, PlaceChains<'g>)>,
    fixes: Fixes<'g>,
}

/// The most roots that are distinguished.
const MOST_ROOTS: usize = 64;

impl<'g> Reaches<'g> {
    pub(crate) fn of(graph: &'g Graph, places: &'g Places) -> Self {
        let roots = places.roots();
        let is_runtime = |it: &PlaceLink| it.phase == Phase::Runtime;
        let by_root = if roots.len() > 1 && roots.len() <= MOST_ROOTS {
            let each = roots.iter();
            each.map(|it| (*it, places.chains(&[*it], |_| true)))
                .collect()
        } else {
            Vec::new()
        };
        Self {
            graph,
            places,
            runtime: places.chains(roots, is_runtime),
            all: places.chains(roots, |_| true),
            by_root,
            fixes: Fixes::of(graph, places),
        }
    }

    /// The facts of a match.
    pub(crate) fn of_match(&self, it: &Match) -> Reach {
        let mut reach = Reach::default();
        let Some(node) = self.graph.node(it.node) else {
            return reach;
        };
        let own: Vec<PlaceId> = self.places.of(it.node).collect();
        let chain = self.shortest(&own, &mut reach);
        if chain.is_none() {
            reach.phase = self.unreached(node);
        }
        if let Some((start, links)) = chain {
            self.describe(start, &links, &mut reach);
        }
        reach.roots = self.roots(&own);
        reach.bundled = own.iter().any(|it| self.places.carrier(*it).is_some());
        if let Some(details) = &node.component().details {
            let platforms = details.os.iter().chain(&details.cpu).chain(&details.libc);
            reach.platforms = platforms.cloned().collect();
        }
        // The version of a core module changes with Perl, whose ranges are those of another package.
        if it.module.is_none() {
            let (update, blockers) = self.fixes.of_places(it, &own);
            reach.update = update;
            reach.blockers = blockers;
        }
        reach
    }

    /// The start and the links of the shortest chain; of a runtime chain where there is one.
    fn shortest(
        &self,
        own: &[PlaceId],
        reach: &mut Reach,
    ) -> Option<(PlaceId, Vec<&'g PlaceLink>)> {
        for (chains, phase) in [
            (&self.runtime, ReachPhase::Runtime),
            (&self.all, ReachPhase::Develop),
        ] {
            let reached = own.iter().filter_map(|it| Some((chains.length(*it)?, *it)));
            if let Some((_, place)) = reached.min() {
                reach.phase = phase;
                let links = chains.to(place);
                let start = links.first().map_or(place, |it| it.from);
                return Some((start, links));
            }
        }
        None
    }

    /// When a package is used that no chain leads to: the flags of its input where the links of the roots are not all known.
    fn unreached(&self, node: NodeRef<'_>) -> ReachPhase {
        let mut roots = self.graph.roots().peekable();
        let open = roots.peek().is_none()
            || roots.any(|it| it.component().dependencies != Completeness::Complete);
        if !open || node.flags().has(Flags::EXTRANEOUS) {
            return ReachPhase::Unreached;
        }
        match node.scope() {
            Scope::Excluded => ReachPhase::Develop,
            Scope::Required => ReachPhase::Runtime,
            Scope::Optional | Scope::Unknown => ReachPhase::Unknown,
        }
    }

    fn describe(&self, start: PlaceId, links: &[&PlaceLink], reach: &mut Reach) {
        let nodes = [start].into_iter().chain(links.iter().map(|it| it.to));
        reach.path = nodes.filter_map(|it| self.places.node(it)).collect();
        let mut needs = links.iter().map(|it| it.need);
        // The weakest dependency of a chain decides how much its end is needed.
        reach.need = needs
            .clone()
            .find(|it| !it.is_strict())
            .or(needs.next_back());
        reach.overridden = links.iter().rev().find_map(|it| it.overridden.clone());
        let mut owns = links.iter().filter_map(|link| {
            let (from, to) = (self.places.node(link.from)?, self.places.node(link.to)?);
            let leaves = self.is_own(from) && !self.is_own(to);
            leaves.then(|| OwnEdge {
                from,
                to,
                range: link.range.clone(),
            })
        });
        reach.own = owns.next();
    }

    fn is_own(&self, node: NodeId) -> bool {
        self.graph
            .node(node)
            .is_some_and(|it| it.component().role.is_first_party())
    }

    fn roots(&self, own: &[PlaceId]) -> Vec<NodeId> {
        let reaches = |chains: &PlaceChains<'_>| own.iter().any(|it| chains.length(*it).is_some());
        let mut roots: Vec<NodeId> = if self.by_root.is_empty() {
            let any = reaches(&self.all);
            let all = self.places.roots().iter().filter(|_| any);
            all.filter_map(|it| self.places.node(*it)).collect()
        } else {
            let each = self.by_root.iter().filter(|(_, chains)| reaches(chains));
            each.filter_map(|(root, _)| self.places.node(*root))
                .collect()
        };
        roots.sort_unstable();
        roots.dedup();
        roots
    }
}

/// True for a package that may keep others in its archive without keeping them from an update: the project can change it.
pub(crate) fn is_changeable(node: NodeRef<'_>) -> bool {
    matches!(node.component().role, Role::Root | Role::Member)
}
