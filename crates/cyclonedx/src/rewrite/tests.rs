use super::*;
use crate::spec::SpecVersion;

/// The official examples of one version, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn examples(version: SpecVersion, ending: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("corpus/cyclonedx-examples/{}", version.name());
    let Some(folder) = bomtrail_testkit::shared(&folder) else {
        return Vec::new();
    };
    let mut all: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == ending))
        .map(|it| {
            let name = it.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&it).unwrap())
        })
        .filter(|(name, _)| name.starts_with("valid"))
        .collect();
    all.sort();
    all
}

/// A document in another version or encoding, and what is reported.
fn rewritten(bytes: &[u8], version: SpecVersion, encoding: Encoding) -> (String, Diagnostics) {
    let (mut out, mut diagnostics) = (Vec::new(), Diagnostics::new());
    let to = Dialect { version, encoding };
    rewrite(bytes, to, true, &mut out, &mut diagnostics).unwrap();
    (String::from_utf8(out).unwrap(), diagnostics)
}

fn members(document: &[u8]) -> Members<'_> {
    let parsed = Json::parse(document).unwrap();
    parsed.value.as_object().unwrap().clone()
}

/// A JSON document without what XML cannot tell apart: signatures, which only JSON has; lists that are missing or have no items;
/// values that are missing or empty; and one item without a list around it.
fn comparable(text: &str) -> Json<'_> {
    let mut document = members(text.as_bytes());
    document.remove("$schema");
    remove_signatures(&mut document);
    let mut document = Json::Object(document);
    let mut open = vec![&mut document];
    while let Some(value) = open.pop() {
        match value {
            Json::Array(items) => open.extend(items),
            Json::Object(map) => {
                map.retain(|_, it| *it != Json::Array(Vec::new()));
                map.retain(|key, it| key != "value" || it.as_str() != Some(""));
                if let Some(it) = map.get_mut("identity").filter(|it| it.is_object()) {
                    *it = vec![it.clone()].into();
                }
                open.extend(map.values_mut());
            }
            _ => {}
        }
    }
    document
}

#[test]
fn json_and_xml_say_the_same() {
    let (mut count, mut wrong) = (0, Vec::new());
    for version in SpecVersion::ALL {
        for (name, bytes) in examples(version, "json") {
            count += 1;
            let (xml, reported) = rewritten(&bytes, version, Encoding::Xml);
            let is_signature =
                |it: &bomtrail_graph::Diagnostic| it.code.id == "cyclonedx/signature-left-out";
            if !reported.iter().all(is_signature) {
                wrong.push(format!("{name} as XML: {reported:?}"));
            }
            let (json, reported) = rewritten(xml.as_bytes(), version, Encoding::Json);
            if !reported.is_empty() {
                wrong.push(format!("{name} as JSON again: {reported:?}"));
            }
            let (before, after) = (String::from_utf8(bytes).unwrap(), json);
            let (before, after) = (comparable(&before), comparable(&after));
            if before != after {
                wrong.push(format!("{version:?} {name}:\n{before}\n{after}"));
            }
        }
        for (name, bytes) in examples(version, "xml") {
            count += 1;
            let (json, _) = rewritten(&bytes, version, Encoding::Json);
            let findings = bomtrail_testkit::validate_cyclonedx(version.name(), &json).unwrap();
            if !findings.is_empty() {
                wrong.push(format!("{version:?} {name} as JSON: {findings:?}"));
            }
            let (same, _) = rewritten(&bytes, version, Encoding::Xml);
            let (again, reported) = rewritten(json.as_bytes(), version, Encoding::Xml);
            if !reported.is_empty() || again != same {
                wrong.push(format!("{version:?} {name}: {reported:?}\n{same}\n{again}"));
            }
        }
    }
    println!("{count} documents");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_an_encoding_has_no_place_for_is_reported() {
    let json = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","extra":1,"signature":{"algorithm":"HS256","value":"a"},
        "components":[{"type":"library","name":"a\u0001","licenses":[{"other":1}]}]}"#;
    let (_, reported) = rewritten(json.as_bytes(), SpecVersion::V1_6, Encoding::Xml);
    let texts: Vec<String> = reported.iter().map(|it| it.message.clone()).collect();
    assert_eq!(
        texts,
        [
            "1 signature is left out, because the document has changed",
            "`extra` of `bom` is left out (1 in this document); this version has no place for it",
            "a character that XML does not allow is replaced (1 in this document); this version has no place for it",
            "an item of `licenses` is left out (1 in this document); this version has no place for it",
        ]
    );
    let xml = r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><components><component type="library">
        <name>a</name><x:y xmlns:x="urn:x">z</x:y></component></components></bom>"#;
    let (_, reported) = rewritten(xml.as_bytes(), SpecVersion::V1_6, Encoding::Json);
    let texts: Vec<String> = reported.iter().map(|it| it.message.clone()).collect();
    assert_eq!(
        texts,
        [
            "`y` of another namespace is left out (1 in this document); this version has no place for it"
        ]
    );
}

#[test]
fn every_official_example_is_valid_in_every_other_version() {
    let mut broken = Vec::new();
    for from in SpecVersion::ALL {
        for (name, bytes) in examples(from, "json") {
            for to in SpecVersion::ALL {
                let (text, diagnostics) = rewritten(&bytes, to, Encoding::Json);
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
    for (name, bytes) in examples(SpecVersion::V1_5, "json") {
        let mut before = members(&bytes);
        let mut after = before.clone();
        let lost = change_version(&mut after, SpecVersion::V1_7);
        assert_eq!(lost, Losses::new(), "{name}");
        for map in [&mut before, &mut after] {
            map.remove("specVersion");
            map.remove("$schema");
        }
        assert_eq!(before, after, "{name}");
    }
}
