use std::path::Path;

use super::{NpmEnvironment, unsafe_settings};

fn put(folder: &Path, name: &str, text: &str) {
    let write = |out: &mut dyn std::io::Write| out.write_all(text.as_bytes());
    crate::write::write_atomic::<std::io::Error>(&folder.join(name), write).unwrap();
}

fn keys(npmrc: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), ".npmrc", npmrc);
    let variables = variables
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
    let environment = NpmEnvironment::new(variables);
    let all = unsafe_settings(folder.path(), &environment)
        .unwrap()
        .into_iter();
    all.map(|it| it.key).collect()
}

#[test]
fn what_changes_an_installation_is_found_in_every_source() {
    for npmrc in [
        "\"legacy-peer-deps\"=true",
        "legacy-peer-deps",
        "audit=false\rlegacy-peer-deps=true",
        "legacy-peer-deps[]=false",
        "legacy-peer-deps=1",
        "legacy-peer-deps=${WANTED}",
        "${KEY}=true",
    ] {
        let variables = [("WANTED", "yes"), ("KEY", "legacy-peer-deps")];
        assert_eq!(keys(npmrc, &variables), ["legacy-peer-deps"], "{npmrc}");
    }
    assert_eq!(
        keys("", &[("NPM_CONFIG_Package_Lock", "false")]),
        ["package-lock"]
    );
    assert_eq!(keys("install-strategy=linked", &[]), ["install-strategy"]);
}

#[test]
fn settings_that_change_nothing_are_allowed() {
    for npmrc in [
        "package-lock=true",
        "legacy-peer-deps=false",
        "legacy-peer-deps=0",
        "registry=https://npm.example.com",
        "; legacy-peer-deps=true",
        "[section]\nlegacy-peer-deps=true",
        "legacy-peer-deps=true\nlegacy-peer-deps=false",
        "install-strategy=hoisted",
    ] {
        assert_eq!(keys(npmrc, &[]), [""; 0], "{npmrc}");
    }
    let stronger = [
        ("npm_config_legacy_peer_deps", "false"),
        ("npm_config_global", ""),
    ];
    assert_eq!(keys("legacy-peer-deps=true", &stronger), [""; 0]);
}

/// The problems of a project with a `.npmrc`, for a user whose home folder is given.
fn with_home(project: &Path, home: &Path) -> Result<Vec<String>, String> {
    let variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let home = home.to_str().unwrap().to_owned();
    let variables = [(variable.to_owned(), home), ("TOKEN".into(), "true".into())];
    let found = unsafe_settings(project, &NpmEnvironment::new(variables));
    let texts = |all: Vec<super::UnsafeSetting>| {
        let all = all.into_iter();
        all.map(|it| format!("{} {}={}", it.source, it.key, it.value))
            .collect()
    };
    found.map(texts).map_err(|it| it.to_string())
}

#[test]
fn the_settings_of_the_user_are_where_the_project_says() {
    let (project, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(home.path(), ".npmrc", "force=true");
    put(home.path(), "other", "x=1\nforce=${TOKEN}");
    put(project.path(), "npmrc", "dry-run=true");
    put(project.path(), ".npmrc", "");
    let found = || with_home(project.path(), home.path()).unwrap();
    assert_eq!(found(), ["the user's .npmrc:1 force=true"]);
    put(project.path(), ".npmrc", "userconfig=~/other");
    assert_eq!(found(), ["the user's .npmrc:2 force=${TOKEN}"]);
    put(
        project.path(),
        ".npmrc",
        "userconfig=none\nglobalconfig=npmrc",
    );
    assert_eq!(found(), ["the global npmrc:1 dry-run=true"]);
    put(home.path(), ".npmrc", "globalconfig=npmrc");
    put(project.path(), ".npmrc", "dry-run=false");
    assert_eq!(found(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn settings_are_read_through_links_and_reported_when_they_cannot_be_read() {
    let (project, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(home.path(), "kept", "force=true");
    std::os::unix::fs::symlink("kept", home.path().join(".npmrc")).unwrap();
    let found = || with_home(project.path(), home.path());
    assert_eq!(found().unwrap(), ["the user's .npmrc:1 force=true"]);
    std::os::unix::fs::symlink(home.path().join("kept"), project.path().join(".npmrc")).unwrap();
    let message = ".npmrc cannot be read: it lies outside the project";
    assert_eq!(found().unwrap_err(), message);
    let other = tempfile::tempdir().unwrap();
    let folder = [("npm_config_userconfig".to_owned(), "/".to_owned())];
    let error = unsafe_settings(other.path(), &NpmEnvironment::new(folder)).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the user's .npmrc cannot be read"),
        "{error}"
    );
}
