//! Provenance as claims; what was checked and does not hold as counter-claims. What could not be checked makes no claim.

use std::borrow::Cow;

use bomtrail_graph::{Axis, Bom, EvidenceState, Provenance};

use super::{Draft, Found};
use crate::iri::is_iri_reference;
use crate::write::wire::{Claim, Evidence, EvidenceData, Standard};

/// The requirement of an axis, and the predicates of a component that meets it or does not.
fn words(axis: Axis) -> (&'static str, [&'static str; 2]) {
    match axis {
        Axis::Pinned => (
            "The lockfile pins a strong digest of the archive.",
            ["is pinned by its digest", "is not pinned by its digest"],
        ),
        Axis::RegistrySigned => (
            "The registry signed the name, the version and the digest.",
            [
                "is signed by its registry",
                "has a signature of its registry that does not hold",
            ],
        ),
        Axis::PublishAttested => (
            "The registry attests to the publication in a transparency log.",
            [
                "was published as the registry attests",
                "has a publish attestation that does not hold",
            ],
        ),
        Axis::ProvenanceVerified => (
            "The build's own attestation is authentic and about these bytes.",
            [
                "was built as its attestation says",
                "has a build attestation that does not hold",
            ],
        ),
        Axis::ProvenanceConsistent => (
            "The attestation agrees with the signer's certificate and the package's metadata.",
            [
                "has consistent provenance",
                "has provenance that contradicts itself",
            ],
        ),
    }
}

/// Adds claims for every component that was checked.
pub(super) fn add<'g>(draft: &mut Draft<'g>, bom: &'g Bom<'g>) {
    let Some(table) = bom.tables.provenance else {
        return;
    };
    let mut found = Axis::ALL.map(|axis| (axis, Found::default()));
    for (id, provenance) in table.iter() {
        let Some(node) = bom.graph.node(id) else {
            continue;
        };
        let reference = node.reference();
        let evidence = attestations(draft, &reference, provenance);
        for (axis, found) in &mut found {
            let verdict = provenance.evidence(*axis);
            let holds = match verdict.state {
                EvidenceState::Verified => true,
                EvidenceState::Failed => false,
                EvidenceState::Absent | EvidenceState::Claimed | EvidenceState::Unverifiable => {
                    continue;
                }
            };
            let (_, [yes, no]) = words(*axis);
            let kind = ["claim/", axis.name()].concat();
            let claim = draft.reference(&kind, &reference);
            let list = if holds {
                &mut found.claims
            } else {
                &mut found.counter_claims
            };
            list.push(claim.clone());
            let wanted = depends_on_build(*axis).map(|build| {
                let fits = |it: &&Attested| it.is_build == build && it.holds == holds;
                let these = evidence.iter().filter(fits);
                these.map(|it| it.reference.clone()).collect()
            });
            let wanted: Vec<String> = wanted.unwrap_or_default();
            let (evidence, counter_evidence) = if holds {
                (wanted, Vec::new())
            } else {
                (Vec::new(), wanted)
            };
            draft.claims.push(Claim {
                bom_ref: claim,
                target: reference.clone(),
                predicate: if holds { yes } else { no },
                reasoning: Cow::Borrowed(&verdict.reason),
                evidence,
                counter_evidence,
            });
        }
    }
    let requirements = Axis::ALL.map(|axis| draft.requirement(axis.name(), words(axis).0));
    draft.standards.push(Standard {
        bom_ref: draft.reference("standard", "provenance"),
        name: "Package provenance",
        version: "1",
        description: "Where the bytes of a package come from, from the weakest evidence to the strongest.",
        owner: "bomtrail",
        requirements: requirements.into(),
    });
    let found = found.into_iter().map(|(axis, it)| (axis.name(), it));
    draft.attest("provenance of packages", found.collect());
}

/// An attestation that serves as evidence.
struct Attested {
    reference: String,
    is_build: bool,
    holds: bool,
}

/// Whether an axis depends on attestations (`Some`), and whether on those of the build.
fn depends_on_build(axis: Axis) -> Option<bool> {
    match axis {
        Axis::Pinned | Axis::RegistrySigned => None,
        Axis::PublishAttested => Some(false),
        Axis::ProvenanceVerified | Axis::ProvenanceConsistent => Some(true),
    }
}

/// The attestations that were checked, as evidence.
fn attestations<'g>(
    draft: &mut Draft<'g>,
    reference: &str,
    provenance: &'g Provenance,
) -> Vec<Attested> {
    let mut all = Vec::new();
    for (number, it) in (1..).zip(&provenance.attestations) {
        let holds = match it.evidence.state {
            EvidenceState::Verified => true,
            EvidenceState::Failed => false,
            EvidenceState::Absent | EvidenceState::Claimed | EvidenceState::Unverifiable => {
                continue;
            }
        };
        let kind = format!("evidence/attestation/{number}");
        let bom_ref = draft.reference(&kind, reference);
        let log = it.log_index.filter(|_| holds);
        let log = log.map(|it| format!("https://search.sigstore.dev/?logIndex={it}"));
        let log = log.filter(|it| is_iri_reference(it));
        let payload = EvidenceData::text("payload-sha256", Cow::Borrowed(&it.payload_sha256));
        let log = log.map(|it| EvidenceData::url("transparency-log", it));
        draft.evidence.push(Evidence {
            bom_ref: bom_ref.clone(),
            property_name: "bomtrail:provenance:attestation",
            description: Cow::Borrowed(&it.predicate_type),
            data: [payload].into_iter().chain(log).collect(),
            created: it.signed_at.as_deref().map(str::to_owned),
            expires: None,
            reviewer: None,
        });
        all.push(Attested {
            reference: bom_ref,
            is_build: it.is_build(),
            holds,
        });
    }
    all
}
