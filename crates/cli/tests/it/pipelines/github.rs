//! GitHub: the composite action, and the workflows of the belts.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail::settings::{Belt, Forge, belt_files};
use serde_json::Value;

use super::project::{LIMIT, approve, repository};
use super::shell::Shell;
use super::yaml::{Names, documents, replaced};
use crate::run::{get, names};

const BRACES: (&str, &str) = ("${{", "}}");

/// What a run of steps did.
struct Run {
    /// The exit code of the first step that failed; 0 when none did.
    code: i32,
    printed: String,
    summary: String,
    /// The actions of others that were reached, with their inputs.
    used: Vec<(String, Value)>,
}

/// Runs steps until one fails; later ones run only if they say so.
fn steps(repository: &Path, steps: &[Value], mut values: Names) -> Run {
    let shell = Shell::of(repository);
    let mut run = Run {
        code: 0,
        printed: String::new(),
        summary: String::new(),
        used: Vec::new(),
    };
    for step in steps {
        let condition = step["if"].as_str().unwrap_or("true");
        let is_wanted = replaced(condition, BRACES, &values) == "true";
        if !is_wanted || (run.code != 0 && !condition.contains("always()")) {
            continue;
        }
        if let Some(action) = step["uses"].as_str() {
            assert_pinned(action);
            let with = step["with"].to_string();
            let with = replaced(&with, BRACES, &values);
            run.used
                .push((action.to_owned(), serde_json::from_str(&with).unwrap()));
            continue;
        }
        let script = step["run"].as_str().unwrap();
        assert!(
            !script.contains("${{"),
            "an expression in a script: {script}"
        );
        let own = step["env"].as_object().into_iter().flatten();
        let own: BTreeMap<String, String> = own
            .map(|(name, it)| {
                (
                    name.clone(),
                    replaced(it.as_str().unwrap(), BRACES, &values),
                )
            })
            .collect();
        let ran = shell.run(script, &own);
        run.printed += &ran.printed;
        run.code = if run.code == 0 { ran.code } else { run.code };
        if let Some(id) = step["id"].as_str() {
            let outputs = shell.take_outputs().into_iter();
            values
                .extend(outputs.map(|(name, value)| (format!("steps.{id}.outputs.{name}"), value)));
        }
    }
    run.summary = shell.summary();
    run
}

/// A commit names one content for ever; a tag does not.
fn assert_pinned(action: &str) {
    let (_, commit) = action.split_once('@').unwrap();
    let is_commit = commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit());
    assert!(is_commit, "{action}");
}

fn action(repository: &Path, given: &[(&str, &str)]) -> Run {
    action_within(LIMIT, repository, given)
}

/// As [`action`], where an attestation holds this many bytes.
fn action_within(limit: &str, repository: &Path, given: &[(&str, &str)]) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = get(&root.join(".github/actions/bomtrail"), "action.yml");
    assert!(text.contains(LIMIT));
    let action = documents(&text.replace(LIMIT, limit)).remove(0);
    let inputs = action["inputs"].as_object().unwrap();
    let mut values = Names::new();
    for (name, it) in inputs {
        values.insert(
            format!("inputs.{name}"),
            it["default"].as_str().unwrap().to_owned(),
        );
    }
    for (name, value) in given {
        assert!(inputs.contains_key(*name), "{name}");
        values.insert(format!("inputs.{name}"), (*value).to_owned());
    }
    steps(
        repository,
        action["runs"]["steps"].as_array().unwrap(),
        values,
    )
}

#[test]
fn the_action_writes_an_sbom_and_fails_for_what_is_not_approved() {
    let folder = repository();
    let run = action(folder.path(), &[("base", "HEAD~1")]);
    assert_eq!(run.code, 1, "{}", run.printed);
    assert!(run.printed.contains("::error"), "{}", run.printed);
    let sbom: Value = serde_json::from_str(&get(folder.path(), "sbom.cdx.json")).unwrap();
    assert!(sbom["components"].as_array().unwrap().len() > 1);
    assert!(run.used.is_empty());
}

#[test]
fn the_action_compares_uploads_and_attests_what_is_approved() {
    let folder = repository();
    approve(folder.path());
    let given = [
        ("base", "HEAD~1"),
        ("attest", "app.tgz"),
        ("fail-on", "license scope"),
    ];
    let run = action(folder.path(), &given);
    assert_eq!(run.code, 0, "{}", run.printed);
    assert!(run.summary.contains("1.0.9"), "{}", run.summary);
    assert_eq!(used(&run), ["actions/upload-artifact", "actions/attest"]);
    assert_eq!(run.used[1].1["sbom-path"], "sbom.cdx.json");
    let failing = action(folder.path(), &[("base", "HEAD~1"), ("fail-on", "any")]);
    assert_eq!(failing.code, 1, "{}", failing.printed);
}

#[test]
fn an_sbom_that_is_too_large_for_an_attestation_is_refused_before_it_is_signed() {
    let folder = repository();
    approve(folder.path());
    let run = action_within("100", folder.path(), &[("attest", "app.tgz")]);
    assert_eq!(run.code, 1);
    assert!(
        run.printed.contains("::error::The SBOM was not written") && run.used.is_empty(),
        "{}",
        run.printed
    );
    assert!(!names(folder.path()).contains(&"sbom.cdx.json".to_owned()));
    // Without an attestation there is no limit.
    assert_eq!(action_within("100", folder.path(), &[]).code, 0);
}

