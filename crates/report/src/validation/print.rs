//! A validation as JSON (`bomtrail/validation/v1`) and as SARIF 2.1.0, for other programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Code, Diagnostic, Diagnostics, Level, Tool};
use serde::Serialize;
use serde_json::{Value, json};

use super::{SchemaUsed, Validation};
use crate::wire::{DiagnosticView, ToolView, print};

#[derive(Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    valid: bool,
    format: Option<&'static str>,
    version: Option<&'a str>,
    compared: &'static str,
    findings: Vec<DiagnosticView<'a>>,
}

impl Validation {
    /// Writes the findings as `bomtrail/validation/v1`, which `schemas/validation-v1.schema.json` describes, in the order they
    /// were found.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        print(&self.document(), out)
    }

    pub(super) fn document(&self) -> Document<'_> {
        Document {
            schema: "bomtrail/validation/v1",
            tool: self.tool.into(),
            valid: self.is_valid(),
            format: self.claimed.as_ref().map(|it| it.format),
            version: self.claimed.as_ref().map(|it| &*it.version),
            compared: match self.schema {
                SchemaUsed::Given => "given",
                SchemaUsed::Specification => "specification",
                SchemaUsed::None => "none",
            },
            findings: self.diagnostics.iter().map(DiagnosticView::from).collect(),
        }
    }

    /// Writes the findings as SARIF 2.1.0, one result each, located at the line where it is known.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_sarif(&self, out: &mut dyn Write) -> io::Result<()> {
        print(&sarif(self.tool, &self.diagnostics, &[]), out)
    }
}

/// A SARIF log of these findings; what could not be read is in its notifications.
pub(super) fn sarif(tool: Tool<'_>, diagnostics: &Diagnostics, unread: &[String]) -> Value {
    let rules: BTreeMap<&str, &Code> = diagnostics.iter().map(|it| (it.code.id, it.code)).collect();
    let rules: Vec<Value> = rules
        .into_values()
        .map(|it| json!({ "id": it.id, "shortDescription": { "text": it.about } }))
        .collect();
    let results: Vec<Value> = diagnostics.iter().map(result).collect();
    let mut run = json!({
        "tool": { "driver": { "name": tool.name, "version": tool.version, "rules": rules } },
        "results": results,
    });
    if !unread.is_empty()
        && let Some(run) = run.as_object_mut()
    {
        let notifications: Vec<Value> = unread
            .iter()
            .map(|text| json!({ "level": "error", "message": { "text": text } }))
            .collect();
        let invocation =
            json!({ "executionSuccessful": false, "toolExecutionNotifications": notifications });
        run.insert("invocations".to_owned(), json!([invocation]));
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    })
}

fn result(it: &Diagnostic) -> Value {
    let level = match it.code.level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    };
    let mut physical = json!({ "artifactLocation": { "uri": it.place.path } });
    if let (Some(line), Some(map)) = (it.place.line, physical.as_object_mut()) {
        let region =
            json!({ "startLine": line, "startColumn": it.place.column.unwrap_or(1).max(1) });
        map.insert("region".to_owned(), region);
    }
    let logical: Vec<Value> = it
        .place
        .entry
        .iter()
        .map(|entry| json!({ "fullyQualifiedName": entry }))
        .collect();
    json!({
        "ruleId": it.code.id,
        "level": level,
        "message": { "text": it.message },
        "locations": [{ "physicalLocation": physical, "logicalLocations": logical }],
    })
}
