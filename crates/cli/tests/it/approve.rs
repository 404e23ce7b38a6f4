//! Changing a list: what is written, what is refused, and that nothing is lost.

use std::path::Path;
use std::process::Command;

use crate::run::{bomtrail, get, put, shown};

pub(crate) const LIST: &str = "package-approvals.json";

/// A project with two packages locked and no list.
pub(crate) fn project(folder: &Path) {
    let entry = |name: &str, more: &str| {
        let integrity = format!("sha512-{}==", "A".repeat(86));
        format!(
            r#""node_modules/{name}": {{"version": "1.0.0", "resolved": "https://npmjs.org/{name}/-/{name}-1.0.0.tgz", "integrity": "{integrity}"{more}}}"#
        )
    };
    let asked = r#""dependencies": {"plain": "^1.0.0", "scripted": "^1.0.0"}"#;
    put(
        folder,
        "package.json",
        &format!(r#"{{"name": "app", "private": true, {asked}}}"#),
    );
    let (plain, scripted) = (
        entry("plain", ""),
        entry("scripted", r#", "hasInstallScript": true"#),
    );
    put(
        folder,
        "package-lock.json",
        &format!(
            r#"{{"name": "app", "lockfileVersion": 3, "packages": {{"": {{"name": "app", {asked}}}, {plain}, {scripted}}}}}"#
        ),
    );
}

pub(crate) fn code(shown: &str) -> &str {
    shown.lines().next().unwrap_or_default()
}

#[test]
fn without_a_list_a_check_says_how_to_start() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    insta::assert_snapshot!(shown(folder.path(), &["check", "--date", "2026-11-21"]));
}

#[test]
fn nobody_is_asked_without_a_terminal_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    insta::assert_snapshot!(shown(
        folder.path(),
        &["approve", "--all-current-packages", "--date", "2026-11-21"]
    ));
    assert!(!folder.path().join(LIST).exists());
}

#[test]
fn what_is_approved_in_bulk_says_so() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let run = |arguments: &[&str]| shown(folder.path(), arguments);
    let bulk = [
        "approve",
        "--all-current-packages",
        "--yes",
        "--by",
        "A. Dev",
        "--date",
        "2026-11-21",
    ];
    assert_eq!(code(&run(&bulk)), "exit 0");
    insta::assert_snapshot!(get(folder.path(), LIST));
    insta::assert_snapshot!(run(&["check", "--date", "2026-11-22"]));
    // Once more changes nothing.
    let before = get(folder.path(), LIST);
    assert_eq!(code(&run(&bulk)), "exit 0");
    assert_eq!(get(folder.path(), LIST), before);
}

#[test]
fn approving_denying_and_taking_back() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let run = |arguments: &[&str]| shown(folder.path(), arguments);
    assert_eq!(
        code(&run(&["approve", "plain", "scripted@1.0.0"])),
        "exit 0"
    );
    assert_eq!(code(&run(&["check", "-q"])), "exit 0");
    assert_eq!(
        code(&run(&["deny", "plain", "--reason", "malware"])),
        "exit 0"
    );
    let failing = run(&["check"]);
    assert!(
        failing.starts_with("exit 1") && failing.contains("the package is denied: malware"),
        "{failing}"
    );
    let refused = run(&["approve", "plain@1.0.0"]);
    assert!(
        refused.starts_with("exit 2") && refused.contains("the package is denied"),
        "{refused}"
    );
    assert_eq!(code(&run(&["undeny", "plain"])), "exit 0");
    assert_eq!(code(&run(&["unapprove", "scripted"])), "exit 0");
    let absent = run(&["approve", "left-pad@1.0.0"]);
    assert!(
        absent.starts_with("exit 2") && absent.contains("is not locked"),
        "{absent}"
    );
    assert_eq!(
        code(&run(&["approve", "left-pad@1.0.0", "--force"])),
        "exit 0"
    );
    assert!(run(&["approvals", "prune", "--dry-run"]).contains("left-pad@1.0.0"));
    assert_eq!(code(&run(&["approvals", "prune"])), "exit 0");
    assert!(!get(folder.path(), LIST).contains("left-pad"));
    assert_eq!(code(&run(&["approvals", "fmt", "--check"])), "exit 0");
    let open = run(&["approvals", "diff"]);
    assert!(
        open.starts_with("exit 1") && open.contains("2 packages not approved"),
        "{open}"
    );
}

