//! Attestations against the fixtures: each folder of `fixtures/provenance/` is named after what it proves. Authority, log and
//! registry in them are made up, with keys that were thrown away, so these run where no real attestation is at hand.

use std::path::{Path, PathBuf};

use bomtrail::provenance::{Axis, EvidenceState, ProvenanceSources, Verification, verify};
use bomtrail::{Graph, scan};
use bomtrail_testkit::{Outputs, run_fixtures};

/// The attestations of a fixture and what is trusted in it; nothing where it has none.
pub(crate) fn sources(folder: &Path) -> Option<ProvenanceSources> {
    let there = |name: &str| -> Option<PathBuf> {
        let path = folder.join(name);
        path.exists().then_some(path)
    };
    let mut sources = ProvenanceSources::of(&[there("attestations.json")?]);
    sources.trusted_root = there("trusted-root.json");
    sources.npm_keys = there("npm-keys.json");
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
