//! Combines several pieces of evidence for one node. A failure outweighs a success.

use bomtrail_graph::{
    Attestation, Axis, BuildIdentity, Evidence, EvidenceState, NodeId, NodeMap, Provenance, Text,
};

use crate::bundle::outcome::{Outcome, Signer};
use crate::bundle::statement::PUBLISH;
use crate::registry::sidecar::Published;

/// How much a state weighs against others on the same axis.
fn weight(state: EvidenceState) -> u8 {
    match state {
        EvidenceState::Absent => 0,
        EvidenceState::Claimed => 1,
        EvidenceState::Unverifiable => 2,
        EvidenceState::Verified => 3,
        EvidenceState::Failed => 4,
    }
}

pub(super) fn raise(provenance: &mut Provenance, axis: Axis, evidence: &Evidence) {
    if weight(evidence.state) > weight(provenance.evidence(axis).state) {
        provenance.set(axis, evidence.clone());
    }
}

pub(super) fn change(
    table: &mut NodeMap<Provenance>,
    node: NodeId,
    change: impl FnOnce(&mut Provenance),
) {
    let mut provenance = table.get(node).cloned().unwrap_or_default();
    change(&mut provenance);
    table.insert(node, provenance);
}

/// Adds what came of one bundle.
pub(super) fn outcome(table: &mut NodeMap<Provenance>, node: NodeId, outcome: Outcome) {
    change(table, node, |provenance| add(provenance, outcome));
}

fn add(provenance: &mut Provenance, outcome: Outcome) {
    if provenance.attestations.contains(&outcome.attestation) {
        return;
    }
    let evidence = &outcome.attestation.evidence;
    if outcome.attestation.is_build() {
        raise(provenance, Axis::ProvenanceVerified, evidence);
        if let Some(consistency) = &outcome.consistency {
            raise(provenance, Axis::ProvenanceConsistent, consistency);
        }
    } else if &*outcome.attestation.predicate_type == PUBLISH {
        raise(provenance, Axis::PublishAttested, evidence);
    }
    if let Some(level) = outcome.build_level {
        let first = !provenance.attestations.iter().any(Attestation::is_build);
        // Of two the lower counts: a signer that wants less must not be hidden behind one that promises more.
        if first || level.level < provenance.build_level.level {
            provenance.build_level = level;
        }
    }
    if let (Some(Signer::Certificate(build)), true) =
        (outcome.signer, outcome.attestation.is_build())
    {
        match &provenance.build {
            None => provenance.build = Some(build),
            Some(known) if known.repository != build.repository => {
                let name = |it: &BuildIdentity| it.repository.as_deref().unwrap_or("?").to_owned();
                let (one, other) = (name(known), name(&build));
                let why = format!("attested as built from `{one}`, and from `{other}`");
                let two = Evidence::new(EvidenceState::Failed, &why);
                raise(provenance, Axis::ProvenanceConsistent, &two);
            }
            Some(_) => {}
        }
    }
    provenance.attestations.push(outcome.attestation);
}

/// Adds what a registry's metadata says, with what its signatures prove.
pub(super) fn published(
    table: &mut NodeMap<Provenance>,
    node: NodeId,
    (signed, published): (Evidence, &Published),
) {
    change(table, node, |provenance| {
        raise(provenance, Axis::RegistrySigned, &signed);
        if published.claims_attestation {
            let why = "the registry says that there is an attestation, and none was given";
            let claimed = Evidence::new(EvidenceState::Claimed, why);
            raise(provenance, Axis::ProvenanceVerified, &claimed);
        }
        let remarks = published.remarks.iter().map(|it| Text::from(*it));
        provenance.registry_remarks.extend(remarks);
        provenance.registry_remarks.sort_unstable();
        provenance.registry_remarks.dedup();
    });
}

#[cfg(test)]
mod tests;
