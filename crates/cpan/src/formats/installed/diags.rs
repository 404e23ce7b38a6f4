//! The diagnostics of reading what is installed: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// What to do about a version that is not asked for.
pub(super) const UPDATE: &str =
    "install the newer one; what is there was not what its installer looked for";

/// An older record.
static STALE: Code = Code::new(
    "cpan/stale-record",
    Level::Note,
    "a distribution is recorded in several versions; only the newest is installed",
);
/// A record that names nothing.
static NO_RECORD: Code = Code::new(
    "cpan/unreadable-record",
    Level::Warning,
    "the record of an installed distribution cannot be read in part; its folder's name stands in",
);
/// No record.
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
    let message = "the record is missing, or no JSON".to_owned();
    Diagnostic::new(&NO_RECORD, Place::file(path), message)
}

pub(super) fn unrecorded(path: &str, module: &str) -> Diagnostic {
    let message = format!("nothing says which distribution `{module}` was installed from");
    Diagnostic::new(&UNRECORDED, Place::file(path), message)
        .help("cpanm, Carton and cpm keep such records; install it with one of them")
}
