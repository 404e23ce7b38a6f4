//! The diagnostics of reading a snapshot: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// What to do about a version that is not asked for.
pub(super) const UPDATE: &str = "`carton install` brings the snapshot up to date";

/// Nothing in it.
static NO_SNAPSHOT: Code = Code::new(
    "cpan/no-snapshot",
    Level::Error,
    "a cpanfile.snapshot holds no distribution",
);
/// Another format.
static SNAPSHOT_FORMAT: Code = Code::new(
    "cpan/snapshot-format",
    Level::Warning,
    "a cpanfile.snapshot states another format than 1.0; it was read as if it were that",
);
/// Lines that mean nothing.
static SNAPSHOT_LINES: Code = Code::new(
    "cpan/snapshot-lines",
    Level::Warning,
    "lines of a cpanfile.snapshot are none of its format; they were left out",
);
/// No archive.
static NO_PATHNAME: Code = Code::new(
    "cpan/no-pathname",
    Level::Warning,
    "a distribution of a snapshot has no path of an archive; its author is unknown",
);
/// Entry and archive disagree.
static PATHNAME_MISMATCH: Code = Code::new(
    "cpan/pathname-mismatch",
    Level::Error,
    "a distribution's entry is named after another archive than the one it locks",
);

pub(super) fn no_snapshot(path: &str) -> Diagnostic {
    let message = "there is no distribution in it".to_owned();
    Diagnostic::new(&NO_SNAPSHOT, Place::file(path), message)
        .help("`carton install` writes a snapshot anew")
}

pub(super) fn format(path: &str, stated: Option<&str>) -> Diagnostic {
    let message = match stated {
        Some(stated) => format!("the format is `{stated}`, and only `1.0` is known"),
        None => "the first line states no format".to_owned(),
    };
    Diagnostic::new(&SNAPSHOT_FORMAT, Place::line(path, 1, None), message)
}

pub(super) fn lines(path: &str, count: usize, first: usize) -> Diagnostic {
    let message = match count {
        1 => "a line is none of a snapshot's and was left out".to_owned(),
        _ => format!(
            "{count} lines, of which this is the first, are none of a snapshot's and were left out"
        ),
    };
    Diagnostic::new(&SNAPSHOT_LINES, Place::line(path, first, None), message)
}

pub(super) fn no_pathname(path: &str, line: usize, entry: &str) -> Diagnostic {
    let message = "it states no archive of CPAN, so its author is unknown".to_owned();
    Diagnostic::new(&NO_PATHNAME, at(path, line, entry), message)
}

pub(super) fn pathname_mismatch(path: &str, line: usize, entry: &str, archive: &str) -> Diagnostic {
    let message = format!("the archive it locks is `{archive}`, which is named otherwise");
    Diagnostic::new(&PATHNAME_MISMATCH, at(path, line, entry), message)
        .help("the archive is what gets installed; find out who changed the entry")
}

fn at(path: &str, line: usize, entry: &str) -> Place {
    Place {
        line: Some(line),
        ..Place::entry(path, entry)
    }
}
