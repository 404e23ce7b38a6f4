//! Reads the text of a file of decisions. It is a file of our own, so an unknown key is an error.

use bomtrail_document::{Page, Table};
use bomtrail_graph::{Diagnostics, Justification, Purl, ReachPhase, VexStatus};

use super::decision::{Conditions, Decision};
use crate::diags;

/// The only version of the format.
const VERSION: u32 = 1;
const KEYS: [&str; 3] = ["version", "extends", "decisions"];
const DECISION_KEYS: [&str; 11] = [
    "advisory", "package", "versions", "status", "why", "reason", "action", "while", "decided",
    "by", "until",
];
const PHASES: [(ReachPhase, &str); 1] = [(ReachPhase::Develop, "develop")];

/// One file.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) extends: Vec<Extends>,
    pub(super) decisions: Vec<Decision>,
}

/// Another file whose decisions apply, too.
#[derive(Debug)]
pub(super) struct Extends {
    pub(super) path: String,
    /// Advisories and packages whose decisions are not taken over.
    pub(super) exclude: Vec<String>,
    pub(super) line: usize,
}

impl Document {
    /// Reads the text of a file; `path` is its name in messages.
    pub(super) fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let mut page = Page::new(path, text, diags::DECISIONS);
        let mut document = Self::default();
        if let Some(value) = page.json()
            && let Some(mut table) = Table::document(&mut page, &value)
        {
            table.only_or_own(&KEYS);
            match table.get("version") {
                None => {
                    let start = table.start;
                    table
                        .page
                        .missing_key("version", start, "write `\"version\": 1`");
                }
                Some(it) if it.as_count() == Some(VERSION) => {}
                Some(it) => {
                    let message = "`version` must be the number 1";
                    table
                        .page
                        .wrong(it.start, message, Some("a newer bomtrail may support it"));
                }
            }
            table.tables("extends", |mut it| {
                document.extends.extend(extends(&mut it));
            });
            table.tables("decisions", |mut it| {
                document.decisions.extend(decision(&mut it));
            });
        }
        page.finish(document)
    }
}

fn extends(table: &mut Table<'_, '_>) -> Option<Extends> {
    table.only_or_own(&["file", "exclude"]);
    let path = table.required("file", "the path of another file of decisions")?;
    let exclude = if table.get("exclude").is_some() {
        table.texts("exclude")
    } else {
        Vec::new()
    };
    Some(Extends {
        path: path.to_owned(),
        exclude: exclude
            .into_iter()
            .map(|(text, _)| text.to_owned())
            .collect(),
        line: table.page.line(table.start),
    })
}

fn decision(table: &mut Table<'_, '_>) -> Option<Decision> {
    table.only_or_own(&DECISION_KEYS);
    let line = table.page.line(table.start);
    let advisory = table.required("advisory", "the id of the advisory, or an alias");
    table.required(
        "package",
        "the Package URL of the package, without a version",
    );
    let package = table.parsed(
        "package",
        "a Package URL without a version, as in `pkg:npm/lodash`",
        |it| Purl::parse(it).ok().filter(|it| it.version().is_none()),
    );
    table.required("status", "what was decided");
    let status = table.one_of("status", &VexStatus::NAMES);
    let why = table.one_of("why", &Justification::NAMES);
    let reason = table.required("reason", "why it was decided");
    let is_explained =
        status != Some(VexStatus::NotAffected) || why.is_some() || table.get("why").is_some();
    if !is_explained {
        let about = "why the product is not affected, as in `code-not-reachable`";
        let start = table.start;
        table.page.missing_key("why", start, about);
    }
    let decision = Decision::new(advisory?, package?, status?, reason?);
    Some(decision.with(|it| {
        it.versions = table.text("versions").map(str::to_owned);
        it.why = why;
        it.action = table.text("action").map(str::to_owned);
        it.conditions = conditions(table);
        it.decided = table.date("decided");
        it.by = table.text("by").map(str::to_owned);
        it.until = table.date("until");
        it.line = line;
    }))
}

fn conditions(table: &mut Table<'_, '_>) -> Conditions {
    let mut conditions = Conditions::default();
    let Some(mut table) = table.table("while") else {
        return conditions;
    };
    table.only_or_own(&["phase", "via"]);
    conditions.develop_only = table.one_of("phase", &PHASES).is_some();
    if table.get("via").is_none() {
        return conditions;
    }
    let texts = table.texts("via");
    if texts.is_empty() {
        table.wrong("via", "a list of at least one Package URL");
    }
    for (text, at) in texts {
        match Purl::parse(text) {
            Ok(purl) => conditions.via.push(purl),
            Err(error) => table.page.wrong(at, &format!("`{text}`: {error}"), None),
        }
    }
    conditions
}
