//! Packages that come inside another's archive have no identity of their own: they are as good as the bytes they come in.
//! They are covered by an approved carrier whose digest is pinned and compared, and refused by name like any other. What the
//! carrier does not list needs an approval of its own beside: only a lockfile entry says that it is in there, and npm fetches
//! what it does not find.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Flags, Graph, Instance, NodeMap, NodeRef, Text,
};

use super::decider::is_pinned;

/// Where the packages stand: input and place, and whether it is a place of its own.
type Places<'g> = BTreeMap<(u32, &'g str), (NodeRef<'g>, bool)>;

/// Decides on every node that is carried somewhere, from what was decided on their carriers.
pub(super) fn decide(graph: &Graph, table: &mut NodeMap<Approval>) {
    let carried: Vec<NodeRef<'_>> = graph
        .nodes()
        .filter(|it| it.flags().has(Flags::CARRIED))
        .collect();
    if carried.is_empty() {
        return;
    }
    let places = places(graph);
    let mut decided = Vec::with_capacity(carried.len());
    for node in carried {
        let own = table.get(node.id());
        // A refusal stands, however the bytes come.
        if own.is_some_and(|it| it.status() == ApprovalStatus::Denied) {
            continue;
        }
        let elsewhere = node
            .instances()
            .iter()
            .any(|it| !it.flags.has(Flags::CARRIED));
        let own_stands = own.is_some_and(|it| it.status() == ApprovalStatus::Approved);
        if elsewhere && !own_stands {
            continue;
        }
        let verdict = of_carriers(node, &places, table, own_stands);
        if !elsewhere || verdict.status() != ApprovalStatus::Approved {
            decided.push((node.id(), verdict));
        }
    }
    for (id, verdict) in decided {
        table.insert(id, verdict);
    }
}

fn places(graph: &Graph) -> Places<'_> {
    let mut places = Places::new();
    for node in graph.nodes() {
        for it in node.instances() {
            let own = !it.flags.has(Flags::CARRIED);
            places.insert((it.input, &*it.place), (node, own));
        }
    }
    places
}

fn of_carriers(
    node: NodeRef<'_>,
    places: &Places<'_>,
    table: &NodeMap<Approval>,
    own_stands: bool,
) -> Approval {
    let mut covered: Option<Approval> = None;
    let inside = node
        .instances()
        .iter()
        .filter(|it| it.flags.has(Flags::CARRIED));
    for instance in inside {
        let carrier = carrier(instance, places);
        let opinion = carrier.and_then(|it| table.get(it.id()));
        let name = carrier.map(|it| it.reference().into_owned());
        let name = name.unwrap_or_else(|| "nothing that is known".to_owned());
        let fits =
            opinion.is_some_and(|it| is_pinned(it) || it.reason == ApprovalReason::FirstParty);
        if !fits {
            return Approval {
                detail: format!("carried by `{name}`").into(),
                ..Approval::new(ApprovalReason::BundledInUnapproved)
            };
        }
        if instance.flags.has(Flags::UNLISTED) && !own_stands {
            let why = format!(
                "`{name}` does not list it among what it carries, so that it is fetched where the archive lacks it"
            );
            return Approval {
                detail: why.into(),
                ..Approval::new(ApprovalReason::BundledInUnapproved)
            };
        }
        let chain: Vec<Text> = opinion.map(|it| it.chain.clone()).unwrap_or_default();
        covered.get_or_insert(Approval {
            chain,
            detail: format!("carried by `{name}`").into(),
            ..Approval::new(ApprovalReason::BundledInApproved)
        });
    }
    covered.unwrap_or_else(|| Approval::new(ApprovalReason::BundledInUnapproved))
}

/// The nearest package above that is not carried itself.
fn carrier<'g>(instance: &Instance, places: &Places<'g>) -> Option<NodeRef<'g>> {
    let mut place = &*instance.place;
    while let Some((above, _)) = place.rsplit_once('/') {
        place = above;
        if let Some((node, true)) = places.get(&(instance.input, place)) {
            return Some(*node);
        }
    }
    None
}
