//! The same input gives the same bytes: every format and every view, in two runs, two folders, two locales, two time zones.

use std::path::Path;

use crate::run::{basic, bomtrail, get, names, put};

/// A copy of the files of a flat folder.
fn copy(from: &Path, to: &Path) {
    for name in names(from) {
        if !name.starts_with("expected") && from.join(&name).is_file() {
            put(to, &name, &get(from, &name));
        }
    }
}

/// What a run prints in a folder, with an environment.
fn printed(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    let mut command = bomtrail(folder);
    command.args(arguments).envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}");
    assert!(!output.stdout.is_empty(), "{arguments:?}");
    output.stdout
}

fn is_the_same_everywhere(project: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path().join("here/project");
    let there = folder.path().join("Ïğ there/deeper/project");
    copy(project, &here);
    copy(project, &there);
    let plain = [
        ("LC_ALL", "C"),
        ("TZ", "UTC"),
        ("SOURCE_DATE_EPOCH", "1700000000"),
    ];
    let other = [
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "de_DE.UTF-8"),
        ("LANGUAGE", "de:tr"),
        ("TZ", "Pacific/Chatham"),
        ("HOME", "/nonexistent"),
        ("SOURCE_DATE_EPOCH", "1700000000"),
    ];
    let formats = bomtrail::formats::WRITERS.iter().map(|it| {
        let format = it.format();
        ["sbom", "-f", &[format.name, "@", format.version].concat()]
            .map(str::to_owned)
            .to_vec()
    });
    let views =
        ["json", "dot", "mermaid"].map(|it| ["graph", "-f", it].map(str::to_owned).to_vec());
    let tree = vec!["tree".to_owned()];
    let all: Vec<Vec<String>> = formats.chain(views).chain([tree]).collect();
    assert!(all.len() >= 12, "{all:?}");
    for arguments in all {
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.push("-q");
        let first = printed(&here, &arguments, &plain);
        assert!(
            first == printed(&there, &arguments, &other),
            "another folder and locale: {arguments:?}"
        );
    }
}

#[test]
fn an_npm_project_is_the_same_everywhere() {
    is_the_same_everywhere(&basic());
}

#[test]
fn a_cpan_project_is_the_same_everywhere() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cpan");
    is_the_same_everywhere(&fixtures.join("snapshot-closes-the-graph"));
}

#[test]
fn a_document_without_a_time_is_only_written_on_request() {
    let folder = tempfile::tempdir().unwrap();
    copy(&basic(), folder.path());
    for format in ["cyclonedx-json@1.7", "cyclonedx-xml@1.6", "cyclonedx-json"] {
        let text = |time: &[&str]| {
            let arguments = [&["sbom", "-q", "-f", format], time].concat();
            let text = printed(folder.path(), &arguments, &[("SOURCE_DATE_EPOCH", "")]);
            String::from_utf8(text).unwrap()
        };
        assert!(
            !text(&["--timestamp", "none"]).contains("timestamp"),
            "{format}"
        );
        let clock = text(&[]);
        assert!(clock.contains("timestamp"), "{format}");
        assert!(!clock.contains("1970-"), "{format}");
    }
}
