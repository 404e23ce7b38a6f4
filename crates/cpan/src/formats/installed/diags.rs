//! The diagnostics of reading installed modules: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// What to do about a version that is not accepted.
pub(super) const UPDATE: &str = "install an accepted version; the installed one does not fit";

static STALE: Code = Code::new(
    "cpan/stale-record",
    Level::Note,
    "a distribution is recorded in several versions; only the newest is installed",
);
static NO_RECORD: Code = Code::new(
    "cpan/unreadable-record",
    Level::Warning,
    "the record of an installed distribution cannot be read completely; the name of its folder is used",
);
static UNRECORDED: Code = Code::new(
    "cpan/unknown-distribution",
    Level::Warning,
    "an installed module has no record of its distribution; it is kept without a Package URL",
);

pub(super) fn stale(stale: &str, newest: &str) -> Diagnostic {
    let message = format!("it is left out because `{newest}` is newer");
    Diagnostic::new(&STALE, Place::file(stale), message)
}

pub(super) fn unreadable(path: &str) -> Diagnostic {
    let message = "the record is missing or not valid JSON".to_owned();
    Diagnostic::new(&NO_RECORD, Place::file(path), message)
}

pub(super) fn unrecorded(path: &str, module: &str) -> Diagnostic {
    let message = format!("nothing says which distribution `{module}` was installed from");
    Diagnostic::new(&UNRECORDED, Place::file(path), message)
        .help("cpanm, Carton and cpm write such records; install it with one of them")
}
