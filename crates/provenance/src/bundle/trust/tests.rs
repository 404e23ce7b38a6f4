use super::*;

#[test]
fn the_embedded_material_is_what_its_notes_say() {
    let trust = Trust::new(None, None).unwrap();
    let notes = include_str!("../../../data/README.md");
    for material in [&trust.root_material, &trust.keys_material] {
        assert!(notes.contains(&material.sha256), "{}", material.sha256);
        assert!(notes.contains(material.date.unwrap()));
    }
    assert_eq!(trust.keys.len(), 4);
}

#[test]
fn a_key_holds_for_its_use_and_its_time_only() {
    let trust = Trust::new(None, None).unwrap();
    let id = "SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA";
    let Lookup::Found(key) = trust.npm_key(id, Usage::Attestations) else {
        panic!("the key is known");
    };
    let at = |text| key.is_valid_at(Timestamp::parse(text).unwrap());
    assert!(at("2023-05-19T00:00:00Z"));
    assert!(!at("2022-11-30T23:59:59Z"));
    assert!(!at("2025-01-29T00:00:00Z"));
    assert!(matches!(
        trust.npm_key("SHA256:x", Usage::Signatures),
        Lookup::Unknown
    ));
}

#[test]
fn a_key_for_signatures_makes_no_attestation() {
    let only = EMBEDDED_KEYS.replace("npm:attestations", "npm:signatures");
    let trust = Trust::new(None, Some(&only)).unwrap();
    let id = "SHA256:DhQ8wR5APBvFHLF/+Tc+AYvPOdTpcIDqOhxsBHRwC7U";
    assert!(matches!(
        trust.npm_key(id, Usage::Attestations),
        Lookup::WrongUse
    ));
    assert_eq!(trust.keys_material.date, None);
}

#[test]
fn the_registrys_own_form_is_read() {
    let keys: serde_json::Value = serde_json::from_str(EMBEDDED_KEYS).unwrap();
    let body = &keys["keys"][2]["publicKey"]["rawBytes"];
    let answer = serde_json::json!({"keys": [{"expires": "2025-01-29T00:00:00.000Z", "keyid": "SHA256:a",
        "keytype": "ecdsa-sha2-nistp256", "scheme": "ecdsa-sha2-nistp256", "key": body}]});
    let trust = Trust::new(None, Some(&answer.to_string())).unwrap();
    let Lookup::Found(key) = trust.npm_key("SHA256:a", Usage::Signatures) else {
        panic!("the key is known");
    };
    assert!(key.is_valid_at(Timestamp::parse("2020-01-01T00:00:00Z").unwrap()));
    assert!(!key.is_valid_at(Timestamp::parse("2026-01-01T00:00:00Z").unwrap()));
}

#[test]
fn what_is_no_trust_material_is_refused() {
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"keys":[{"keyid":"a"}]}"#,
        r#"{"keys":[{"keyid":"a","key":"?"}]}"#,
    ] {
        assert!(Trust::new(None, Some(bad)).is_err(), "{bad}");
        assert!(Trust::new(Some(bad), None).is_err(), "{bad}");
    }
}
