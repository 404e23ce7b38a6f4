//! GitLab: the component, and the files of the belts.

use std::collections::BTreeMap;
use std::path::Path;

use bomtrail::settings::{Belt, Forge, belt_files};
use serde_json::Value;

use super::project::{approve, repository};
use super::shell::{Ran, Shell};
use super::yaml::{Names, documents, replaced};
use crate::run::{get, names};

/// Runs every job, and looks for the reports that it promises.
fn jobs(repository: &Path, all: &Value) -> Vec<(String, Ran)> {
    let mut done = Vec::new();
    for (name, job) in all.as_object().unwrap() {
        let shell = Shell::of(repository);
        let own = job["variables"].as_object().into_iter().flatten();
        let own: BTreeMap<String, String> = own
            .map(|(name, it)| (name.clone(), it.as_str().unwrap().to_owned()))
            .collect();
        let lines = job["script"].as_array().unwrap().iter();
        let lines: Vec<&str> = lines.map(|it| it.as_str().unwrap()).collect();
        let ran = shell.run(&lines.join("\n"), &own);
        if ran.code == 0 || job["artifacts"]["when"] == "always" {
            let reports = job["artifacts"]["reports"].as_object().unwrap();
            let files = names(repository);
            for report in reports.values() {
                let report = report.as_str().unwrap();
                assert!(
                    files.iter().any(|it| it == report),
                    "{name}: {report}: {}",
                    ran.printed
                );
            }
        }
        done.push((name.clone(), ran));
    }
    done
}

fn component(repository: &Path, path: &str) -> Vec<(String, Ran)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = get(&root.join(".gitlab/components"), "bomtrail.yml");
    let (header, _) = text.split_once("\n---\n").unwrap();
    let inputs = documents(header).remove(0);
    let mut values = Names::new();
    for (name, it) in inputs["spec"]["inputs"].as_object().unwrap() {
        values.insert(
            format!("inputs.{name}"),
            it["default"].as_str().unwrap().to_owned(),
        );
    }
    values.insert("inputs.path".to_owned(), path.to_owned());
    let mut both = documents(&text);
    // GitLab replaces inputs in the values of a parsed file.
    let body = both.remove(1);
    jobs(repository, &with_inputs(&body, &values))
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

#[test]
fn the_component_writes_an_sbom_and_checks() {
    let folder = repository();
    let done = component(folder.path(), ".");
    let code = |name: &str| done.iter().find(|(it, _)| it == name).unwrap().1.code;
    assert_eq!((code("bomtrail-sbom"), code("bomtrail-check")), (0, 1));
    approve(folder.path());
    assert!(
        component(folder.path(), ".")
            .iter()
            .all(|(_, ran)| ran.code == 0)
    );
}

#[test]
fn a_hostile_input_runs_nothing() {
    let folder = repository();
    component_without_reports(folder.path(), "$(touch pwned)");
    assert!(!names(folder.path()).contains(&"pwned".to_owned()));
}

/// The jobs fail before their reports are written.
fn component_without_reports(repository: &Path, path: &str) {
    let done = std::panic::catch_unwind(|| component(repository, path));
    assert!(done.is_err() || done.is_ok_and(|all| all.iter().all(|(_, ran)| ran.code != 0)));
}

#[test]
fn every_belt_runs_on_a_repository_with_workspaces() {
    for size in [Belt::Small, Belt::Medium, Belt::Large] {
        let (_, text) = belt_files(size, Forge::GitLab).remove(0);
        let all = documents(&text).remove(0);
        let folder = repository();
        let done = jobs(folder.path(), &all);
        let check = done
            .iter()
            .find(|(name, _)| name == "bomtrail-check")
            .unwrap();
        assert_eq!(check.1.code, 1, "{size:?}: {}", check.1.printed);
        let folder = repository();
        approve(folder.path());
        for (name, ran) in jobs(folder.path(), &all) {
            assert_eq!(ran.code, 0, "{size:?} {name}: {}", ran.printed);
        }
    }
}
