//! GitLab: the component, and the files of the belts.

use std::path::Path;

use bomtrail::settings::{Belt, Forge, belt_files};
use serde_json::Value;

use super::project::{LIMIT, approve, repository};
use super::shell::{Ran, Shell};
use super::yaml::{Names, documents, replaced};
use crate::run::{get, names, put};

/// Runs every job that belongs to a pipeline with these variables, and looks for the files that each promises.
fn jobs(repository: &Path, all: &Value, pipeline: &Names) -> Vec<(String, Ran)> {
    let mut done = Vec::new();
    let mut all: Vec<_> = all.as_object().unwrap().iter().collect();
    // A job runs after those that it needs.
    all.sort_by_key(|(_, job)| job["needs"].is_array());
    for (name, job) in all {
        if !is_wanted(job, pipeline) {
            continue;
        }
        let shell = Shell::of(repository);
        let own = job["variables"].as_object().into_iter().flatten();
        let own = own.map(|(name, it)| (name.clone(), it.as_str().unwrap().to_owned()));
        let variables: Names = pipeline.clone().into_iter().chain(own).collect();
        let lines = job["script"].as_array().unwrap().iter();
        let lines: Vec<&str> = lines.map(|it| it.as_str().unwrap()).collect();
        let ran = shell.run(&lines.join("\n"), &variables);
        if ran.code == 0 || job["artifacts"]["when"] == "always" {
            let files = names(repository);
            let reports = job["artifacts"]["reports"].as_object().into_iter();
            let paths = job["artifacts"]["paths"].as_array().into_iter().flatten();
            for file in reports.flat_map(|it| it.values()).chain(paths) {
                let file = file.as_str().unwrap();
                let is_there = files.iter().any(|it| it == file);
                assert!(is_there, "{name}: {file}: {}", ran.printed);
            }
        }
        done.push((name.clone(), ran));
    }
    done
}

/// Whether one of a job's rules holds; a job without rules always runs.
fn is_wanted(job: &Value, pipeline: &Names) -> bool {
    job["rules"].as_array().is_none_or(|rules| {
        rules.iter().any(|it| {
            let mut all = it["if"].as_str().unwrap().split(" && ");
            all.all(|condition| holds(condition, pipeline))
        })
    })
}

/// A variable that is set, or two operands that are the same or not.
fn holds(condition: &str, pipeline: &Names) -> bool {
    let operand = |text: &str| match (text.strip_prefix('$'), text.strip_prefix('"')) {
        (Some(name), _) => pipeline.get(name).cloned().unwrap_or_default(),
        (None, Some(text)) => text.trim_end_matches('"').to_owned(),
        (None, None) => panic!("`{text}` is not an operand that the runner knows"),
    };
    for (operator, wanted) in [(" == ", true), (" != ", false)] {
        if let Some((left, right)) = condition.split_once(operator) {
            return (operand(left) == operand(right)) == wanted;
        }
    }
    !operand(condition).is_empty()
}

/// The variables of a pipeline for a branch, a merge request, a tag or a schedule.
fn pipeline(source: &str) -> Names {
    let specific: &[(&str, &str)] = match source {
        "merge_request_event" => &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD~1")],
        "tag" => &[("CI_COMMIT_TAG", "v1.0.0")],
        _ => &[("CI_COMMIT_BRANCH", "main")],
    };
    let usual = [
        ("CI_PIPELINE_SOURCE", source),
        ("CI_DEFAULT_BRANCH", "main"),
    ];
    let all = usual.iter().chain(specific);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn component(repository: &Path, given: &[(&str, &str)]) -> Vec<(String, Ran)> {
    component_in(repository, given, &pipeline("push"), LIMIT)
}

fn component_in(
    repository: &Path,
    given: &[(&str, &str)],
    pipeline: &Names,
    limit: &str,
) -> Vec<(String, Ran)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = get(&root.join(".gitlab/components"), "bomtrail.yml").replace(LIMIT, limit);
    let (header, _) = text.split_once("\n---\n").unwrap();
    let inputs = documents(header).remove(0);
    let mut values = Names::new();
    for (name, it) in inputs["spec"]["inputs"].as_object().unwrap() {
        let default = it["default"].as_str().unwrap().to_owned();
        values.insert(format!("inputs.{name}"), default);
    }
    for (name, value) in given {
        let name = format!("inputs.{name}");
        assert!(values.insert(name, (*value).to_owned()).is_some());
    }
    // GitLab replaces inputs in the values of a parsed file.
    let body = documents(&text).remove(1);
    jobs(repository, &with_inputs(&body, &values), pipeline)
}

