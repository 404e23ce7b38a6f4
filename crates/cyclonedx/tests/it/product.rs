//! What a project states about its product and about components: where it is in each version, and that every version
//! stays valid.

use bomtrail_cyclonedx::{Json, SpecVersion};
use bomtrail_graph::{
    Bom, Component, Diagnostics, Fact, Fragment, Graph, Hash, HashAlgorithm, License, Link, Need,
    NodeMap, Origin, Person, Phase, ProductFacts, ProductKey, Role, Statement, Tables, Target,
    Tool, Writer, link,
};
use bomtrail_testkit::validate_cyclonedx;
use serde_json::Value;

fn graph() -> Graph {
    let mut fragment = Fragment::default();
    let mut root = Component::new("app");
    root.role = Role::Root;
    root.origin = Origin::Directory;
    root.purl = "pkg:generic/app@1.0.0".parse().ok();
    let root = fragment.add(root).unwrap();
    let mut left = Component::new("left");
    left.version = Some("1.0.0".into());
    left.purl = "pkg:npm/left@1.0.0".parse().ok();
    left.place = "node_modules/left".into();
    left.origin = Origin::Registry;
    left.source = Some("https://npm.example.com/left/-/left-1.0.0.tgz".into());
    left.licenses = Fact::Known([License::declared("see the file").unwrap()].into());
    left.details_mut().homepage = Some("https://left.example.com/".into());
    let left = fragment.add(left).unwrap();
    fragment.roots.push(root);
    fragment
        .links
        .push(Link::new(root, Target::Here(left)).with(|it| {
            it.name = None;
            it.range = None;
            it.phase = Phase::Runtime;
            it.need = Need::Required;
            it.problem = None;
            it.detail = None;
        }));
    link(vec![fragment], &mut Diagnostics::new())
}

fn facts() -> ProductFacts {
    let mut facts = ProductFacts::default();
    for row in ProductKey::TABLE {
        facts.set(row.key, Fact::Known(row.shape.example().into()));
    }
    facts.hashes = vec![Hash::new(HashAlgorithm::Sha512, &[7; 64]).unwrap()];
    facts
}

fn document(version: SpecVersion, product: Option<&ProductFacts>, bsi: bool) -> Value {
    let graph = graph();
    let left = graph.find_name("left").next().unwrap().id();
    let mut statements = NodeMap::new(&graph);
    if product.is_some() {
        let statement = Statement {
            supplier: Some(Person {
                name: "Left Ltd".into(),
                email: Some("left@example.com".into()),
                url: None,
            }),
            license: License::declared("MIT OR ISC"),
            reason: Some("the file says so".into()),
            unknown: vec!["hash".into()],
            withheld: Vec::new(),
        };
        statements.insert(left, statement);
    }
    let tool = Tool {
        name: "bomtrail",
        version: "1.0.0",
    };
    let bom = Bom::new(&graph, tool)
        .tables(Tables::new().product(product, Some(&statements)))
        .extras(if bsi { &["bsi"] } else { &[] });
    let mut out = Vec::new();
    Json::new(version)
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn every_version_with_everything_stated_is_valid() {
    for version in [
        SpecVersion::V1_4,
        SpecVersion::V1_5,
        SpecVersion::V1_6,
        SpecVersion::V1_7,
    ] {
        let document = document(version, Some(&facts()), true);
        if let Some(findings) = validate_cyclonedx(version.name(), &document.to_string()) {
            assert_eq!(findings, Vec::<String>::new(), "{}", version.name());
        }
        let main = &document["metadata"]["component"];
        assert_eq!(main["cpe"], ProductKey::Cpe.info().unwrap().shape.example());
        assert_eq!(main["hashes"][0]["content"], "07".repeat(64));
        let properties = main["properties"].to_string();
        assert!(properties.contains("cdx:lifecycle:milestone:endOfSupport"));
        assert!(document["metadata"]["supplier"]["name"].is_string());
    }
}

#[test]
fn the_product_is_called_what_it_is_called_on_the_market() {
    let mut facts = ProductFacts::default();
    facts.set(ProductKey::Name, Fact::Known("The Product".into()));
    facts.set(ProductKey::Type, Fact::Known("framework".into()));
    let plain = document(SpecVersion::V1_6, None, false);
    let stated = document(SpecVersion::V1_6, Some(&facts), false);
    let (before, after) = (
        &plain["metadata"]["component"],
        &stated["metadata"]["component"],
    );
    assert_eq!(after["name"], "The Product");
    assert_eq!(after["type"], "framework");
    assert!(after.get("group").is_none());
    assert_eq!(after["bom-ref"], before["bom-ref"]);
    assert_eq!(after["purl"], before["purl"]);
}

#[test]
fn components_say_what_is_stated_of_them() {
    let document = document(SpecVersion::V1_6, Some(&facts()), true);
    let left = &document["components"][0];
    assert_eq!(left["supplier"]["contact"][0]["email"], "left@example.com");
    assert_eq!(left["licenses"][0]["expression"], "MIT OR ISC");
    assert_eq!(left["licenses"][0]["acknowledgement"], "concluded");
    assert_eq!(left["manufacturer"]["url"][0], "https://left.example.com/");
    let property = |name: &str| {
        let mut all = left["properties"].as_array().unwrap().iter();
        all.find(|it| it["name"] == name)
            .map(|it| it["value"].clone())
    };
    assert_eq!(
        property("bsi:component:filename"),
        Some("left-1.0.0.tgz".into())
    );
    assert_eq!(
        property("bsi:component:effectiveLicence"),
        Some("MIT OR ISC".into())
    );
    assert_eq!(
        property("bomtrail:unknown-information"),
        Some("hash".into())
    );
    assert_eq!(
        property("bomtrail:license:declared"),
        Some("see the file".into())
    );
}

#[test]
fn what_is_not_stated_changes_nothing_and_what_is_changes_the_identity() {
    let plain = document(SpecVersion::V1_6, None, false);
    let empty = document(SpecVersion::V1_6, Some(&ProductFacts::default()), false);
    assert!(plain["metadata"].get("manufacturer").is_none());
    assert!(!plain.to_string().contains("bsi:component"));
    assert_eq!(plain["metadata"], empty["metadata"]);
    let stated = document(SpecVersion::V1_6, Some(&facts()), false);
    assert_ne!(plain["serialNumber"], stated["serialNumber"]);
    assert_eq!(stated, document(SpecVersion::V1_6, Some(&facts()), false));
}
