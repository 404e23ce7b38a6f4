//! The diagnostics of advisories: one function for each message.

use bomtrail_document::FileCodes;
use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// A record that cannot be read.
static DAMAGED: Code = Code::new(
    "advisories/damaged-record",
    Level::Error,
    "a record of an advisory cannot be read; what it is about is not reported",
);
/// Two events at one version.
static AMBIGUOUS: Code = Code::new(
    "advisories/ambiguous-events",
    Level::Warning,
    "a record begins and ends at one version, so that it does not say whether that version is affected",
);
/// A version that cannot be compared.
static VERSION: Code = Code::new(
    "advisories/version-not-compared",
    Level::Warning,
    "a version cannot be compared, so that only records that list it are found",
);
/// An ecosystem without data.
static NO_DATA: Code = Code::new(
    "advisories/no-data",
    Level::Warning,
    "no advisories were read for an ecosystem of the project; whether its packages are vulnerable is unknown",
);
/// Packages without a version.
static NO_VERSION: Code = Code::new(
    "advisories/no-version",
    Level::Warning,
    "packages without a version are not looked up; whether they are vulnerable is unknown",
);

pub(crate) fn damaged(source: &str, id: Option<&str>, why: &str) -> Diagnostic {
    let place = match id {
        Some(id) => Place::entry(source, id),
        None => Place::file(source),
    };
    Diagnostic::new(&DAMAGED, place, format!("the record cannot be read: {why}"))
        .help("get the file again from its source; until then the result is incomplete")
}

pub(crate) fn ambiguous(source: &str, id: &str, version: &str) -> Diagnostic {
    let message =
        format!("`{version}` is both introduced and fixed; it is not reported as affected");
    Diagnostic::new(&AMBIGUOUS, Place::entry(source, id), message)
}

pub(crate) fn version(path: &str, reference: &str, version: &str) -> Diagnostic {
    let message =
        format!("the version `{version}` of `{reference}` cannot be compared with ranges");
    Diagnostic::new(&VERSION, Place::entry(path, reference), message)
}

pub(crate) fn no_data(path: &str, ecosystem: &str, packages: usize) -> Diagnostic {
    let packages = match packages {
        1 => "1 package".to_owned(),
        several => format!("{several} packages"),
    };
    let message = format!("no advisories for `{ecosystem}`: {packages} not checked");
    Diagnostic::new(&NO_DATA, Place::file(path), message)
        .help("give a file with advisories for it with `--advisories`")
}

pub(crate) fn no_version(path: &str, ecosystem: &str, packages: usize) -> Diagnostic {
    let packages = match packages {
        1 => "1 package has".to_owned(),
        several => format!("{several} packages have"),
    };
    let message = format!("{packages} no version in `{ecosystem}` and cannot be looked up");
    Diagnostic::new(&NO_VERSION, Place::file(path), message)
        .help("for Perl itself, give its version with `--perl`")
}

/// A VEX document of someone else that is not valid.
static VEX: Code = Code::new(
    "advisories/vex-invalid",
    Level::Error,
    "a VEX document breaks its format; nothing of it is used",
);

pub(crate) fn vex(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(&VEX, place, why.to_owned())
}

/// A file of decisions that is not valid.
static DECISION_FILE: Code = Code::new(
    "advisories/decisions-invalid",
    Level::Error,
    "a file of decisions is not valid; no decision was applied",
);

/// The codes of the problems in a file of decisions: one for all.
pub(crate) const DECISIONS: FileCodes = FileCodes::all(&DECISION_FILE);

pub(crate) fn invalid_decisions(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(&DECISION_FILE, place, message)
        .help("`extends` takes files of the project; copy the file into it")
}

pub(crate) fn unreadable_decisions(path: &str) -> Diagnostic {
    let message = "the file of decisions cannot be read".to_owned();
    Diagnostic::new(&DECISION_FILE, Place::file(path), message)
        .help("it must be a regular UTF-8 file of at most 16 MiB in the project")
}

pub(crate) fn too_many_decisions(path: &str) -> Diagnostic {
    let message = "too many files extend each other".to_owned();
    Diagnostic::new(&DECISION_FILE, Place::file(path), message)
        .help("extend fewer files; a chain has at most 16")
}
