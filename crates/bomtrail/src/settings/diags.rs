//! What can be wrong with a `bomtrail.toml`: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

use super::SETTINGS_FILE;

static SYNTAX: Code = Code::new(
    "bomtrail/settings-syntax",
    Level::Error,
    "the file is no TOML",
);
static UNREADABLE: Code = Code::new(
    "bomtrail/settings-unreadable",
    Level::Error,
    "the file cannot be read",
);
static UNKNOWN_KEY: Code = Code::new(
    "bomtrail/settings-unknown-key",
    Level::Error,
    "a key that means nothing here",
);
static WRONG_VALUE: Code = Code::new(
    "bomtrail/settings-wrong-value",
    Level::Error,
    "a value of the wrong kind",
);
static MISSING_KEY: Code = Code::new(
    "bomtrail/settings-missing-key",
    Level::Error,
    "a key that has to be there is not",
);
static NO_ARTIFACT: Code = Code::new(
    "bomtrail/settings-no-artifact",
    Level::Warning,
    "the file of the product cannot be read, so that its digests stay unknown",
);
static NO_MATCH: Code = Code::new(
    "bomtrail/settings-no-match",
    Level::Warning,
    "an entry is about no component of the graph",
);

pub(super) fn syntax(place: Place, why: &str) -> Diagnostic {
    Diagnostic::new(&SYNTAX, place, why.trim().replace('\n', ", "))
}

pub(super) fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE,
        Place::file(path),
        format!("cannot be read: {why}"),
    )
}

pub(super) fn unknown_key(place: Place, key: &str, known: &[&str]) -> Diagnostic {
    let known = known.join("`, `");
    Diagnostic::new(&UNKNOWN_KEY, place, format!("there is no key `{key}` here"))
        .help(&format!("there is `{known}`"))
}

pub(super) fn wrong_value(place: Place, key: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_VALUE, place, format!("`{key}` has to be {wanted}"))
}

pub(super) fn missing_key(place: Place, key: &str, about: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_KEY, place, format!("`{key}` is missing: {about}"))
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
    let message = format!("no component of the graph is `{pattern}`");
    Diagnostic::new(&NO_MATCH, Place::entry(SETTINGS_FILE, table), message).help(
        "`bomtrail graph` lists the components; `*` stands for a part of a name, `**` for several",
    )
}
