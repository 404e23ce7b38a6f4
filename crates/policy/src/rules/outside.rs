//! Rules that need what no input says. What is not known is a finding, never a pass.

use bomtrail_graph::{Axis, EvidenceState, NodeRef, Provenance};

use crate::facts::PackageFacts;
use crate::finding::Look;

fn known<'a>(look: &Look<'a>, node: NodeRef<'_>) -> Option<&'a PackageFacts> {
    look.evidence.facts?.get(node.purl()?)
}

pub(super) fn provenance(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.packages() {
        if let Some(why) = unproved(look, node) {
            look.package(node, why);
        }
    }
}

/// Why a package has no verified provenance. What is verified or disproved here goes before what a file says of it.
fn unproved(look: &Look<'_>, node: NodeRef<'_>) -> Option<String> {
    let proved = look.evidence.proved(node);
    if proved.is_some_and(Provenance::has_failed) {
        return Some("what was checked of its provenance does not hold".to_owned());
    }
    let evidence = proved.map(|it| it.evidence(Axis::ProvenanceVerified));
    let is = |state| evidence.is_some_and(|it| it.state == state);
    let said = known(look, node).and_then(|it| it.provenance);
    if is(EvidenceState::Verified) || said == Some(true) {
        return None;
    }
    if let Some(it) = evidence.filter(|_| is(EvidenceState::Unverifiable)) {
        return Some(format!("its provenance cannot be verified: {}", it.reason));
    }
    let why = if said.is_some() || proved.is_some() {
        "it has no verified provenance"
    } else {
        "nothing is known of its provenance"
    };
    Some(why.to_owned())
}

/// Whatever was asked for: what was checked and does not hold is never all right.
pub(super) fn disproved(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.packages() {
        if let Some(failed) = evidence.proved(node).and_then(Provenance::first_failure) {
            look.package(node, format!("verification failed: {}", failed.reason));
        }
    }
}

pub(super) fn age(look: &mut Look<'_>) {
    const DAYS: u32 = 7;
    let least = i64::from(look.setting.days.unwrap_or(DAYS));
    let evidence = look.evidence;
    for node in evidence.packages() {
        match known(look, node).and_then(|it| it.published) {
            Some(day) => {
                let age = day.days_until(evidence.today);
                if age < least {
                    look.package(
                        node,
                        format!("it was published on {day}, {age} days ago; {least} are asked for"),
                    );
                }
            }
            None => look.package(node, "nothing is known of when it was published".to_owned()),
        }
    }
}
