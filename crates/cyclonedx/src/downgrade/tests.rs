use super::*;

/// The official examples of one version, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn examples(version: SpecVersion) -> Vec<(String, Vec<u8>)> {
    let folder = format!("corpus/cyclonedx-examples/{}", version.name());
    let Some(folder) = bomtrail_testkit::shared(&folder) else {
        return Vec::new();
    };
    let mut all: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "json"))
        .map(|it| {
            let name = it.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&it).unwrap())
        })
        .filter(|(name, _)| name.starts_with("valid"))
        .collect();
    all.sort();
    all
}

#[test]
fn every_official_example_is_valid_in_every_other_version() {
    let mut broken = Vec::new();
    for from in SpecVersion::ALL {
        for (name, bytes) in examples(from) {
            for to in SpecVersion::ALL {
                let mut out = Vec::new();
                let mut diagnostics = Diagnostics::new();
                write_in_version(&bytes, to, true, &mut out, &mut diagnostics).unwrap();
                let text = String::from_utf8(out).unwrap();
                let findings = bomtrail_testkit::validate_cyclonedx(to.name(), &text).unwrap();
                if !findings.is_empty() {
                    broken.push(format!("{name} in {}: {findings:?}", to.name()));
                }
                if to >= from {
                    let mut all = diagnostics.iter();
                    let is_signature = |it: &bomtrail_graph::Diagnostic| {
                        from < to && it.code.id == "cyclonedx/signature-left-out"
                    };
                    assert!(all.all(is_signature), "{name}: {diagnostics:?}");
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn nothing_is_lost_in_a_newer_version() {
    for (name, bytes) in examples(SpecVersion::V1_5) {
        let mut before: Value = serde_json::from_slice(&bytes).unwrap();
        let mut after = before.clone();
        let lost = change_version(&mut after, SpecVersion::V1_7);
        assert_eq!(lost, Losses::new(), "{name}");
        for document in [&mut before, &mut after] {
            let map = document.as_object_mut().unwrap();
            map.remove("specVersion");
            map.remove("$schema");
        }
        assert_eq!(before, after, "{name}");
    }
}
