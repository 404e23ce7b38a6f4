//! What every document must hold, judged by others: the official schema and the `spdx` crate.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use bomtrail_graph::{Bom, Diagnostics, Graph, Tool, Writer};
use bomtrail_spdx::Spdx23Json;
use jsonschema::Validator;
use serde_json::Value;

pub(crate) const TOOL: Tool<'static> = Tool {
    name: "bomtrail",
    version: "0.0.0",
};
pub(crate) const TIME: &str = "2026-11-21T10:00:00Z";

/// The document of a graph, and what the writer reported.
pub(crate) fn write(graph: &Graph) -> (String, Diagnostics) {
    let mut out = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let bom = Bom::new(graph, TOOL).timestamp(Some(TIME));
    Spdx23Json.write(&bom, &mut out, &mut diagnostics).unwrap();
    (String::from_utf8(out).unwrap(), diagnostics)
}

/// The official schemas; absent in a clone without the shared corpus.
static SCHEMA: LazyLock<Option<Validator>> = LazyLock::new(|| schema("spdx-2.3.schema.json"));
static SCHEMA_3: LazyLock<Option<Validator>> = LazyLock::new(|| schema("spdx-3.0.1.schema.json"));

pub(crate) fn schema(name: &str) -> Option<Validator> {
    let folder = "../../../shared/corpus/schemas/spdx";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let path = folder.join(name);
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: validation, the shared corpus with the SPDX schema is not there");
        return None;
    };
    let schema: Value = serde_json::from_str(&text).unwrap();
    Some(jsonschema::validator_for(&schema).unwrap())
}

/// Fails unless a document is one of SPDX 3.0.1 by its schema, and every IRI of the document in it is one of an element.
pub(crate) fn check_version_3(document: &Value) {
    if let Some(schema) = &*SCHEMA_3
        && let Err(error) = schema.validate(document)
    {
        panic!("{error} at {}", error.instance_path());
    }
    let elements = document["@graph"].as_array().unwrap();
    let ids: Vec<&str> = elements
        .iter()
        .filter_map(|it| it["spdxId"].as_str())
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an element is there twice");
    let individual = |it: &Value| {
        let name = it
            .as_str()?
            .strip_prefix("https://spdx.org/rdf/3.0.1/terms/")?;
        // The model has other names for licences too, which its shapes refuse as the end of a relationship.
        let known = ["Core/NoneElement", "Core/NoAssertionElement"];
        let license = name.strip_prefix("ExpandedLicensing/");
        let license = license.is_some_and(|it| matches!(it, "NoneLicense" | "NoAssertionLicense"));
        Some(license || known.contains(&name))
    };
    let ours = |it: &Value| match individual(it) {
        Some(known) => {
            assert!(known, "{it} is not an element of the model");
            false
        }
        None => true,
    };
    for element in elements {
        let ends = element["to"].as_array().into_iter().flatten();
        let ends = ends.chain(element.get("from"));
        for end in ends.chain(element.get("subject")).filter(|it| ours(it)) {
            assert!(unique.contains(end.as_str().unwrap()), "{end} is nowhere");
        }
    }
}

/// Fails unless a document is one of SPDX 2.3 by everything that can be checked here.
pub(crate) fn check(text: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    if let Some(schema) = &*SCHEMA
        && let Err(error) = schema.validate(&document)
    {
        panic!("{error} at {}", error.instance_path());
    }
    check_identifiers(&document);
    check_licenses(&document);
}

/// Identifiers are unique and well-formed, and every end of a relationship exists.
fn check_identifiers(document: &Value) {
    let mut ids = BTreeSet::from([document["SPDXID"].as_str().unwrap()]);
    for package in document["packages"].as_array().unwrap() {
        let id = package["SPDXID"].as_str().unwrap();
        let rest = id.strip_prefix("SPDXRef-").unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        assert!(!rest.is_empty() && rest.chars().all(plain), "{id}");
        assert!(ids.insert(id), "{id} is there twice");
    }
    for relationship in document["relationships"].as_array().unwrap() {
        let from = relationship["spdxElementId"].as_str().unwrap();
        let to = relationship["relatedSpdxElement"].as_str().unwrap();
        assert!(ids.contains(from), "{from} is nowhere");
        assert!(
            ids.contains(to) || matches!(to, "NONE" | "NOASSERTION"),
            "{to} is nowhere"
        );
    }
}

/// Every declared licence parses, and every reference in it is defined.
fn check_licenses(document: &Value) {
    let mode = spdx::ParseMode {
        allow_deprecated: true,
        ..spdx::ParseMode::STRICT
    };
    let none = Vec::new();
    let extracted = document["hasExtractedLicensingInfos"].as_array();
    let extracted: Vec<&str> = extracted
        .unwrap_or(&none)
        .iter()
        .map(|it| it["licenseId"].as_str().unwrap())
        .collect();
    assert!(extracted.is_sorted_by(|a, b| a < b), "{extracted:?}");
    let mut used = BTreeSet::new();
    for package in document["packages"].as_array().unwrap() {
        let declared = package["licenseDeclared"].as_str().unwrap();
        if matches!(declared, "NONE" | "NOASSERTION") {
            continue;
        }
        let expression = spdx::Expression::parse_mode(declared, mode)
            .unwrap_or_else(|error| panic!("`{declared}`: {error}"));
        for requirement in expression.requirements() {
            if let spdx::LicenseItem::Other(other) = &requirement.req.license {
                assert_eq!(other.doc_ref, None);
                used.insert(format!("LicenseRef-{}", other.lic_ref));
            }
        }
    }
    assert!(used.iter().eq(&extracted), "{used:?} {extracted:?}");
}
