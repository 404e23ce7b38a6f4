//! Statements that are signed as they should be, and are not about the package: each is refused, even with a valid signature.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{EvidenceState, Hash, HashAlgorithm};
use bomtrail_provenance::{
    KeyKind, Outcome, PrivateKey, PublicKey, Request, Subject, Trust, check, sha512, signed_bundle,
};
use serde_json::{Value, json};

const SLSA: &str = "https://slsa.dev/provenance/v1";
const PURL: &str = "pkg:npm/%40team/a@1.0.0";

fn pinned() -> Hash {
    sha512(b"the archive").unwrap()
}

fn statement() -> Value {
    json!({"_type": "https://in-toto.io/Statement/v1", "predicateType": SLSA, "predicate": {},
        "subject": [{"name": PURL, "digest": {"sha512": pinned().hex()}}]})
}

/// What comes of a statement that the given key signed, asked as for a package of the lockfile.
fn judged(statement: &Value) -> Outcome {
    let key = PrivateKey::generate(KeyKind::EcdsaP256).unwrap();
    let bundle = signed_bundle(&statement.to_string(), &key).unwrap();
    let public = PublicKey::from_pem(&key.to_public_pem()).unwrap();
    let pinned = pinned();
    let mut request = Request::new(Subject::Digest(&pinned));
    request.key = Some(&public);
    request.package = Some(("@team/a", "1.0.0"));
    check(&Trust::new(None, None).unwrap(), &bundle, &request)
}

#[test]
fn the_right_one_is_taken_however_it_spells_name_and_digest() {
    let upper = pinned().hex().to_uppercase();
    for (pointer, value) in [
        ("/predicateType", SLSA),
        ("/subject/0/name", "pkg:npm/@team/a@1.0.0"),
        ("/subject/0/digest/sha512", upper.as_str()),
    ] {
        let mut it = statement();
        *it.pointer_mut(pointer).unwrap() = value.into();
        assert_eq!(judged(&it).state(), EvidenceState::Verified, "{value}");
    }
}

#[test]
fn another_name_version_type_or_digest_is_refused() {
    let other = sha512(b"another archive").unwrap().hex();
    for (pointer, value) in [
        ("/subject/0/name", "pkg:npm/%40team/a@1.0.1"),
        ("/subject/0/name", "pkg:npm/%40team/b@1.0.0"),
        ("/subject/0/name", "pkg:npm/%40TEAM/a@1.0.0"),
        ("/subject/0/name", "pkg:npm/a@1.0.0"),
        ("/subject/0/name", "pkg:npm/%40team/a"),
        ("/subject/0/name", "pkg:npm/%40team/a@v1.0.0"),
        ("/subject/0/name", "pkg:npm/%40team/a@1.0.0#part"),
        ("/subject/0/name", "pkg:npm/%40team/a@1.0.0?os=linux"),
        ("/subject/0/name", "pkg:generic/%40team/a@1.0.0"),
        ("/subject/0/name", "@team/a@1.0.0"),
        ("/subject/0/name", ""),
        ("/subject/0/digest/sha512", &other),
        ("/subject/0/digest/sha512", ""),
        ("/predicateType", "https://cyclonedx.org/bom"),
        ("/predicateType", "https://slsa.dev/provenance/v9"),
        ("/_type", "https://in-toto.io/Statement/v9"),
    ] {
        let mut it = statement();
        *it.pointer_mut(pointer).unwrap() = value.into();
        let outcome = judged(&it);
        assert_ne!(outcome.state(), EvidenceState::Verified, "{value}");
        assert!(outcome.signer.is_none(), "{value}");
        assert!(!outcome.attestation.evidence.reason.is_empty(), "{value}");
    }
}

#[test]
fn more_than_one_subject_or_none_is_refused() {
    let good = statement()["subject"][0].clone();
    let mut other = good.clone();
    other["name"] = "pkg:npm/b@1.0.0".into();
    for subjects in [
        json!([]),
        json!([good, other]),
        json!([other, good]),
        json!([good, good]),
    ] {
        let mut it = statement();
        it["subject"] = subjects;
        assert_eq!(judged(&it).state(), EvidenceState::Failed, "{it}");
    }
}

#[test]
fn only_a_digest_that_is_strong_binds() {
    let sha256 = Hash::new(HashAlgorithm::Sha256, &[7; 32]).unwrap();
    let mut it = statement();
    it["subject"][0]["digest"] = json!({"sha256": sha256.hex(), "sha1": "00"});
    assert_eq!(judged(&it).state(), EvidenceState::Failed);
}

#[test]
fn a_signature_over_the_bytes_alone_is_no_attestation_of_a_package() {
    let key = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = key.public_key().as_der().unwrap();
    let public = PublicKey::from_der(der.as_ref()).unwrap();
    let signature = STANDARD.encode(key.sign(b"the archive"));
    let bundle = json!({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": "k"}},
        "messageSignature": {"signature": signature, "messageDigest": {"algorithm": "SHA2_512",
            "digest": STANDARD.encode(pinned().digest())}}});
    let trust = Trust::new(None, None).unwrap();
    let mut request = Request::new(Subject::Bytes(b"the archive"));
    request.key = Some(&public);
    let state = |request: &Request<'_>| check(&trust, &bundle.to_string(), request).state();
    assert_eq!(state(&request), EvidenceState::Verified);
    request.wrapper = Some(SLSA);
    assert_eq!(state(&request), EvidenceState::Failed);
    request.wrapper = None;
    request.package = Some(("@team/a", "1.0.0"));
    assert_eq!(state(&request), EvidenceState::Failed);
}

#[test]
fn a_key_never_meets_an_expected_identity() {
    let key = PrivateKey::generate(KeyKind::EcdsaP256).unwrap();
    let bundle = signed_bundle(&statement().to_string(), &key).unwrap();
    let public = PublicKey::from_pem(&key.to_public_pem()).unwrap();
    let pinned = pinned();
    let trust = Trust::new(None, None).unwrap();
    let mut request = Request::new(Subject::Digest(&pinned));
    request.key = Some(&public);
    assert_eq!(
        check(&trust, &bundle, &request).state(),
        EvidenceState::Verified
    );
    request.identity = Some("ann@example.com");
    assert_eq!(
        check(&trust, &bundle, &request).state(),
        EvidenceState::Failed
    );
    request.identity = None;
    request.issuer = Some("https://issuer.example.com");
    assert_eq!(
        check(&trust, &bundle, &request).state(),
        EvidenceState::Failed
    );
}
