//! Rules over a file as it is written: its size, its first words, and names of other machines in it.

use super::Violation;
use crate::checkout;
use crate::codes::{in_crate_source, is_test};

/// A Rust file longer than this is refused.
const MOST_LINES: usize = 800;

/// Full host names of package registries, in pieces so that this file holds none of them. The second half of a row
/// says whether a letter before it makes it another name.
const HOSTS: &[(&str, bool)] = &[
    (concat!("registry.", "npmjs.org"), false),
    (concat!("registry.", "yarnpkg.com"), false),
    (concat!("pypi", ".org"), true),
    (concat!("files.", "pythonhosted.org"), false),
    (concat!("deb.", "debian.org"), false),
    (concat!("index.", "crates.io"), false),
    (concat!("static.", "crates.io"), false),
];

/// Folders that exist on every machine and so identify none.
const EVERYWHERE: &[&str] = &[
    "/", "/tmp/", "/home/", "/root/", "/opt/", "/usr/", "/src/", "/app/", "/build/", "/var/",
];

/// A file too long to be read. What is generated is not read by people.
pub(super) fn size(path: &str, text: &str) -> Vec<Violation> {
    let count = text.lines().count();
    let long = count > MOST_LINES && !is_generated(text);
    let say = || {
        Violation::new(
            path,
            count,
            format!("{count} lines, at most {MOST_LINES}; split it by what it knows"),
        )
    };
    long.then(say).into_iter().collect()
}

/// A module that does not begin with what it is for.
pub(super) fn module_docs(path: &str, text: &str) -> Vec<Violation> {
    let ours = in_crate_source(path) || path.starts_with("xtask/src/");
    if !ours || is_test(path) {
        return Vec::new();
    }
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("// @generated"));
    let documented = first.is_some_and(|line| line.starts_with("//!"));
    let say = || Violation::new(path, 1, "begin with `//!`: what the module is for");
    (!documented).then(say).into_iter().collect()
}

/// A registry's full host name; its domain is enough everywhere.
pub(super) fn registry_hosts(path: &str, text: &str) -> Vec<Violation> {
    let named = |line: &str| {
        HOSTS
            .iter()
            .find(|(host, whole)| names_host(line, host, *whole))
            .map(|(host, _)| *host)
    };
    let say = |(idx, line): (usize, &str)| {
        let host = named(line)?;
        Some(Violation::new(
            path,
            idx + 1,
            format!("a registry's full host name `{host}`; write its domain only"),
        ))
    };
    text.lines().enumerate().filter_map(say).collect()
}

/// A path of the machine this checkout is on.
pub(super) fn this_machine(path: &str, text: &str) -> Vec<Violation> {
    let parent = checkout::root()
        .parent()
        .map(|it| format!("{}/", it.display()).replace("//", "/"));
    let telling = parent.filter(|parent| !EVERYWHERE.contains(&parent.as_str()));
    telling
        .map(|folder| machine_paths(path, text, &folder))
        .unwrap_or_default()
}

fn machine_paths(path: &str, text: &str, folder: &str) -> Vec<Violation> {
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| names_path(line, folder));
    lines
        .map(|(idx, _)| {
            Violation::new(
                path,
                idx + 1,
                format!("`{folder}` is a path of this machine; make it relative"),
            )
        })
        .collect()
}

fn names_host(line: &str, host: &str, whole: bool) -> bool {
    before_each(line, host)
        .any(|before| !whole || !before.is_some_and(|it| it.is_ascii_lowercase()))
}

fn names_path(line: &str, folder: &str) -> bool {
    let inside = |it: char| it.is_alphanumeric() || "_-.~}>*".contains(it);
    before_each(line, folder).any(|before| !before.is_some_and(inside))
}

/// The character before each place where `needle` stands.
fn before_each<'a>(line: &'a str, needle: &'a str) -> impl Iterator<Item = Option<char>> {
    line.match_indices(needle)
        .map(|(at, _)| line.get(..at).and_then(|before| before.chars().next_back()))
}

fn is_generated(text: &str) -> bool {
    text.lines()
        .take(3)
        .any(|line| line.starts_with("// @generated"))
}

#[cfg(test)]
mod tests;
