//! The diagnostics of writing SPDX: one function for each message.

use bomtrail_document::{Codes, place as at};
use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// Something is in the document, but not where a program would look for it.
static LOSSY: Code = Code::new(
    "spdx/lossy",
    Level::Note,
    "the graph knows something that SPDX has no field for",
);

/// `count` facts of one kind that a version of SPDX cannot say, and what was done instead.
pub(crate) fn lossy(
    (input, version): (&str, &str),
    count: usize,
    what: &str,
    instead: &str,
) -> Diagnostic {
    let message = format!("SPDX {version} cannot say {what}; {instead} ({count} in this document)");
    Diagnostic::new(&LOSSY, Place::file(input), message)
}

/// The document is no JSON, too deep or too large.
static UNREADABLE: Code = Code::new(
    "spdx/unreadable",
    Level::Error,
    "the document could not be read at all",
);

/// A value that the specification does not allow where it stands.
static INVALID: Code = Code::new(
    "spdx/invalid",
    Level::Error,
    "a value breaks the SPDX specification where it stands",
);

/// Text that is no Package URL.
static BAD_PURL: Code = Code::new(
    "spdx/bad-purl",
    Level::Warning,
    "a Package URL breaks its specification and is left out",
);

/// A Package URL of another package.
static PURL_DISAGREES: Code = Code::new(
    "spdx/purl-disagrees",
    Level::Warning,
    "a Package URL names another package than `name` and `version` do",
);

/// Text that is no licence expression.
static BAD_LICENSE: Code = Code::new(
    "spdx/bad-license",
    Level::Warning,
    "a licence expression is none of SPDX",
);

/// A part of the document that the graph has no place for.
static NOT_KEPT: Code = Code::new(
    "spdx/not-kept",
    Level::Note,
    "the document says something that the graph has no place for",
);

/// The codes of what every format has.
pub(crate) static CODES: Codes = Codes {
    unreadable: &UNREADABLE,
    invalid: &INVALID,
    not_kept: &NOT_KEPT,
};

/// The text at `pointer` is no Package URL.
pub(crate) fn bad_purl(path: &str, pointer: &str, text: &str, error: &str) -> Diagnostic {
    let message = format!("`{text}` is no Package URL: {error}");
    Diagnostic::new(&BAD_PURL, at(path, pointer), message)
}

/// The Package URL at `pointer` is not of the component it stands at.
pub(crate) fn purl_disagrees(path: &str, pointer: &str, purl: &str, stated: &str) -> Diagnostic {
    let message = format!("`{purl}` does not name `{stated}`");
    Diagnostic::new(&PURL_DISAGREES, at(path, pointer), message)
}

/// The text at `pointer` is no licence expression.
pub(crate) fn bad_license(path: &str, pointer: &str, text: &str) -> Diagnostic {
    let message = format!("`{text}` is no SPDX licence expression");
    Diagnostic::new(&BAD_LICENSE, at(path, pointer), message)
}

/// An identifier of nothing.
static DANGLING_ID: Code = Code::new(
    "spdx/dangling-id",
    Level::Warning,
    "a relationship leads to nothing in the document",
);

/// An identifier of two elements.
static DUPLICATE_ID: Code = Code::new(
    "spdx/duplicate-id",
    Level::Error,
    "two packages have one identifier",
);

/// The relationship at `pointer` names an element that is not there.
pub(crate) fn dangling_id(path: &str, pointer: &str, id: &str) -> Diagnostic {
    let message = format!("`{id}` is the identifier of no package in the document");
    Diagnostic::new(&DANGLING_ID, at(path, pointer), message)
}

/// The package at `pointer` has an identifier that another has too.
pub(crate) fn duplicate_id(path: &str, pointer: &str, id: &str) -> Diagnostic {
    let message = format!("`{id}` is the identifier of another package too");
    Diagnostic::new(&DUPLICATE_ID, at(path, pointer), message)
}

/// The input is no list of tags and values, from `line` on.
pub(crate) fn not_tag_value(path: &str, line: usize, message: &str) -> Diagnostic {
    let place = Place::line(path, line, None);
    let message = format!("this is no SPDX in tags and values: {message}");
    Diagnostic::new(&UNREADABLE, place, message)
}
