//! The commands that work on SBOMs: validate, convert, merge and diff.

use crate::run::{basic, bomtrail, finish, get, put, shown, stdout};

const TIME: &str = "2026-01-01T00:00:00Z";

/// A folder with the SBOM of the small project.
fn with_sbom() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let project = basic();
    let project = project.to_str().unwrap();
    let arguments = ["sbom", project, "-o", "app.cdx.json", "--timestamp", TIME];
    let full = ["--detail", "full"];
    stdout(folder.path(), &[&arguments[..], &full].concat());
    folder
}

#[test]
fn an_sbom_is_an_input_of_every_graph_command() {
    let folder = with_sbom();
    let project = basic();
    let project = project.to_str().unwrap();
    for command in [&["tree"][..], &["graph", "-f", "dot"]] {
        let of = |input: &str| {
            let arguments: Vec<&str> = command.iter().copied().chain([input]).collect();
            bomtrail(folder.path())
                .args(arguments)
                .output()
                .unwrap()
                .stdout
        };
        assert_eq!(of(project), of("app.cdx.json"), "{command:?}");
    }
}

#[test]
fn the_content_tells_what_the_name_does_not() {
    let folder = with_sbom();
    put(
        folder.path(),
        "upload.txt",
        &get(folder.path(), "app.cdx.json"),
    );
    let tree = |file: &str| stdout(folder.path(), &["tree", "-q", file]);
    assert_eq!(tree("upload.txt"), tree("app.cdx.json"));
    put(folder.path(), "other.txt", "hello");
    assert!(shown(folder.path(), &["tree", "other.txt"]).starts_with("exit 2\n"));
}

#[test]
fn convert_goes_through_every_format_and_comes_back() {
    let folder = with_sbom();
    let here = folder.path();
    let convert = |from: &str, format: &str, to: &str| {
        let arguments = ["convert", "-q", from, "-f", format, "-o", to];
        assert_eq!(stdout(here, &arguments), "");
    };
    convert("app.cdx.json", "cyclonedx-json", "same.json");
    let value =
        |name: &str| -> serde_json::Value { serde_json::from_str(&get(here, name)).unwrap() };
    assert_eq!(value("same.json"), value("app.cdx.json"));
    for format in [
        "cyclonedx-xml@1.7",
        "spdx-json",
        "spdx-json@3.0.1",
        "spdx-tag-value",
    ] {
        convert("app.cdx.json", format, "there");
        convert("there", "cyclonedx-json", "back.json");
        for part in ["components", "dependencies", "compositions"] {
            assert_eq!(
                value("back.json")[part],
                value("app.cdx.json")[part],
                "{format}"
            );
        }
        assert_eq!(value("back.json")["metadata"]["timestamp"], TIME);
    }
}

#[test]
fn what_a_conversion_loses_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let document = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"lifecycles":[{"phase":"build"}]},
        "components":[{"type":"library","name":"a","copyright":"me"}],"vulnerabilities":[{"id":"CVE-1"}]}"#;
    put(here, "a.json", document);
    let told = shown(
        here,
        &[
            "convert",
            "a.json",
            "-f",
            "cyclonedx-json@1.4",
            "-o",
            "b.json",
        ],
    );
    assert_eq!(
        told,
        "exit 0\n--- stdout\n--- stderr\n\
         wrote `b.json`: cyclonedx-json 1.4, 1 component, 0 dependencies\n\
         note[cyclonedx/lossy] cyclonedx-json@1.4: `lifecycles` is left out (1 in this document); this version has no place for it\n"
    );
    assert!(get(here, "b.json").contains("CVE-1"));
    let told = shown(
        here,
        &[
            "convert",
            "a.json",
            "-f",
            "spdx-tag-value",
            "--timestamp",
            TIME,
            "-o",
            "b",
            "--strict",
        ],
    );
    assert!(told.starts_with("exit 1\n"), "{told}");
    assert!(told.contains("`vulnerabilities` of the document"), "{told}");
    // The copyright is kept, so it is not reported.
    assert!(!told.contains("copyright"), "{told}");
    assert!(get(here, "b").contains("PackageCopyrightText: <text>me</text>"));
}

