use bomtrail_graph::EvidenceState;

use super::*;
use crate::bundle::check::check;
use crate::bundle::outcome::Outcome;
use crate::bundle::request::Request;
use crate::bundle::sigstore::{PublicKey, Subject};
use crate::bundle::trust::Trust;
use crate::sign::envelope::envelope_bundle;
use crate::sign::key::KeyKind;

const SBOM: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","version":1}"#;

fn judge(bundle: &str, key: &PublicKey, artifact: &[u8]) -> Outcome {
    let trust = Trust::new(None, None).unwrap();
    let mut request = Request::new(Subject::Bytes(artifact));
    request.key = Some(key);
    check(&trust, bundle, &request)
}

#[test]
fn what_we_sign_we_verify_and_nothing_else() {
    let subjects = [
        StatementSubject::new("app.tgz", b"app"),
        StatementSubject::new("app.zip", b"zip"),
    ];
    let statement = sbom_statement(SBOM, &subjects, TypeForm::default()).unwrap();
    for kind in [KeyKind::EcdsaP256, KeyKind::Ed25519] {
        let key = PrivateKey::generate(kind).unwrap();
        let public = PublicKey::from_pem(&key.to_public_pem()).unwrap();
        let bundle = signed_bundle(&statement, &key).unwrap();
        let envelope = signed_envelope(&statement, &key).unwrap();
        let wrapped = envelope_bundle(envelope.as_bytes()).unwrap();
        for bundle in [&bundle, &wrapped] {
            for artifact in [b"app", b"zip"] {
                let outcome = judge(bundle, &public, artifact);
                assert_eq!(outcome.state(), EvidenceState::Verified, "{outcome:?}");
                assert_eq!(
                    &*outcome.attestation.predicate_type,
                    "https://cyclonedx.org/bom"
                );
                assert_eq!(outcome.attestation.signed_at, None);
            }
            assert_eq!(
                judge(bundle, &public, b"other").state(),
                EvidenceState::Failed
            );
            let other = PrivateKey::generate(kind).unwrap().to_public_pem();
            let other = PublicKey::from_pem(&other).unwrap();
            assert_eq!(judge(bundle, &other, b"app").state(), EvidenceState::Failed);
            let payload = STANDARD.encode(&statement);
            let forged = STANDARD.encode(statement.replace("1.6", "1.5"));
            let forged = bundle.replace(&payload, &forged);
            assert_eq!(
                judge(&forged, &public, b"app").state(),
                EvidenceState::Failed
            );
        }
        // Without the key it cannot be verified.
        let trust = Trust::new(None, None).unwrap();
        let outcome = check(&trust, &bundle, &Request::new(Subject::Bytes(b"app")));
        assert_eq!(outcome.state(), EvidenceState::Unverifiable);
    }
}

#[test]
fn the_type_follows_the_format() {
    let of = |sbom: &str, form| predicate_type(sbom, form).ok();
    let spec = TypeForm::Specification;
    assert_eq!(
        of(SBOM, TypeForm::Cosign),
        Some("https://cyclonedx.org/bom")
    );
    let spdx = r#"{"spdxVersion":"SPDX-2.3"}"#;
    assert_eq!(of(spdx, spec), Some("https://spdx.dev/Document/v2.3"));
    assert_eq!(
        of(spdx, TypeForm::Cosign),
        Some("https://spdx.dev/Document")
    );
    let three = r#"{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}"#;
    assert_eq!(of(three, spec), Some("https://spdx.dev/Document/v3"));
    for bad in ["{}", "[]", r#"{"@context":"https://example.com/3."}"#] {
        assert_eq!(of(bad, spec), None, "{bad}");
    }
    assert!(sbom_statement(SBOM, &[], spec).is_err());
}
