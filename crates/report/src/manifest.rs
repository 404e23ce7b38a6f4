//! The manifest of an evidence pack: `schemas/evidence-v1.schema.json` describes it.

use std::io::{self, Write};

use bomtrail_graph::Tool;
use serde::Serialize;

use crate::wire::{ToolView, print};

/// What an evidence pack is made of.
#[derive(Clone, Copy)]
pub struct Manifest<'a> {
    /// The program that made the pack.
    pub tool: Tool<'a>,
    /// When it was made (RFC 3339).
    pub timestamp: Option<&'a str>,
    /// The product's name and version.
    pub product: &'a str,
    /// The verdicts in short.
    pub verdicts: Verdicts,
    /// The files of the pack.
    pub files: &'a [ListedFile<'a>],
    /// The files that were read for it.
    pub inputs: &'a [ListedFile<'a>],
}

/// What a pack shows, in short.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdicts {
    /// The id of the compliance profile.
    pub profile: &'static str,
    /// How many required fields of the product, the document and the components are missing.
    pub missing: usize,
    /// How many warnings and errors the inputs have.
    pub input_problems: usize,
    /// `pass` or `fail`; `None` without a check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<&'static str>,
    /// How many packages have provenance that failed; `None` when provenance was not checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance_failed: Option<usize>,
}

/// One file with its digest.
#[derive(Clone, Serialize)]
pub struct ListedFile<'a> {
    /// Its path in the pack or in the project.
    pub path: &'a str,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<&'static str>,
    /// Its SHA-256, in lower-case hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: usize,
}

#[derive(Serialize)]
struct ManifestView<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<&'a str>,
    product: &'a str,
    verdicts: Verdicts,
    files: &'a [ListedFile<'a>],
    inputs: &'a [ListedFile<'a>],
}

impl Manifest<'_> {
    /// Writes `bomtrail/evidence/v1`.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let view = ManifestView {
            schema: "bomtrail/evidence/v1",
            tool: self.tool.into(),
            timestamp: self.timestamp,
            product: self.product,
            verdicts: self.verdicts,
            files: self.files,
            inputs: self.inputs,
        };
        print(&view, out)
    }
}
