//! The validations of several documents as one JSON document (`bomtrail/validations/v1`) or one SARIF log. A document that could not
//! be read is in it, with the reason.

use std::io::{self, Write};

use bomtrail_graph::{Diagnostics, Tool};
use serde::Serialize;

use super::Validation;
use super::print::{Document, sarif};
use crate::wire::{ToolView, print};

/// The validation of one document among several.
#[derive(Debug)]
pub struct DocumentValidation {
    /// The document, relative to the folder of all, with `/`.
    pub path: String,
    /// The validation, or why there is none.
    pub outcome: Result<Validation, String>,
}

#[derive(Serialize)]
struct All<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    valid: bool,
    documents: Vec<One<'a>>,
}

#[derive(Serialize)]
struct One<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    validation: Option<Document<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// Writes the validations as `bomtrail/validations/v1`, which `schemas/validations-v1.schema.json` describes.
///
/// # Errors
/// What the sink fails with.
pub fn write_validations_json(
    all: &[DocumentValidation],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let is_valid = |it: &DocumentValidation| it.outcome.as_ref().is_ok_and(Validation::is_valid);
    let documents = all.iter().map(|it| One {
        path: &it.path,
        validation: it.outcome.as_ref().ok().map(Validation::document),
        error: it.outcome.as_ref().err().map(|it| &**it),
    });
    let all = All {
        schema: "bomtrail/validations/v1",
        tool: tool.into(),
        valid: all.iter().all(is_valid),
        documents: documents.collect(),
    };
    print(&all, out)
}

/// Writes the findings of all documents as SARIF 2.1.0, and the documents that could not be read as notifications.
///
/// # Errors
/// What the sink fails with.
pub fn write_validations_sarif(
    all: &[DocumentValidation],
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut found = Diagnostics::new();
    let mut unread = Vec::new();
    for it in all {
        match &it.outcome {
            Ok(validation) => {
                for diagnostic in &validation.diagnostics {
                    let mut diagnostic = diagnostic.clone();
                    diagnostic.place.path.clone_from(&it.path);
                    found.push(diagnostic);
                }
            }
            Err(reason) => unread.push(format!("`{}`: {reason}", it.path)),
        }
    }
    print(&sarif(tool, &found, &unread), out)
}
