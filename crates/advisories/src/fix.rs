//! Whether a fixed version satisfies every declared range, so that an update of the lockfile removes a match, or who does not
//! allow it.

use std::collections::BTreeSet;

use bomtrail_graph::{
    Blocker, Graph, Match, NodeId, NodeRef, Phase, PlaceId, PlaceLink, Places, Purl, Text, Update,
};
use bomtrail_version::{Scheme, cargo, cpan, npm};

use crate::reach::is_changeable;

/// Whether a range allows a version; `None` where that cannot be said.
type Answer = Option<bool>;

/// The declared ranges of a graph.
pub(crate) struct Fixes<'g> {
    graph: &'g Graph,
    places: &'g Places,
    /// The inputs that have installed versions where ranges should be.
    exact: BTreeSet<u32>,
}

impl<'g> Fixes<'g> {
    pub(crate) fn of(graph: &'g Graph, places: &'g Places) -> Self {
        let exact = exact_inputs(graph, places);
        Self {
            graph,
            places,
            exact,
        }
    }

    /// Whether one of the fixed versions is allowed at all places of a match, and what does not allow it.
    pub(crate) fn of_places(&self, it: &Match, own: &[PlaceId]) -> (Update, Vec<Blocker>) {
        if it.fixed.is_empty() {
            return (Update::Unknown, Vec::new());
        }
        let mut carriers: BTreeSet<Blocker> = BTreeSet::new();
        let mut links: Vec<&PlaceLink> = Vec::new();
        for place in own {
            match self.carrier(*place) {
                Some(node) => {
                    let range = None;
                    carriers.insert(Blocker { node, range });
                }
                None => links.extend(self.places.entering(*place)),
            }
        }
        let inputs = own.iter().filter_map(|it| self.places.input(*it));
        if links.is_empty() && carriers.is_empty()
            || inputs.clone().any(|it| self.exact.contains(&it))
        {
            return (Update::Unknown, Vec::new());
        }
        let package_type = self
            .graph
            .node(it.node)
            .and_then(NodeRef::purl)
            .map(Purl::package_type);
        let scheme = package_type.and_then(Scheme::of_type);
        let candidates = it
            .fixed
            .iter()
            .map(|version| self.blockers(version, scheme, &links));
        let best = candidates.min_by_key(|(blockers, open)| (blockers.len(), *open));
        let (blockers, open) = best.unwrap_or_default();
        let all: Vec<Blocker> = carriers.into_iter().chain(blockers).collect();
        match (all.is_empty(), open) {
            (true, false) => (Update::Fits, all),
            (true, true) => (Update::Unknown, all),
            (false, _) => (Update::Blocked, all),
        }
    }

    /// Who does not allow a version, and whether the answer of a range is unknown.
    fn blockers(
        &self,
        version: &str,
        scheme: Option<Scheme>,
        links: &[&PlaceLink],
    ) -> (BTreeSet<Blocker>, bool) {
        let mut blockers = BTreeSet::new();
        let mut open = false;
        for link in links {
            match allows(scheme, link.range.as_deref(), version) {
                Some(true) => {}
                None => open = true,
                Some(false) => {
                    if let Some(node) = self.places.node(link.from) {
                        let range = link.range.clone();
                        blockers.insert(Blocker { node, range });
                    }
                }
            }
        }
        (blockers, open)
    }

    /// The outermost package whose archive has a place, unless the project can change it.
    fn carrier(&self, place: PlaceId) -> Option<NodeId> {
        let mut outermost = None;
        let mut here = place;
        // A chain of archives is shorter than the number of places.
        for _ in 0..=self.places.links().len() {
            let Some(carrier) = self.places.carrier(here) else {
                break;
            };
            outermost = Some(carrier);
            here = carrier;
        }
        let node = self.places.node(outermost?)?;
        let changeable = self.graph.node(node).is_some_and(is_changeable);
        (!changeable).then_some(node)
    }
}

/// Whether a range allows a version.
fn allows(scheme: Option<Scheme>, range: Option<&str>, version: &str) -> Answer {
    let range = range?;
    match scheme? {
        scheme @ Scheme::Cargo => scheme
            .is_range(range)
            .then(|| cargo::satisfies(version, range)),
        Scheme::Npm => {
            let range = alias_range(range);
            npm::is_range(range).then(|| npm::satisfies(version, range))
        }
        Scheme::Cpan => {
            let version = cpan::Version::parse(version)?;
            cpan::Range::parse(range)
                .ok()
                .map(|it| it.accepts(&version))
        }
    }
}

/// The range of `npm:name@range`; any other text as it is.
fn alias_range(text: &str) -> &str {
    let Some(target) = text.strip_prefix("npm:") else {
        return text;
    };
    // The `@` of a scope is at the start.
    match target.rfind('@') {
        Some(at) if at > 0 => target.get(at + 1..).unwrap_or_default(),
        Some(_) | None => "*",
    }
}

/// The inputs that the first npm 5 wrote, and others that have installed versions instead of ranges: more than half of what
/// dependencies require is an exact version.
fn exact_inputs(graph: &Graph, places: &Places) -> BTreeSet<u32> {
    let mut counts: Vec<(usize, usize)> = vec![(0, 0); graph.inputs().len()];
    for link in places
        .links()
        .iter()
        .filter(|it| it.phase == Phase::Runtime)
    {
        let node = places.node(link.from).and_then(|it| graph.node(it));
        if node.is_none_or(|it| it.component().role.is_first_party()) || link.need.is_peer() {
            continue;
        }
        let input = places.input(link.from).unwrap_or(u32::MAX) as usize;
        if let Some((exact, all)) = counts.get_mut(input) {
            let is_npm = node
                .and_then(NodeRef::purl)
                .is_some_and(|it| it.package_type() == "npm");
            let range: Option<&Text> = link.range.as_ref();
            *all += usize::from(is_npm);
            *exact += usize::from(is_npm && range.is_some_and(|it| npm::is_exact(it)));
        }
    }
    let mostly = counts
        .iter()
        .zip(0_u32..)
        .filter(|((exact, all), _)| exact * 2 > *all);
    mostly.map(|(_, input)| input).collect()
}

#[cfg(test)]
mod tests {
    use super::{alias_range, allows};
    use bomtrail_version::Scheme;

    #[test]
    fn the_range_of_an_alias_counts() {
        assert_eq!(alias_range("npm:@a/b@^1.0.0"), "^1.0.0");
        assert_eq!(alias_range("npm:@a/b"), "*");
        assert_eq!(alias_range("^2"), "^2");
    }

    #[test]
    fn what_is_not_a_range_has_no_answer() {
        let npm = Some(Scheme::Npm);
        assert_eq!(allows(npm, Some("^1.0.0"), "1.2.0"), Some(true));
        assert_eq!(allows(npm, Some("~1.0.0"), "1.2.0"), Some(false));
        assert_eq!(allows(npm, Some("latest"), "1.2.0"), None);
        assert_eq!(allows(npm, None, "1.2.0"), None);
    }
}
