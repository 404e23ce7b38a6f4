//! The diagnostics of reading an archive as a project: one function for each message.

use bomtrail_archive::Oddity;
use bomtrail_graph::{Code, Diagnostic, Level, Place};

static ODD: Code = Code::new(
    "bomtrail/odd-archive",
    Level::Warning,
    "an entry of an archive is odd",
);
static NOT_KEPT: Code = Code::new(
    "bomtrail/archive-file-unread",
    Level::Error,
    "a file in an archive describes packages and is too large to read",
);
static NO_METADATA: Code = Code::new(
    "bomtrail/archive-without-metadata",
    Level::Warning,
    "an archive has no metadata; the name of its file is used",
);
static LISTED_ONLY: Code = Code::new(
    "bomtrail/archive-file-missing",
    Level::Warning,
    "the MANIFEST of an archive lists files that are not in it",
);
static UNLISTED: Code = Code::new(
    "bomtrail/archive-file-unlisted",
    Level::Warning,
    "an archive has files that its MANIFEST does not list",
);

pub(super) fn odd(archive: &str, oddity: &Oddity) -> Diagnostic {
    Diagnostic::new(&ODD, Place::file(archive), oddity.to_string())
}

pub(super) fn not_kept(archive: &str, path: &str) -> Diagnostic {
    let message = "the file is too large to read".to_owned();
    Diagnostic::new(&NOT_KEPT, Place::entry(archive, path), message)
}

pub(super) fn no_metadata(archive: &str) -> Diagnostic {
    let message = "the archive has neither a `META.json` nor a `META.yml`".to_owned();
    Diagnostic::new(&NO_METADATA, Place::file(archive), message)
        .help("its requirements are not known; build it, and read its `MYMETA.json`")
}

pub(super) fn listed_only(archive: &str, first: &str, count: usize) -> Diagnostic {
    let message = format!(
        "`{}`{} in `MANIFEST` and not in the archive",
        first.escape_debug(),
        others(count)
    );
    Diagnostic::new(&LISTED_ONLY, Place::file(archive), message)
}

pub(super) fn unlisted(archive: &str, first: &str, count: usize) -> Diagnostic {
    let message = format!(
        "`{}`{} in the archive and not in `MANIFEST`",
        first.escape_debug(),
        others(count)
    );
    Diagnostic::new(&UNLISTED, Place::file(archive), message)
}

/// The verb after the first of some files.
fn others(count: usize) -> String {
    match count {
        0 | 1 => " is".to_owned(),
        count => format!(" and {} more are", count - 1),
    }
}
