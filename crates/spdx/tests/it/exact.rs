//! Documents to the byte: one project that shows every field, and the small cases at the edges.

use bomtrail_graph::{
    Bom, Completeness, Component, Diagnostics, Fact, Flags, Fragment, Graph, Hash, HashAlgorithm,
    Kind, License, Licenses, Link, LinkDetail, LocalId, Need, Origin, Override, Patch, Person,
    Phase, Problem, Purl, Role, Target, WriteError, Writer, link,
};
use bomtrail_spdx::Spdx23Json;
use serde_json::Value;

use crate::judge::{TIME, TOOL, check, write};

/// The document of a graph, its UUID left out: what it is made of is the graph's own business.
fn written(graph: &Graph) -> (String, Diagnostics) {
    let (text, diagnostics) = write(graph);
    check(&text);
    let document: Value = serde_json::from_str(&text).unwrap();
    let namespace = document["documentNamespace"].as_str().unwrap();
    let (_, uuid) = namespace.split_at(namespace.len() - 36);
    (text.replace(uuid, "UUID"), diagnostics)
}

fn package(name: &str, version: &str, place: &str) -> Component {
    let mut component = Component::new(name);
    component.version = Some(version.into());
    component.purl = Purl::npm(name, Some(version)).ok();
    component.place = place.into();
    component.origin = Origin::Registry;
    component
}

fn declares(licenses: &[&str]) -> Fact<Licenses> {
    Fact::Known(
        licenses
            .iter()
            .filter_map(|it| License::declared(it))
            .collect(),
    )
}

