//! Malformed bundles: no panic, never verified, always a reason.

use bomtrail_graph::EvidenceState;
use bomtrail_provenance::{Request, Subject, Trust, check};
use bomtrail_testkit::{cases, mutations, sample};
use serde_json::{Value, json};

use crate::corpus::{corpus, entry};

fn refused(trust: &Trust, bundle: &str) {
    let outcome = check(trust, bundle, &Request::new(Subject::Bytes(b"artifact")));
    assert_ne!(outcome.state(), EvidenceState::Verified, "{bundle:.100}");
    assert!(
        !outcome.attestation.evidence.reason.is_empty(),
        "{bundle:.100}"
    );
    assert!(outcome.signer.is_none());
}

#[test]
fn what_is_no_bundle_is_refused() {
    let trust = Trust::new(None, None).unwrap();
    let deep = format!(
        "{}{}",
        "{\"a\":".repeat(cases(20_000, 200_000)),
        "}".repeat(cases(20_000, 200_000))
    );
    let texts = [
        "",
        "\0",
        "null",
        "[]",
        "{}",
        "1e999",
        "\"\u{202e}\"",
        "{\"mediaType\":5}",
        "{\"mediaType\":\"x\"}",
        &deep,
    ];
    for text in texts {
        refused(&trust, text);
    }
    let huge = json!({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": "x".repeat(cases(500_000, 5_000_000))}},
        "dsseEnvelope": {"payload": "A".repeat(cases(800_000, 8_000_000)), "payloadType": "application/vnd.in-toto+json",
        "signatures": [{"sig": "AAAA", "keyid": ""}]}});
    refused(&trust, &huge.to_string());
}

#[test]
fn a_bundle_cut_anywhere_is_refused() {
    let Some(folder) = corpus() else { return };
    let trust = Trust::new(None, None).unwrap();
    let (_, bundle) = entry(
        &folder.join("npm/cli/valid-sigstore-attestations.json"),
        Some(0),
    );
    let ends = (0..bundle.len())
        .step_by(37)
        .filter(|it| bundle.is_char_boundary(*it));
    for end in ends {
        refused(&trust, &bundle[..end]);
    }
}

#[test]
fn every_field_of_another_kind_or_odd_content_is_refused() {
    let Some(folder) = corpus() else { return };
    let trust = Trust::new(None, None).unwrap();
    let (_, bundle) = entry(
        &folder.join("npm/slsa-verifier/gundam-visor-cli-v1-tag.tgz.json"),
        Some(1),
    );
    let bundle: Value = serde_json::from_str(&bundle).unwrap();
    let odd = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!([]),
        json!({}),
        json!("!"),
        json!("\u{0}é"),
        json!("AAAA"),
    ];
    for mutant in sample(mutations(&bundle), 5) {
        for value in &odd {
            let mut copy = bundle.clone();
            if let Some(slot) = copy.pointer_mut(&mutant.pointer) {
                *slot = value.clone();
            }
            // The artifact is another one, so that nothing is accepted whatever is changed.
            refused(&trust, &copy.to_string());
        }
    }
}

#[test]
fn a_key_that_stands_twice_is_refused_whichever_is_meant() {
    let Some(folder) = corpus() else { return };
    let trust = Trust::new(None, None).unwrap();
    let file = folder.join("npm/cli/valid-sigstore-attestations.json");
    let (wrapper, text) = entry(&file, Some(0));
    let table = std::fs::read_to_string(folder.join("VERDICTS.tsv")).unwrap();
    let row = "npm/cli/valid-sigstore-attestations.json\t0\t";
    let row = table.lines().find_map(|it| it.strip_prefix(row)).unwrap();
    let digest = crate::corpus::digest(row.split('\t').next().unwrap()).unwrap();
    let judged = |text: &str| {
        let mut request = Request::new(Subject::Digest(&digest));
        request.wrapper = wrapper.as_deref();
        check(&trust, text, &request).state()
    };
    assert_eq!(judged(&text), EvidenceState::Verified);
    let bundle: Value = serde_json::from_str(&text).unwrap();
    let objects = ["", "/verificationMaterial", "/dsseEnvelope"];
    for (place, object) in objects.map(|it| (it, bundle.pointer(it).unwrap())) {
        for (key, value) in object.as_object().unwrap() {
            let inner = object.to_string();
            let twice = inner.replacen('{', &format!("{{\"{key}\":{value},"), 1);
            let whole = bundle.to_string().replace(&inner, &twice);
            assert_ne!(judged(&whole), EvidenceState::Verified, "{place}/{key}");
        }
    }
}
