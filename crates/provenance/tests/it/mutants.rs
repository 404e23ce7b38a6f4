//! Good bundles with one field changed are refused; the few fields that no signature covers change nothing that is reported.

use std::collections::BTreeSet;

use bomtrail_graph::EvidenceState;
use bomtrail_provenance::{Outcome, Request, Subject, Trust, check};
use bomtrail_testkit::{cases, mutations, sample};
use serde_json::Value;

use crate::corpus::{corpus, digest, entry};

/// File, index, artifact and trusted root of good bundles of every kind.
const GOOD: [(&str, Option<usize>, Option<&str>); 11] = [
    ("npm/cli/valid-sigstore-attestations.json", Some(0), None),
    ("npm/cli/valid-sigstore-attestations.json", Some(1), None),
    (
        "npm/slsa-verifier/provenance-npm-test-cli-v1-prega.tgz.json",
        Some(0),
        None,
    ),
    (
        "npm/slsa-verifier/provenance-npm-test-cli-v1-prega.tgz.json",
        Some(1),
        None,
    ),
    (
        "npm/slsa-verifier/provenance-npm-test-ossf.tgz.json",
        Some(1),
        None,
    ),
    (
        "npm/slsa-verifier/gundam-visor-cli-v1-tag.tgz.json",
        Some(1),
        None,
    ),
    ("bundles/sigstore-go/bundle-provenance.json", None, None),
    ("bundles/gh-cli/sigstore-js-2.1.0-bundle.json", None, None),
    (
        "conformance/happy-path-v0.3/bundle.sigstore.json",
        None,
        None,
    ),
    (
        "conformance/happy-path-intoto-in-dsse-v3/bundle.sigstore.json",
        None,
        None,
    ),
    (
        "conformance/rekor2-dsse-happy-path/bundle.sigstore.json",
        None,
        Some("conformance/rekor2-dsse-happy-path/trusted_root.json"),
    ),
];

/// What no signature covers, by the last parts of its place. Version 2 of the log has its own list: there the checkpoint
/// says all that the fields next to it repeat.
fn is_unauthenticated(pointer: &str, is_v2: bool) -> bool {
    // Certificates above the signer's own: the path to a trusted root is built without them.
    let above = pointer
        .strip_prefix("/verificationMaterial/x509CertificateChain/certificates/")
        .is_some_and(|rest| !rest.starts_with("0/"));
    // The text of a checkpoint names its signers, and holds signatures of further witnesses.
    let checkpoint = pointer.ends_with("/inclusionProof/checkpoint/envelope");
    let repeated = [
        "/logId/keyId",
        "/inclusionProof/rootHash",
        "/inclusionProof/treeSize",
        "/logIndex",
    ];
    let repeated = is_v2 && repeated.iter().any(|it| pointer.ends_with(it));
    // A proof's size is checked against the path, which fits more than one size.
    let size = pointer.ends_with("/inclusionProof/treeSize");
    above || checkpoint || repeated || size
}

fn artifact(
    folder: &std::path::Path,
    file: &str,
    index: Option<usize>,
) -> Result<bomtrail_graph::Hash, Vec<u8>> {
    let table = std::fs::read_to_string(folder.join("VERDICTS.tsv")).unwrap();
    let index = index.map_or("-".to_owned(), |it| it.to_string());
    let row = table.lines().map(|it| it.split('\t').collect::<Vec<_>>());
    let mut row = row.filter(|it| it[0] == file && it[1] == index);
    let artifact = row.next().unwrap()[2].to_owned();
    digest(&artifact).ok_or_else(|| std::fs::read(folder.join(artifact)).unwrap())
}

#[test]
fn single_field_mutations_are_refused_or_change_nothing() {
    let Some(folder) = corpus() else { return };
    let (mut tried, mut unauthenticated) = (0_usize, BTreeSet::new());
    let mut wrong = Vec::new();
    for (file, index, root) in GOOD {
        let root = root.map(|it| std::fs::read_to_string(folder.join(it)).unwrap());
        let trust = Trust::new(root.as_deref(), None).unwrap();
        let (wrapper, bundle) = entry(&folder.join(file), index);
        let artifact = artifact(&folder, file, index);
        let judge = |bundle: &Value| -> Outcome {
            let subject = artifact
                .as_ref()
                .map_or_else(|it| Subject::Bytes(it), Subject::Digest);
            let mut request = Request::new(subject);
            request.wrapper = wrapper.as_deref();
            check(&trust, &bundle.to_string(), &request)
        };
        let bundle: Value = serde_json::from_str(&bundle).unwrap();
        let good = judge(&bundle);
        assert_eq!(good.state(), EvidenceState::Verified, "{file}: {good:?}");
        for mutant in sample(mutations(&bundle), 5) {
            tried += 1;
            let outcome = judge(&mutant.document);
            if outcome.state() != EvidenceState::Verified {
                assert!(
                    outcome.signer.is_none(),
                    "{file}: a refused bundle names a signer"
                );
                continue;
            }
            let place = format!("{file} {index:?} {} {}", mutant.pointer, mutant.what);
            if !is_unauthenticated(&mutant.pointer, root.is_some()) {
                wrong.push(place.clone());
            }
            assert_eq!(
                outcome, good,
                "an unauthenticated field is reported as a fact: {place}"
            );
            unauthenticated.insert(mutant.pointer);
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "accepted");
    assert!(tried > cases(180, 900), "{tried} mutants");
    assert!(unauthenticated.len() < 30, "{unauthenticated:?}");
    eprintln!("{tried} mutants; unauthenticated: {unauthenticated:#?}");
}
