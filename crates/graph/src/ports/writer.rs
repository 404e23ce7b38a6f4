//! The port for output formats.

use std::io;

use super::bom::Bom;
use crate::diagnostic::Diagnostics;

/// A document format in one version and encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Format {
    /// The name on the command line (`cyclonedx-json`).
    pub name: &'static str,
    /// The version of the specification (`1.6`).
    pub version: &'static str,
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The sink refused the bytes.
    #[error("the output could not be written")]
    Sink(#[source] io::Error),
    /// A file that the document is made from could not be read a second time.
    #[error("the input could not be read again")]
    Source(#[source] io::Error),
    /// The format requires a fact that nothing states.
    #[error("{format} requires {what}")]
    Requires {
        /// The format.
        format: &'static str,
        /// The fact, and how to supply it.
        what: &'static str,
    },
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Sink(error)
    }
}

/// Prints a [`Bom`] in one format. Has no clock, no random source and no counter.
pub trait Writer: Sync {
    /// The format.
    fn format(&self) -> Format;

    /// Writes the document, and reports what the format cannot say.
    ///
    /// # Errors
    /// [`WriteError`] when the sink refuses the bytes, or when the format requires a fact that is not known.
    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn io::Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError>;
}
