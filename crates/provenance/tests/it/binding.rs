//! A bundle proves something of a package only when both name and digest are the package's own.

use bomtrail_graph::{Axis, EvidenceLevel, EvidenceState, Provenance};
use bomtrail_provenance::Trust;
use serde_json::Value;

use crate::corpus::corpus;
use crate::project::{graph, package, prove};

const SHA512: &str = "f06fbf5c353cc0db093904b9cac0d53b412d83dff6b80e6047d9786708a38e5c3105cad4e913dfc22dbe8c999b3fe029d47969fe75406843b8163db6fd22f681";
const FILE: &str = "npm/slsa-verifier/provenance-npm-test-cli-v1-prega.tgz.json";
const PURL: &str = "pkg:npm/sigstore@2.3.1";

fn answer() -> Option<String> {
    Some(std::fs::read_to_string(corpus()?.join(FILE)).unwrap())
}

fn one(
    purl: &str,
    sha512: &str,
    repository: Option<&str>,
    answer: &str,
) -> (Provenance, Vec<&'static str>) {
    let trust = Trust::new(None, None).unwrap();
    let graph = graph(vec![package(purl, sha512, repository)]);
    let (mut table, told) = prove(&graph, &[answer], &trust);
    assert_eq!(table.len(), 1);
    (table.remove(0), told)
}

fn states(provenance: &Provenance) -> [&'static str; 5] {
    Axis::ALL.map(|axis| provenance.evidence(axis).state.name())
}

#[test]
fn the_right_package_reaches_as_far_as_its_own_words_go() {
    let Some(answer) = answer() else { return };
    let (unknown, told) = one(PURL, SHA512, None, &answer);
    assert_eq!(told, Vec::<&str>::new());
    assert_eq!(
        states(&unknown),
        ["verified", "absent", "verified", "verified", "unverifiable"]
    );
    assert_eq!(unknown.level(), EvidenceLevel::E4);
    let declared = "git+https://github.com/sigstore/sigstore-js.git";
    let (same, _) = one(PURL, SHA512, Some(declared), &answer);
    assert_eq!(same.level(), EvidenceLevel::E5);
    assert_eq!(same.build_level.level, Some(2));
    let build = same.build.as_deref().unwrap();
    assert_eq!(
        build.commit.as_deref(),
        Some("46e7056ff9912ebfee5298d94024895a9fea76c0")
    );
    assert_eq!(build.runner.as_deref(), Some("github-hosted"));
    let (other, _) = one(PURL, SHA512, Some("github:someone/else"), &answer);
    assert_eq!(states(&other)[4], "failed");
    assert!(other.has_failed());
    assert_eq!(other.build_level.level, None);
}

#[test]
fn other_bytes_under_the_same_name_fail() {
    let Some(answer) = answer() else { return };
    let (it, _) = one(PURL, &"0".repeat(128), None, &answer);
    assert_eq!(
        states(&it),
        ["verified", "absent", "failed", "failed", "absent"]
    );
    assert_eq!((it.level(), it.build.is_none()), (EvidenceLevel::E1, true));
}

#[test]
fn an_answer_that_is_filed_under_another_package_fails() {
    let Some(answer) = answer() else { return };
    let parsed: Value = serde_json::from_str(&answer).unwrap();
    let audit = serde_json::json!({"invalid": [], "missing": [], "verified": [
        {"name": "evil", "version": "2.3.1", "attestationBundles": parsed["attestations"]}]});
    let (it, _) = one("pkg:npm/evil@2.3.1", SHA512, None, &audit.to_string());
    assert!(it.has_failed());
    assert_eq!(it.level(), EvidenceLevel::E1);
    let reason = &it.evidence(Axis::ProvenanceVerified).reason;
    assert!(
        reason.contains("about `pkg:npm/sigstore@2.3.1`"),
        "{reason}"
    );
}

