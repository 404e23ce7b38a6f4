//! The diagnostics of provenance: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// An unreadable file.
static UNREADABLE: Code = Code::new(
    "provenance/unreadable",
    Level::Error,
    "a file of attestations cannot be read completely",
);
/// A package that is not in the graph.
static UNBOUND: Code = Code::new(
    "provenance/unbound",
    Level::Note,
    "an attestation is about a package that the project does not have from a registry",
);
/// A CHECKSUMS file that may be forged.
static CHECKSUMS: Code = Code::new(
    "provenance/checksums",
    Level::Error,
    "a CHECKSUMS file of CPAN has content besides a list of digests, or text that its signature does not cover",
);
/// An attestation without a package.
static NAMELESS: Code = Code::new(
    "provenance/nameless",
    Level::Error,
    "an attestation does not name its package",
);
/// npm's own complaint.
static OBJECTION: Code = Code::new(
    "provenance/npm-objects",
    Level::Error,
    "`npm audit signatures` found a package invalid",
);

const HELP: &str = "use the output of `npm audit signatures --json --include-attestations`, the registry's answer for a \
                    package, or a Sigstore bundle";

pub(crate) fn not_utf8(path: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE,
        Place::file(path),
        "not text in UTF-8".to_owned(),
    )
    .help(HELP)
}

pub(crate) fn not_json(path: &str, error: &serde_json::Error) -> Diagnostic {
    let message = format!("not readable as JSON of a known form: {error}");
    Diagnostic::new(&UNREADABLE, Place::file(path), message).help(HELP)
}

pub(crate) fn unknown_form(path: &str) -> Diagnostic {
    let message = "the file has no attestations and no signatures".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message).help(HELP)
}

pub(crate) fn bad_checksums(path: &str, why: &str) -> Diagnostic {
    let message = format!("the CHECKSUMS file is not used: {why}");
    Diagnostic::new(&CHECKSUMS, Place::file(path), message)
        .help("download it again, from another mirror")
}

pub(crate) fn unbound(place: &Place, name: &str, version: &str) -> Diagnostic {
    let message = format!(
        "the project has no `{name}` {version} from a registry; its attestations are ignored"
    );
    Diagnostic::new(&UNBOUND, place.clone(), message)
}

pub(crate) fn nameless(place: &Place) -> Diagnostic {
    let message = "none of the attestations names its package".to_owned();
    Diagnostic::new(&NAMELESS, place.clone(), message).help("download the file again")
}

pub(crate) fn objection(name: &str, version: &str, message: &str) -> Diagnostic {
    let message = format!("npm reports for `{name}` {version}: {message}");
    Diagnostic::new(&OBJECTION, Place::file(name), message)
        .help("find out the reason before you install the package")
}