fn edge(from: u32, to: Option<u32>, range: &str) -> Link {
    Link::new(
        LocalId(from),
        to.map_or(Target::Absent, |to| Target::Here(LocalId(to))),
    )
    .with(|it| {
        it.name = None;
        it.range = Some(range.into());
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

fn graph(components: Vec<Component>, links: Vec<Link>) -> Graph {
    let fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.roots = if components.is_empty() {
            vec![]
        } else {
            vec![LocalId(0)]
        };
        it.components = components;
        it.links = links;
        it.properties = vec![("lockfile-version".into(), "3".into())];
    });
    link(vec![fragment], &mut Diagnostics::new())
}

fn root() -> Component {
    let mut root = package("@acme/shop", "1.0.0", "");
    root.kind = Kind::Application;
    root.role = Role::Root;
    root.origin = Origin::Directory;
    root.flags.set(Flags::PRIVATE, true);
    root
}

/// A package that knows everything.
fn full() -> Component {
    let mut full = package("full", "2.0.0", "node_modules/full");
    full.source = Some("https://npm.example.com/full/-/full-2.0.0.tgz".into());
    full.hashes = [(HashAlgorithm::Sha512, 64), (HashAlgorithm::Sha1, 20)]
        .map(|(algorithm, length)| Hash::new(algorithm, &vec![0xab; length]).unwrap())
        .into();
    full.licenses = declares(&["MIT or Apache-2.0"]);
    full.flags.set(Flags::INSTALL_SCRIPT, true);
    let details = full.details_mut();
    details.description = Some("Knows everything".into());
    details.homepage = Some("https://full.example.com/".into());
    details.repository = Some("git+https://example.com/full.git".into());
    details.bugs = Some("https://example.com/full/issues".into());
    details.funding = vec!["https://example.com/fund me".into()];
    details.deprecated = Some("use\nempty".into());
    details.engines = vec![("node".into(), ">=18".into())];
    details.os = vec!["!win32".into()];
    details.patches = vec![Patch {
        path: "patches/full.patch".into(),
        hashes: vec![Hash::new(HashAlgorithm::Md5, &[1; 16]).unwrap()],
    }];
    details.authors = ["Ann", "Bo (team)"]
        .map(|name| Person {
            name: name.into(),
            email: Some("a@example.com".into()),
            url: None,
        })
        .into();
    details.properties = vec![("a:b".into(), "c".into())];
    full
}

/// A dependency of every kind of edge.
fn links() -> Vec<Link> {
    let overridden = LinkDetail::default().with(|it| {
        it.overridden = Some(Override {
            rule: "words: 0.1.0".into(),
            effective: "0.1.0".into(),
        });
    });
    let alias = LinkDetail::default().with(|it| {
        it.alias = Some("other".into());
    });
    vec![
        edge(0, Some(1), "^2.0.0"),
        edge(0, Some(2), "^0.2.0").with(|it| {
            it.phase = Phase::Develop;
            it.detail = overridden.boxed();
        }),
        edge(1, Some(2), "npm:words@*").with(|it| {
            it.name = Some("other".into());
            it.detail = alias.boxed();
        }),
        edge(1, Some(2), "^9.0.0").with(|it| {
            it.need = Need::Peer;
            it.problem = Some(Problem::Invalid);
        }),
        edge(2, None, "1").with(|it| {
            it.name = Some("gone".into());
            it.need = Need::Optional;
        }),
        edge(2, Some(1), "<2").with(|it| {
            it.need = Need::Conflicts;
        }),
    ]
}

#[test]
fn a_project_that_shows_every_field() {
    let mut words = package("words", "0.1.0", "node_modules/words");
    words.licenses = declares(&["SEE LICENSE IN LICENSE"]);
    words.dependencies = Completeness::Incomplete;
    let mut stray = package("stray", "1.0.0", "node_modules/stray");
    stray.origin = Origin::Git;
    stray.source = Some("git+ssh://git@example.com/stray.git#0123abcd".into());
    stray.licenses = declares(&["MIT", "ISC"]);
    let graph = graph(vec![root(), full(), words, stray], links());
    let (text, diagnostics) = written(&graph);
    insta::assert_snapshot!("every_field", text);
    let reported: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(reported.join("\n"), @r#"
    note[spdx/lossy] package-lock.json: SPDX 2.3 cannot express several licences without AND or OR between them; they are listed in a comment (1 in this document)
    note[spdx/lossy] package-lock.json: SPDX 2.3 cannot express a patch without its SHA-1; it is in an annotation (1 in this document)
    note[spdx/lossy] package-lock.json: SPDX 2.3 cannot express a conflict of two packages; it is a relationship of type OTHER with a comment (1 in this document)
    "#);
}

#[test]
fn nothing_is_a_document_too() {
    let (text, diagnostics) = written(&graph(vec![], vec![]));
    assert_eq!(diagnostics.len(), 0);
    insta::assert_snapshot!(text, @r#"
    {
      "SPDXID": "SPDXRef-DOCUMENT",
      "spdxVersion": "SPDX-2.3",
      "dataLicense": "CC0-1.0",
      "name": "package-lock.json",
      "documentNamespace": "https://spdx.org/spdxdocs/package-lock.json-UUID",
      "creationInfo": {
        "created": "2026-11-21T10:00:00Z",
        "creators": [
          "Tool: bomtrail-0.0.0"
        ],
        "comment": "SBOM Type: Source"
      },
      "annotations": [
        {
          "annotationDate": "2026-11-21T10:00:00Z",
          "annotationType": "OTHER",
          "annotator": "Tool: bomtrail-0.0.0",
          "comment": "input=package-lock.json\nlifecycle=pre-build\nproperty:lockfile-version=3"
        }
      ],
      "packages": [],
      "relationships": [
        {
          "spdxElementId": "SPDXRef-DOCUMENT",
          "relationshipType": "DESCRIBES",
          "relatedSpdxElement": "NOASSERTION"
        }
      ]
    }
    "#);
}

/// The relationships of a document, one a line.
fn relationships(graph: &Graph) -> String {
    let (text, _) = write(graph);
    check(&text);
    let document: Value = serde_json::from_str(&text).unwrap();
    let names = |id: &str| match document["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["SPDXID"] == id)
    {
        Some(package) => package["name"].as_str().unwrap().to_owned(),
        None => id.to_owned(),
    };
    let line = |it: &Value| {
        let end = |key: &str| names(it[key].as_str().unwrap());
        let comment = it["comment"].as_str().unwrap_or_default();
        format!(
            "{} {} {} {comment:?}",
            end("spdxElementId"),
            it["relationshipType"].as_str().unwrap(),
            end("relatedSpdxElement"),
        )
    };
    let lines = document["relationships"]
        .as_array()
        .unwrap()
        .iter()
        .map(line);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn both_directions_of_a_dependency_differ() {
    let of = |phase, need| {
        edge(0, Some(1), "1").with(|it| {
            it.phase = phase;
            it.need = need;
        })
    };
    let needed = |links: Vec<Link>| {
        let components = vec![root(), package("b", "1.0.0", "node_modules/b")];
        let all = relationships(&graph(components, links));
        let reverse = all.lines().filter_map(|it| it.strip_prefix("b "));
        let words = reverse.filter_map(|it| it.split_once(" @acme/shop"));
        words.map(|(kind, _)| kind).collect::<Vec<_>>().join(" ")
    };
    let alone = |phase, need| needed(vec![of(phase, need)]);
    assert_eq!(alone(Phase::Runtime, Need::Required), "");
    assert_eq!(
        alone(Phase::Runtime, Need::Optional),
        "OPTIONAL_DEPENDENCY_OF"
    );
    assert_eq!(alone(Phase::Runtime, Need::Peer), "PROVIDED_DEPENDENCY_OF");
    assert_eq!(alone(Phase::Develop, Need::Required), "DEV_DEPENDENCY_OF");
    assert_eq!(alone(Phase::Test, Need::Required), "TEST_DEPENDENCY_OF");
    assert_eq!(
        alone(Phase::Configure, Need::Required),
        "BUILD_DEPENDENCY_OF"
    );
    assert_eq!(
        alone(Phase::Test, Need::Suggested),
        "TEST_DEPENDENCY_OF OPTIONAL_DEPENDENCY_OF"
    );
    assert_eq!(
        needed(vec![
            of(Phase::Develop, Need::Required),
            of(Phase::Runtime, Need::Optional)
        ]),
        "DEV_DEPENDENCY_OF RUNTIME_DEPENDENCY_OF"
    );
}

#[test]
fn what_is_unknown_is_not_what_is_absent() {
    let mut unknown = package("unknown", "1.0.0", "node_modules/unknown");
    unknown.dependencies = Completeness::Unknown;
    let components = vec![
        root(),
        package("leaf", "1.0.0", "node_modules/leaf"),
        unknown,
    ];
    let graph = graph(components, vec![edge(0, Some(1), "1")]);
    insta::assert_snapshot!(relationships(&graph), @r#"
    SPDXRef-DOCUMENT DESCRIBES @acme/shop ""
    @acme/shop CONTAINS unknown "No dependency of a described package leads here."
    @acme/shop DEPENDS_ON leaf "range=1"
    leaf DEPENDS_ON NONE ""
    unknown DEPENDS_ON NOASSERTION "The input does not say what this package depends on."
    "#);
}

#[test]
fn without_a_project_the_document_describes_every_package() {
    let fragment = Fragment::default().with(|it| {
        it.components = vec![package("a", "1.0.0", "a"), package("b", "1.0.0", "b")];
        it.links = vec![edge(0, Some(1), "1")];
    });
    let graph = link(vec![fragment], &mut Diagnostics::new());
    insta::assert_snapshot!(relationships(&graph), @r#"
    SPDXRef-DOCUMENT DESCRIBES a "Nothing is known that needs this package."
    SPDXRef-DOCUMENT DESCRIBES b "Nothing is known that needs this package."
    a DEPENDS_ON b "range=1"
    b DEPENDS_ON NONE ""
    "#);
}

#[test]
fn what_nothing_needs_belongs_to_the_project_of_its_input() {
    let project = |path: &str, root_name: &str, stray: &str| {
        let mut project = Component::new(root_name);
        project.role = Role::Root;
        project.place = path.into();
        Fragment::default().with(|it| {
            it.path = path.into();
            it.components = vec![project, package(stray, "1.0.0", stray)];
            it.roots = vec![LocalId(0)];
        })
    };
    let fragments = vec![
        project("a.json", "a", "in-a"),
        project("b.json", "b", "in-b"),
    ];
    let graph = link(fragments, &mut Diagnostics::new());
    insta::assert_snapshot!(relationships(&graph), @r#"
    SPDXRef-DOCUMENT DESCRIBES a ""
    SPDXRef-DOCUMENT DESCRIBES b ""
    a CONTAINS in-a "No dependency of a described package leads here."
    b CONTAINS in-b "No dependency of a described package leads here."
    a DEPENDS_ON NONE ""
    b DEPENDS_ON NONE ""
    in-a DEPENDS_ON NONE ""
    in-b DEPENDS_ON NONE ""
    "#);
}

#[test]
fn one_line_when_compact_and_the_same_otherwise() {
    let graph = graph(vec![root(), full()], vec![edge(0, Some(1), "1")]);
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME)).compact(true);
    let mut out = Vec::new();
    Spdx23Json
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.lines().count(), 1);
    let compact: Value = serde_json::from_str(&text).unwrap();
    let pretty: Value = serde_json::from_str(&write(&graph).0).unwrap();
    assert_eq!(compact, pretty);
}

#[test]
fn a_document_needs_a_time_and_a_sink() {
    let graph = graph(vec![root()], vec![]);
    let mut out = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let timeless = Bom::new(&graph, TOOL);
    let error = Spdx23Json.write(&timeless, &mut out, &mut diagnostics);
    assert!(matches!(error, Err(WriteError::Requires { .. })));
    assert!(out.is_empty());
    let mut full: &mut [u8] = &mut [0; 100];
    let error = Spdx23Json.write(&timeless.timestamp(Some(TIME)), &mut full, &mut diagnostics);
    assert!(matches!(error, Err(WriteError::Sink(_))));
}
