//! The diagnostics of writing SPDX: one function for each message.

use bomtrail_document::{Codes, place as at};
use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// A fact is in the document, but not in the usual field.
static LOSSY: Code = Code::new("spdx/lossy", Level::Note, "SPDX has no field for a fact");

/// `count` facts of one kind that a version of SPDX cannot express, and what was done instead.
pub(crate) fn lossy(
    (input, version): (&str, &str),
    count: usize,
    what: &str,
    instead: &str,
) -> Diagnostic {
    let message =
        format!("SPDX {version} cannot express {what}; {instead} ({count} in this document)");
    Diagnostic::new(&LOSSY, Place::file(input), message)
}

/// The document is not JSON, too deep or too large.
static UNREADABLE: Code = Code::new(
    "spdx/unreadable",
    Level::Error,
    "the document could not be read",
);

/// A value that the specification does not allow.
static INVALID: Code = Code::new(
    "spdx/invalid",
    Level::Error,
    "a value that the SPDX specification does not allow",
);

/// Text that is not a Package URL.
static BAD_PURL: Code = Code::new(
    "spdx/bad-purl",
    Level::Warning,
    "a Package URL is invalid and is left out",
);

/// A Package URL of another package.
static PURL_DISAGREES: Code = Code::new(
    "spdx/purl-disagrees",
    Level::Warning,
    "a Package URL names another package than `name` and `version` do",
);

/// Text that is not a licence expression.
static BAD_LICENSE: Code = Code::new(
    "spdx/bad-license",
    Level::Warning,
    "a licence is not an SPDX expression",
);

/// A part of the document that the graph has no place for.
static NOT_KEPT: Code = Code::new(
    "spdx/not-kept",
    Level::Note,
    "a part of the document is not kept",
);

/// The codes that every format has.
pub(crate) static CODES: Codes = Codes {
    unreadable: &UNREADABLE,
    invalid: &INVALID,
    not_kept: &NOT_KEPT,
};

/// The text at `pointer` is not a Package URL.
pub(crate) fn bad_purl(path: &str, pointer: &str, text: &str, error: &str) -> Diagnostic {
    let message = format!("`{text}` is not a Package URL: {error}");
    Diagnostic::new(&BAD_PURL, at(path, pointer), message)
}

/// The Package URL at `pointer` names a different package than the component.
pub(crate) fn purl_disagrees(path: &str, pointer: &str, purl: &str, stated: &str) -> Diagnostic {
    let message = format!("`{purl}` does not name `{stated}`");
    Diagnostic::new(&PURL_DISAGREES, at(path, pointer), message)
}

/// The text at `pointer` is not a licence expression.
pub(crate) fn bad_license(path: &str, pointer: &str, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not an SPDX licence expression");
    Diagnostic::new(&BAD_LICENSE, at(path, pointer), message)
}

/// An identifier without an element.
static DANGLING_ID: Code = Code::new(
    "spdx/dangling-id",
    Level::Warning,
    "a relationship names an element that is not in the document",
);

/// An identifier of two elements.
static DUPLICATE_ID: Code = Code::new(
    "spdx/duplicate-id",
    Level::Error,
    "two packages have the same identifier",
);

/// The relationship at `pointer` names an element that is not in the document.
pub(crate) fn dangling_id(path: &str, pointer: &str, id: &str) -> Diagnostic {
    let message = format!("no package in the document has the identifier `{id}`");
    Diagnostic::new(&DANGLING_ID, at(path, pointer), message)
}

/// The package at `pointer` has the identifier of another.
pub(crate) fn duplicate_id(path: &str, pointer: &str, id: &str) -> Diagnostic {
    let message = format!("`{id}` is also the identifier of another package");
    Diagnostic::new(&DUPLICATE_ID, at(path, pointer), message)
}

/// The input is not in tag-value form, from `line` on.
pub(crate) fn not_tag_value(path: &str, line: usize, message: &str) -> Diagnostic {
    let place = Place::line(path, line, None);
    let message = format!("not readable as SPDX tag-value: {message}");
    Diagnostic::new(&UNREADABLE, place, message)
}

/// A document that was read, but not compared with its specification.
static NOT_COMPARED: Code = Code::new(
    "spdx/not-compared",
    Level::Note,
    "the document is not compared with the specification of its version",
);

/// The document is of a version whose specification is not a part of this program.
pub(crate) fn not_compared(path: &str, version: &str) -> Diagnostic {
    let message = format!(
        "`{version}` is not compared with its specification; only SPDX 2.2, 2.3 and 3.0.1 are"
    );
    Diagnostic::new(&NOT_COMPARED, Place::file(path), message)
}
