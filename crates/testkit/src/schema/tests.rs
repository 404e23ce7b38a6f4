use super::{shared, validate_cyclonedx, validate_spdx23};

const VERSIONS: [&str; 4] = ["1.4", "1.5", "1.6", "1.7"];

#[test]
fn every_cyclonedx_version_accepts_a_bare_document_and_refuses_a_broken_one() {
    for version in VERSIONS {
        let bare = format!(r#"{{"bomFormat":"CycloneDX","specVersion":"{version}","version":1}}"#);
        let Some(found) = validate_cyclonedx(version, &bare) else {
            return;
        };
        assert_eq!(found, Vec::<String>::new(), "{version}");
        let broken = bare.replace(
            "\"version\":1}",
            "\"version\":1,\"components\":[{\"type\":\"library\"}]}",
        );
        assert!(
            !validate_cyclonedx(version, &broken).unwrap().is_empty(),
            "{version}"
        );
        assert!(!validate_cyclonedx(version, "{").unwrap().is_empty());
    }
}

#[test]
fn the_registered_parts_are_used() {
    let license = |id: &str| {
        format!(
            r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[{{"type":"library","name":"a",
            "licenses":[{{"license":{{"id":"{id}"}}}}]}}]}}"#
        )
    };
    let Some(found) = validate_cyclonedx("1.6", &license("MIT")) else {
        return;
    };
    assert_eq!(found, Vec::<String>::new());
    assert!(
        !validate_cyclonedx("1.6", &license("mit"))
            .unwrap()
            .is_empty()
    );
}

#[test]
fn an_spdx_document_needs_its_fields() {
    let bare = r#"{"SPDXID":"SPDXRef-DOCUMENT","spdxVersion":"SPDX-2.3","name":"a","dataLicense":"CC0-1.0",
        "documentNamespace":"https://example.com/a","creationInfo":{"created":"2026-01-01T00:00:00Z","creators":["Tool: a"]}}"#;
    let Some(found) = validate_spdx23(bare) else {
        return;
    };
    assert_eq!(found, Vec::<String>::new());
    assert!(!validate_spdx23("{}").unwrap().is_empty());
}

#[test]
fn what_is_absent_is_none() {
    assert_eq!(shared("does-not-exist"), None);
}
