//! What a document says about components apart from their own fields: annotations, declarations, and the services of a product.

use bomtrail_cyclonedx::{SpecVersion, Xml};
use bomtrail_graph::{
    Approval, ApprovalReason, Attestation, Axis, Bom, Decision, Diagnostics, Evidence,
    EvidenceState, Fragment, Graph, NodeMap, ProductFacts, Provenance, Service, Tables, Writer,
};
use serde_json::{Value, json};

use crate::print::{TOOL, graph, must_be_valid, print};
use crate::read::read;
use crate::sample::{needs, package, root};

const TIME: &str = "2026-11-21T00:00:00Z";

fn project() -> Graph {
    let mut fragment = Fragment::default();
    let app = fragment.add(root("app")).unwrap();
    for name in ["good", "fine", "bad", "new"] {
        let it = fragment.add(package(name, "1.0.0")).unwrap();
        fragment.links.push(needs(app, it));
    }
    fragment.roots = vec![app];
    graph(fragment)
}

fn approvals(graph: &Graph) -> NodeMap<Approval> {
    let mut table = NodeMap::new(graph);
    let review = |reason, by: &str, note: Option<&str>| Approval {
        chain: vec!["package-approvals.json".into()],
        decision: Some(Box::new(Decision {
            by: vec![by.into()],
            by_person: true,
            on: Some("2026-05-04".into()),
            expires: Some("2027-05-04".into()),
            basis: Some("full".into()),
            note: note.map(Into::into),
            ..Decision::default()
        })),
        ..Approval::new(reason)
    };
    for node in graph.nodes() {
        let ann = "Ann <ann@example.com>";
        let approval = match node.name() {
            "good" | "fine" => review(ApprovalReason::Listed, ann, None),
            "bad" => review(
                ApprovalReason::DeniedExact,
                "Bob",
                Some("steals <keys> & more"),
            ),
            "new" => Approval::new(ApprovalReason::NoEntry),
            _ => Approval::new(ApprovalReason::FirstParty),
        };
        table.insert(node.id(), approval);
    }
    table
}

