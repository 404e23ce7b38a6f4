//! The diagnostics of writing and reading: one function for each message.

use bomtrail_document::{Codes, place as at};
use bomtrail_graph::{Code, Diagnostic, HashAlgorithm, Level, Place};

use crate::spec::{Dialect, SpecVersion};
use crate::write::loss::Loss;

/// A fact of the graph that the document does not carry, or carries in a weaker form.
static LOSSY: Code = Code::new(
    "cyclonedx/lossy",
    Level::Note,
    "the format or its version has no place for a fact of the graph",
);

/// A kind of loss that occurred `count` times in a document of `version`.
pub(crate) fn lossy(format: &str, version: SpecVersion, loss: Loss, count: usize) -> Diagnostic {
    let what = match loss {
        Loss::Lifecycle => "lifecycle phases of inputs are left out; versions since 1.5 have them",
        Loss::Acknowledgement => {
            "licences are not marked as declared; versions since 1.6 mark them"
        }
        Loss::Expression => {
            "licence expressions next to other licences are written as names; version 1.7 keeps them"
        }
        Loss::LicenseId => {
            "licence identifiers are newer than the list of the schema and are written as names"
        }
        Loss::Kind => "component types are written as a similar type",
        Loss::Url => "URLs are not valid IRI references and are left out",
        Loss::Email => "e-mail addresses of organisations are not valid and are left out",
        Loss::AuthorUrl => "web pages of authors are left out",
        Loss::External => {
            "dependencies on missing packages are only properties; in 1.7 they are external components"
        }
        Loss::Manufacturer => {
            "manufacturers of components are left out; versions since 1.6 have them"
        }
        Loss::Citation => "inputs are named without what each of them gave; version 1.7 cites them",
        Loss::Annotation => {
            "approvals are not written as annotations; versions since 1.5 have them"
        }
        Loss::Declaration => "components have no declarations; versions since 1.6 have them",
        Loss::Undated => {
            "inputs are not cited, because the document has no time (`--timestamp`, `SOURCE_DATE_EPOCH`)"
        }
    };
    let place = Place::file(&format!("{format}@{}", version.name()));
    let message = format!("{what} ({count} in this document)");
    Diagnostic::new(&LOSSY, place, message)
}

/// The document is not JSON, or is too deep or too large.
static UNREADABLE: Code = Code::new(
    "cyclonedx/unreadable",
    Level::Error,
    "the document could not be read at all",
);

/// A value that the specification does not allow.
static INVALID: Code = Code::new(
    "cyclonedx/invalid",
    Level::Error,
    "a value that the CycloneDX specification does not allow",
);

/// A version that did not exist when this was written.
static UNKNOWN_VERSION: Code = Code::new(
    "cyclonedx/unknown-version",
    Level::Warning,
    "the document is of a version whose fields are not known",
);

/// A reference to nothing.
static DANGLING_REF: Code = Code::new(
    "cyclonedx/dangling-ref",
    Level::Warning,
    "no element of the document has the bom-ref",
);

/// A digest of another length than its algorithm gives.
static BAD_HASH: Code = Code::new(
    "cyclonedx/bad-hash",
    Level::Error,
    "a hash does not have the length that its algorithm gives",
);

/// Text that is not a Package URL.
static BAD_PURL: Code = Code::new(
    "cyclonedx/bad-purl",
    Level::Warning,
    "a Package URL is not valid and is left out",
);

/// A Package URL of another package.
static PURL_DISAGREES: Code = Code::new(
    "cyclonedx/purl-disagrees",
    Level::Warning,
    "a Package URL names another package than `name` and `version` do",
);

/// Text that is not a licence expression.
static BAD_LICENSE: Code = Code::new(
    "cyclonedx/bad-license",
    Level::Warning,
    "a licence expression is not valid SPDX",
);

/// A component that nothing depends on.
static ORPHAN: Code = Code::new(
    "cyclonedx/orphan",
    Level::Note,
    "nothing depends on a component, in a document that states dependencies",
);

/// A property of ours that was changed.
static BAD_EDGE: Code = Code::new(
    "cyclonedx/bad-edge",
    Level::Warning,
    "`bomtrail:edges` has a line that bomtrail did not write",
);

/// A part of the document that the graph has no place for.
static NOT_KEPT: Code = Code::new(
    "cyclonedx/not-kept",
    Level::Note,
    "a fact of the document that bomtrail does not keep",
);

