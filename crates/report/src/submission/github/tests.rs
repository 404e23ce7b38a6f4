//! A snapshot of a graph with one of everything.

use serde_json::Value;

use super::*;
use crate::graph::tests::{TOOL, everything};

fn written(bom: &Bom<'_>) -> Result<(Value, usize), WriteError> {
    let (mut out, mut diagnostics) = (Vec::new(), Diagnostics::new());
    GitHubSnapshot.write(bom, &mut out, &mut diagnostics)?;
    Ok((
        serde_json::from_slice(&out).unwrap(),
        diagnostics.iter().count(),
    ))
}

#[test]
fn a_snapshot_names_each_package_once_with_its_direct_dependencies() {
    let graph = everything();
    let build = Build::new("c0ffee", "refs/heads/main", "7", "sbom");
    let bom = Bom::new(&graph, TOOL)
        .folder("apps/shop")
        .build(Some(build))
        .timestamp(Some("2026-01-01T00:00:00Z"));
    let (snapshot, _) = written(&bom).unwrap();
    assert_eq!(snapshot["sha"], "c0ffee");
    assert_eq!(snapshot["job"]["correlator"], "sbom");
    let manifest = &snapshot["manifests"]["apps/shop/package-lock.json"];
    assert_eq!(
        manifest["file"]["source_location"],
        "apps/shop/package-lock.json"
    );
    let resolved = manifest["resolved"].as_object().unwrap();
    let scoped = &resolved["pkg:npm/%40x/a@1.0.0"];
    assert_eq!(scoped["package_url"], "pkg:npm/%40x/a@1.0.0");
    assert_eq!(scoped["relationship"], "direct");
    assert!(
        !resolved.keys().any(|it| it.contains("/app@")),
        "{resolved:?}"
    );
    for (_, it) in resolved {
        for below in it["dependencies"].as_array().unwrap() {
            assert!(resolved.contains_key(below.as_str().unwrap()), "{below}");
        }
    }
}

#[test]
fn a_snapshot_needs_a_commit_and_a_time() {
    let graph = everything();
    let error = written(&Bom::new(&graph, TOOL)).unwrap_err().to_string();
    assert!(error.contains("GITHUB_SHA"), "{error}");
    let build = Build::new("c0ffee", "refs/heads/main", "7", "sbom");
    let error = written(&Bom::new(&graph, TOOL).build(Some(build))).unwrap_err();
    assert!(error.to_string().contains("--timestamp"), "{error}");
}
