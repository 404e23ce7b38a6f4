//! A comparison counts what is missing and extra, with tools that are small programs of the test.

use std::path::Path;

use super::answer::{arborist, corpus, listing};
use super::difference::{Difference, Pair};
use super::options::Options;
use super::project::Project;
use super::sbom;
use crate::checkout::write;

/// The root needs `a` and, for development, `b`; `a` needs `c`. A member `one` needs `b`, and may name its peer `c`.
const EXPECTED: &str = r#"{
    "workspaces": [{"path": ".", "name": null}, {"path": "one", "name": "one", "version": "1.0.0"}],
    "packages": [
        {"key": "workspace:one", "source": "workspace", "path": "one", "names": ["one"]},
        {"key": "@s/a@1.0.0", "source": "registry"},
        {"key": "b@2.0.0", "source": "registry"},
        {"key": "c@github:o/c#0123", "source": "git", "commit": "0123"},
        {"key": "late@1.0.0", "source": "registry", "unreachable": true},
        {"key": "directory:lib", "source": "directory", "names": ["lib"]}
    ],
    "edges": {
        "workspace:.": [["@s/a@1.0.0", "dependencies"], ["b@2.0.0", "devDependencies"], ["workspace:one", "dependencies"]],
        "workspace:one": [["b@2.0.0", "dependencies"], ["c@github:o/c#0123", "peerDependencies"]],
        "@s/a@1.0.0": [["c@github:o/c#0123", "dependencies"]]
    },
    "unresolved": []
}"#;

/// All of it; `more` are components, `needs` what the root needs.
fn document(more: &str, needs: &str) -> String {
    format!(
        r#"{{"metadata": {{"component": {{"bom-ref": "r", "name": "root"}}}},
        "components": [
            {{"bom-ref": "a", "name": "a", "group": "@s", "version": "1.0.0", "purl": "pkg:npm/%40s/a@1.0.0"}},
            {{"bom-ref": "c", "name": "c", "version": "3.0.0", "purl": "pkg:npm/c@3.0.0?vcs_url=git%2Bhttps://github.com/o/c%230123"}},
            {{"bom-ref": "w", "name": "one", "version": "1.0.0", "components": [
                {{"bom-ref": "b", "name": "b", "version": "2.0.0", "purl": "pkg:npm/b@2.0.0"}}]}}
            {more}],
        "dependencies": [
            {{"ref": "r", "dependsOn": ["a", {needs} "w"]}},
            {{"ref": "w", "dependsOn": ["b"]}},
            {{"ref": "a", "dependsOn": ["c"]}}]}}"#
    )
}

fn difference(document: &str) -> Difference {
    let answer = corpus::parse(EXPECTED).unwrap();
    Difference::between(&answer, &sbom::parse(document).unwrap())
}

fn pair(missing: usize, extra: usize) -> Pair {
    Pair { missing, extra }
}

#[test]
fn what_fits_has_no_difference_whatever_a_tool_calls_the_root() {
    assert_eq!(difference(&document("", "\"b\",")), Difference::default());
}

#[test]
fn local_and_unreachable_packages_and_files_are_not_extra() {
    let more = r#", {"bom-ref": "l", "name": "lib", "version": "0.0.0", "purl": "pkg:npm/lib@0.0.0"},
        {"name": "late", "version": "1.0.0", "purl": "pkg:npm/late@1.0.0"}, {"name": "yarn.lock"}"#;
    assert_eq!(
        difference(&document(more, "\"b\", \"l\",")),
        Difference::default()
    );
}

#[test]
fn each_kind_of_difference_is_counted() {
    let more = r#", {"bom-ref": "x", "name": "x", "version": "1.0.0", "purl": "pkg:npm/x@1.0.0"}"#;
    let found = difference(&document(more, "\"c\", \"x\","));
    assert_eq!(found.components, pair(0, 1));
    assert_eq!(found.edges, pair(0, 0));
    assert_eq!(found.own, pair(1, 1));
    let nothing = difference("{}");
    assert_eq!(
        (nothing.components, nothing.edges, nothing.own),
        (pair(3, 0), pair(1, 0), pair(3, 0))
    );
}

#[test]
fn a_package_with_the_name_and_version_of_a_member_is_not_counted() {
    let expected = EXPECTED.replace("b@2.0.0", "one@1.0.0");
    let answer = corpus::parse(&expected).unwrap();
    let without = document("", "").replace("[\"b\"]", "[]");
    let found = Difference::between(&answer, &sbom::parse(&without).unwrap());
    assert_eq!((found.components.missing, found.own), (0, pair(0, 0)));
}

