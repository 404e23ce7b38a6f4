//! Writes a decision into the text of a file. Whatever is not changed stays as it is: order, indentation, line ends.

use std::fmt::Write as _;

use bomtrail_document::{Kind, Page, Value};
use bomtrail_graph::Diagnostics;
use serde_json::json;

use super::decision::Decision;
use super::read::Document;
use crate::diags;

/// A file without decisions.
const EMPTY: &str = "{\n  \"version\": 1,\n  \"decisions\": []\n}\n";

/// Why a decision cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The file has errors.
    #[error("{0}")]
    Invalid(Diagnostics),
    /// The list of decisions is not where it should be.
    #[error("the file has no list of `decisions`")]
    NoList,
}

/// The text of a file (`None` for a new one) with a decision: in place of the one about the same advisory, package and versions,
/// else in the order of advisory and package.
///
/// # Errors
/// [`EditError`] when the file is not valid.
pub fn write_decision(
    path: &str,
    text: Option<&str>,
    decision: &Decision,
) -> Result<String, EditError> {
    let text = text.unwrap_or(EMPTY);
    let document = Document::parse(path, text).map_err(EditError::Invalid)?;
    let mut page = Page::new(path, text, diags::DECISIONS);
    let value = page.json().ok_or(EditError::NoList)?;
    let shift = text.len() - page.text().len();
    let entries = value.as_entries().ok_or(EditError::NoList)?;
    let list = entries.0.iter().find(|it| it.key == "decisions");
    let list = list.map(|it| &it.value).ok_or(EditError::NoList)?;
    let Kind::List(items) = &list.kind else {
        return Err(EditError::NoList);
    };
    let layout = Layout::of(text, list, items, shift);
    let written = layout.object(decision);
    let key = |it: &Decision| {
        (
            it.advisory.clone(),
            it.package.to_string(),
            it.versions.clone(),
        )
    };
    let same = document
        .decisions
        .iter()
        .position(|it| key(it) == key(decision));
    let next = document
        .decisions
        .iter()
        .position(|it| key(it) > key(decision));
    let (start, end, new) = if let Some(old) = same.and_then(|at| items.get(at)) {
        (old.start, old.end, written)
    } else if let Some(next) = next.and_then(|at| items.get(at)) {
        (
            next.start,
            next.start,
            [&written, ",", &layout.line].concat(),
        )
    } else if let Some(previous) = items.last() {
        (
            previous.end,
            previous.end,
            [",", &layout.line, &written].concat(),
        )
    } else {
        let new = ["[", &layout.line, &written, &layout.outer, "]"].concat();
        (list.start, list.end, new)
    };
    let (start, end) = (start + shift, end + shift);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let changed = [before, &new, after].concat();
    Document::parse(path, &changed).map_err(EditError::Invalid)?;
    Ok(changed)
}

/// How the decisions of a file are laid out.
struct Layout {
    /// What separates two decisions: a line break and an indentation.
    line: String,
    /// The line break and the indentation of the list.
    outer: String,
    /// The line break and the indentation of what a decision holds; empty where each is on one line.
    inner: String,
}

impl Layout {
    fn of(text: &str, list: &Value<'_>, items: &[Value<'_>], shift: usize) -> Self {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let indent = |at: usize| {
            let before = text.get(..at + shift).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            let space = line.len() - line.trim_start_matches([' ', '\t']).len();
            line.get(..space).unwrap_or_default().to_owned()
        };
        let outer = indent(list.start);
        let unit = if outer.is_empty() { "  " } else { &outer };
        let own = items
            .first()
            .map_or_else(|| [&*outer, unit].concat(), |it| indent(it.start));
        let first = items.first();
        let is_one_line = first.is_some_and(|it| {
            let body = text
                .get(it.start + shift..it.end + shift)
                .unwrap_or_default();
            !body.contains('\n')
        });
        Self {
            line: [end, &own].concat(),
            inner: if is_one_line {
                String::new()
            } else {
                [end, &own, unit].concat()
            },
            outer: [end, &outer].concat(),
        }
    }

    fn object(&self, decision: &Decision) -> String {
        let mut text = "{".to_owned();
        for (number, (key, value)) in members(decision).into_iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let space = if self.inner.is_empty() {
                " "
            } else {
                &self.inner
            };
            // Writing to a string never fails.
            let _ = write!(text, "{comma}{space}\"{key}\": {value}");
        }
        text.push_str(if self.inner.is_empty() {
            " "
        } else {
            &self.line
        });
        text.push('}');
        text
    }
}

/// The keys of a decision and their values in JSON.
fn members(it: &Decision) -> Vec<(&'static str, String)> {
    let text = |it: &str| json!(it).to_string();
    let mut members = vec![
        ("advisory", text(&it.advisory)),
        ("package", text(it.package.as_str())),
    ];
    members.extend(it.versions.as_deref().map(|it| ("versions", text(it))));
    members.push(("status", text(it.status.name())));
    members.extend(it.why.map(|it| ("why", text(it.name()))));
    members.push(("reason", text(&it.reason)));
    members.extend(it.action.as_deref().map(|it| ("action", text(it))));
    let mut conditions = Vec::new();
    if it.conditions.develop_only {
        conditions.push("\"phase\": \"develop\"".to_owned());
    }
    if !it.conditions.via.is_empty() {
        let via: Vec<String> = it
            .conditions
            .via
            .iter()
            .map(|it| text(it.as_str()))
            .collect();
        conditions.push(format!("\"via\": [{}]", via.join(", ")));
    }
    if !conditions.is_empty() {
        members.push(("while", format!("{{ {} }}", conditions.join(", "))));
    }
    members.extend(it.decided.map(|it| ("decided", text(&it.to_string()))));
    members.extend(it.by.as_deref().map(|it| ("by", text(it))));
    members.extend(it.until.map(|it| ("until", text(&it.to_string()))));
    members
}