fn provenance(graph: &Graph) -> NodeMap<Provenance> {
    let mut table = NodeMap::new(graph);
    for node in graph.nodes() {
        let mut it = Provenance::default();
        let state = match node.name() {
            "good" => EvidenceState::Verified,
            "bad" => EvidenceState::Failed,
            _ => continue,
        };
        it.set(Axis::Pinned, Evidence::new(EvidenceState::Verified, ""));
        it.set(Axis::ProvenanceVerified, Evidence::new(state, "the reason"));
        it.set(
            Axis::PublishAttested,
            Evidence::new(EvidenceState::Unverifiable, "no key"),
        );
        it.attestations.push(Attestation {
            predicate_type: "https://slsa.dev/provenance/v1".into(),
            evidence: Evidence::new(state, "the reason"),
            payload_sha256: "ab".repeat(32).into(),
            signed_at: Some("2026-01-02T03:04:05Z".into()),
            log_index: Some(7),
        });
        table.insert(node.id(), it);
    }
    table
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_decision_is_one_annotation_by_who_made_it() {
    let graph = project();
    let approvals = approvals(&graph);
    let bom = Bom::new(&graph, TOOL)
        .tables(Tables::new().approvals(Some(&approvals)))
        .annotations(true)
        .timestamp(Some(TIME));
    for version in SpecVersion::ALL {
        let (text, told) = print(&bom, version);
        must_be_valid(&text, version);
        let annotations = parsed(&text)["annotations"].clone();
        if version < SpecVersion::V1_5 {
            assert_eq!(annotations, Value::Null);
            assert!(
                told.join(" ")
                    .contains("approvals are not written as annotations"),
                "{told:?}"
            );
            continue;
        }
        assert_eq!(
            annotations,
            json!([
                {
                    "subjects": ["pkg:npm/fine@1.0.0", "pkg:npm/good@1.0.0"],
                    "annotator": {"individual": {"name": "Ann", "email": "ann@example.com"}},
                    "timestamp": "2026-05-04T00:00:00Z",
                    "text": "approved (listed); list: package-approvals.json; basis: full; expires: 2027-05-04",
                },
                {
                    "subjects": ["pkg:npm/bad@1.0.0"],
                    "annotator": {"individual": {"name": "Bob"}},
                    "timestamp": "2026-05-04T00:00:00Z",
                    "text": "denied (denied-exact); list: package-approvals.json; basis: full; expires: 2027-05-04; note: steals <keys> & more",
                },
                {
                    "subjects": ["pkg:npm/new@1.0.0"],
                    "annotator": {"component": {"type": "application", "name": "bomtrail", "version": "0.1.0"}},
                    "timestamp": TIME,
                    "text": "unreviewed (no-entry)",
                },
            ]),
            "{}",
            version.name()
        );
    }
}

#[test]
fn approvals_and_verdicts_are_claims_and_counter_claims() {
    let graph = project();
    let (approvals, provenance) = (approvals(&graph), provenance(&graph));
    let tables = Tables::new().approvals(Some(&approvals));
    let plain = Bom::new(&graph, TOOL).tables(tables.provenance(&provenance, &[]));
    let bom = plain.declarations(true);
    for version in [SpecVersion::V1_6, SpecVersion::V1_7] {
        let (text, _) = print(&bom, version);
        must_be_valid(&text, version);
        let document = parsed(&text);
        let declared = &document["declarations"];
        must_declare(declared);
        every_reference_leads_somewhere(&document);
        let evidence = declared["evidence"].as_array().unwrap();
        let reviewed = evidence.iter().find(|it| it["reviewer"]["name"] == "Ann");
        assert_eq!(reviewed.unwrap()["expires"], "2027-05-04T00:00:00Z");
        let failed = declared["claims"].as_array().unwrap().iter();
        let failed: Vec<&Value> = failed
            .filter(|it| !it["counterEvidence"].is_null())
            .collect();
        assert_eq!(failed.len(), 1);
        assert_eq!(
            failed[0]["predicate"],
            "has a build attestation that does not hold"
        );
        assert_eq!(failed[0]["reasoning"], "the reason");
    }
    let (text, told) = print(&bom, SpecVersion::V1_5);
    assert!(!text.contains("\"declarations\""));
    assert!(
        told.join(" ")
            .contains("components have no declarations; versions since 1.6 have them (8 in"),
        "{told:?}"
    );
    let serial = |bom: &Bom<'_>| parsed(&print(bom, SpecVersion::V1_6).0)["serialNumber"].clone();
    assert_ne!(serial(&plain), serial(&bom));
}

/// Every claim stands where its verdict puts it.
fn must_declare(declared: &Value) {
    let maps = |index: usize| {
        let map = declared["attestations"][index]["map"].as_array().unwrap();
        let one = |it: &Value| {
            json!([
                it["requirement"],
                it["claims"],
                it["counterClaims"],
                it["conformance"]["score"]
            ])
        };
        map.iter().map(one).collect::<Vec<Value>>()
    };
    assert_eq!(
        maps(0),
        [json!([
            "bomtrail:requirement/approved",
            [
                "bomtrail:claim/approval/pkg:npm/fine@1.0.0",
                "bomtrail:claim/approval/pkg:npm/good@1.0.0"
            ],
            [
                "bomtrail:claim/approval/pkg:npm/bad@1.0.0",
                "bomtrail:claim/approval/pkg:npm/new@1.0.0"
            ],
            0,
        ])]
    );
    assert_eq!(
        maps(1),
        [
            json!([
                "bomtrail:requirement/pinned",
                [
                    "bomtrail:claim/pinned/pkg:npm/bad@1.0.0",
                    "bomtrail:claim/pinned/pkg:npm/good@1.0.0"
                ],
                null,
                1,
            ]),
            json!([
                "bomtrail:requirement/provenance-verified",
                ["bomtrail:claim/provenance-verified/pkg:npm/good@1.0.0"],
                ["bomtrail:claim/provenance-verified/pkg:npm/bad@1.0.0"],
                0,
            ]),
        ]
    );
}

/// Every reference in the declarations is the bom-ref of something.
fn every_reference_leads_somewhere(document: &Value) {
    let mut known = Vec::new();
    let mut used = Vec::new();
    let mut open = vec![("", document)];
    while let Some((key, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                known.extend(map.get("bom-ref").and_then(Value::as_str));
                open.extend(map.iter().map(|(key, it)| (key.as_str(), it)));
            }
            Value::Array(items) => open.extend(items.iter().map(|it| (key, it))),
            Value::String(text) => {
                let links = [
                    "target",
                    "assessor",
                    "requirement",
                    "claims",
                    "counterClaims",
                    "evidence",
                    "counterEvidence",
                    "subjects",
                ];
                if links.contains(&key) {
                    used.push(text.as_str());
                }
            }
            _ => {}
        }
    }
    assert!(used.len() > 10);
    assert!(used.iter().all(|it| known.contains(it)), "{used:?}");
    let count = known.len();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), count);
}

