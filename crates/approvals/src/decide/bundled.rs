//! Packages in the archive of another have no identity of their own: they are as trustworthy as that archive. They are covered
//! by an approved carrier whose digest is pinned and compared, and denied by name like all others. Every place is decided by its
//! own carrier: one that is covered never vouches for another.

use std::collections::BTreeMap;

use bomtrail_graph::{
    Approval, ApprovalReason, ApprovalStatus, Flags, Graph, Instance, NodeMap, NodeRef, Text,
};

use super::decider::is_pinned;

/// The node at each place of each input, and the place of its carrier if it is carried there.
type Places<'g> = BTreeMap<(u32, &'g str), (NodeRef<'g>, Option<&'g str>)>;

/// Decides on every node that is carried somewhere, from the approvals of the carriers.
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
        // A denial applies wherever the bytes come from.
        if own.is_some_and(|it| it.status() == ApprovalStatus::Denied) {
            continue;
        }
        let elsewhere = node
            .instances()
            .iter()
            .any(|it| !it.flags.has(Flags::CARRIED));
        let is_approved = own.is_some_and(|it| it.status() == ApprovalStatus::Approved);
        if elsewhere && !is_approved {
            continue;
        }
        let approval = of_carriers(node, &places, table);
        if !elsewhere || approval.status() != ApprovalStatus::Approved {
            decided.push((node.id(), approval));
        }
    }
    for (id, approval) in decided {
        table.insert(id, approval);
    }
}

fn places(graph: &Graph) -> Places<'_> {
    let mut places = Places::new();
    for node in graph.nodes() {
        for it in node.instances() {
            let is_carried = it.flags.has(Flags::CARRIED);
            let above = it.bundled_by.as_deref().filter(|_| is_carried);
            places.insert((it.input, &*it.place), (node, above));
        }
    }
    places
}

fn of_carriers(node: NodeRef<'_>, places: &Places<'_>, table: &NodeMap<Approval>) -> Approval {
    let mut covered: Option<Approval> = None;
    let inside = node
        .instances()
        .iter()
        .filter(|it| it.flags.has(Flags::CARRIED));
    for instance in inside {
        let carrier = carrier(instance, places);
        let approval = carrier.and_then(|it| table.get(it.id()));
        let name = carrier.map(|it| it.reference().into_owned());
        let detail: Text = match name {
            Some(name) => format!("carried by `{name}`").into(),
            None => "its carrier is unknown".into(),
        };
        let is_trusted =
            approval.is_some_and(|it| is_pinned(it) || it.reason == ApprovalReason::FirstParty);
        if !is_trusted {
            return Approval {
                detail,
                ..Approval::new(ApprovalReason::BundledInUnapproved)
            };
        }
        let chain: Vec<Text> = approval.map(|it| it.chain.clone()).unwrap_or_default();
        covered.get_or_insert(Approval {
            chain,
            detail,
            ..Approval::new(ApprovalReason::BundledInApproved)
        });
    }
    covered.unwrap_or_else(|| Approval::new(ApprovalReason::BundledInUnapproved))
}

/// The package whose archive has an instance: the first carrier that is not carried itself.
fn carrier<'g>(instance: &Instance, places: &Places<'g>) -> Option<NodeRef<'g>> {
    let mut place = instance.bundled_by.as_deref()?;
    // A carrier of a carrier is another place, so a longer chain is a cycle.
    for _ in 0..places.len() {
        match places.get(&(instance.input, place))? {
            (node, None) => return Some(*node),
            (_, Some(above)) => place = above,
        }
    }
    None
}
