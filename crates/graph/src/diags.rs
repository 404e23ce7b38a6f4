//! The diagnostics of linking: one function for each message.

use crate::diagnostic::{Code, Diagnostic, Level, Place};

/// Same package, different bytes.
static CONFLICT: Code = Code::new(
    "graph/conflict",
    Level::Error,
    "one package URL is locked with different contents at different places; both are kept",
);
/// Two providers of one name.
static AMBIGUOUS: Code = Code::new(
    "graph/ambiguous",
    Level::Warning,
    "a name is provided by more than one package; the first is taken",
);
/// No provider of a name.
static UNRESOLVED: Code = Code::new(
    "graph/unresolved",
    Level::Note,
    "nothing in the inputs provides a required name",
);

pub(crate) fn conflict(path: &str, place: &str, reference: &str, other: &str) -> Diagnostic {
    let message = format!("`{reference}` has other contents here than at `{other}`");
    Diagnostic::new(&CONFLICT, Place::entry(path, place), message)
        .help("one of the two archives is not what the registry serves for this version; compare their digests")
}

pub(crate) fn ambiguous(path: &str, place: &str, name: &str, providers: &[String]) -> Diagnostic {
    let message = format!(
        "`{name}` is provided by `{}`; the first is taken",
        providers.join("` and `")
    );
    Diagnostic::new(&AMBIGUOUS, Place::entry(path, place), message)
}

pub(crate) fn unresolved(path: &str, name: &str, count: usize) -> Diagnostic {
    let askers = if count == 1 {
        "dependency asks"
    } else {
        "dependencies ask"
    };
    let message = format!("nothing provides `{name}`, which {count} {askers} for");
    Diagnostic::new(&UNRESOLVED, Place::file(path), message)
        .help("it stays as an unresolved name; give the input that provides it as well")
}
