//! A validation as JSON (`bomtrail/validation/v1`) and as SARIF 2.1.0, for other programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_graph::{Code, Diagnostic, Level};
use serde_json::{Value, json};

use super::{SchemaUsed, Validation};

impl Validation {
    /// Writes the findings as `bomtrail/validation/v1`: `valid`, `format`, `schema`, and `findings` in the order they were
    /// found, each with its id, level, message and place.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let findings: Vec<Value> = self.diagnostics.iter().map(finding).collect();
        let schema = match self.schema {
            SchemaUsed::Given => "given",
            SchemaUsed::Official => "official",
            SchemaUsed::None => "none",
        };
        let document = json!({
            "schema": "bomtrail/validation/v1",
            "valid": self.is_valid(),
            "format": self.claimed.as_ref().map(|it| it.format),
            "version": self.claimed.as_ref().map(|it| &it.version),
            "compared": schema,
            "findings": findings,
        });
        print(&document, out)
    }

    /// Writes the findings as SARIF 2.1.0, one result each, located at the line where it is known.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write_sarif(&self, out: &mut dyn Write) -> io::Result<()> {
        let rules: BTreeMap<&str, &Code> = self
            .diagnostics
            .iter()
            .map(|it| (it.code.id, it.code))
            .collect();
        let rules: Vec<Value> = rules
            .into_values()
            .map(|it| json!({ "id": it.id, "shortDescription": { "text": it.about } }))
            .collect();
        let results: Vec<Value> = self.diagnostics.iter().map(result).collect();
        let document = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": { "name": self.tool.name, "version": self.tool.version, "rules": rules } },
                "results": results,
            }],
        });
        print(&document, out)
    }
}

fn finding(it: &Diagnostic) -> Value {
    json!({
        "id": it.code.id,
        "level": it.code.level.name(),
        "message": it.message,
        "path": it.place.path,
        "entry": it.place.entry,
        "line": it.place.line,
        "column": it.place.column,
        "help": it.help,
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

fn print(document: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}
