//! The diagnostics of writing: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

use crate::loss::Loss;
use crate::version::SpecVersion;

/// A fact of the graph that the document does not carry, or carries in a weaker form.
static LOSSY: Code = Code::new(
    "cyclonedx/lossy",
    Level::Note,
    "the format or its version has no place for a fact of the graph",
);

/// A kind of loss that occurred `count` times in a document of `version`.
pub(crate) fn lossy(format: &str, version: SpecVersion, loss: Loss, count: usize) -> Diagnostic {
    let what = match loss {
        Loss::Lifecycle => "lifecycle phases of inputs are left out; since 1.5 they are said",
        Loss::Acknowledgement => "licences do not say that they are declared; since 1.6 they do",
        Loss::Expression => {
            "licence expressions stand beside other licences and are printed as names; since 1.7 they need not be"
        }
        Loss::LicenseId => {
            "licence identifiers are newer than the list of the schema and are printed as names"
        }
        Loss::Kind => "component types are printed as a near one",
        Loss::Url => "URLs are no valid IRI references and are left out",
        Loss::AuthorUrl => "web pages of authors are left out",
        Loss::Conflict => "conflicts with components of the document are left out",
    };
    let place = Place::file(&format!("{format}@{}", version.name()));
    Diagnostic::new(&LOSSY, place, format!("{count} {what}"))
}