#[test]
fn validate_says_what_is_wrong_and_where() {
    let folder = with_sbom();
    let here = folder.path();
    assert!(
        shown(here, &["validate", "app.cdx.json"])
            .starts_with("exit 0\n--- stdout\nvalid: CycloneDX 1.6, ")
    );
    let broken = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","components":[
        {"type":"library","name":"a","bom-ref":"a","purl":"pkg:npm/b@1"},{"type":"library","name":"b","bom-ref":"a",
        "hashes":[{"alg":"MD5","content":"00"}]}],"dependencies":[{"ref":"a","dependsOn":["gone"]}]}"#;
    put(here, "broken.json", broken);
    let told = shown(here, &["validate", "broken.json"]);
    assert!(told.starts_with("exit 1\n"), "{told}");
    for line in [
        "warning[cyclonedx/purl-disagrees] broken.json (/components/0/purl): `pkg:npm/b@1` does not name `a`",
        "error[cyclonedx/invalid] broken.json (/components/1/bom-ref): `a` is the bom-ref of another element, too",
        "error[cyclonedx/invalid] broken.json (/components/1/hashes/0/content): expected a digest in 32, 40, 64, 96 or 128 hexadecimal digits, found `00`",
        "warning[cyclonedx/dangling-ref] broken.json (/dependencies/0/dependsOn/0): `gone` is not the bom-ref of an element of the document",
        "not valid: CycloneDX 1.6, ",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let json = shown(here, &["validate", "broken.json", "-f", "json"]);
    assert!(
        json.contains("\"schema\": \"bomtrail/validation/v1\""),
        "{json}"
    );
    let sarif = shown(here, &["validate", "broken.json", "-f", "sarif"]);
    assert!(
        sarif.contains("\"ruleId\": \"cyclonedx/invalid\""),
        "{sarif}"
    );
    put(here, "schema.json", r#"{"required":["services"]}"#);
    let given = shown(
        here,
        &["validate", "app.cdx.json", "--schema", "schema.json"],
    );
    assert!(
        given.starts_with("exit 1\n") && given.contains("validated against the given schema"),
        "{given}"
    );
    put(here, "package-lock.json", "{}");
    assert!(shown(here, &["validate", "package-lock.json"]).starts_with("exit 2\n"));
}

#[test]
fn validate_names_what_was_found_instead_of_an_sbom() {
    let folder = with_sbom();
    let here = folder.path();
    for (text, found) in [
        ("{}", "found a JSON object without `bomFormat`"),
        ("[]", "found a JSON list"),
        ("<a/>", "found XML without a namespace of CycloneDX"),
        ("", "found an empty file"),
    ] {
        put(here, "other", text);
        let told = shown(here, &["validate", "other"]);
        assert!(
            told.starts_with("exit 2\n") && told.contains(found),
            "{told}"
        );
    }
}

#[test]
fn verdicts_and_changes_have_colours_where_they_are_asked_for() {
    let folder = with_sbom();
    let here = folder.path();
    let validate = ["validate", "app.cdx.json", "--color", "always"];
    assert!(shown(here, &validate).contains("\u{1b}[32mvalid\u{1b}[0m: "));
    put(
        here,
        "empty.json",
        r#"{"bomFormat":"CycloneDX","specVersion":"1.6"}"#,
    );
    let diff = ["diff", "empty.json", "app.cdx.json", "--color", "always"];
    assert!(shown(here, &diff).contains("\u{1b}[32madded\u{1b}[0m pkg:npm/"));
    let plain = ["diff", "empty.json", "app.cdx.json", "-o", "changes.txt"];
    shown(here, &plain);
    assert!(get(here, "changes.txt").starts_with("added pkg:npm/"));
}

#[test]
fn a_check_in_a_workflow_of_github_writes_annotations_and_a_summary() {
    let folder = with_sbom();
    let here = folder.path();
    let check = |arguments: &[&str]| {
        let mut command = bomtrail(here);
        command.env("GITHUB_ACTIONS", "true");
        command.env("GITHUB_STEP_SUMMARY", here.join("summary.md"));
        finish(
            here,
            command.arg("check").arg("app.cdx.json").args(arguments),
        )
    };
    assert!(check(&[]).contains("::error "));
    assert!(get(here, "summary.md").starts_with("### bomtrail check: FAIL"));
    assert!(!check(&["--format", "text"]).contains("::error "));
}

#[test]
fn diff_tells_and_fails_on_what_is_asked() {
    let folder = with_sbom();
    let here = folder.path();
    let before = get(here, "app.cdx.json");
    put(here, "new.cdx.json", &before.replace("MIT", "ISC"));
    assert_eq!(
        stdout(
            here,
            &["diff", "app.cdx.json", "app.cdx.json", "--fail-on", "any"]
        ),
        ""
    );
    let told = shown(
        here,
        &[
            "diff",
            "app.cdx.json",
            "new.cdx.json",
            "--fail-on",
            "licence",
        ],
    );
    assert!(
        told.starts_with("exit 1\n") && told.contains("MIT -> ISC"),
        "{told}"
    );
    let told = shown(
        here,
        &[
            "diff",
            "app.cdx.json",
            "new.cdx.json",
            "--fail-on",
            "hash,added",
        ],
    );
    assert!(told.starts_with("exit 0\n"), "{told}");
    let told = shown(
        here,
        &["diff", "app.cdx.json", "git:no-such-revision:a.json"],
    );
    assert!(told.starts_with("exit 2\n"), "{told}");
}

#[test]
fn merge_joins_by_purl_and_needs_no_main_component() {
    let folder = with_sbom();
    let here = folder.path();
    let other = r#"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"z","version":"9","purl":"pkg:npm/z@9"}]}"#;
    put(here, "other.json", other);
    let value = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let count = |text: &str| value(text)["components"].as_array().unwrap().len();
    let one = count(&get(here, "app.cdx.json"));
    let merged = stdout(
        here,
        &["merge", "-q", "app.cdx.json", "app.cdx.json", "other.json"],
    );
    assert_eq!(count(&merged), one + 1);
    let arguments = [
        "merge",
        "-q",
        "app.cdx.json",
        "other.json",
        "--hierarchical",
        "suite@2.0",
    ];
    let below = value(&stdout(here, &arguments));
    assert_eq!(below["metadata"]["component"]["name"], "suite");
    assert_eq!(below["components"].as_array().unwrap().len(), one + 2);
}

#[test]
fn a_document_that_is_too_large_is_not_written() {
    let folder = with_sbom();
    let told = shown(
        folder.path(),
        &[
            "convert",
            "app.cdx.json",
            "-f",
            "cyclonedx-json@1.5",
            "-o",
            "b.json",
            "--max-bytes",
            "100",
        ],
    );
    assert!(
        told.starts_with("exit 2\n") && told.contains("`components` "),
        "{told}"
    );
    assert!(!crate::run::names(folder.path()).contains(&"b.json".to_owned()));
}

#[test]
fn a_list_of_core_modules_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a/cpanfile",
        "requires 'New::Module', '2.0';\n",
    );
    put(
        folder.path(),
        "core.tsv",
        "perl\tmodule\tversion\n5.044000\tCarp\t1.54\n5.046000\tNew::Module\t2.0\n",
    );
    let perl = ["-q", "sbom", "a", "--perl", "5.46.0", "--timestamp", TIME];
    let without = stdout(folder.path(), &perl);
    assert!(!without.contains("pkg:cpan/perl@5.46.0"));
    let with = stdout(
        folder.path(),
        &[&perl[..], &["--core-list", "core.tsv"]].concat(),
    );
    assert!(with.contains("pkg:cpan/perl@5.46.0") && with.contains("New::Module@2.0"));
}

