//! The diagnostics of scanning a folder: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// Two lockfiles of one ecosystem.
static SECOND_LOCKFILE: Code = Code::new(
    "bomtrail/second-lockfile",
    Level::Warning,
    "the folder has two lockfiles of one ecosystem; only the one that the package manager prefers is read",
);

pub(crate) fn second_lockfile(ignored: &str, read: &str) -> Diagnostic {
    let message = format!("`{ignored}` is not read because `{read}` is there and wins");
    Diagnostic::new(&SECOND_LOCKFILE, Place::file(ignored), message)
        .help("remove the one that is not maintained")
}
