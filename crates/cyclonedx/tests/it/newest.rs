//! What only 1.7 can say: what is needed and not there, several licence expressions, and which input said what. It is valid,
//! comes back, and is no more than a property before.

use bomtrail_cyclonedx::{Dialect, Encoding, Json, SpecVersion, Xml, rewrite};
use bomtrail_graph::{
    Bom, Diagnostics, Fragment, Graph, Kind, License, Link, LocalId, Need, NodeMap, Phase, Problem,
    Statement, Tables, Target, Writer, link,
};
use serde_json::{Value, json};

use crate::print::{TOOL, graph, must_be_valid, print, value};
use crate::read::{essence, read};
use crate::sample::{known, needs, package, root};

const TIME: &str = "2026-11-21T00:00:00Z";

fn absent(from: LocalId, name: &str, range: Option<&str>, need: Need) -> Link {
    needs(from, from).with(|it| {
        it.to = Target::Absent;
        it.name = Some(name.into());
        it.range = range.map(Into::into);
        it.need = need;
        it.problem = need.is_strict().then_some(Problem::Missing);
    })
}

/// A project that needs much that is not there.
fn lacking() -> Graph {
    let mut fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let app = fragment.add(root("app")).unwrap();
    let used = fragment.add(package("used", "1.0.0")).unwrap();
    let mut perl = package("perl", "5.36.0");
    perl.kind = Kind::Platform;
    let perl = fragment.add(perl).unwrap();
    fragment.roots = vec![app];
    fragment.links = vec![
        needs(app, used),
        needs(app, perl),
        absent(app, "gone", Some("^1.2.0 || ^3"), Need::Required),
        absent(used, "gone", Some("^1.2.0 || ^3"), Need::Required),
        absent(used, "host", None, Need::Peer),
        absent(used, "branch", Some("main"), Need::Optional),
        absent(used, "maybe", Some("1"), Need::OptionalPeer),
        absent(used, "never", Some("1"), Need::Conflicts),
        absent(app, "tool", Some("~2.1.0"), Need::Required).with(|it| {
            it.phase = Phase::Develop;
        }),
    ];
    graph(fragment)
}

#[test]
fn what_is_needed_and_not_there_is_an_external_component() {
    let graph = lacking();
    let document = value(&graph, SpecVersion::V1_7);
    let components = document["components"].as_array().unwrap();
    let external: Vec<Value> = components
        .iter()
        .filter(|it| it["isExternal"] == true)
        .map(|it| {
            json!([
                it["bom-ref"],
                it["versionRange"],
                it["version"],
                it["scope"]
            ])
        })
        .collect();
    assert_eq!(
        Value::Array(external),
        json!([
            ["pkg:npm/perl@5.36.0", null, "5.36.0", "required"],
            ["required:npm/branch@main", null, null, "optional"],
            [
                "required:npm/gone@^1.2.0 || ^3",
                "vers:npm/>=1.2.0|<2.0.0-0|>=3.0.0|<4.0.0-0",
                null,
                "required"
            ],
            ["required:npm/host", null, null, "required"],
            [
                "required:npm/tool@~2.1.0",
                "vers:npm/>=2.1.0|<2.2.0-0",
                null,
                "excluded"
            ],
        ])
    );
    assert_eq!(
        document["dependencies"][0]["dependsOn"],
        json!([
            "pkg:npm/perl@5.36.0",
            "pkg:npm/used@1.0.0",
            "required:npm/gone@^1.2.0 || ^3",
            "required:npm/tool@~2.1.0",
        ])
    );
    for version in SpecVersion::ALL {
        let (document, _) = print(&Bom::new(&graph, TOOL), version);
        must_be_valid(&document, version);
        let (fragment, told) = read(document.as_bytes());
        assert!(
            told.iter().all(|it| it.code.id == "cyclonedx/not-kept"),
            "{told:?}"
        );
        let after = link(vec![fragment], &mut Diagnostics::new());
        assert_eq!(essence(&graph), essence(&after), "{}", version.name());
        if version < SpecVersion::V1_7 {
            assert!(!document.contains("isExternal"));
        }
    }
}

