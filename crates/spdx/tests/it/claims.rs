//! What approvals and provenance say of packages: written into every encoding, and read back as claims of the document.

use bomtrail_graph::{
    Approval, ApprovalReason, Attestation, Axis, Bom, BuildIdentity, Component, Decision,
    Diagnostics, Evidence, EvidenceState, Fragment, Graph, Input, Link, LocalId, NoFiles, NodeMap,
    Provenance, Purl, Reader, Role, Tables, Target, Writer, link,
};
use bomtrail_spdx::{JsonReader, Spdx23Json, Spdx23TagValue, Spdx301Json, TagValueReader};
use serde_json::{Value, json};

use crate::judge::{TIME, TOOL, check_version_3};

const RUN: &str = "https://example.com/o/r/actions/runs/7/attempts/1";

fn graph() -> Graph {
    let package = |name: &str, place: &str| {
        let mut component = Component::new(name);
        component.version = Some("1.0.0".into());
        component.purl = Purl::npm(name, Some("1.0.0")).ok();
        component.place = place.into();
        component
    };
    let mut root = package("shop", "");
    root.role = Role::Root;
    let components = vec![
        root,
        package("built", "node_modules/built"),
        package("too", "node_modules/too"),
    ];
    let edge = |to| Link::new(LocalId(0), Target::Here(LocalId(to)));
    let fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.components = components;
        it.links = vec![edge(1), edge(2)];
        it.roots = vec![LocalId(0)];
    });
    link(vec![fragment], &mut Diagnostics::new())
}

fn proved() -> Provenance {
    let mut proved = Provenance::default();
    proved.build = Some(Box::new(BuildIdentity {
        issuer: "https://token.example.com".into(),
        signer: "https://example.com/o/r/.ci/release.yml@refs/tags/v1".into(),
        repository: Some("https://example.com/o/r".into()),
        commit: Some("0123abcd".into()),
        git_ref: Some("refs/tags/v1".into()),
        build_config: Some("https://example.com/o/r/.ci/release.yml@refs/tags/v1".into()),
        run: Some(RUN.into()),
        runner: Some("hosted".into()),
        ..BuildIdentity::default()
    }));
    proved.attestations = vec![Attestation {
        predicate_type: "https://slsa.dev/provenance/v1".into(),
        evidence: Evidence::new(EvidenceState::Verified, ""),
        payload_sha256: "ab".into(),
        ..Attestation::default()
    }];
    proved.set(
        Axis::ProvenanceVerified,
        Evidence::new(EvidenceState::Verified, ""),
    );
    proved
}

/// The document of a graph of which `built` and `too` came out of one run and `built` is approved.
fn written(writer: &dyn Writer) -> Vec<u8> {
    written_with(writer, &proved())
}

fn written_with(writer: &dyn Writer, proved: &Provenance) -> Vec<u8> {
    let graph = graph();
    let mut provenance = NodeMap::new(&graph);
    let mut approvals = NodeMap::new(&graph);
    for node in graph.nodes().filter(|it| it.name() != "shop") {
        provenance.insert(node.id(), proved.clone());
    }
    let built = graph.nodes().find(|it| it.name() == "built").unwrap();
    let mut approval = Approval::new(ApprovalReason::Listed);
    approval.decision = Some(Box::new(Decision {
        by: vec!["Ann <ann@example.com>".into()],
        by_person: true,
        on: Some("2026-11-01".into()),
        ..Decision::default()
    }));
    approvals.insert(built.id(), approval);
    let basis = ["trusted root sha256:12".to_owned()];
    let tables = Tables::new()
        .provenance(&provenance, &basis)
        .approvals(Some(&approvals));
    let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME)).tables(tables);
    let mut out = Vec::new();
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    out
}

fn read(reader: &dyn Reader, bytes: &[u8]) -> (Fragment, Vec<String>) {
    let mut reported = Diagnostics::new();
    let input = Input {
        path: "app.spdx",
        bytes,
        files: &NoFiles,
    };
    let fragment = reader.read(&input, &mut reported);
    (fragment, reported.iter().map(ToString::to_string).collect())
}

fn claims(fragment: &Fragment, name: &str) -> Vec<String> {
    let all = fragment.components.iter().filter(|it| &*it.name == name);
    let properties = all.flat_map(|it| it.details.iter().flat_map(|it| &it.properties));
    properties
        .map(|(name, value)| format!("{name}={value}"))
        .collect()
}