#[test]
fn explain_names_the_list_and_the_line() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    put(
        folder.path(),
        "org.json",
        "{\"version\": 1,\n \"packages\": {\"plain\": [\"1.0.0\"]}}\n",
    );
    put(
        folder.path(),
        LIST,
        "{\"version\": 1, \"packages\": {}, \"extends\": \"org.json\"}\n",
    );
    insta::assert_snapshot!(shown(
        folder.path(),
        &["approvals", "explain", "plain", "--date", "2026-11-21"]
    ));
    insta::assert_snapshot!(shown(
        folder.path(),
        &["approvals", "ls", "--date", "2026-11-21"]
    ));
}

#[test]
fn a_change_cannot_approve_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(folder.path())
            .env_clear()
            .env("PATH", &path)
            .env("HOME", folder.path());
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
            .args(arguments);
        git.output().is_ok_and(|it| it.status.success())
    };
    if !git(&["init", "-q", "-b", "main"]) {
        eprintln!("skipped: git is not installed");
        return;
    }
    project(folder.path());
    put(
        folder.path(),
        LIST,
        "{\"version\": 1, \"packages\": {\"plain\": [\"1.0.0\"]}}\n",
    );
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "base"]));
    put(
        folder.path(),
        LIST,
        "{\"version\": 1, \"packages\": {\"plain\": [\"1.0.0\"], \"scripted\": [\"1.0.0\"]}}\n",
    );
    put(
        folder.path(),
        "bomtrail.toml",
        "[policy.rules]\n\"approvals/unreviewed\" = \"allow\"\n",
    );
    let run = |arguments: &[&str]| {
        let mut command = bomtrail(folder.path());
        command.env("PATH", &path).args(arguments);
        crate::run::finish(folder.path(), &mut command)
    };
    assert_eq!(code(&run(&["check", "-q"])), "exit 0");
    let from_main = run(&["check", "--approvals-from", "git:main"]);
    assert!(
        from_main.starts_with("exit 1")
            && from_main.contains("scripted@1.0.0: it is not in the approvals list"),
        "{from_main}"
    );
    assert!(
        from_main.contains("would pass with the approvals"),
        "{from_main}"
    );
    let unknown = run(&["check", "--approvals-from", "git:nowhere"]);
    assert!(unknown.starts_with("exit 2"), "{unknown}");
    let none = run(&["approvals", "diff", "--against", "git:main"]);
    assert!(none.contains("0 packages not approved"), "{none}");
}