#[test]
fn a_place_that_is_called_like_a_need_stays_another() {
    let mut fragment = Fragment::default();
    let app = fragment.add(root("app")).unwrap();
    let mut odd = package("odd", "1.0.0");
    odd.purl = None;
    odd.place = "required:npm/gone".into();
    fragment.add(odd).unwrap();
    fragment.roots = vec![app];
    fragment.links = vec![absent(app, "gone", None, Need::Required)];
    let document = value(&graph(fragment), SpecVersion::V1_7);
    let references: Vec<&Value> = document["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["bom-ref"])
        .collect();
    assert_eq!(references, ["required:npm/gone", "required:npm/gone#"]);
}

#[test]
fn a_document_whose_lines_are_gone_keeps_its_needs() {
    let mut document = value(&lacking(), SpecVersion::V1_7);
    for component in document["components"].as_array_mut().unwrap() {
        let properties = component["properties"].as_array_mut().unwrap();
        properties.retain(|it| it["name"] != "bomtrail:edges");
    }
    let (fragment, _) = read(document.to_string().as_bytes());
    let needed: Vec<_> = fragment
        .links
        .iter()
        .filter(|it| it.from != LocalId(0) && matches!(it.to, Target::Absent))
        .map(|it| (it.name.as_deref(), it.range.as_deref()))
        .collect();
    assert!(
        needed.contains(&(Some("gone"), Some("^1.2.0 || ^3"))),
        "{needed:?}"
    );
    assert!(needed.contains(&(Some("host"), None)), "{needed:?}");
}

#[test]
fn declared_and_concluded_licences_stand_side_by_side() {
    let mut fragment = Fragment::default();
    let mut both = package("a", "1.0.0");
    both.licenses = known(&["MIT OR ISC", "Apache-2.0"]);
    fragment.add(both);
    let graph = graph(fragment);
    let id = graph.nodes().next().unwrap().id();
    let mut statements = NodeMap::new(&graph);
    statements.insert(
        id,
        Statement {
            license: License::declared("MIT AND Apache-2.0"),
            ..Statement::default()
        },
    );
    let bom = Bom::new(&graph, TOOL).tables(Tables::new().product(None, Some(&statements)));
    let (document, _) = print(&bom, SpecVersion::V1_7);
    must_be_valid(&document, SpecVersion::V1_7);
    let expected = json!([
        {"expression": "MIT OR ISC", "acknowledgement": "declared"},
        {"license": {"id": "Apache-2.0", "acknowledgement": "declared"}},
        {"expression": "MIT AND Apache-2.0", "acknowledgement": "concluded"},
    ]);
    let licenses = |text: &str| {
        let document: Value = serde_json::from_str(text).unwrap();
        document["components"][0]["licenses"].clone()
    };
    assert_eq!(licenses(&document), expected);
    let (fragment, _) = read(document.as_bytes());
    let after = link(vec![fragment], &mut Diagnostics::new());
    let (again, _) = print(&Bom::new(&after, TOOL), SpecVersion::V1_7);
    assert_eq!(licenses(&again), expected);
}

/// Two inputs, of which the second knows one component of the first.
fn two_inputs() -> Graph {
    let mut first = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
    });
    let app = first.add(root("app")).unwrap();
    let used = first.add(package("used", "1.0.0")).unwrap();
    first.roots = vec![app];
    first.links = vec![needs(app, used)];
    let mut second = Fragment::default().with(|it| {
        it.path = "node_modules/.package-lock.json".into();
    });
    second.add(package("other", "2.0.0"));
    second.add(package("used", "1.0.0"));
    link(vec![first, second], &mut Diagnostics::new())
}

#[test]
fn inputs_are_cited_where_there_is_a_time() {
    let graph = two_inputs();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let (text, told) = print(&bom, SpecVersion::V1_7);
    must_be_valid(&text, SpecVersion::V1_7);
    assert_eq!(told, [""; 0]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let cited = document["citations"].as_array().unwrap();
    for citation in cited {
        assert_eq!(citation["timestamp"], TIME);
        for pointer in citation["pointers"].as_array().unwrap() {
            assert!(document.pointer(pointer.as_str().unwrap()).is_some());
        }
        let named = document["formulation"][0]["components"].as_array().unwrap();
        assert!(
            named
                .iter()
                .any(|it| it["bom-ref"] == citation["attributedTo"])
        );
    }
    let pointers = |name: &str| {
        let found = cited.iter().find(|it| it["attributedTo"] == name).unwrap();
        found["pointers"].clone()
    };
    assert_eq!(
        pointers("input:package-lock.json"),
        json!(["/metadata/component", "/components/1"])
    );
    assert_eq!(
        pointers("input:node_modules/.package-lock.json"),
        json!(["/components/0", "/components/1"])
    );
    let lost = |version, bom: &Bom<'_>| print(bom, version).1.join(" ");
    assert!(
        lost(SpecVersion::V1_6, &bom).contains(
            "inputs are named without what each of them gave; version 1.7 cites them (2 in"
        )
    );
    let undated = Bom::new(&graph, TOOL);
    assert!(lost(SpecVersion::V1_7, &undated).contains("inputs are not cited, because"));
    assert!(!print(&undated, SpecVersion::V1_7).0.contains("citations"));
}

#[test]
fn one_input_is_cited_for_all_of_it() {
    let graph = lacking();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let (text, _) = print(&bom, SpecVersion::V1_7);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        document["citations"][0]["pointers"],
        json!(["/metadata/component", "/components", "/dependencies"])
    );
}

#[test]
fn xml_says_the_same_as_json() {
    let graph = lacking();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let mut out = Vec::new();
    let version = SpecVersion::V1_7;
    Xml { version }
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    for part in [
        r#"<component type="library" bom-ref="required:npm/host" isExternal="true">"#,
        "<versionRange>vers:npm/&gt;=2.1.0|&lt;2.2.0-0</versionRange>",
        "<pointer>/components</pointer>",
        "<attributedTo>input:package-lock.json</attributedTo>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_downgrade_tells_what_is_lost() {
    let graph = lacking();
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
    let mut newest = Vec::new();
    Json::new(SpecVersion::V1_7)
        .write(&bom, &mut newest, &mut Diagnostics::new())
        .unwrap();
    let mut out = Vec::new();
    let mut told = Diagnostics::new();
    let to = Dialect {
        version: SpecVersion::V1_6,
        encoding: Encoding::Json,
    };
    rewrite(&newest, to, true, &mut out, &mut told).unwrap();
    must_be_valid(&String::from_utf8(out).unwrap(), SpecVersion::V1_6);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    for field in ["isExternal", "versionRange", "citations"] {
        assert!(told.contains(&format!("`{field}` is left out")), "{told}");
    }
}
