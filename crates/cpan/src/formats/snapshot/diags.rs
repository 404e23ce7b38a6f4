//! The diagnostics of reading a snapshot: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// What to do about a version that is out of range.
pub(super) const UPDATE: &str = "`carton install` updates the snapshot";

static NO_SNAPSHOT: Code = Code::new(
    "cpan/no-snapshot",
    Level::Error,
    "a cpanfile.snapshot lists no distribution",
);
static SNAPSHOT_FORMAT: Code = Code::new(
    "cpan/snapshot-format",
    Level::Warning,
    "a cpanfile.snapshot states a format other than 1.0; it is read as 1.0",
);
static SNAPSHOT_LINES: Code = Code::new(
    "cpan/snapshot-lines",
    Level::Warning,
    "lines of a cpanfile.snapshot do not belong to its format; they are left out",
);
static NO_PATHNAME: Code = Code::new(
    "cpan/no-pathname",
    Level::Warning,
    "a distribution of a snapshot states no path of an archive on CPAN; its author is unknown",
);
static PRIVATE_INDEX: Code = Code::new(
    "cpan/private-index",
    Level::Warning,
    "a distribution of a snapshot is from a private index that the project does not name",
);
static PATHNAME_MISMATCH: Code = Code::new(
    "cpan/pathname-mismatch",
    Level::Error,
    "the entry of a distribution has another name than the archive it locks",
);

pub(super) fn no_snapshot(path: &str) -> Diagnostic {
    let message = "the snapshot lists no distribution".to_owned();
    Diagnostic::new(&NO_SNAPSHOT, Place::file(path), message)
        .help("`carton install` writes a new snapshot")
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
        1 => "a line does not belong to the format and is left out".to_owned(),
        _ => format!(
            "{count} lines, of which this is the first, do not belong to the format and are left out"
        ),
    };
    Diagnostic::new(&SNAPSHOT_LINES, Place::line(path, first, None), message)
}

pub(super) fn no_pathname(path: &str, line: usize, entry: &str) -> Diagnostic {
    let message = "it states no archive on CPAN, so its author is unknown".to_owned();
    Diagnostic::new(&NO_PATHNAME, at(path, line, entry), message)
}

pub(super) fn private_index(path: &str, line: usize, entry: &str) -> Diagnostic {
    let message =
        "its author is the placeholder of a private index, so it is not a release on CPAN"
            .to_owned();
    Diagnostic::new(&PRIVATE_INDEX, at(path, line, entry), message)
        .help("name the index in the cpanfile: `mirror 'https://…';`")
}

pub(super) fn pathname_mismatch(path: &str, line: usize, entry: &str, archive: &str) -> Diagnostic {
    let message = format!("it locks the archive `{archive}`, which has another name");
    Diagnostic::new(&PATHNAME_MISMATCH, at(path, line, entry), message)
        .help("the archive is what is installed; check who changed the entry")
}

fn at(path: &str, line: usize, entry: &str) -> Place {
    Place {
        line: Some(line),
        ..Place::entry(path, entry)
    }
}