#[test]
fn documents_say_who_approved_what() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let run = |arguments: &[&str]| shown(folder.path(), arguments);
    let by = [
        "approve",
        "plain",
        "--by",
        "A. Dev",
        "--note",
        "read it",
        "--date",
        "2026-11-20",
    ];
    assert_eq!(code(&run(&by)), "exit 0");
    let document = |format: &str| {
        run(&[
            "sbom",
            "-q",
            "-f",
            format,
            "--statuses",
            "--date",
            "2026-11-21",
            "--timestamp",
            "2026-11-21T00:00:00Z",
        ])
    };
    let cyclonedx = document("cyclonedx-json");
    for (name, value) in [
        ("status", "approved"),
        ("status", "unreviewed"),
        ("status", "first-party"),
        ("reason", "no-entry"),
        ("by", "A. Dev"),
        ("on", "2026-11-20"),
        ("integrity-verified", "true"),
    ] {
        let property =
            format!("\"name\": \"bomtrail:approval:{name}\",\n          \"value\": \"{value}\"");
        let found = cyclonedx
            .replace("\n              ", "\n          ")
            .replace("\n            ", "\n          ")
            .contains(&property);
        assert!(found, "{name} {value}\n{cyclonedx}");
    }
    let spdx = document("spdx-json");
    assert!(
        spdx.contains("\"annotationType\": \"REVIEW\"")
            && spdx.contains("\"annotator\": \"Person: A. Dev ()\""),
        "{spdx}"
    );
    assert!(
        spdx.contains("\"annotationDate\": \"2026-11-20T00:00:00Z\""),
        "{spdx}"
    );
    assert!(
        spdx.contains("approval-status=approved") && spdx.contains("approval-status=unreviewed"),
        "{spdx}"
    );
    // What is approved is a part of what the document is.
    let plain = run(&["sbom", "-q", "--timestamp", "2026-11-21T00:00:00Z"]);
    let serial = |text: &str| {
        text.lines()
            .find(|it| it.contains("serialNumber"))
            .map(str::to_owned)
    };
    assert_ne!(serial(&plain), serial(&cyclonedx));
    assert!(!plain.contains("bomtrail:approval"));
}

#[test]
fn a_name_that_only_cpan_has_is_the_distribution_with_its_author() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "cpanfile", "requires 'Acme::App';\n");
    let snapshot = "# carton snapshot format: version 1.0\nDISTRIBUTIONS\n  Acme-App-1.2\n    pathname: E/EX/EXAMPLE/Acme-App-1.2.tar.gz\n    provides:\n      Acme::App 1.2\n";
    put(folder.path(), "cpanfile.snapshot", snapshot);
    let run = |arguments: &[&str]| shown(folder.path(), arguments);
    assert_eq!(code(&run(&["approve", "Acme-App"])), "exit 0");
    assert!(get(folder.path(), LIST).contains("\"pkg:cpan/Acme-App?author=EXAMPLE\": [\"1.2\"]"));
    assert_eq!(code(&run(&["check", "-q"])), "exit 0");
    assert_eq!(
        code(&run(&["deny", "Acme-App@1.2", "--reason", "x"])),
        "exit 0"
    );
    assert_eq!(code(&run(&["check", "-q"])), "exit 1");
    put(
        folder.path(),
        "cpanfile.snapshot",
        &snapshot
            .replace("EXAMPLE", "SOMEONE")
            .replace("E/EX", "S/SO"),
    );
    assert_eq!(code(&run(&["undeny", "Acme-App@1.2"])), "exit 0");
    assert_eq!(
        code(&run(&[
            "approve",
            "pkg:cpan/Acme-App@1.2?author=EXAMPLE",
            "--force"
        ])),
        "exit 0"
    );
    let taken = run(&["check"]);
    assert!(
        taken.contains("an archive of another author is approved"),
        "{taken}"
    );
}