#[test]
fn what_a_cpan_project_lies_in_counts_in_merge_and_diff() {
    let folder = tempfile::tempdir().unwrap();
    put(
        folder.path(),
        "a/cpanfile",
        "requires 'List::Util', '1.50';\nrequires 'Moo';\n",
    );
    put(folder.path(), "a/.perl-version", "5.36.0\n");
    put(
        folder.path(),
        "index",
        "File: 02packages.details.txt\nLine-Count: 1\n\nMoo 2.005005 H/HA/HAARG/Moo-2.005005.tar.gz\n",
    );
    let components = |arguments: &[&str]| {
        let all = [arguments, &["--cpan-index", "index", "--timestamp", TIME]].concat();
        let document: serde_json::Value =
            serde_json::from_str(&stdout(folder.path(), &all)).unwrap();
        let names = document["components"].as_array().unwrap().iter();
        names
            .map(|it| it["bom-ref"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let there = ["pkg:cpan/Moo@2.005005?author=HAARG", "pkg:cpan/perl@5.36.0"];
    assert_eq!(components(&["sbom", "a"]), there);
    assert_eq!(components(&["merge", "a"])[..2], there);
    assert_eq!(components(&["merge", "a/cpanfile"])[..2], there);
    let below = components(&["merge", "a", "a/cpanfile", "--hierarchical", "all@1"]);
    assert_eq!(below[..2], there);

    let diff = |more: &[&str]| {
        let all = [&["diff", "a", "a/cpanfile", "--format", "json"], more].concat();
        let document: serde_json::Value =
            serde_json::from_str(&stdout(folder.path(), &all)).unwrap();
        document["changes"].clone()
    };
    assert_eq!(diff(&["--cpan-index", "index"]), serde_json::json!([]));
}

#[test]
fn services_get_their_own_forms() {
    let root = basic();
    let fixtures = root.parent().unwrap();
    let with_properties = stdout(fixtures, &["sbom", "basic", "--gitlab", "--detail", "lean"]);
    let sbom: serde_json::Value = serde_json::from_str(&with_properties).unwrap();
    let has = |properties: &serde_json::Value, name: &str, value: &str| {
        let all = properties.as_array().unwrap().iter();
        all.clone()
            .any(|it| it["name"] == name && it["value"] == value)
    };
    let schema = "gitlab:meta:schema_version";
    assert!(has(&sbom["metadata"]["properties"], schema, "1"));
    let components = sbom["components"].as_array().unwrap();
    let category = |name: &str| {
        let found = components.iter().find(|it| it["name"] == name).unwrap();
        let properties = &found["properties"];
        let path = "gitlab:dependency_scanning:input_file:path";
        assert!(has(properties, path, "basic/package-lock.json"));
        let is_development = "gitlab:dependency_scanning:category";
        has(properties, is_development, "development")
    };
    assert!(category("checker") && !category("basket"));

    let snapshot = ["sbom", "basic", "-f", "github-snapshot"];
    let refused = shown(fixtures, &snapshot);
    assert!(refused.contains("GITHUB_SHA"), "{refused}");
    let output = bomtrail(fixtures)
        .args(snapshot)
        .env("GITHUB_SHA", "c0ffee")
        .env("GITHUB_REF", "refs/heads/main")
        .output()
        .unwrap();
    let snapshot: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let resolved = &snapshot["manifests"]["basic/package-lock.json"]["resolved"];
    assert_eq!(resolved["pkg:npm/basket@2.1.0"]["relationship"], "direct");
    assert_eq!(resolved["pkg:npm/checker@3.0.0"]["scope"], "development");
}
