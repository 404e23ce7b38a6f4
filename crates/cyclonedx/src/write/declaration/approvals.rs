//! Approvals as claims that a component may be used, or counter-claims that it may not.

use std::borrow::Cow;

use bomtrail_graph::{Approval, ApprovalStatus, Bom};

use super::{Draft, Found};
use crate::write::annotation::{contact, sentence, time};
use crate::write::wire::{Claim, Evidence, EvidenceData, Standard};

const APPROVED: &str = "approved";

/// Adds a claim for every third-party component.
pub(super) fn add<'g>(draft: &mut Draft<'g>, bom: &'g Bom<'g>) {
    let Some(approvals) = bom.tables.approvals else {
        return;
    };
    let mut found = Found::default();
    for (id, approval) in approvals.iter() {
        let Some(node) = bom.graph.node(id) else {
            continue;
        };
        let (list, predicate) = match approval.status() {
            ApprovalStatus::FirstParty => continue,
            ApprovalStatus::Approved => (&mut found.claims, "is approved for use"),
            ApprovalStatus::Unreviewed => (&mut found.counter_claims, "is not approved for use"),
            ApprovalStatus::Denied => (&mut found.counter_claims, "is refused for use"),
        };
        let reference = node.reference();
        let claim = draft.reference("claim/approval", &reference);
        list.push(claim.clone());
        let evidence = evidence(draft, &reference, approval);
        draft.claims.push(Claim {
            bom_ref: claim,
            target: reference,
            predicate,
            reasoning: Cow::Owned(reasoning(approval)),
            evidence: evidence.into_iter().collect(),
            counter_evidence: Vec::new(),
        });
    }
    let requirement = draft.requirement(
        APPROVED,
        "Every package is approved in this version by the project's list.",
    );
    draft.standards.push(Standard {
        bom_ref: draft.reference("standard", "approvals"),
        name: "Package approvals",
        version: "1",
        description: "Every package that is used is approved in the project's package-approvals.json.",
        owner: "bomtrail",
        requirements: vec![requirement],
    });
    draft.attest("approval of packages", vec![(APPROVED, found)]);
}

fn reasoning(approval: &Approval) -> String {
    if approval.detail.is_empty() {
        approval.reason.name().to_owned()
    } else {
        [approval.reason.name(), ": ", &approval.detail].concat()
    }
}

/// Adds the evidence for a decision; returns its reference.
fn evidence<'g>(draft: &mut Draft<'g>, reference: &str, approval: &'g Approval) -> Option<String> {
    let decision = approval.decision.as_deref()?;
    let bom_ref = draft.reference("evidence/approval", reference);
    let day = |it: &Option<Box<str>>| it.as_deref().and_then(time);
    let reviewer = decision.by.first().filter(|_| decision.by_person);
    draft.evidence.push(Evidence {
        bom_ref: bom_ref.clone(),
        property_name: "bomtrail:approval:status",
        description: Cow::Owned(sentence(approval)),
        data: approval
            .statements()
            .into_iter()
            .map(|(name, text)| EvidenceData::text(name, text))
            .collect(),
        created: day(&decision.on),
        expires: day(&decision.expires),
        reviewer: reviewer.map(|it| contact(it)),
    });
    Some(bom_ref)
}