/// The codes of what every format has.
pub(crate) static CODES: Codes = Codes {
    unreadable: &UNREADABLE,
    invalid: &INVALID,
    not_kept: &NOT_KEPT,
};

/// The document is of an unknown version.
pub(crate) fn unknown_version(path: &str, version: &str) -> Diagnostic {
    let message = format!("bomtrail knows CycloneDX 1.2 to 1.7, not {version}");
    Diagnostic::new(&UNKNOWN_VERSION, at(path, "/specVersion"), message)
        .help("the document is read as 1.7 and is not validated")
}

/// No element has the bom-ref `reference` at `pointer`.
pub(crate) fn dangling_ref(path: &str, pointer: &str, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` is not the bom-ref of an element of the document");
    Diagnostic::new(&DANGLING_REF, at(path, pointer), message)
}

/// A value at `place` is not what the specification allows.
pub(crate) fn invalid(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(&INVALID, place, message.to_owned())
}

/// `count` other values are invalid.
pub(crate) fn more_problems(path: &str, count: usize) -> Diagnostic {
    let message = format!("{count} more invalid values are not listed");
    Diagnostic::new(&INVALID, Place::file(path), message)
}

/// The hash at `pointer` is not one of `algorithm`.
pub(crate) fn bad_hash(
    path: &str,
    pointer: &str,
    algorithm: HashAlgorithm,
    found: &str,
) -> Diagnostic {
    let (name, digits) = (algorithm.name(), algorithm.digest_len() * 2);
    let count = found.chars().count();
    let message =
        format!("expected {digits} hexadecimal digits for {name}, found {count} characters");
    Diagnostic::new(&BAD_HASH, at(path, pointer), message)
}

/// The text at `pointer` is not a Package URL.
pub(crate) fn bad_purl(path: &str, pointer: &str, text: &str, error: &str) -> Diagnostic {
    let message = format!("`{text}` is not a Package URL: {error}");
    Diagnostic::new(&BAD_PURL, at(path, pointer), message)
}

/// The Package URL at `pointer` names another component.
pub(crate) fn purl_disagrees(path: &str, pointer: &str, purl: &str, stated: &str) -> Diagnostic {
    let message = format!("`{purl}` does not name `{stated}`");
    Diagnostic::new(&PURL_DISAGREES, at(path, pointer), message)
}

/// The text at `pointer` is not a licence expression.
pub(crate) fn bad_license(path: &str, pointer: &str, text: &str) -> Diagnostic {
    let message = format!("`{text}` is not an SPDX licence expression");
    Diagnostic::new(&BAD_LICENSE, at(path, pointer), message)
}

/// Nothing depends on the component at `pointer`.
pub(crate) fn orphan(path: &str, pointer: &str, name: &str) -> Diagnostic {
    let message = format!("nothing depends on `{name}`");
    Diagnostic::new(&ORPHAN, at(path, pointer), message)
}

/// A property of the component at `pointer` was changed.
pub(crate) fn bad_edge(path: &str, pointer: &str) -> Diagnostic {
    let message = "a line of `bomtrail:edges` cannot be read and is left out".to_owned();
    Diagnostic::new(&BAD_EDGE, at(path, pointer), message)
}

/// Signatures that are not valid for the document that is written.
static UNSIGNED: Code = Code::new(
    "cyclonedx/signature-left-out",
    Level::Warning,
    "a signature is left out, because the document has changed",
);

/// `count` signatures are left out of the document that is written.
pub(crate) fn unsigned(written: Dialect, count: usize) -> Diagnostic {
    let Dialect { version, .. } = written;
    let place = Place::file(&format!("{}@{}", written.format(), version.name()));
    let message = match count {
        1 => "1 signature is left out, because the document has changed".to_owned(),
        count => format!("{count} signatures are left out, because the document has changed"),
    };
    Diagnostic::new(&UNSIGNED, place, message)
}

/// A kind of loss that occurred `count` times when a document was written in `version`.
pub(crate) fn not_kept_in(
    format: &str,
    version: SpecVersion,
    what: &str,
    count: usize,
) -> Diagnostic {
    let place = Place::file(&format!("{format}@{}", version.name()));
    let message = format!("{what} ({count} in this document); this version has no place for it");
    Diagnostic::new(&LOSSY, place, message)
}

/// The input is not readable XML, from `line` on.
pub(crate) fn not_xml(path: &str, line: usize, message: &str) -> Diagnostic {
    let place = Place::line(path, line, None);
    Diagnostic::new(
        &UNREADABLE,
        place,
        format!("not readable as CycloneDX XML: {message}"),
    )
}
