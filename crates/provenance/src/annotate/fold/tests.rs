use super::*;
use crate::bundle::statement::SLSA_V1;

/// A verified build of a repository, of which nothing else is known.
fn build(repository: &str) -> Outcome {
    Outcome {
        attestation: Attestation {
            predicate_type: SLSA_V1.into(),
            payload_sha256: repository.into(),
            evidence: Evidence::new(EvidenceState::Verified, ""),
            ..Attestation::default()
        },
        signer: Some(Signer::Certificate(Box::new(BuildIdentity {
            repository: Some(repository.into()),
            ..BuildIdentity::default()
        }))),
        consistency: Some(Evidence::new(EvidenceState::Verified, "")),
        build_level: None,
    }
}

#[test]
fn bytes_that_two_repositories_claim_to_have_built_are_no_agreement() {
    for repositories in [["a", "b"], ["b", "a"]] {
        let mut both = Provenance::default();
        for it in repositories {
            add(&mut both, build(it));
        }
        let evidence = both.evidence(Axis::ProvenanceConsistent);
        assert_eq!(evidence.state, EvidenceState::Failed, "{evidence:?}");
        assert!(both.has_failed());
    }
    let mut same = Provenance::default();
    for (run, repository) in [("1", "a"), ("2", "a")] {
        let mut outcome = build(repository);
        outcome.attestation.payload_sha256 = run.into();
        add(&mut same, outcome);
    }
    assert_eq!(same.attestations.len(), 2);
    let evidence = same.evidence(Axis::ProvenanceConsistent);
    assert_eq!(evidence.state, EvidenceState::Verified);
}
