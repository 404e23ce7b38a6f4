use std::path::Path;

use bomtrail_graph::{Level, NoFiles, Reader};

use super::*;

/// The official XML examples of one version, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the corpus in place"
)]
fn examples(version: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("corpus/cyclonedx-examples/{version}");
    let Some(folder) = bomtrail_testkit::shared(&folder) else {
        return Vec::new();
    };
    let is_xml = |it: &Path| it.extension().is_some_and(|it| it == "xml");
    let files = folder.read_dir().unwrap().map(|it| it.unwrap().path());
    let mut all: Vec<_> = files
        .filter(|it| is_xml(it))
        .map(|it| {
            let name = it.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&it).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn errors(document: &[u8]) -> Vec<String> {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "bom.xml",
        bytes: document,
        files: &NoFiles,
    };
    XmlReader.read(&input, &mut diagnostics);
    let errors = diagnostics
        .iter()
        .filter(|it| it.code.level == Level::Error);
    errors.map(ToString::to_string).collect()
}

#[test]
fn the_verdict_on_every_official_example_is_the_official_one() {
    let mut wrong = Vec::new();
    for version in ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
        for (name, bytes) in examples(version) {
            // What is only invalid by the text of the specification is refused, too.
            let is_valid = name.starts_with("valid");
            let errors = errors(&bytes);
            if errors.is_empty() != is_valid {
                wrong.push(format!("{version} {name}: {errors:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn value_of(bytes: &[u8], version: SpecVersion) -> Members<'_> {
    let mut document = tree::parse(bytes).ok().unwrap();
    convert::convert(&mut document.root, version).value
}

#[test]
fn what_is_printed_is_read_again() {
    for version in SpecVersion::ALL {
        for (name, bytes) in examples(version.name()) {
            if !name.starts_with("valid") {
                continue;
            }
            let before = value_of(&bytes, version);
            let mut out = Vec::new();
            let mut printer = Printer::new(&mut out, false);
            let namespace = [NAMESPACE, version.name()].concat();
            let mut head = vec![("xmlns", namespace.as_str())];
            let text = |name: &str| before.get(name).map(|it| it.to_string().replace('"', ""));
            let (serial, number) = (text("serialNumber"), text("version"));
            head.extend(serial.as_deref().map(|it| ("serialNumber", it)));
            head.extend(number.as_deref().map(|it| ("version", it)));
            printer.open("bom", &head).unwrap();
            for field in crate::spec::table::DOCUMENT.fields {
                if let Some(value) = before.get(field.name) {
                    printer.part(field.name, value).unwrap();
                }
            }
            printer.close("bom").unwrap();
            let lost = printer.finish().unwrap();
            assert!(lost.is_empty(), "{name}: {lost:?}");
            let text = String::from_utf8(out.clone()).unwrap();
            let after = value_of(&out, version);
            assert!(before == after, "{name}: {text}");
        }
    }
}
