use super::*;

fn read(text: &str) -> (Sidecar<'_>, usize) {
    let mut diags = Diagnostics::new();
    let sidecar = Sidecar::read("side.json", text.as_bytes(), &mut diags);
    (sidecar, diags.len())
}

const BUNDLE: &str = r#"{"mediaType":"m","verificationMaterial":{},"dsseEnvelope":{}}"#;

#[test]
fn every_form_is_known_by_its_keys() {
    let answer = format!(r#"{{"attestations":[{{"predicateType":"p","bundle":{BUNDLE}}}]}}"#);
    let audit = format!(
        r#"{{"invalid":[],"missing":[],"verified":[{{"name":"a","version":"1.0.0","location":"node_modules/a",
        "attestations":{{"url":"x"}},"attestationBundles":[{{"predicateType":"p","bundle":{BUNDLE}}}]}}]}}"#
    );
    let many = format!("{answer}\n{BUNDLE}\n\n{audit}\n");
    let list = format!("[{answer},{BUNDLE}]");
    for (text, count) in [
        (&answer, 1),
        (&audit, 1),
        (&BUNDLE.to_owned(), 1),
        (&many, 3),
        (&list, 2),
    ] {
        let (sidecar, told) = read(text);
        assert_eq!((sidecar.answers.len(), told), (count, 0), "{text}");
        let bundles = sidecar.answers.iter().flat_map(|it| &it.bundles);
        assert!(bundles.clone().all(|it| it.bundle == BUNDLE));
        assert_eq!(bundles.count(), count);
    }
    let (sidecar, _) = read(&audit);
    let package = sidecar.answers.first().and_then(|it| it.package.as_ref());
    assert_eq!(
        package.map(|it| (&*it.name, &*it.version)),
        Some(("a", "1.0.0"))
    );
}

#[test]
fn an_audit_that_found_nothing_is_no_fault_and_what_npm_objects_to_is_kept() {
    let (sidecar, told) = read(r#"{"invalid":[],"missing":[]}"#);
    assert_eq!((sidecar.answers.len(), told), (0, 0));
    let (sidecar, _) =
        read(r#"{"invalid":[{"name":"a","version":"1.0.0","message":"bad"}],"missing":[]}"#);
    let message = sidecar.objections.first().map(|it| it.message.as_str());
    assert_eq!(message, Some("bad"));
}

#[test]
fn registry_metadata_is_read_with_its_unsigned_remarks() {
    let text = r#"{"name":"a","time":{"1.0.0":"2024-01-01T00:00:00.000Z"},"versions":{"1.0.0":{"name":"a",
        "version":"1.0.0","repository":{"url":"git+https://github.com/o/a.git"},
        "_npmUser":{"name":"u","trustedPublisher":{"id":"github"},"approver":null},
        "dist":{"integrity":"sha512-x","signatures":[{"keyid":"k","sig":"s"}],"attestations":{"url":"u"}}}}}"#;
    let (sidecar, told) = read(text);
    assert_eq!(told, 0);
    let [it] = sidecar.published.as_slice() else {
        panic!("one version is published");
    };
    assert_eq!(it.signatures, [("k".to_owned(), "s".to_owned())]);
    assert_eq!(it.time.as_deref(), Some("2024-01-01T00:00:00.000Z"));
    assert_eq!(it.remarks, ["trusted-publisher"]);
    assert!(it.claims_attestation);
    assert_eq!(
        it.repository.as_deref(),
        Some("git+https://github.com/o/a.git")
    );
}

#[test]
fn what_is_none_of_them_is_said() {
    let deep = "[".repeat(100_000);
    for text in [
        "",
        " ",
        "null",
        "1",
        "{}",
        "[]x",
        "{\"attestations\":{}}",
        "{\"verified\":[1]}",
        &deep,
    ] {
        let (sidecar, told) = read(text);
        assert!(sidecar.answers.is_empty(), "{text:.20}");
        assert!(told > 0, "{text:.20}");
    }
    let mut diags = Diagnostics::new();
    let utf16: Vec<u8> = "{}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .chain([0xff])
        .collect();
    Sidecar::read("side.json", &utf16, &mut diags);
    assert_eq!(diags.len(), 1);
}
