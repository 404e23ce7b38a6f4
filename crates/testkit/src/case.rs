//! Data-driven tests: every folder `fixtures/<ecosystem>/<rule>/` is a case, with the expected result next to it in
//! `expected…` files. `UPDATE_EXPECT=1` rewrites those; the difference is for a reviewer to read.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use bomtrail_graph::{Diagnostics, Graph, Input, Reader, link};

use crate::diff::diff;
use crate::files::{EXPECTED, Folder};
use crate::graph_text::{diagnostics_text, graph_text};

const UPDATE: &str = "UPDATE_EXPECT";

/// One fixture.
#[derive(Clone, Debug)]
pub struct Case {
    /// The rule it proves, which is its folder's name.
    pub name: String,
    /// Its input files.
    pub folder: Folder,
}

impl Case {
    /// Reads every file that one of `readers` claims (the first that does), and links what comes of it.
    pub fn read(&self, readers: &[&dyn Reader]) -> (Graph, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let mut fragments = Vec::new();
        for path in self.folder.all() {
            let Some(reader) = readers.iter().find(|it| it.claims(&path)) else {
                continue;
            };
            let bytes = fs::read(self.folder.path().join(&path)).unwrap();
            let input = Input {
                path: &path,
                bytes: &bytes,
                files: &self.folder,
            };
            fragments.push(reader.read(&input, &mut diagnostics));
        }
        let graph = link(fragments, &mut diagnostics);
        (graph, diagnostics)
    }
}

/// What came of a case: the text of each expectation by file name (`expected.graph`).
#[derive(Clone, Debug, Default)]
pub struct Outputs(BTreeMap<String, String>);

impl Outputs {
    /// Adds one; `name` starts with `expected`.
    #[must_use]
    pub fn with(mut self, name: &str, text: String) -> Self {
        assert!(
            name.starts_with(EXPECTED),
            "`{name}` is not a name for an expectation"
        );
        self.0.insert(name.to_owned(), text);
        self
    }
}

impl From<(Graph, Diagnostics)> for Outputs {
    /// `expected.graph` and `expected.diags`; the graph is verified.
    fn from((graph, diagnostics): (Graph, Diagnostics)) -> Self {
        assert_eq!(graph.verify(), Ok(()));
        Self::default()
            .with("expected.graph", graph_text(&graph))
            .with("expected.diags", diagnostics_text(&diagnostics))
    }
}

/// The folder of all fixtures.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Runs every case of `fixtures/<ecosystem>/` and compares the result with the `expected…` files next to it.
///
/// # Panics
/// When a case panics or differs, when an expectation is missing or is one that the case does not produce, and when there
/// are missing.
pub fn run_fixtures<T: Into<Outputs>>(ecosystem: &str, run: impl Fn(&Case) -> T) {
    run_cases(
        &fixtures().join(ecosystem),
        run,
        std::env::var_os(UPDATE).is_some(),
    );
}

fn run_cases<T: Into<Outputs>>(root: &Path, run: impl Fn(&Case) -> T, update: bool) {
    let cases = cases(root);
    assert!(!cases.is_empty(), "no cases in {}", root.display());
    let mut failures = Vec::new();
    for case in &cases {
        let Ok(outputs) = catch_unwind(AssertUnwindSafe(|| run(case).into())) else {
            failures.push(format!("{}: panicked, see above", case.name));
            continue;
        };
        if update {
            rewrite(case, &outputs);
        } else {
            let found = compare(case, &outputs).into_iter();
            failures.extend(found.map(|it| format!("{}: {it}", case.name)));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {} cases differ; {UPDATE}=1 accepts what was found\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

fn cases(root: &Path) -> Vec<Case> {
    let entries = fs::read_dir(root).into_iter().flatten();
    let mut folders: Vec<PathBuf> = entries
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .collect();
    folders.sort();
    let case = |path: PathBuf| Case {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        folder: Folder::new(path),
    };
    folders.into_iter().map(case).collect()
}

/// The expectations of a case.
fn expectations(case: &Case) -> BTreeMap<String, String> {
    let entries = fs::read_dir(case.folder.path())
        .unwrap()
        .map(|it| it.unwrap().path());
    let named = entries.map(|path| {
        (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            path,
        )
    });
    let expected = named.filter(|(name, _)| name.starts_with(EXPECTED));
    expected
        .map(|(name, path)| (name, fs::read_to_string(path).unwrap()))
        .collect()
}

fn compare(case: &Case, outputs: &Outputs) -> Vec<String> {
    let expected = expectations(case);
    let mut failures = Vec::new();
    for (name, found) in &outputs.0 {
        match expected.get(name) {
            Some(text) if text == found => {}
            Some(text) => failures.push(format!("{name} differs at {}", diff(text, found))),
            None => failures.push(format!("{name} is missing; found at {}", diff("", found))),
        }
    }
    let strange = expected
        .keys()
        .filter(|name| !outputs.0.contains_key(*name));
    failures.extend(strange.map(|name| format!("{name} is nothing that the test produces")));
    failures
}

fn rewrite(case: &Case, outputs: &Outputs) {
    let folder = case.folder.path();
    let known = expectations(case);
    for name in known.keys().filter(|name| !outputs.0.contains_key(*name)) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    for (name, text) in &outputs.0 {
        if known.get(name) != Some(text) {
            fs::write(folder.join(name), text).unwrap();
        }
    }
}

#[cfg(test)]
mod tests;
