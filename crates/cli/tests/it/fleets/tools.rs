//! SBOMs of other tools, as they write them, next to ours in one store. `sboms` has what npm, cdxgen and syft say about one
//! project, and trivy about a small Debian system.

use std::path::Path;

use super::{answer, project};
use crate::run::bomtrail;

#[test]
fn sboms_of_several_tools_are_stored_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    project(&here.join("ours"), "shop", "1.0.0", "own");
    let sboms = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fleets/sboms");
    let added = bomtrail(here)
        .args(["fleet", "add", "ours"])
        .arg(&sboms)
        .output()
        .unwrap();
    let problems = String::from_utf8_lossy(&added.stderr);
    assert!(added.status.success(), "{problems}");
    assert!(problems.contains("added 7 SBOMs"), "{problems}");
    let listed = answer(here, &["ls"])["sboms"].as_array().unwrap().clone();
    let mut tools: Vec<String> = listed
        .iter()
        .map(|it| it["release"]["tool"].as_str().unwrap().to_owned())
        .collect();
    tools.sort_unstable();
    tools.dedup();
    for tool in ["bomtrail", "cdxgen", "npm", "syft", "trivy"] {
        assert!(
            tools.iter().any(|it| it.contains(tool)),
            "{tool}: {tools:?}"
        );
    }
    // Every tool that read the project names the package in the same way, so one question finds all of them.
    let found = answer(here, &["where", "pkg:npm/bad@1.0.0"])["found"]
        .as_array()
        .unwrap()
        .clone();
    let products: Vec<&str> = found
        .iter()
        .map(|it| it["product"].as_str().unwrap())
        .collect();
    assert!(products.contains(&"shop"), "{products:?}");
    let of_shop = found.iter().find(|it| it["product"] == "shop").unwrap();
    // They are views of one release, which still has it.
    assert_eq!(of_shop["releases"], 1, "{of_shop}");
    assert_eq!(of_shop["current"], true, "{of_shop}");
    let debian = answer(here, &["where", "web-server"])["found"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(debian[0]["product"], "rootfs");
    assert_eq!(super::count(here), 7);
}
