//! Rules about facts that no input has. What is unknown is a finding, never a pass.

use bomtrail_graph::{Axis, EvidenceState, NodeRef, Provenance};

use crate::context::RuleContext;
use crate::facts::PackageFacts;

fn known<'a>(context: &RuleContext<'a>, node: NodeRef<'_>) -> Option<&'a PackageFacts> {
    context.evidence.facts?.get(node.purl()?)
}

pub(super) fn provenance(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.packages() {
        if let Some(why) = unproved(context, node) {
            context.package(node, why);
        }
    }
}

/// Why a package has no verified provenance. What was verified here comes before what the facts file says.
fn unproved(context: &RuleContext<'_>, node: NodeRef<'_>) -> Option<String> {
    let proved = context.evidence.proved(node);
    if proved.is_some_and(Provenance::has_failed) {
        return Some("the verification of its provenance failed".to_owned());
    }
    let evidence = proved.map(|it| it.evidence(Axis::ProvenanceVerified));
    let is = |state| evidence.is_some_and(|it| it.state == state);
    let stated = known(context, node).and_then(|it| it.provenance);
    if is(EvidenceState::Verified) || stated == Some(true) {
        return None;
    }
    if let Some(it) = evidence.filter(|_| is(EvidenceState::Unverifiable)) {
        return Some(format!("its provenance cannot be verified: {}", it.reason));
    }
    let why = if stated.is_some() || proved.is_some() {
        "it has no verified provenance"
    } else {
        "its provenance is unknown"
    };
    Some(why.to_owned())
}

/// A failed verification is a finding whatever the policy requires.
pub(super) fn failed(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.packages() {
        if let Some(failed) = evidence.proved(node).and_then(Provenance::first_failure) {
            context.package(node, format!("verification failed: {}", failed.reason));
        }
    }
}

pub(super) fn age(context: &mut RuleContext<'_>) {
    const DAYS: u32 = 7;
    let least = i64::from(context.setting.days.unwrap_or(DAYS));
    let evidence = context.evidence;
    for node in evidence.packages() {
        match known(context, node).and_then(|it| it.published) {
            Some(day) => {
                let age = day.days_until(evidence.today);
                if age < least {
                    context.package(
                        node,
                        format!("it was published on {day}, {age} days ago; the policy requires {least} days"),
                    );
                }
            }
            None => context.package(node, "the day of its publication is unknown".to_owned()),
        }
    }
}
