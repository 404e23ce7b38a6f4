//! Reading: our own documents give the same graph, the official examples are recognised, and nothing breaks the reader.

use std::collections::BTreeSet;

use bomtrail_cyclonedx::{JsonReader, SpecVersion, Xml, XmlReader};
use bomtrail_graph::{
    Bom, Diagnostics, EdgeRef, Fragment, Graph, Input, Level, NoFiles, NodeRef, Reader, Writer,
    link,
};
use bomtrail_testkit::cases;
use proptest::prelude::*;

use crate::print::{TOOL, graph, pretty, print};
use crate::sample::sample;

pub(crate) fn read(document: &[u8]) -> (Fragment, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "app.cdx.json",
        bytes: document,
        files: &NoFiles,
    };
    let fragment = JsonReader.read(&input, &mut diagnostics);
    (fragment, diagnostics)
}

/// The graph as XML, and what was reported.
fn xml(graph: &Graph, version: SpecVersion) -> (String, Vec<String>) {
    let mut out = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let bom = Bom::new(graph, TOOL);
    Xml { version }
        .write(&bom, &mut out, &mut diagnostics)
        .unwrap();
    let told = diagnostics.iter().map(ToString::to_string).collect();
    (String::from_utf8(out).unwrap(), told)
}

fn read_xml(document: &[u8]) -> (Fragment, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let input = Input {
        path: "app.cdx.xml",
        bytes: document,
        files: &NoFiles,
    };
    let fragment = XmlReader.read(&input, &mut diagnostics);
    (fragment, diagnostics)
}