fn with_inputs(value: &Value, inputs: &Names) -> Value {
    match value {
        Value::String(text) => Value::String(replaced(text, ("$[[", "]]"), inputs)),
        Value::Array(all) => all.iter().map(|it| with_inputs(it, inputs)).collect(),
        Value::Object(all) => {
            let pairs = all.iter();
            pairs
                .map(|(key, it)| (key.clone(), with_inputs(it, inputs)))
                .collect()
        }
        other => other.clone(),
    }
}

/// A private key, as a masked variable holds it: without header lines and line breaks.
fn key(folder: &Path) -> String {
    let made = crate::run::bomtrail(folder)
        .args(["keygen", "own"])
        .output();
    assert!(made.unwrap().status.success());
    let key = get(folder, "own.key");
    let body = key.lines().filter(|it| !it.starts_with("-----"));
    body.collect()
}

fn code(done: &[(String, Ran)], name: &str) -> i32 {
    let job = done.iter().find(|(it, _)| it == name);
    job.unwrap_or_else(|| panic!("{name} did not run")).1.code
}

#[test]
fn the_component_writes_an_sbom_and_checks() {
    let folder = repository();
    let done = component(folder.path(), &[]);
    assert_eq!(
        (code(&done, "bomtrail-sbom"), code(&done, "bomtrail-check")),
        (0, 1)
    );
    assert_eq!(done.len(), 2);
    let sbom = get(folder.path(), "gl-sbom-bomtrail.cdx.json");
    assert!(sbom.contains("gitlab:dependency_scanning:input_file:path"));
    approve(folder.path());
    let done = component(folder.path(), &[("base", "HEAD~1")]);
    assert!(done.iter().all(|(_, ran)| ran.code == 0));
    assert!(get(folder.path(), "bomtrail-diff.md").contains("1.0.9"));
}

#[test]
fn the_component_attests_with_a_key_of_the_environment_and_refuses_what_is_too_large() {
    let folder = repository();
    approve(folder.path());
    put(folder.path(), "app.tgz", "the artifact");
    let mut pipeline = pipeline("push");
    pipeline.insert("BOMTRAIL_KEY".to_owned(), key(folder.path()));
    let given = [("attest", "app.tgz")];
    let done = component_in(folder.path(), &given, &pipeline, LIMIT);
    assert_eq!(code(&done, "bomtrail-attest"), 0);
    let verified = crate::run::bomtrail(folder.path())
        .args(["verify-bundle", "bomtrail.sigstore.json"])
        .args(["--artifact", "app.tgz", "--key", "own.pub"])
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
    let done = component_in(folder.path(), &given, &pipeline, "100");
    assert_ne!(code(&done, "bomtrail-sbom"), 0);
}

#[test]
fn a_hostile_input_runs_nothing() {
    for input in ["path", "base", "attest", "version"] {
        let folder = repository();
        // The jobs fail before their reports are written, and the runner reports these.
        let given = [(input, "$(touch pwned)")];
        let done = std::panic::catch_unwind(|| component(folder.path(), &given));
        assert!(
            !names(folder.path()).contains(&"pwned".to_owned()),
            "{input}"
        );
        assert!(done.is_err() || done.is_ok_and(|all| all.iter().any(|(_, ran)| ran.code != 0)));
    }
}

#[test]
fn every_belt_runs_on_a_repository_with_workspaces() {
    for size in [Belt::Small, Belt::Medium, Belt::Large] {
        let (_, text) = belt_files(size, Forge::GitLab).remove(0);
        let all = documents(&text).remove(0);
        let folder = repository();
        let done = jobs(folder.path(), &all, &pipeline("merge_request_event"));
        assert_eq!(code(&done, "bomtrail-check"), 1, "{size:?}");
        for source in ["merge_request_event", "push", "tag", "schedule"] {
            let folder = repository();
            approve(folder.path());
            let mut pipeline = pipeline(source);
            pipeline.insert("BOMTRAIL_KEY".to_owned(), key(folder.path()));
            let done = jobs(folder.path(), &all, &pipeline);
            for (name, ran) in &done {
                assert_eq!(ran.code, 0, "{size:?} {source} {name}: {}", ran.printed);
            }
            let is_signed = names(folder.path()).contains(&"app.sigstore.json".to_owned());
            assert_eq!(is_signed, source == "tag" && size != Belt::Small);
            assert_eq!(done.is_empty(), source == "tag" && size == Belt::Small);
        }
    }
}

#[test]
fn no_belt_writes_an_sbom_that_is_too_large_to_be_signed() {
    for size in [Belt::Medium, Belt::Large] {
        let (_, text) = belt_files(size, Forge::GitLab).remove(0);
        let all = documents(&text.replace(LIMIT, "100")).remove(0);
        let folder = repository();
        let done = jobs(folder.path(), &all, &pipeline("tag"));
        assert_ne!(code(&done, "bomtrail-sbom"), 0, "{size:?}");
    }
}
