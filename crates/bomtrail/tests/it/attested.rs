//! Attestations against the fixtures: each folder of `fixtures/provenance/` is named after what it proves. Authority, log and
//! registry in them are made up, with keys that were thrown away, so these run where no real attestation is at hand.

use std::path::{Path, PathBuf};

use bomtrail::provenance::{
    Axis, EvidenceState, ProvenanceSources, Verification, verify, write_json,
};
use bomtrail::source::Disk;
use bomtrail::write::write_atomic;
use bomtrail::{Bom, Diagnostics, Graph, Scan, TOOL, Tables, scan, writer};
use bomtrail_testkit::{Outputs, cases, mutations, run_fixtures, sample};

/// The attestations of a fixture and what is trusted in it; nothing where it has none.
pub(crate) fn sources(folder: &Path) -> Option<ProvenanceSources> {
    let there = |name: &str| -> Option<PathBuf> {
        let path = folder.join(name);
        path.exists().then_some(path)
    };
    let sources = ProvenanceSources::of(&[there("attestations.json")?])
        .trusted_root(there("trusted-root.json"))
        .npm_keys(there("npm-keys.json"));
    Some(sources)
}

/// What is proved of each package, a line for each thing that was looked at.
fn shown(graph: &Graph, verification: &Verification) -> String {
    let mut lines = Vec::new();
    for (id, it) in verification.provenance.iter() {
        let node = graph.nodes().find(|node| node.id() == id).unwrap();
        lines.push(format!("{}: {}", node.reference(), it.level().name()));
        for axis in Axis::ALL {
            let evidence = it.evidence(axis);
            if evidence.state != EvidenceState::Absent {
                let line = format!(
                    "  {}: {} {}",
                    axis.name(),
                    evidence.state.name(),
                    evidence.reason
                );
                lines.push(line.trim_end().to_owned());
            }
        }
        if let Some(level) = it.build_level.level {
            lines.push(format!("  SLSA build level {level}"));
        }
        if let Some(build) = &it.build {
            let repository = build.repository.as_deref().unwrap_or("?");
            lines.push(format!("  built from {repository}"));
        }
    }
    lines.extend(verification.diagnostics.iter().map(ToString::to_string));
    lines.join("\n") + "\n"
}

#[test]
fn fixtures() {
    run_fixtures("provenance", |case| {
        let folder = case.folder.path();
        let scan = scan(folder).unwrap();
        let told = verify(scan.graph(), &sources(folder).unwrap()).unwrap();
        // Messages name the file as it was given.
        let place = format!("{}/", folder.display());
        let text = shown(scan.graph(), &told).replace(&place, "");
        Outputs::default().with("expected.verify", text)
    });
}

/// Everything that is printed of a verification: our JSON, and SBOMs of each family.
fn printed(scan: &Scan, verification: &Verification) -> String {
    let mut out = Vec::new();
    write_json(scan.graph(), verification, None, &[], &mut out).unwrap();
    let basis = verification.basis();
    for format in ["cyclonedx-json", "spdx-json@2.3", "spdx-json@3.0.1"] {
        let bom = Bom::new(scan.graph(), TOOL).timestamp(Some("2026-01-01T00:00:00Z"));
        let bom = bom.tables(Tables::new().provenance(&verification.provenance, &basis));
        let writer = writer(format).unwrap();
        writer
            .write(&bom, &mut out, &mut Diagnostics::new())
            .unwrap();
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn what_no_signature_covers_is_printed_nowhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/provenance/attested");
    let scan = scan(&folder).unwrap();
    let mut sources = sources(&folder).unwrap();
    let good = verify(scan.graph(), &sources).unwrap();
    let wanted = printed(&scan, &good);
    let disk = Disk::open(&folder, 1 << 20).unwrap();
    let text = String::from_utf8(disk.load("attestations.json").unwrap()).unwrap();
    let given = tempfile::tempdir().unwrap();
    let path = given.path().join("attestations.json");
    sources.attestations = vec![path.clone()];
    let (mut refused, mut taken) = (0, 0);
    for mutant in sample(mutations(&serde_json::from_str(&text).unwrap()), 8) {
        write_atomic::<std::io::Error>(&path, |out| write!(out, "{}", mutant.document)).unwrap();
        let Ok(found) = verify(scan.graph(), &sources) else {
            refused += 1;
            continue;
        };
        // All that was verified still is, though something is not as it was.
        if verdicts(&found) == verdicts(&good) && found.diagnostics.is_empty() {
            taken += 1;
            let told = printed(&scan, &found);
            assert!(told == wanted, "{} {}", mutant.pointer, mutant.what);
        } else {
            refused += 1;
        }
    }
    assert!(
        refused > cases(25, 200) && taken > 0,
        "{refused} refused, {taken} taken"
    );
}

/// The state of each thing that was looked at.
fn verdicts(of: &Verification) -> Vec<EvidenceState> {
    let all = of.provenance.iter().flat_map(|(_, it)| {
        let axes = Axis::ALL.iter().map(|axis| it.evidence(*axis).state);
        axes.chain(it.attestations.iter().map(|it| it.evidence.state))
    });
    all.collect()
}