#[test]
fn an_answer_of_a_package_that_is_not_there_is_told_and_left() {
    let Some(answer) = answer() else { return };
    let (it, told) = one("pkg:npm/sigstore@2.3.0", SHA512, None, &answer);
    assert_eq!(
        states(&it),
        ["verified", "absent", "absent", "absent", "absent"]
    );
    assert_eq!(told, ["provenance/unbound"]);
}

#[test]
fn one_bad_bundle_is_not_hidden_by_a_good_one_and_the_same_one_counts_once() {
    let Some(answer) = answer() else { return };
    let folder = corpus().unwrap();
    let bad = "npm/slsa-verifier/provenance-npm-test-cli-v1-prega-invalidsigprov.tgz.json";
    let bad = std::fs::read_to_string(folder.join(bad)).unwrap();
    let trust = Trust::new(None, None).unwrap();
    let graph = graph(vec![package(PURL, SHA512, None)]);
    let (twice, _) = prove(&graph, &[&answer, &answer], &trust);
    assert_eq!(twice[0].attestations.len(), 2);
    for files in [[&answer, &bad], [&bad, &answer]] {
        let (table, _) = prove(&graph, &files.map(String::as_str), &trust);
        assert!(table[0].has_failed());
        let axis = table[0].evidence(Axis::ProvenanceVerified);
        assert_eq!(axis.state, EvidenceState::Failed);
    }
}

#[test]
fn a_key_that_is_not_known_fails_nothing() {
    let Some(answer) = answer() else { return };
    let trust = Trust::new(None, Some(r#"{"keys":[]}"#)).unwrap();
    let graph = graph(vec![package(PURL, SHA512, None)]);
    let (table, _) = prove(&graph, &[&answer], &trust);
    assert_eq!(states(&table[0])[2..4], ["unverifiable", "verified"]);
    assert!(!table[0].has_failed());
}

#[test]
fn signatures_of_the_registry() {
    let Some(folder) = corpus() else { return };
    let table = std::fs::read_to_string(folder.join("registry-signatures/registry_signatures.tsv"))
        .unwrap();
    let trust = Trust::new(None, None).unwrap();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (name, version, integrity, verdict) = (cells[0], cells[1], cells[2], cells[6]);
        let (scope, plain) = name
            .split_once('/')
            .map_or(("", name), |(scope, name)| (scope, name));
        let scope = scope.replace('@', "%40");
        let purl = format!("pkg:npm/{scope}/{plain}@{version}").replace("npm//", "npm/");
        let mut package = package(&purl, &"0".repeat(128), None);
        package.hashes = [bomtrail_graph::Hash::new(
            bomtrail_graph::HashAlgorithm::Sha512,
            &base64(integrity.strip_prefix("sha512-").unwrap()),
        )
        .unwrap()]
        .into();
        let manifest = |integrity: &str, time: &str| {
            serde_json::json!({"name": name, "time": {version: time}, "versions": {version: {"name": name,
                "version": version, "dist": {"integrity": integrity,
                "signatures": [{"keyid": cells[3], "sig": cells[4]}]}}}})
            .to_string()
        };
        let graph = graph(vec![package]);
        let state = |text: &str| {
            let (table, _) = prove(&graph, &[text], &trust);
            table[0].evidence(Axis::RegistrySigned).state
        };
        let wanted = if verdict == "ok" {
            EvidenceState::Verified
        } else {
            EvidenceState::Failed
        };
        let early = "2022-01-01T00:00:00.000Z";
        assert_eq!(state(&manifest(integrity, early)), wanted, "{name}");
        assert_eq!(
            state(&manifest(integrity, "2025-06-01T00:00:00.000Z")),
            EvidenceState::Failed,
            "late: {name}"
        );
        assert_eq!(
            state(&manifest("sha512-AAAA", early)),
            EvidenceState::Failed,
            "other bytes: {name}"
        );
    }
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD
        .decode(text)
        .unwrap()
}
