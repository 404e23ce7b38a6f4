//! What a project states about its product and about components: in the fields that SPDX has, or reported.

use bomtrail_graph::{
    Bom, Component, Diagnostics, Fact, Fragment, Graph, Hash, HashAlgorithm, License, LocalId,
    NodeMap, Person, ProductFacts, ProductKey, Role, Service, Statement, Tables, Writer, link,
};
use bomtrail_spdx::{Spdx23Json, Spdx301Json};
use serde_json::{Value, json};

use crate::judge::{TIME, TOOL, check, check_version_3};
use crate::read::read;

fn graph() -> Graph {
    let mut root = Component::new("shop");
    root.role = Role::Root;
    let mut part = Component::new("part");
    part.version = Some("2.0.0".into());
    part.place = "part".into();
    let fragment = Fragment::default().with(|it| {
        it.path = "package-lock.json".into();
        it.components = vec![root, part];
        it.roots = vec![LocalId(0)];
    });
    link(vec![fragment], &mut Diagnostics::new())
}

fn facts() -> ProductFacts {
    let mut facts = ProductFacts::default();
    for (key, value) in [
        (ProductKey::Version, "1.2.3"),
        (ProductKey::ManufacturerName, "Acme"),
        (ProductKey::ManufacturerEmail, "acme@example.com"),
        (ProductKey::EndOfSupport, "2031-12-31"),
        (ProductKey::Purpose, "to sell"),
        (ProductKey::VulnerabilityEmail, "security@example.com"),
    ] {
        facts.set(key, Fact::Known(value.into()));
    }
    facts.hashes = vec![Hash::new(HashAlgorithm::Sha256, &[7; 32]).unwrap()];
    facts.services = vec![Service {
        name: "payments".into(),
        ..Service::default()
    }];
    facts
}

/// The document of a version, and the diagnostics of its writer.
fn written(writer: &dyn Writer) -> (Value, Vec<String>) {
    let graph = graph();
    let mut statements = NodeMap::new(&graph);
    let part = graph.nodes().find(|it| it.name() == "part").unwrap();
    let statement = Statement {
        supplier: Some(Person {
            name: "Parts Ltd".into(),
            ..Person::default()
        }),
        license: License::declared("MIT OR LicenseRef-parts"),
        unknown: vec!["hash".into()],
        ..Statement::default()
    };
    statements.insert(part.id(), statement);
    let facts = facts();
    let bom = Bom::new(&graph, TOOL)
        .timestamp(Some(TIME))
        .tables(Tables::new().product(Some(&facts), Some(&statements)));
    let (mut out, mut reported) = (Vec::new(), Diagnostics::new());
    writer.write(&bom, &mut out, &mut reported).unwrap();
    let reported = reported.iter().map(|it| it.message.clone()).collect();
    (serde_json::from_slice(&out).unwrap(), reported)
}

fn lost(version: &str) -> [String; 3] {
    let of =
        |what| format!("SPDX {version} cannot express {what}; it is left out (1 in this document)");
    [
        of("a stated fact about the product"),
        of("a service the product uses"),
        of("which element is unknown or withheld"),
    ]
}

#[test]
fn version_2_3() {
    let (document, reported) = written(&Spdx23Json);
    let packages = document["packages"].as_array().unwrap();
    let of = |name: &str| packages.iter().find(|it| it["name"] == name).unwrap();
    let (shop, part) = (of("shop"), of("part"));
    assert_eq!(shop["supplier"], "Organization: Acme (acme@example.com)");
    assert_eq!(shop["versionInfo"], "1.2.3");
    assert_eq!(shop["validUntilDate"], "2031-12-31T23:59:59Z");
    assert_eq!(shop["checksums"][0]["checksumValue"], "07".repeat(32));
    let contact = json!({"referenceCategory": "SECURITY", "referenceType": "url",
        "referenceLocator": "mailto:security@example.com"});
    let references = shop["externalRefs"].as_array().unwrap();
    assert!(references.contains(&contact), "{references:?}");
    assert_eq!(part["supplier"], "Organization: Parts Ltd");
    assert_eq!(part["licenseConcluded"], "MIT OR LicenseRef-parts");
    let extracted = &document["hasExtractedLicensingInfos"];
    assert_eq!(extracted[0]["licenseId"], "LicenseRef-parts");
    assert_eq!(reported, lost("2.3"));
}