#[test]
fn opinions_of_a_document_come_back_as_claims() {
    let encodings: [(&dyn Writer, &dyn Reader); 3] = [
        (&Spdx23Json, &JsonReader),
        (&Spdx23TagValue, &TagValueReader),
        (&Spdx301Json, &JsonReader),
    ];
    for (writer, reader) in encodings {
        let document = written(writer);
        let (fragment, reported) = read(reader, &document);
        assert_eq!(reported, [""; 0], "{:?}", writer.format());
        let built = claims(&fragment, "built");
        for wanted in [
            "bomtrail:claimed:approval:status=approved",
            "bomtrail:claimed:approval:by=Ann <ann@example.com>",
            "bomtrail:claimed:provenance:provenance-verified=verified",
            "bomtrail:claimed:provenance:commit=0123abcd",
        ] {
            assert!(built.iter().any(|it| it == wanted), "{wanted}: {built:?}");
        }
        assert!(built.iter().all(|it| it.starts_with("bomtrail:claimed:")));
        assert_eq!(claims(&fragment, "shop"), [""; 0]);
        let basis = (
            "bomtrail:claimed:provenance:basis".into(),
            "trusted root sha256:12".into(),
        );
        assert!(fragment.properties.contains(&basis));
        // A claim stays one when it is written and read again.
        let graph = link(vec![fragment], &mut Diagnostics::new());
        let bom = Bom::new(&graph, TOOL).timestamp(Some(TIME));
        let mut again = Vec::new();
        writer
            .write(&bom, &mut again, &mut Diagnostics::new())
            .unwrap();
        assert_eq!(claims(&read(reader, &again).0, "built"), built);
    }
}

#[test]
fn a_property_that_looks_like_an_opinion_is_a_claim() {
    let mut document: Value = serde_json::from_slice(&written(&Spdx23Json)).unwrap();
    let note = json!({ "annotationDate": TIME, "annotationType": "OTHER", "annotator": "Tool: x",
        "comment": "place=a\nproperty:bomtrail:approval:status=approved" });
    document["packages"][0]["annotations"] = json!([note]);
    let name = document["packages"][0]["name"].as_str().unwrap().to_owned();
    let (fragment, _) = read(&JsonReader, document.to_string().as_bytes());
    assert_eq!(
        claims(&fragment, &name),
        ["bomtrail:claimed:approval:status=approved"]
    );
}

fn of_class<'d>(document: &'d Value, class: &str) -> Vec<&'d Value> {
    let all = document["@graph"].as_array().unwrap().iter();
    all.filter(|it| it["type"] == class).collect()
}

#[test]
fn one_run_is_one_build_with_what_the_certificate_says() {
    let document: Value = serde_json::from_slice(&written(&Spdx301Json)).unwrap();
    check_version_3(&document);
    let profiles = &of_class(&document, "SpdxDocument")[0]["profileConformance"];
    assert_eq!(
        *profiles,
        json!(["core", "software", "simpleLicensing", "build"])
    );
    let builds = of_class(&document, "build_Build");
    assert_eq!(builds.len(), 1);
    let build = builds[0];
    assert_eq!(build["build_buildType"], "https://token.example.com");
    assert_eq!(build["build_buildId"], RUN);
    assert_eq!(
        build["build_configSourceEntrypoint"],
        json!([".ci/release.yml"])
    );
    let parameters = build["build_parameter"].as_array().unwrap();
    let keys: Vec<_> = parameters.iter().map(|it| &it["key"]).collect();
    assert_eq!(keys, ["commit", "ref", "repository"]);
    let made = of_class(&document, "LifecycleScopedRelationship");
    let made: Vec<_> = made
        .iter()
        .filter(|it| it["relationshipType"] == "hasOutput")
        .collect();
    assert_eq!(made.len(), 2);
    for it in made {
        assert_eq!(it["from"], build["spdxId"]);
        assert_eq!(it["completeness"], "noAssertion");
    }
}

#[test]
fn without_a_run_every_package_has_a_build_of_its_own() {
    let mut proved = proved();
    if let Some(build) = proved.build.as_deref_mut() {
        build.run = None;
    }
    let document = written_with(&Spdx301Json, &proved);
    let document: Value = serde_json::from_slice(&document).unwrap();
    check_version_3(&document);
    let builds = of_class(&document, "build_Build");
    assert_eq!(builds.len(), 2);
    assert!(builds.iter().all(|it| it.get("build_buildId").is_none()));
}

#[test]
fn a_build_of_anybody_is_a_claim() {
    let mut document: Value = serde_json::from_slice(&written(&Spdx301Json)).unwrap();
    let elements = document["@graph"].as_array_mut().unwrap();
    elements.retain(|it| it["type"] != "Annotation");
    let (fragment, reported) = read(&JsonReader, document.to_string().as_bytes());
    assert_eq!(reported, [""; 0]);
    assert_eq!(
        claims(&fragment, "too"),
        [
            "bomtrail:claimed:provenance:build-type=https://token.example.com",
            &format!("bomtrail:claimed:provenance:run={RUN}"),
            "bomtrail:claimed:provenance:build-config=https://example.com/o/r/.ci/release.yml@refs/tags/v1",
            "bomtrail:claimed:provenance:build-entrypoint=.ci/release.yml",
            "bomtrail:claimed:provenance:build-parameter=commit=0123abcd",
            "bomtrail:claimed:provenance:build-parameter=ref=refs/tags/v1",
            "bomtrail:claimed:provenance:build-parameter=repository=https://example.com/o/r",
            "bomtrail:claimed:provenance:build-environment=runner=hosted",
        ]
    );
    let elements = document["@graph"].as_array_mut().unwrap();
    elements.retain(|it| it["relationshipType"] != "hasOutput");
    let (fragment, reported) = read(&JsonReader, document.to_string().as_bytes());
    assert_eq!(reported.len(), 1);
    assert!(reported[0].contains("builds of no package (1 in this document)"));
    assert_eq!(claims(&fragment, "too"), [""; 0]);
}
