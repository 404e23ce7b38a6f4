//! The diagnostics of a `bomtrail.toml`.

use bomtrail_document::FileCodes;
use bomtrail_graph::{Code, Diagnostic, Level, Place};

use super::SETTINGS_FILE;

static SYNTAX: Code = Code::new(
    "bomtrail/settings-syntax",
    Level::Error,
    "the file is not valid TOML",
);
static UNREADABLE: Code = Code::new(
    "bomtrail/settings-unreadable",
    Level::Error,
    "the file cannot be read",
);
static UNKNOWN_KEY: Code = Code::new(
    "bomtrail/settings-unknown-key",
    Level::Error,
    "an unknown key",
);
static WRONG_VALUE: Code = Code::new(
    "bomtrail/settings-wrong-value",
    Level::Error,
    "an invalid value",
);
static MISSING_KEY: Code = Code::new(
    "bomtrail/settings-missing-key",
    Level::Error,
    "a required key is missing",
);
static NO_ARTIFACT: Code = Code::new(
    "bomtrail/settings-no-artifact",
    Level::Warning,
    "the file of the product cannot be read, so its digests are unknown",
);
static NO_MATCH: Code = Code::new(
    "bomtrail/settings-no-match",
    Level::Warning,
    "an entry matches no component of the graph",
);

/// The codes of the problems in the file.
pub(super) static CODES: FileCodes = FileCodes {
    syntax: &SYNTAX,
    unknown_key: &UNKNOWN_KEY,
    wrong_value: &WRONG_VALUE,
    missing_key: &MISSING_KEY,
};

pub(super) fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE,
        Place::file(path),
        format!("cannot be read: {why}"),
    )
}

pub(super) fn no_artifact(path: &str, why: &str) -> Diagnostic {
    let message = format!("the product's file `{path}` cannot be read: {why}");
    Diagnostic::new(
        &NO_ARTIFACT,
        Place::entry(SETTINGS_FILE, "product.artifact"),
        message,
    )
    .help("build it first, or leave `artifact` out")
}

pub(super) fn no_match(table: &str, pattern: &str) -> Diagnostic {
    let message = format!("no component of the graph matches `{pattern}`");
    Diagnostic::new(&NO_MATCH, Place::entry(SETTINGS_FILE, table), message).help(
        "`bomtrail graph` lists the components; `*` matches a part of a name, `**` several parts",
    )
}
