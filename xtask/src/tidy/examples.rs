//! A library without examples says `doctest = false`, so that no empty run of its documentation costs time; one with
//! examples must not, because then no test runs them.

use super::Violation;
use super::packages::Package;
use crate::checkout::File;

/// Examples in the documentation of packages whose manifest switches the tests of examples off.
pub(super) fn untested(packages: &[Package], files: &[File]) -> Vec<Violation> {
    let off = |it: &&Package| it.text.lines().any(|line| line == "doctest = false");
    let sources = |it: &Package| it.manifest.replace("Cargo.toml", "src/");
    let folders: Vec<String> = packages.iter().filter(off).map(sources).collect();
    let inside = |it: &&File| folders.iter().any(|folder| it.path.starts_with(folder));
    files.iter().filter(inside).flat_map(in_file).collect()
}

/// The first line of each example of a file.
fn in_file(file: &File) -> Vec<Violation> {
    let mut is_open = false;
    let mut found = Vec::new();
    for (idx, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let text = line.strip_prefix("//!").or(line.strip_prefix("///"));
        let Some(kind) = text.and_then(|it| it.trim_start().strip_prefix("```")) else {
            continue;
        };
        is_open = !is_open;
        if is_open
            && matches!(
                kind,
                "" | "rust" | "no_run" | "should_panic" | "compile_fail"
            )
        {
            let message = "no test runs this example; remove `doctest = false` from Cargo.toml";
            found.push(Violation::new(&file.path, idx + 1, message));
        }
    }
    found
}

#[cfg(test)]
mod tests;