fn product() -> ProductFacts {
    let mut facts = ProductFacts::default();
    facts.services = vec![
        Service {
            name: "billing".into(),
            version: Some("2".into()),
            description: Some("takes money".into()),
            provider: Some("Pay Ltd".into()),
            endpoints: vec![
                "https://pay.example.com/v2".into(),
                "not an address%".into(),
            ],
            authenticated: Some(true),
            crosses_boundary: Some(true),
            data: vec![
                ("outbound".into(), "PII".into()),
                ("inbound".into(), "receipts".into()),
            ],
        },
        Service {
            name: "billing".into(),
            version: Some("2".into()),
            ..Service::default()
        },
    ];
    facts
}

#[test]
fn services_are_said_in_every_version_and_the_product_depends_on_them() {
    let graph = project();
    let product = product();
    let bom = Bom::new(&graph, TOOL).tables(Tables::new().product(Some(&product), None));
    for version in SpecVersion::ALL {
        let (text, told) = print(&bom, version);
        must_be_valid(&text, version);
        let document = parsed(&text);
        assert_eq!(
            document["services"],
            json!([
                {
                    "bom-ref": "service:billing@2",
                    "provider": {"name": "Pay Ltd"},
                    "name": "billing",
                    "version": "2",
                    "description": "takes money",
                    "endpoints": ["https://pay.example.com/v2"],
                    "authenticated": true,
                    "x-trust-boundary": true,
                    "data": [
                        {"flow": "outbound", "classification": "PII"},
                        {"flow": "inbound", "classification": "receipts"},
                    ],
                },
                {"bom-ref": "service:billing@2#", "name": "billing", "version": "2"},
            ])
        );
        let uses = document["dependencies"][0]["dependsOn"].as_array().unwrap();
        assert_eq!(
            uses[uses.len() - 2..],
            ["service:billing@2", "service:billing@2#"]
        );
        assert!(
            told.join(" ")
                .contains("URLs are not valid IRI references and are left out (1 in"),
            "{told:?}"
        );
        let (fragment, _) = read(text.as_bytes());
        assert_eq!(fragment.links.len(), 4, "a service is no missing package");
        let kept: Vec<&str> = fragment
            .properties
            .iter()
            .filter(|(name, _)| &**name == "bomtrail:service")
            .map(|(_, value)| &**value)
            .collect();
        assert_eq!(
            kept,
            [
                "billing 2; provider: Pay Ltd; endpoint: https://pay.example.com/v2; authenticated: true; crosses a trust boundary: true; outbound: PII; inbound: receipts",
                "billing 2",
            ]
        );
    }
}

#[test]
fn xml_holds_all_of_it() {
    let graph = project();
    let (approvals, provenance, product) = (approvals(&graph), provenance(&graph), product());
    let tables = Tables::new()
        .product(Some(&product), None)
        .approvals(Some(&approvals))
        .provenance(&provenance, &[]);
    let bom = Bom::new(&graph, TOOL)
        .tables(tables)
        .annotations(true)
        .declarations(true)
        .timestamp(Some(TIME));
    for version in [SpecVersion::V1_6, SpecVersion::V1_7] {
        let mut out = Vec::new();
        let mut told = Diagnostics::new();
        Xml { version }.write(&bom, &mut out, &mut told).unwrap();
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert!(!told.join("\n").contains("is left out"), "{told:?}");
        let text = String::from_utf8(out).unwrap();
        for part in [
            r#"<classification flow="outbound">PII</classification>"#,
            r#"<subject ref="pkg:npm/new@1.0.0"/>"#,
            "<counterClaim>bomtrail:claim/approval/pkg:npm/bad@1.0.0</counterClaim>",
            "<score>0</score>",
            "note: steals &lt;keys&gt; &amp; more",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}

#[test]
fn a_later_version_of_a_document_keeps_its_serial_number() {
    let graph = project();
    let serial = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79";
    let bom = Bom::new(&graph, TOOL).serial(Some(serial)).version(3);
    let document = parsed(&print(&bom, SpecVersion::V1_6).0);
    assert_eq!(document["serialNumber"], serial);
    assert_eq!(document["version"], 3);
}
