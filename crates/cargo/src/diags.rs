//! The diagnostics of reading Cargo's files: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// A file that is not TOML or JSON.
pub(crate) static UNREADABLE: Code = Code::new(
    "cargo/unreadable",
    Level::Error,
    "a file is not valid TOML or JSON and was left out",
);
/// A file without packages.
static NO_PACKAGES: Code = Code::new(
    "cargo/no-packages",
    Level::Error,
    "a file lists no packages",
);
/// A newer format.
static NEWER_LOCKFILE: Code = Code::new(
    "cargo/newer-lockfile",
    Level::Warning,
    "an unknown lockfile version was read like the latest known one",
);
/// A package without a name or a version.
static INCOMPLETE_PACKAGE: Code = Code::new(
    "cargo/incomplete-package",
    Level::Warning,
    "a package has no name or no version and was left out",
);
/// A dependency that names no package.
static UNRESOLVED: Code = Code::new(
    "cargo/unresolved-dependency",
    Level::Warning,
    "a dependency names no package of the file",
);
/// A checksum that is not one.
static CHECKSUM: Code = Code::new(
    "cargo/checksum",
    Level::Warning,
    "a checksum is not a SHA-256 digest and was left out",
);
/// A lockfile that differs from its manifests.
static OUT_OF_STEP: Code = Code::new(
    "cargo/out-of-step",
    Level::Warning,
    "the lockfile and a manifest differ",
);
/// A workspace member whose manifest is missing.
static NO_MANIFEST: Code = Code::new(
    "cargo/manifest-missing",
    Level::Warning,
    "a manifest of the workspace was not found",
);
/// Kinds of dependencies that the input does not state.
static KINDS_UNKNOWN: Code = Code::new(
    "cargo/kinds-unknown",
    Level::Note,
    "a lockfile does not say which dependencies are for building only",
);
/// A patch that is not used.
static UNUSED_PATCH: Code = Code::new(
    "cargo/unused-patch",
    Level::Note,
    "a patch of the workspace is not used",
);
/// Metadata without a resolution.
static NOT_RESOLVED: Code = Code::new(
    "cargo/not-resolved",
    Level::Warning,
    "metadata does not say what depends on what",
);
/// Too many manifests.
static MANY_MANIFESTS: Code = Code::new(
    "cargo/many-manifests",
    Level::Warning,
    "a workspace has more manifests than are read",
);

pub(crate) fn not_utf8(path: &str) -> Diagnostic {
    let message = "not valid UTF-8".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
}

pub(crate) fn not_json(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place::line(path, error.line(), Some(error.column()));
    Diagnostic::new(&UNREADABLE, place, format!("not valid JSON: {error}"))
}

pub(crate) fn no_packages(path: &str) -> Diagnostic {
    let message = "the file lists no packages".to_owned();
    Diagnostic::new(&NO_PACKAGES, Place::file(path), message)
}

pub(crate) fn newer_lockfile(path: &str, version: &str, known: u32) -> Diagnostic {
    let message =
        format!("lockfile version {version} is unknown and was read like version {known}");
    Diagnostic::new(&NEWER_LOCKFILE, Place::file(path), message)
        .help("update bomtrail when a newer release is available")
}

pub(crate) fn incomplete_package(path: &str, line: usize) -> Diagnostic {
    let message = "a package has no name or no version and was left out".to_owned();
    Diagnostic::new(&INCOMPLETE_PACKAGE, Place::line(path, line, None), message)
}

pub(crate) fn unresolved(path: &str, place: &str, reference: &str) -> Diagnostic {
    let message = format!("`{reference}` names no package of the file");
    Diagnostic::new(&UNRESOLVED, Place::entry(path, place), message)
        .help("run `cargo update --workspace` to write the lockfile again")
}

pub(crate) fn checksum(path: &str, place: &str) -> Diagnostic {
    let message = "the checksum is not a SHA-256 digest and was left out".to_owned();
    Diagnostic::new(&CHECKSUM, Place::entry(path, place), message)
}

pub(crate) fn not_locked(path: &str, manifest: &str, name: &str) -> Diagnostic {
    let message = format!("`{manifest}` asks for `{name}`, which the lockfile does not have");
    out_of_step(path, message)
}

pub(crate) fn not_declared(path: &str, manifest: &str, name: &str) -> Diagnostic {
    let message = format!("the lockfile has `{name}`, for which `{manifest}` does not ask");
    out_of_step(path, message)
}

fn out_of_step(path: &str, message: String) -> Diagnostic {
    Diagnostic::new(&OUT_OF_STEP, Place::file(path), message)
        .help("run `cargo update --workspace` to bring the lockfile up to date")
}

pub(crate) fn no_manifest(path: &str) -> Diagnostic {
    let message = "the manifest was not found, so the kinds of its dependencies are unknown";
    Diagnostic::new(&NO_MANIFEST, Place::file(path), message.to_owned())
}

pub(crate) fn kinds_unknown(path: &str) -> Diagnostic {
    let message = "the lockfile does not say which dependencies of packages are for building only";
    Diagnostic::new(&KINDS_UNKNOWN, Place::file(path), message.to_owned()).help(
        "give the output of `cargo metadata --format-version 1`, which states kinds, features and targets",
    )
}

pub(crate) fn unused_patch(path: &str, name: &str) -> Diagnostic {
    let message = format!("the patch for `{name}` is not used");
    Diagnostic::new(&UNUSED_PATCH, Place::file(path), message)
}

pub(crate) fn not_resolved(path: &str) -> Diagnostic {
    let message = "the metadata has no resolved dependencies".to_owned();
    Diagnostic::new(&NOT_RESOLVED, Place::file(path), message)
        .help("run `cargo metadata --format-version 1` without `--no-deps`")
}

pub(crate) fn many_manifests(path: &str, most: usize) -> Diagnostic {
    let message = format!("the workspace has more than {most} manifests; the others are not read");
    Diagnostic::new(&MANY_MANIFESTS, Place::file(path), message)
}
