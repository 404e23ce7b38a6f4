//! One SBOM for each workspace member.

use crate::run::{basic, get, names, put, shown};

/// A project of two members, one of which uses the other to develop.
pub(crate) const WORKSPACES: &str = r#"{"name":"all","lockfileVersion":3,"packages":{
  "":{"name":"all","workspaces":["packages/*"]},
  "packages/one":{"name":"@all/one","version":"1.0.0","dependencies":{"x":"^1.0.0"}},
  "packages/two":{"name":"two","version":"2.0.0","devDependencies":{"@all/one":"*"}},
  "node_modules/@all/one":{"resolved":"packages/one","link":true},
  "node_modules/two":{"resolved":"packages/two","link":true},
  "node_modules/x":{"version":"1.2.3"}}}"#;

#[test]
fn every_member_has_its_own_document() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", WORKSPACES);
    insta::assert_snapshot!(shown(folder.path(), &["sbom", "--split", "out/sboms"]), @r"
    exit 0
    --- stdout
    --- stderr
    wrote `out/sboms/all-one.cdx.json`
    wrote `out/sboms/two.cdx.json`
    ");
    let out = folder.path().join("out/sboms");
    assert_eq!(names(&out), ["all-one.cdx.json", "two.cdx.json"]);
    let one = get(&out, "all-one.cdx.json");
    assert!(one.contains("pkg:npm/x@1.2.3") && !one.contains("\"two\""));
    let whole = shown(folder.path(), &["sbom", "--workspace", "@all/one"]);
    assert!(whole.contains(&one));
}

#[test]
fn several_formats_have_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "package-lock.json", WORKSPACES);
    let formats = [
        "sbom",
        "--split",
        "out",
        "-f",
        "spdx-json",
        "-f",
        "cyclonedx-json@1.5",
        "-f",
        "cyclonedx-json@1.6",
    ];
    assert!(shown(folder.path(), &formats).starts_with("exit 0"));
    let expected = [
        "all-one-1.5.cdx.json",
        "all-one-1.6.cdx.json",
        "all-one.spdx.json",
        "two-1.5.cdx.json",
        "two-1.6.cdx.json",
        "two.spdx.json",
    ];
    assert_eq!(names(&folder.path().join("out")), expected);
}

#[test]
fn a_project_without_members_is_not_split() {
    let folder = tempfile::tempdir().unwrap();
    let path = basic();
    let split = ["sbom", path.to_str().unwrap(), "--split", "out"];
    insta::assert_snapshot!(shown(folder.path(), &split), @r"
    exit 2
    --- stdout
    --- stderr
    error: the project has no workspace members, so --split cannot be used
    ");
    assert!(names(folder.path()).is_empty());
}