#[test]
fn an_approval_says_what_it_was_reviewed_against_and_what_it_is_for() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let run = |more: &[&str]| {
        let fixed = ["--by", "A. Dev", "--date", "2026-11-21"];
        shown(
            folder.path(),
            &[&["approve", "plain@1.0.0"], more, &fixed].concat(),
        )
    };
    assert_eq!(code(&run(&["--scope", "test"])), "exit 2");
    let given = ["--criteria", "safe-to-run", "--scope", "dev"];
    assert_eq!(code(&run(&given)), "exit 0");
    let list = get(folder.path(), LIST);
    assert!(list.contains(r#""criteria": ["safe-to-run"]"#), "{list}");
    assert!(list.contains(r#""scope": ["dev"]"#), "{list}");
    // It is in the product.
    let check = shown(folder.path(), &["check", "--date", "2026-11-21"]);
    assert!(check.contains("approved for development only"), "{check}");
}

#[test]
fn answers_on_install_scripts_are_taken_over_and_approve_nothing() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let manifest = get(folder.path(), "package.json");
    let manifest = manifest.replacen('{', r#"{"allowScripts": {"scripted": true}, "#, 1);
    put(folder.path(), "package.json", &manifest);
    let import = || {
        shown(
            folder.path(),
            &["approvals", "import-allow-scripts", "--date", "2026-11-21"],
        )
    };
    let open = import();
    assert!(
        open.contains("pkg:npm/scripted@1.0.0 is not approved"),
        "{open}"
    );
    assert!(!folder.path().join(LIST).exists());
    let approve = [
        "approve",
        "scripted",
        "--by",
        "A. Dev",
        "--date",
        "2026-11-21",
    ];
    assert_eq!(code(&shown(folder.path(), &approve)), "exit 0");
    assert!(import().contains("1 decision copied to package-approvals.json"));
    let list = get(folder.path(), LIST);
    assert!(list.contains(r#""installScripts": true"#), "{list}");
    // An answer that is there stays, whatever the manifest says later.
    put(
        folder.path(),
        "package.json",
        &manifest.replace("true", "false"),
    );
    import();
    assert_eq!(get(folder.path(), LIST), list);
}

#[test]
fn what_a_passing_check_proves_is_a_statement_and_a_failing_one_proves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path());
    let check = |more: &[&str]| {
        let fixed = ["check", "--date", "2026-11-21", "--attest", "passed.json"];
        let mut command = bomtrail(folder.path());
        command.args(fixed).args(more);
        command.env("SOURCE_DATE_EPOCH", "1795219200");
        command.output().unwrap().status.code()
    };
    assert_eq!(check(&[]), Some(1));
    assert!(!folder.path().join("passed.json").exists());
    let bulk = ["approve", "--all-current-packages", "--yes"];
    assert_eq!(code(&shown(folder.path(), &bulk)), "exit 0");
    assert_eq!(check(&["--approvals-from", "git:HEAD"]), Some(2));
    assert_eq!(check(&[]), Some(0));
    let statement: serde_json::Value =
        serde_json::from_str(&get(folder.path(), "passed.json")).unwrap();
    let at = |pointer: &str| statement.pointer(pointer).and_then(|it| it.as_str());
    let kind = "https://in-toto.io/attestation/svr/v0.2";
    assert_eq!(at("/predicateType"), Some(kind));
    assert_eq!(at("/subject/0/name"), Some("pkg:npm/plain@1.0.0"));
    assert_eq!(at("/subject/0/digest/sha512"), Some(&*"0".repeat(128)));
    assert_eq!(at("/predicate/timeCreated"), Some("2026-11-21T00:00:00Z"));
    let policies = statement.pointer("/predicate/verifier/policies").unwrap();
    let names: Vec<&str> = policies
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert_eq!(names, ["package-approvals.json", "package.json"]);
    assert_eq!(at("/predicate/properties/0"), Some("BOMTRAIL_APPROVED"));
}

#[test]
fn several_lists_become_one_that_others_can_extend() {
    let folder = tempfile::tempdir().unwrap();
    let list = |packages: &str| format!(r#"{{"version": 1, "packages": {packages}}}"#);
    put(folder.path(), "one.json", &list(r#"{"a": ["1.0.0"]}"#));
    put(
        folder.path(),
        "two.json",
        &list(r#"{"a": ["2.0.0"], "b": ["1.0.0"]}"#),
    );
    let aggregate = ["approvals", "aggregate", "one.json", "two.json"];
    assert_eq!(
        code(&shown(
            folder.path(),
            &[&aggregate[..], &["-o", "org.json"]].concat()
        )),
        "exit 0"
    );
    let org: serde_json::Value = serde_json::from_str(&get(folder.path(), "org.json")).unwrap();
    let expected = serde_json::json!({"a": ["1.0.0", "2.0.0"], "b": ["1.0.0"]});
    assert_eq!(org["packages"], expected);
    put(
        folder.path(),
        "two.json",
        r#"{"version": 1, "extends": "x.json"}"#,
    );
    assert_eq!(code(&shown(folder.path(), &aggregate)), "exit 2");
}
