//! Gives matches the decisions about them, and finds out which of these count: the date and the conditions are checked at
//! every run, so that a decision whose reason no longer holds does not hide anything.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Advisories, Date, Graph, Justification, Match, MatchDecision, NodeId, Place, Places, Purl,
    ReachPhase, Text, UnusedDecision, Validity,
};

use super::decision::Decision;
use super::load::Decisions;

/// Applies decisions to matches. Where the graph is not the whole project (`whole`), decisions without a match are not reported.
pub fn apply(
    advisories: &mut Advisories,
    graph: &Graph,
    places: &Places,
    decisions: &Decisions,
    whole: bool,
) {
    let today = advisories.today;
    let mut conditions = ViaCache {
        graph,
        places,
        known: BTreeMap::new(),
    };
    let mut used = vec![false; decisions.all.len()];
    for it in &mut advisories.matches {
        let mut best: Option<MatchDecision> = None;
        for ((path, decision), used) in decisions.all.iter().zip(&mut used) {
            if !is_about(graph, it, decision) {
                continue;
            }
            *used = true;
            let candidate = decided(path, decision, it, today, &mut conditions);
            // The first one that counts is taken; one that does not count is shown where no other does.
            let counts = candidate.validity == Validity::Valid;
            let known = best
                .as_ref()
                .is_some_and(|it| it.validity == Validity::Valid);
            if best.is_none() || (counts && !known) {
                best = Some(candidate);
            }
        }
        it.decision = best;
    }
    if !whole {
        return;
    }
    let own = decisions.all.iter().zip(&used).take(decisions.own);
    let unused = own.filter(|(_, used)| !**used);
    advisories.unused = unused
        .map(|((path, it), _)| UnusedDecision {
            subject: format!("{} {}", it.advisory, it.package).into(),
            place: place(path, it.line),
        })
        .collect();
}

/// True when a decision is about a match: its advisory by any of its ids, its package, and its version.
fn is_about(graph: &Graph, it: &Match, decision: &Decision) -> bool {
    if !it.has_id(&decision.advisory) {
        return false;
    }
    if it.module.is_some() {
        return decision.is_about_module(&it.package, &it.version);
    }
    let purl = graph.node(it.node).and_then(bomtrail_graph::NodeRef::purl);
    purl.is_some_and(|purl| decision.is_about(purl, &it.version))
}

fn decided(
    path: &str,
    decision: &Decision,
    it: &Match,
    today: Option<Date>,
    conditions: &mut ViaCache<'_>,
) -> MatchDecision {
    let mut decided = MatchDecision::new(
        decision.status,
        &decision.reason,
        place(path, decision.line),
    );
    decided.why = decision.why;
    decided.action = decision.action.as_deref().map(Into::into);
    decided.by = decision.by.as_deref().map(Into::into);
    decided.decided = decision.decided;
    decided.until = decision.until;
    decided.validity = validity(decision, it, today, conditions);
    decided
}

fn validity(
    decision: &Decision,
    it: &Match,
    today: Option<Date>,
    conditions: &mut ViaCache<'_>,
) -> Validity {
    if let Some(until) = decision
        .until
        .filter(|until| today.is_some_and(|today| *until < today))
    {
        return Validity::Expired(until);
    }
    let needs_develop = decision.conditions.develop_only
        || decision.why == Some(Justification::ComponentNotPresent);
    if needs_develop {
        match it.reach.phase {
            ReachPhase::Develop | ReachPhase::Unreached => {}
            ReachPhase::Runtime => {
                return Validity::Void("the package is reached at runtime".into());
            }
            ReachPhase::Unknown => {
                return Validity::Void("the inputs do not say what needs the package".into());
            }
        }
    }
    match conditions.other_way(it.node, &decision.conditions.via) {
        Some(why) => Validity::Void(why),
        None => Validity::Valid,
    }
}

fn place(path: &str, line: usize) -> Place {
    if line == 0 {
        Place::file(path)
    } else {
        Place::line(path, line, None)
    }
}

/// What is reached without some packages, found out once for each set of them.
struct ViaCache<'g> {
    graph: &'g Graph,
    places: &'g Places,
    known: BTreeMap<Vec<Purl>, Vec<bool>>,
}

impl ViaCache<'_> {
    /// Why not every chain to a node goes through one of these packages; `None` when every one does.
    fn other_way(&mut self, node: NodeId, via: &[Purl]) -> Option<Text> {
        if via.is_empty() {
            return None;
        }
        if self.places.roots().is_empty() {
            return Some("the inputs do not say what needs the package".into());
        }
        let (graph, places) = (self.graph, self.places);
        let reached = self.known.entry(via.to_vec()).or_insert_with(|| {
            let is_via = |node: NodeId| {
                let purl = graph.node(node).and_then(bomtrail_graph::NodeRef::purl);
                purl.is_some_and(|purl| via.iter().any(|it| it.names(purl)))
            };
            let blocked: Vec<bool> = graph.nodes().map(|it| is_via(it.id())).collect();
            let is_blocked = |node: Option<NodeId>| {
                node.is_some_and(|it| blocked.get(it.index()).copied().unwrap_or_default())
            };
            let chains = places.chains(places.roots(), |link| !is_blocked(places.node(link.to)));
            let ids = graph.nodes().map(bomtrail_graph::NodeRef::id);
            ids.map(|id| places.of(id).any(|place| chains.length(place).is_some()))
                .collect()
        });
        let is_reached = reached.get(node.index()).copied().unwrap_or(true);
        is_reached.then(|| {
            let names: Vec<&str> = via.iter().map(Purl::as_str).collect();
            format!(
                "the package is also reached without `{}`",
                names.join("`, `")
            )
            .into()
        })
    }
}