#[test]
fn npm_answers_with_links_followed_and_aliases_by_their_package() {
    let view = r#"{"nodes": [
        {"location": "", "name": "app", "packageName": "app", "root": true},
        {"location": "node_modules/one", "name": "one", "link": true},
        {"location": "one", "name": "one", "packageName": "one", "version": "1.0.0"},
        {"location": "node_modules/other", "name": "other", "packageName": "b", "version": "2.0.0"}],
        "edges": [
        {"from": "", "to": "node_modules/one", "toTarget": "one", "type": "workspace"},
        {"from": "one", "to": "node_modules/other", "type": "prod"},
        {"from": "", "to": null, "type": "optional"}]}"#;
    let listed = r#"{"name": "app", "dependencies": {
        "one": {"name": "one", "version": "1.0.0", "resolved": "file:../one", "dependencies": {
            "other": {"name": "b", "version": "2.0.0"}, "gone": {"missing": true}}}}}"#;
    let document = r#"{"metadata": {"component": {"bom-ref": "r", "name": "app"}},
        "components": [{"bom-ref": "w", "name": "one", "version": "1.0.0"},
            {"bom-ref": "b", "name": "b", "version": "2.0.0", "purl": "pkg:npm/b@2.0.0"}],
        "dependencies": [{"ref": "r", "dependsOn": ["w"]}, {"ref": "w", "dependsOn": ["b"]}]}"#;
    let document = sbom::parse(document).unwrap();
    for answer in [
        arborist::parse(view).unwrap().unwrap(),
        listing::parse(listed).unwrap(),
    ] {
        assert_eq!(
            Difference::between(&answer, &document),
            Difference::default()
        );
        assert_eq!((answer.packages.len(), answer.edges.len()), (1, 1));
    }
    assert!(
        arborist::parse(r#"{"error": "EINVALID"}"#)
            .unwrap()
            .is_none()
    );
}

#[test]
fn options_are_read_and_unknown_ones_refused() {
    let options = Options::parse(&["one", "--tools", "t", "--each", "two"]).unwrap();
    assert_eq!((options.projects.len(), options.each), (2, true));
    assert!(Options::parse(&["--tools"]).is_err());
    assert!(Options::parse(&["--best"]).is_err());
}

/// Tools of the test: one that writes the right SBOM, one that writes none, one that fails.
#[cfg(unix)]
#[test]
fn installed_tools_are_run_and_those_without_an_sbom_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("home/project/yarn.lock"), "__metadata:\n  version: 8\n").unwrap();
    write(&at("home/expected.json"), EXPECTED).unwrap();
    write(&at("right.json"), &document("", "\"b\",")).unwrap();
    let right = at("right.json");
    program(
        &at("bomtrail"),
        &format!("echo \"$1\" > seen; cat {} > \"$5\"", right.display()),
    );
    program(
        &at("tools/bin/syft"),
        "echo 'warning: old' >&2; echo 'Error: no luck' >&2; exit 3",
    );
    program(&at("tools/cdxgen"), "exit 0");
    let (home, tools, bomtrail) = (at("home"), at("tools"), at("bomtrail"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let args = [
        text(&home),
        "--tools".into(),
        text(&tools),
        "--bomtrail".into(),
        text(&bomtrail),
    ];
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let options = Options::parse(&args).unwrap();
    let projects = Project::all(&options).unwrap();
    let [project] = &projects[..] else {
        panic!("{} projects", projects.len());
    };
    let run = |name: &str| {
        let tool = super::TOOLS.iter().find(|it| it.name == name).unwrap();
        super::measured(tool, project, &options).map_err(|error| error.to_string())
    };
    assert_eq!(run("bomtrail").unwrap().difference, Difference::default());
    assert_eq!(run("syft").err().unwrap(), "exit status: 3: Error: no luck");
    assert_eq!(run("cdxgen").err().unwrap(), "it wrote no SBOM");
    assert!(
        !home.join("project/seen").exists(),
        "the project itself was changed"
    );
}

#[cfg(unix)]
fn program(file: &Path, body: &str) {
    use std::os::unix::fs::PermissionsExt;
    write(file, &format!("#!/bin/sh\n{body}\n")).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}
