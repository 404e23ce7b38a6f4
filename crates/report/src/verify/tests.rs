//! Verdicts about provenance are what their schemas say, with and without every optional part.

use bomtrail_graph::{Code, Diagnostic, EvidenceState, Place, Text};
use bomtrail_provenance::{Outcome, Signer};

use super::*;
use crate::graph::tests::everything;
use crate::wire::tests::{TOOL, valid};

static CODE: Code = Code::new("test/code", Level::Warning, "a problem");

fn digest() -> Text {
    "0".repeat(64).into()
}

fn material(date: Option<&'static str>) -> Material {
    Material {
        sha256: "0".repeat(64),
        date,
    }
}

fn build() -> BuildIdentity {
    BuildIdentity {
        issuer: "https://token.example.com".into(),
        signer: "https://github.com/o/r".into(),
        git_ref: Some("refs/heads/main".into()),
        run: Some("https://github.com/o/r/actions/runs/1".into()),
        ..BuildIdentity::default()
    }
}

fn attestation() -> Attestation {
    Attestation {
        predicate_type: "https://slsa.dev/provenance/v1".into(),
        evidence: Evidence::new(EvidenceState::Failed, "another subject"),
        payload_sha256: digest(),
        signed_at: Some("2026-01-02T03:04:05Z".into()),
        log_index: Some(7),
    }
}

#[test]
fn verifications_are_as_their_schema_says() {
    let graph = everything();
    let mut provenance = NodeMap::new(&graph);
    for node in graph.nodes().filter(|it| !it.is_root()) {
        let mut it = Provenance::default();
        it.set(
            Axis::RegistrySigned,
            Evidence::new(EvidenceState::Failed, "x"),
        );
        it.build = Some(Box::new(build()));
        it.attestations = vec![attestation()];
        it.registry_remarks = vec!["trusted-publisher".into()];
        provenance.insert(node.id(), it);
    }
    let mut diagnostics = Diagnostics::new();
    let place = Place::entry("answer.json", "/attestations/0");
    diagnostics.push(Diagnostic::new(&CODE, place, "not readable".to_owned()));
    let changes = [SignerChange {
        name: "a".to_owned(),
        versions: ("1.0.0".to_owned(), "2.0.0".to_owned()),
        what: "signer",
        before: String::new(),
        now: "x".to_owned(),
    }];
    let (embedded, given) = (material(Some("2026-01-02")), material(None));
    for changes in [&[][..], &changes] {
        let verified = Verified {
            archives: None,
            graph: &graph,
            provenance: &provenance,
            diagnostics: &diagnostics,
            trusted_root: &embedded,
            npm_keys: &given,
            cpan_keys: Some(&given).filter(|_| changes.is_empty()),
            changes,
            tool: TOOL,
        };
        let mut text = Vec::new();
        verified.write_json(&mut text).unwrap();
        let document = valid(&text);
        let first = &document["packages"][0];
        assert_eq!(first["ref"], "pkg:npm/@x/a@1.0.0");
        assert_eq!(first["evidence"]["registrySigned"]["state"], "failed");
        assert_eq!(first["build"]["gitRef"], "refs/heads/main");
    }
}

#[test]
fn verdicts_about_a_bundle_are_as_their_schema_says() {
    let signers = [
        None,
        Some(Signer::GivenKey),
        Some(Signer::Registry("SHA256:x".into())),
        Some(Signer::Certificate(Box::new(build()))),
    ];
    for signer in signers {
        let is_proved = signer.is_some();
        let outcome = Outcome {
            attestation: attestation(),
            signer,
            consistency: is_proved.then(|| Evidence::new(EvidenceState::Verified, "")),
            build_level: is_proved.then(BuildLevel::default),
        };
        let mut text = Vec::new();
        write_bundle(&outcome, &material(None), &material(None), TOOL, &mut text).unwrap();
        assert_eq!(valid(&text)["verdict"]["state"], "failed");
    }
}
