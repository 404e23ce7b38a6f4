//! Every attestation of the corpus gets the verdict that is on record for it.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail_graph::EvidenceState;
use bomtrail_provenance::{Outcome, PublicKey, Request, Subject, Trust, check};

use crate::corpus::{corpus, digest, entry};

/// One line of `VERDICTS.tsv`.
struct Row<'t> {
    file: &'t str,
    index: Option<usize>,
    artifact: &'t str,
    root: &'t str,
    combined: &'t str,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| names.iter().position(|it| *it == name).unwrap();
    let (file, index, artifact) = (
        column("file"),
        column("attestation_index"),
        column("artifact"),
    );
    let (root, combined) = (column("trusted_root"), column("combined"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                file: cells[file],
                index: cells[index].parse().ok(),
                artifact: cells[artifact],
                root: cells[root],
                combined: cells[combined],
            }
        })
        .collect()
}

fn judge(folder: &Path, row: &Row<'_>, embedded: &Trust) -> Outcome {
    let (wrapper, bundle) = entry(&folder.join(row.file), row.index);
    let hash = digest(row.artifact);
    let bytes = hash
        .is_none()
        .then(|| std::fs::read(folder.join(row.artifact)).unwrap());
    let subject = match (&hash, &bytes) {
        (Some(hash), _) => Subject::Digest(hash),
        (None, Some(bytes)) => Subject::Bytes(bytes),
        (None, None) => unreachable!("one of the two is there"),
    };
    let key = std::fs::read_to_string(folder.join(row.file).with_file_name("key.pub")).ok();
    let key = key.map(|pem| PublicKey::from_pem(&pem).unwrap());
    let mut request = Request::new(subject);
    request.wrapper = wrapper.as_deref();
    request.key = key.as_ref();
    if row.root == "prod" {
        return check(embedded, &bundle, &request);
    }
    let root = std::fs::read_to_string(folder.join(row.root)).unwrap();
    // A root that cannot be used verifies nothing.
    Trust::new(Some(&root), None).map_or_else(
        |_| check(embedded, "", &request),
        |trust| check(&trust, &bundle, &request),
    )
}

#[test]
fn every_attestation_gets_its_verdict() {
    let Some(folder) = corpus() else { return };
    let table = std::fs::read_to_string(folder.join("VERDICTS.tsv")).unwrap();
    let embedded = Trust::new(None, None).unwrap();
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows(&table) {
        let outcome = judge(&folder, &row, &embedded);
        let state = outcome.state();
        *counts.entry(state.name()).or_default() += 1;
        let is_verified = state == EvidenceState::Verified;
        let evidence = &outcome.attestation.evidence;
        if std::env::var_os("SHOW").is_some() {
            eprintln!(
                "{} {} {:?} {} | {}",
                row.combined,
                row.file,
                row.index,
                state.name(),
                evidence.reason
            );
            eprintln!("    {:?} {:?}", outcome.consistency, outcome.build_level);
        }
        if is_verified != (row.combined == "ok") {
            wrong.push(format!("{} {:?}: {evidence:?}", row.file, row.index));
        }
        if !is_verified {
            assert!(!evidence.reason.is_empty(), "{}: no reason", row.file);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(counts["verified"] > 40, "{counts:?}");
}