#[test]
fn hostile_inputs_run_nothing() {
    let folder = repository();
    let hostile = vec![
        "\"; touch pwned; \"",
        "$(touch pwned)",
        "`touch pwned`",
        "--help; touch pwned",
    ];
    for text in bomtrail_testkit::sample(hostile, 2) {
        for input in ["path", "output", "base", "fail-on", "attest", "version"] {
            action(folder.path(), &[(input, text)]);
            assert!(
                !names(folder.path()).contains(&"pwned".to_owned()),
                "{input}: {text}"
            );
        }
    }
}

/// How a belt is run.
struct Setup {
    base: &'static str,
    is_approved: bool,
    limit: &'static str,
}

const USUAL: Setup = Setup {
    base: "main",
    is_approved: true,
    limit: LIMIT,
};

/// The run of one workflow of a belt.
struct BeltRun {
    size: Belt,
    path: &'static str,
    run: Run,
    /// The names in the repository afterwards.
    files: Vec<String>,
}

/// The workflows of every belt whose path ends so, each in a repository of its own.
fn belts(setup: &Setup, end: &str) -> Vec<BeltRun> {
    let mut all = Vec::new();
    for size in [Belt::Small, Belt::Medium, Belt::Large] {
        let files = belt_files(size, Forge::GitHub);
        for (path, text) in files.into_iter().filter(|it| it.0.ends_with(end)) {
            let folder = repository();
            if setup.is_approved {
                approve(folder.path());
            }
            let workflow = documents(&text.replace(LIMIT, setup.limit)).remove(0);
            assert_eq!(workflow["permissions"]["contents"], "read", "{path}");
            let jobs = workflow["jobs"].as_object().unwrap();
            let job = jobs.values().next().unwrap();
            let values = Names::from([("github.base_ref".to_owned(), setup.base.to_owned())]);
            let run = steps(folder.path(), job["steps"].as_array().unwrap(), values);
            all.push(BeltRun {
                size,
                path,
                run,
                files: names(folder.path()),
            });
        }
    }
    all
}

/// The actions of others that a run reached, without their commits.
fn used(run: &Run) -> Vec<&str> {
    let used = run.used.iter();
    used.map(|(name, _)| name.split('@').next().unwrap())
        .collect()
}

#[test]
fn every_belt_runs_on_a_repository_with_workspaces() {
    for BeltRun {
        size,
        path,
        run,
        files,
    } in belts(&USUAL, "")
    {
        assert_eq!(run.code, 0, "{size:?} {path}: {}", run.printed);
        let has = |file: &str| files.iter().any(|it| it == file);
        if path.ends_with("release.yml") {
            assert!(has("app.cdx.json") && used(&run).contains(&"actions/attest"));
            assert!(has(if size == Belt::Large {
                "app.vex.cdx.json"
            } else {
                "sboms"
            }));
        } else if path.ends_with("weekly.yml") {
            assert!(
                run.summary.contains("TEST-1") || run.summary.contains("npm.zip"),
                "{}",
                run.summary
            );
        } else {
            assert!(
                !files.iter().any(|it| it.ends_with(".cdx.json")),
                "{files:?}"
            );
            assert!(
                run.summary.contains("bomtrail check: pass"),
                "{}",
                run.summary
            );
            assert_eq!(run.summary.contains("1.0.9"), size != Belt::Small);
        }
        let is_scanned = size == Belt::Large && !path.ends_with("release.yml");
        assert_eq!(
            used(&run).contains(&"github/codeql-action/upload-sarif"),
            is_scanned
        );
    }
}

#[test]
fn what_is_not_approved_fails_every_belt_with_an_annotation_and_a_summary() {
    let setup = Setup {
        is_approved: false,
        ..USUAL
    };
    for BeltRun { path, run, .. } in belts(&setup, "") {
        if !path.ends_with("release.yml") {
            assert_eq!(run.code, 1, "{path}: {}", run.printed);
            assert!(run.printed.contains("::error file="), "{}", run.printed);
            assert!(
                run.summary.contains("bomtrail check: FAIL"),
                "{}",
                run.summary
            );
        }
    }
}

#[test]
fn no_belt_signs_an_sbom_that_is_too_large() {
    let setup = Setup {
        limit: "100",
        ..USUAL
    };
    for BeltRun { run, .. } in belts(&setup, "release.yml") {
        assert_ne!(run.code, 0, "{}", run.printed);
        assert!(
            run.printed.contains("larger than 100 bytes"),
            "{}",
            run.printed
        );
        assert!(
            run.used
                .iter()
                .all(|(it, _)| it.starts_with("actions/checkout@"))
        );
    }
}

#[test]
fn a_hostile_branch_runs_nothing() {
    let setup = Setup {
        base: "$(touch pwned)",
        ..USUAL
    };
    for BeltRun { path, files, .. } in belts(&setup, "") {
        assert!(!files.contains(&"pwned".to_owned()), "{path}");
    }
}

#[test]
fn our_own_workflows_are_pinned_and_have_no_expression_in_a_script() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/workflows");
    for name in names(&folder) {
        let workflow = documents(&get(&folder, &name)).remove(0);
        for job in workflow["jobs"].as_object().unwrap().values() {
            for step in job["steps"].as_array().unwrap() {
                if let Some(action) = step["uses"].as_str() {
                    assert_pinned(action);
                }
                let script = step["run"].as_str().unwrap_or_default();
                assert!(!script.contains("${{"), "{name}: {script}");
            }
        }
    }
}
