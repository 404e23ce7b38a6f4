//! `cargo xtask tidy`: the house rules no compiler knows. Each rule is a pure function with a test that shows it
//! failing; this module only runs them over the checkout and prints. It also runs as a test.

pub(crate) use layout::cases;

mod cycles;
mod dependencies;
mod diagnostics;
mod examples;
mod layers;
mod layout;
mod names;
mod packages;
mod prose;
mod rust;
mod text;

use std::error::Error;
use std::fmt;
use std::process::ExitCode;

use crate::checkout::{self, File};
use crate::source::{self, Token};
use crate::{Outcome, codes};

/// One breach of a house rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    /// From 1.
    line: usize,
    /// What is wrong and what to do.
    message: String,
}

impl Violation {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// A rule over a file of this path that says this.
type TextRule = fn(&str, &str) -> Vec<Violation>;

/// A rule over a Rust file's tokens.
type TokenRule = fn(&str, &[Token]) -> Vec<Violation>;

/// Rules over any text file.
const TEXT_RULES: &[TextRule] = &[text::registry_hosts, text::this_machine];

/// Rules over a Rust file as it is written.
const RUST_RULES: &[TextRule] = &[text::size, text::module_docs];

/// Rules over a Rust file's tokens.
const TOKEN_RULES: &[TokenRule] = &[
    rust::banned_code,
    rust::serde_shortcuts,
    rust::formatted_purls,
    names::inline_modules,
];

/// Prints every violation; fails if there is one.
pub(crate) fn run() -> Outcome {
    let violations = violations()?;
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => {
            println!("tidy");
            Ok(ExitCode::SUCCESS)
        }
        count => {
            println!("{count} violations");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn violations() -> Result<Vec<Violation>, Box<dyn Error>> {
    let paths = checkout::paths()?;
    let files = checkout::read_all(&paths);
    let packages = packages::of_workspace()?;
    let architecture = files
        .iter()
        .find(|file| file.path == dependencies::ARCHITECTURE);
    let mut found: Vec<Violation> = files.iter().flat_map(in_file).collect();
    let prose = prose::Prose::new();
    found.extend(files.iter().flat_map(|it| prose.check(&it.path, &it.text)));
    found.extend(paths.iter().flat_map(|path| names::files(path)));
    found.extend(cycles::between_folders(&files));
    found.extend(layout::top_level(&paths));
    found.extend(layout::fixture_cases(&paths));
    found.extend(examples::untested(&packages, &files));
    found.extend(packages.iter().flat_map(layers::arrows));
    found.extend(packages.iter().flat_map(layers::shared_lints));
    found.extend(dependencies::named(
        &packages,
        architecture.map_or("", |file| &file.text),
    ));
    found.extend(diagnostics::ids(&codes::of_crates(&files)));
    found.sort();
    found.dedup();
    Ok(found)
}

fn in_file(file: &File) -> Vec<Violation> {
    let File { path, text } = file;
    let mut found: Vec<Violation> = TEXT_RULES
        .iter()
        .flat_map(|rule| rule(path, text))
        .collect();
    if !codes::is_rust(path) {
        return found;
    }
    found.extend(RUST_RULES.iter().flat_map(|rule| rule(path, text)));
    match source::tokens(text) {
        Ok(tokens) => found.extend(TOKEN_RULES.iter().flat_map(|rule| rule(path, &tokens))),
        Err(error) => found.push(Violation::new(
            path,
            error.span().start().line,
            format!("not Rust: {error}"),
        )),
    }
    found
}

#[cfg(test)]
mod tests;
