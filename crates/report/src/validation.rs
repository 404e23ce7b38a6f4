//! The result of a validation: the values, and their JSON and SARIF.

mod print;

use bomtrail_graph::{Diagnostics, Level, Tool};

/// The format of a document, as it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// `CycloneDX` or `SPDX`.
    pub format: &'static str,
    /// The version of the specification (`1.6`).
    pub version: String,
}

/// Which schema a document was compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaUsed {
    /// The one that was given.
    Given,
    /// The official one, a part of this program.
    Official,
    /// None: this program was built without the one for this format, or there is none for its encoding.
    None,
}

/// What was found about a document.
#[derive(Debug)]
pub struct Validation {
    /// What it says it is; `None` when it does not say.
    pub claimed: Option<Claimed>,
    /// Which schema was used.
    pub schema: SchemaUsed,
    /// What is wrong or odd.
    pub diagnostics: Diagnostics,
    /// The program that validated.
    pub tool: Tool<'static>,
}

impl Validation {
    /// True when nothing of the level of an error was found.
    pub fn is_valid(&self) -> bool {
        self.diagnostics.worst() < Some(Level::Error)
    }
}
