//! The result of a validation: the values, and their JSON and SARIF.

mod print;
mod several;

use bomtrail_graph::{Diagnostics, Level, Tool};

pub use several::{DocumentValidation, write_validations_json, write_validations_sarif};

/// The format of a document, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// `CycloneDX` or `SPDX`.
    pub format: &'static str,
    /// The version of the specification (`1.6`).
    pub version: String,
}

/// What a document was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaUsed {
    /// The specification of its format and version, and the given JSON schema.
    Given,
    /// The specification of its format and version.
    Specification,
    /// Only the rules of the reader: bomtrail does not know the whole specification of this format or version.
    None,
}

/// What was found about a document.
#[derive(Debug)]
pub struct Validation {
    /// What it says it is; `None` when it does not say.
    pub claimed: Option<Claimed>,
    /// What the document was compared with.
    pub schema: SchemaUsed,
    /// What is wrong or odd.
    pub diagnostics: Diagnostics,
    /// The program that validated.
    pub tool: Tool<'static>,
}

impl Validation {
    /// True when the document was compared, and no error was found.
    pub fn is_valid(&self) -> bool {
        self.is_compared() && self.diagnostics.worst() < Some(Level::Error)
    }

    /// False when the document could only be checked in part.
    pub fn is_compared(&self) -> bool {
        self.schema != SchemaUsed::None
    }
}
