//! Reads a file of decisions and what it extends. What an extended file decides can be excluded or overruled, never widened.

use std::collections::VecDeque;

use bomtrail_graph::{Diagnostics, Files, Level, Place};

use super::decision::Decision;
use super::read::{Document, Extends};
use crate::diags;

/// The largest file that is read, in bytes.
const LARGEST: usize = 16 << 20;
/// The longest chain of files, and the most files.
const DEEPEST: usize = 16;
const MOST: usize = 256;

/// All decisions of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decisions {
    /// Each with the file that it is from, in the order that they count: the project's own first.
    pub all: Vec<(String, Decision)>,
    /// How many of them the project's own file has.
    pub own: usize,
}

impl Decisions {
    /// Decisions that are in memory.
    pub fn of(path: &str, decisions: Vec<Decision>) -> Self {
        let own = decisions.len();
        let all = decisions
            .into_iter()
            .map(|it| (path.to_owned(), it))
            .collect();
        Self { all, own }
    }
}

/// A file that is to be read.
struct Visit {
    path: String,
    depth: usize,
    exclude: Vec<String>,
}

/// Reads the file at `path` and everything it extends.
///
/// # Errors
/// Every problem of the files, each with file, line and column.
pub fn load(path: &str, files: &dyn Files) -> Result<Decisions, Diagnostics> {
    let mut found = Decisions::default();
    let mut problems = Diagnostics::new();
    let mut seen: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = VecDeque::from([Visit {
        path: path.to_owned(),
        depth: 0,
        exclude: Vec::new(),
    }]);
    while let Some(visit) = open.pop_front() {
        let key = (visit.path.clone(), visit.exclude.clone());
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        if visit.depth > DEEPEST || seen.len() > MOST {
            problems.push(diags::too_many_decisions(&visit.path));
            break;
        }
        let document = match read(&visit.path, files) {
            Ok(document) => document,
            Err(wrong) => {
                problems.append(wrong);
                continue;
            }
        };
        for it in document.decisions {
            if !is_excluded(&it, &visit.exclude) {
                found.all.push((visit.path.clone(), it));
            }
        }
        if visit.depth == 0 {
            found.own = found.all.len();
        }
        for extends in document.extends {
            match follow(&visit, extends) {
                Ok(next) => open.push_back(next),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    if problems.worst() == Some(Level::Error) {
        return Err(problems);
    }
    Ok(found)
}

fn read(path: &str, files: &dyn Files) -> Result<Document, Diagnostics> {
    let bytes = files.read(path).filter(|it| it.len() <= LARGEST);
    let text = bytes.and_then(|it| String::from_utf8(it).ok());
    let Some(text) = text else {
        let mut problems = Diagnostics::new();
        problems.push(diags::unreadable_decisions(path));
        return Err(problems);
    };
    Document::parse(path, &text)
}

fn is_excluded(decision: &Decision, exclude: &[String]) -> bool {
    let package = decision.package.as_str();
    exclude
        .iter()
        .any(|it| **it == decision.advisory || it == package)
}

/// The file that another one extends, relative to that one.
fn follow(from: &Visit, extends: Extends) -> Result<Visit, Box<bomtrail_graph::Diagnostic>> {
    let place = Place::line(&from.path, extends.line, None);
    let is_path = !extends.path.contains("://")
        && !extends.path.starts_with('/')
        && !extends.path.contains('\\');
    if !is_path {
        let message = format!("`{}` is not a relative path", extends.path);
        return Err(Box::new(diags::invalid_decisions(place, message)));
    }
    let mut parts: Vec<&str> = from.path.split('/').collect();
    parts.pop();
    for part in extends.path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut exclude = from.exclude.clone();
    exclude.extend(extends.exclude);
    exclude.sort_unstable();
    exclude.dedup();
    Ok(Visit {
        path: parts.join("/"),
        depth: from.depth + 1,
        exclude,
    })
}