#[test]
fn version_3() {
    let (document, reported) = written(&Spdx301Json);
    check_version_3(&document);
    let elements = document["@graph"].as_array().unwrap();
    let packages = || {
        elements
            .iter()
            .filter(|it| it["type"] == "software_Package")
    };
    let of = |name: &str| packages().find(|it| it["name"] == name).unwrap();
    let (shop, part) = (of("shop"), of("part"));
    let named = |id: &Value| elements.iter().find(|it| it["spdxId"] == *id).unwrap();
    let acme = named(&shop["suppliedBy"]);
    assert_eq!(acme["type"], "Organization");
    assert_eq!(acme["name"], "Acme");
    assert_eq!(
        acme["externalIdentifier"][0]["identifier"],
        "acme@example.com"
    );
    assert_eq!(named(&part["suppliedBy"])["name"], "Parts Ltd");
    assert_eq!(shop["validUntilTime"], "2031-12-31T23:59:59Z");
    assert_eq!(shop["software_packageVersion"], "1.2.3");
    let contact = json!({"type": "ExternalRef", "externalRefType": "securityOther",
        "locator": ["mailto:security@example.com"]});
    assert_eq!(shop["externalRef"], json!([contact]));
    assert_eq!(shop["verifiedUsing"][0]["hashValue"], "07".repeat(32));
    let concluded = elements
        .iter()
        .find(|it| it["relationshipType"] == "hasConcludedLicense")
        .unwrap();
    assert_eq!(concluded["from"], part["spdxId"]);
    let license = named(&concluded["to"][0]);
    assert_eq!(
        license["simplelicensing_licenseExpression"],
        "MIT OR LicenseRef-parts"
    );
    assert_eq!(
        license["simplelicensing_customIdToUri"][0]["key"],
        "LicenseRef-parts"
    );
    assert_eq!(reported, lost("3.0.1"));
}

#[test]
fn a_concluded_licence_is_read_next_to_the_declared_one() {
    for writer in [&Spdx23Json as &dyn Writer, &Spdx301Json] {
        let (mut document, _) = written(writer);
        let (fragment, _) = read(document.to_string().as_bytes());
        let part = |fragment: &Fragment| {
            let found = fragment.components.iter().find(|it| &*it.name == "part");
            found.unwrap().clone()
        };
        let both = part(&fragment);
        let concluded = ("bomtrail:license:concluded", "MIT OR LicenseRef-parts");
        let properties = &both.details.as_ref().unwrap().properties;
        let concluded = (concluded.0.into(), concluded.1.into());
        assert!(properties.contains(&concluded), "{properties:?}");
        assert_eq!(
            both.licenses.known().unwrap()[0].text(),
            "MIT OR LicenseRef-parts"
        );
        // A declared one stays what the package declares.
        if let Some(packages) = document["packages"].as_array_mut() {
            for package in packages {
                package["licenseDeclared"] = json!("ISC");
            }
            let (fragment, _) = read(document.to_string().as_bytes());
            assert_eq!(part(&fragment).licenses.known().unwrap()[0].text(), "ISC");
        }
    }
}

#[test]
fn what_is_stated_is_valid() {
    let (document, _) = written(&Spdx23Json);
    let mut plain = document;
    // The judge compares declared licences with those that are explained; the concluded one is explained too.
    plain["hasExtractedLicensingInfos"] = json!([]);
    check(&plain.to_string());
}