#[test]
fn xml_of_an_attacker_is_refused_clearly() {
    let told = |document: &str| {
        let (fragment, told) = read_xml(document.as_bytes());
        assert_eq!(fragment.components.len(), 0);
        told.iter()
            .next()
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let laughs = r#"<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components/></bom>"#;
    assert_eq!(
        told(laughs),
        "error[cyclonedx/unreadable] app.cdx.xml:2: not readable as CycloneDX XML: type definitions (`<!DOCTYPE`) are not supported"
    );
    let entity =
        r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>&lol;</components></bom>"#;
    assert!(told(entity).contains("the entity `&lol;` is not defined"));
    let deep = "<components><component>".repeat(10_000);
    let deep = format!(r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6">{deep}"#);
    assert!(told(&deep).contains("nested deeper than 100"));
    assert!(
        told(r#"<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>"#)
            .contains("ends before"),
    );
    assert!(told("<bom/>").contains("not `bom` of a CycloneDX namespace"));
}

#[test]
fn the_sample_comes_back_from_xml() {
    let before = graph(sample());
    for version in SpecVersion::ALL {
        let (document, _) = xml(&before, version);
        let (fragment, told) = read_xml(document.as_bytes());
        assert!(told.worst() <= Some(Level::Note), "{told:?}");
        let after = link(vec![fragment], &mut Diagnostics::new());
        assert_eq!(essence(&before), essence(&after));
    }
}

#[test]
fn opinions_are_claims_in_the_metadata_too() {
    let property = |name: &str| format!(r#"{{"name":"{name}","value":"x"}}"#);
    let properties = [
        property("bomtrail:provenance:basis"),
        property("bomtrail:lockfile"),
    ];
    let document = format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{{"properties":[{}]}}}}"#,
        properties.join(",")
    );
    let (fragment, _) = read(document.as_bytes());
    let names: Vec<&str> = fragment
        .properties
        .iter()
        .map(|(name, _)| &**name)
        .collect();
    assert_eq!(
        names,
        [
            "bomtrail:document",
            "bomtrail:claimed:provenance:basis",
            "bomtrail:lockfile"
        ]
    );
}

fn edge(edge: EdgeRef<'_>) -> String {
    format!(
        "{:?} -> {:?} {} {:?} {:?} {:?} {:?} {:?}",
        edge.from().map(NodeRef::reference),
        edge.to().map(NodeRef::reference),
        edge.name(),
        edge.range(),
        edge.phase(),
        edge.need(),
        edge.problem(),
        edge.detail(),
    )
}

/// What a document in any version carries: identity, licences, hashes, scope, completeness, roots, places, every edge.
pub(crate) fn essence(graph: &Graph) -> Vec<String> {
    let mut lines = Vec::new();
    for node in graph.nodes() {
        let it = node.component();
        let hashes: BTreeSet<_> = it.hashes.iter().collect();
        let places: BTreeSet<_> = node.instances().iter().map(|it| &*it.place).collect();
        lines.push(format!(
            "{} name={:?} version={:?} purl={:?} {:?} {:?} {:?} {:?} {:?} {hashes:?} {places:?} root={} {:?}",
            node.reference(),
            it.name,
            it.version,
            it.purl,
            it.role,
            it.origin,
            it.dependencies,
            it.licenses,
            node.flags(),
            node.is_root(),
            it.details.as_ref().map(|it| {
                let set = |list: &[bomtrail_graph::Text]| list.iter().cloned().collect::<BTreeSet<_>>();
                let engines: BTreeSet<_> = it.engines.iter().cloned().collect();
                (it.deprecated.clone(), engines, set(&it.os), set(&it.cpu), it.bundled_by.clone())
            }).filter(|it| *it != Default::default()),
        ));
        if !node.is_root() {
            lines.push(format!("  {:?}", node.scope()));
        }
    }
    lines.extend(graph.edges().map(edge));
    lines
}

#[test]
fn the_sample_comes_back_from_every_version() {
    let before = graph(sample());
    for version in SpecVersion::ALL {
        let (fragment, told) = read(pretty(&before, version).as_bytes());
        assert!(told.worst() <= Some(Level::Note), "{told:?}");
        let after = link(vec![fragment], &mut Diagnostics::new());
        assert_eq!(essence(&before), essence(&after));
    }
}

/// A place is what tells two components of one input apart.
pub(crate) fn placed_apart(mut fragment: Fragment) -> Fragment {
    let mut seen = BTreeSet::new();
    for (number, component) in fragment.components.iter_mut().enumerate() {
        if !seen.insert(component.place.clone()) {
            component.place = format!("{}/{number}", component.place).into();
        }
    }
    fragment
}

/// False when a package has several digests of one algorithm: which of its places has which is not in a document, and what
/// contradicts one place may agree with all together.
fn is_plain(graph: &Graph) -> bool {
    graph.nodes().all(|node| {
        let hashes = &node.component().hashes;
        let kinds: BTreeSet<_> = hashes.iter().map(bomtrail_graph::Hash::algorithm).collect();
        let digests: BTreeSet<_> = hashes.iter().collect();
        kinds.len() == digests.len()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(20, 200)) })]

    #[test]
    fn any_graph_comes_back(fragment in bomtrail_testkit::fragment()) {
        let before = graph(placed_apart(fragment));
        let document = print(&Bom::new(&before, TOOL).compact(true), SpecVersion::V1_6).0;
        let (fragment, told) = read(document.as_bytes());
        prop_assert!(told.iter().all(|it| it.code.id != "cyclonedx/dangling-ref" && it.code.id != "cyclonedx/duplicate-ref"), "{told:?}");
        let after = link(vec![fragment], &mut Diagnostics::new());
        if is_plain(&before) {
            prop_assert_eq!(essence(&before), essence(&after), "{}", document);
        }
    }

    #[test]
    fn any_graph_comes_back_from_xml(fragment in bomtrail_testkit::fragment()) {
        let before = graph(placed_apart(fragment));
        let (document, told) = xml(&before, SpecVersion::V1_6);
        let (fragment, _) = read_xml(document.as_bytes());
        if is_plain(&before) && !told.iter().any(|it| it.contains("does not allow")) {
            let after = link(vec![fragment], &mut Diagnostics::new());
            prop_assert_eq!(essence(&before), essence(&after), "{}", document);
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        read(&bytes);
        read_xml(&bytes);
    }
}

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
            (
                it.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read(&it).unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn hostile_documents_are_refused_clearly() {
    let told = |document: &str| {
        let (fragment, told) = read(document.as_bytes());
        let first = told.iter().next().map(ToString::to_string);
        (fragment.components.len(), first.unwrap_or_default())
    };
    let mut nested = String::from(r#"{"bomFormat":"CycloneDX","specVersion":"1.6""#);
    for _ in 0..10_000 {
        nested.push_str(r#","components":[{"type":"library","name":"a""#);
    }
    let (count, message) = told(&nested);
    assert_eq!(count, 0);
    assert!(
        message.starts_with("error[cyclonedx/unreadable] app.cdx.json:1:")
            && message.contains("recursion limit"),
        "{message}"
    );
    let number = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":7},{"type":"library","name":"b"}]}"#;
    let (count, message) = told(number);
    assert_eq!(count, 2);
    assert_eq!(
        message,
        "error[cyclonedx/invalid] app.cdx.json (/components/0/name): expected a string, found the number 7"
    );
    let list =
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":{"a":1},"dependencies":[1]}"#;
    assert_eq!(
        told(list),
        (
            0,
            "error[cyclonedx/invalid] app.cdx.json (/components): expected a list, found an object"
                .to_owned()
        )
    );
}

#[test]
fn we_and_the_schema_agree_on_every_official_example() {
    for version in SpecVersion::ALL {
        for (name, bytes) in examples(version) {
            let (_, told) = read(&bytes);
            let errors: Vec<_> = told
                .iter()
                .filter(|it| it.code.level == Level::Error)
                .collect();
            let text = String::from_utf8(bytes).unwrap();
            let schema = bomtrail_testkit::validate_cyclonedx(version.name(), &text).unwrap();
            if name.starts_with("valid") {
                assert!(errors.is_empty(), "{name}: {errors:?}");
                assert!(schema.is_empty(), "{name}: {schema:?}");
            } else {
                assert!(!schema.is_empty(), "{name}");
                assert!(!errors.is_empty(), "{name}");
                let names_a_place = |it: &&bomtrail_graph::Diagnostic| it.place.entry.is_some();
                assert!(errors.iter().any(names_a_place), "{name}: {errors:?}");
            }
        }
    }
}
