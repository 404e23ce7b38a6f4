//! The diagnostics of advisories: one function for each message.

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

pub(crate) fn version(reference: &str, version: &str) -> Diagnostic {
    let message =
        format!("the version `{version}` of `{reference}` cannot be compared with ranges");
    Diagnostic::new(&VERSION, Place::default(), message)
}

pub(crate) fn no_data(ecosystem: &str, packages: usize) -> Diagnostic {
    let packages = match packages {
        1 => "1 package".to_owned(),
        several => format!("{several} packages"),
    };
    let message = format!("no advisories for `{ecosystem}`: {packages} not checked");
    Diagnostic::new(&NO_DATA, Place::default(), message)
        .help("give a file with advisories for it with `--advisories`")
}

pub(crate) fn no_version(ecosystem: &str, packages: usize) -> Diagnostic {
    let packages = match packages {
        1 => "1 package has".to_owned(),
        several => format!("{several} packages have"),
    };
    let message = format!("{packages} no version in `{ecosystem}` and cannot be looked up");
    Diagnostic::new(&NO_VERSION, Place::default(), message)
}
