//! Attestations of the corpus, bound to a project's lockfile: the JSON follows its schema, and documents say the verdicts.

use std::path::PathBuf;

use bomtrail::provenance::{
    EvidenceLevel, ProvenanceError, ProvenanceSources, Verification, verify, write_json,
};
use bomtrail::{Bom, Diagnostics, Scan, TOOL, Tables, scan, writer};
use bomtrail_testkit::{shared, validate_cyclonedx, validate_spdx23};
use serde_json::{Value, json};

const INTEGRITY: &str = "sha512-8G+/XDU8wNsJOQS5ysDVO0Etg9/2uA5gR9l4ZwijjlwxBcrU6RPfwi2+jJmbP+Ap1Hlp/nVAaEO4Fj22/SL2gQ==";

/// A project that locks sigstore 2.3.1, with the attestations of that package.
struct Project {
    folder: tempfile::TempDir,
    attestations: PathBuf,
}

impl Project {
    fn new() -> Option<Self> {
        let attestations = shared(
            "corpus/provenance/npm/slsa-verifier/provenance-npm-test-cli-v1-prega.tgz.json",
        )?;
        let lock = json!({"name": "app", "version": "1.0.0", "lockfileVersion": 3, "packages": {
            "": {"name": "app", "version": "1.0.0", "dependencies": {"sigstore": "2.3.1"}},
            "node_modules/sigstore": {"version": "2.3.1", "integrity": INTEGRITY,
                "resolved": "https://npmjs.org/sigstore/-/sigstore-2.3.1.tgz"}}});
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("package-lock.json");
        bomtrail::write::write_atomic::<std::io::Error>(&path, |out| write!(out, "{lock}"))
            .unwrap();
        Some(Self {
            folder,
            attestations,
        })
    }

    fn verified(&self) -> (Scan, Verification) {
        let scan = scan(self.folder.path()).unwrap();
        let sources = ProvenanceSources::of(std::slice::from_ref(&self.attestations));
        let verification = verify(scan.graph(), &sources).unwrap();
        (scan, verification)
    }
}

#[test]
fn the_report_follows_its_schema() {
    let Some(project) = Project::new() else {
        return;
    };
    let (scan, verification) = project.verified();
    assert!(verification.diagnostics.is_empty());
    let levels: Vec<_> = verification
        .provenance
        .iter()
        .map(|(_, it)| it.level())
        .collect();
    assert_eq!(levels, [EvidenceLevel::E4]);
    let mut text = Vec::new();
    write_json(scan.graph(), &verification, None, &[], &mut text).unwrap();
    let report: Value = serde_json::from_slice(&text).unwrap();
    let schema = include_str!("../../../../schemas/verify-v1.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let errors: Vec<String> = schema
        .iter_errors(&report)
        .map(|it| it.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let build = report.pointer("/packages/0/build/commit").unwrap();
    assert_eq!(build, "46e7056ff9912ebfee5298d94024895a9fea76c0");
}

fn document(format: &str, scan: &Scan, verification: Option<&Verification>) -> Value {
    let basis = verification.map(Verification::basis).unwrap_or_default();
    let mut bom = Bom::new(scan.graph(), TOOL).timestamp(Some("2026-01-01T00:00:00Z"));
    if let Some(it) = verification {
        bom = bom.tables(Tables::new().provenance(&it.provenance, &basis));
    }
    let mut out = Vec::new();
    let writer = writer(format).unwrap();
    writer
        .write(&bom, &mut out, &mut Diagnostics::new())
        .unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn cyclonedx_says_the_verdict_and_links_what_is_verified() {
    let Some(project) = Project::new() else {
        return;
    };
    let (scan, verification) = project.verified();
    for version in ["1.4", "1.5", "1.6", "1.7"] {
        let format = format!("cyclonedx-json@{version}");
        let plain = document(&format, &scan, None);
        let told = document(&format, &scan, Some(&verification));
        let wrong = validate_cyclonedx(version, &told.to_string());
        assert_eq!(wrong.unwrap_or_default(), Vec::<String>::new(), "{version}");
        assert_ne!(plain["serialNumber"], told["serialNumber"], "{version}");
        let component = &told["components"][0];
        let commit = &component["pedigree"]["commits"][0];
        assert_eq!(commit["uid"], "46e7056ff9912ebfee5298d94024895a9fea76c0");
        let references = component["externalReferences"].as_array().unwrap();
        let has = |kind: &str| references.iter().any(|it| it["type"] == kind);
        assert!(has("vcs") && has("build-system"));
        assert_eq!(has("attestation"), version != "1.4");
        let properties = component["properties"].as_array().unwrap();
        let level = properties
            .iter()
            .find(|it| it["name"] == "bomtrail:provenance:level");
        assert_eq!(level.unwrap()["value"], "E4");
    }
}

#[test]
fn spdx_says_the_verdict_in_annotations() {
    let Some(project) = Project::new() else {
        return;
    };
    let (scan, verification) = project.verified();
    let told = document("spdx-json@2.3", &scan, Some(&verification));
    let text = told.to_string();
    let wrong = validate_spdx23(&text);
    assert_eq!(wrong.unwrap_or_default(), Vec::<String>::new());
    assert!(text.contains("provenance-level=E4"), "{text}");
    assert!(
        text.contains("provenance-basis=trusted-root sha256:"),
        "{text}"
    );
    let plain = document("spdx-json@2.3", &scan, None);
    assert_ne!(plain["documentNamespace"], told["documentNamespace"]);
}

#[test]
fn a_folder_is_read_whole_and_what_is_no_file_of_attestations_is_refused() {
    let Some(project) = Project::new() else {
        return;
    };
    let scan = scan(project.folder.path()).unwrap();
    let of = |path: PathBuf| verify(scan.graph(), &ProvenanceSources::of(&[path]));
    let folder = project.attestations.parent().unwrap().to_path_buf();
    // The folder also holds archives, and tampered copies, which fail.
    let told = of(folder).unwrap();
    assert!(told.diagnostics.worst() < Some(bomtrail::Level::Error));
    assert!(told.provenance.iter().any(|(_, it)| it.has_failed()));
    let none = of(project.folder.path().join("package-lock.json"));
    assert!(matches!(none, Err(ProvenanceError::NothingToVerify { .. })));
    let gone = of(project.folder.path().join("gone.json"));
    assert!(matches!(gone, Err(ProvenanceError::Unreachable { .. })));
}

#[test]
fn a_document_of_ours_lends_no_repository_to_the_package_it_is_about() {
    let Some(project) = Project::new() else {
        return;
    };
    let (first, verification) = project.verified();
    let told = document("cyclonedx-json", &first, Some(&verification));
    let path = project.folder.path().join("app.cdx.json");
    bomtrail::write::write_atomic::<std::io::Error>(&path, |out| write!(out, "{told}")).unwrap();
    let again = scan(&path).unwrap();
    let sources = ProvenanceSources::of(std::slice::from_ref(&project.attestations));
    let verification = verify(again.graph(), &sources).unwrap();
    // What the certificate said would otherwise be compared with itself.
    let levels = verification.provenance.iter().map(|(_, it)| it.level());
    assert_eq!(levels.collect::<Vec<_>>(), [EvidenceLevel::E4]);
}
