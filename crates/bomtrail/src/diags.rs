//! The diagnostics of scanning a folder: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place, Platform};

/// Two lockfiles of one ecosystem.
static SECOND_LOCKFILE: Code = Code::new(
    "bomtrail/second-lockfile",
    Level::Warning,
    "the folder has two lockfiles of one ecosystem; only the one that the package manager prefers is read",
);

pub(crate) fn second_lockfile(ignored: &str, read: &str) -> Diagnostic {
    let message = format!("`{ignored}` is not read because `{read}` is there and wins");
    Diagnostic::new(&SECOND_LOCKFILE, Place::file(ignored), message)
        .help("remove the one that is not maintained")
}

/// A lockfile without the packages for a platform.
static PLATFORM_NOT_LOCKED: Code = Code::new(
    "bomtrail/platform-not-locked",
    Level::Warning,
    "the optional packages of a package for the platform asked for are not locked",
);

pub(crate) fn platform_not_locked(
    (path, entry): &(String, String),
    package: &str,
    names: &[String],
    platform: &Platform,
) -> Diagnostic {
    let libc = platform.libc.iter().map(|it| ["-", it].concat());
    let words: String = libc.collect();
    let message = format!(
        "`{package}` has no package for {}-{}{words} locked: `{}`",
        platform.os,
        platform.cpu,
        names.join("`, `")
    );
    Diagnostic::new(&PLATFORM_NOT_LOCKED, Place::entry(path, entry), message)
        .help("make the lockfile again on that platform, or without `node_modules`")
}

/// The folder belongs to a workspace.
#[cfg(feature = "npm")]
static MEMBER_FOLDER: Code = Code::new(
    "bomtrail/member-folder",
    Level::Note,
    "the folder is a workspace member without a lockfile of its own; the whole workspace is read",
);

#[cfg(feature = "npm")]
pub(crate) fn member_folder(member: &str, root: &str) -> Diagnostic {
    let message =
        format!("`{member}` is a member of the workspace in `{root}`, which is read as a whole");
    let help = format!("read the member alone with `--workspace {member}`");
    Diagnostic::new(&MEMBER_FOLDER, Place::file("package.json"), message).help(&help)
}

/// A build without the reader of `bomtrail.toml`.
#[cfg(not(feature = "settings"))]
static SETTINGS_IGNORED: Code = Code::new(
    "bomtrail/settings-ignored",
    Level::Warning,
    "the project has a `bomtrail.toml`, and this build cannot read it",
);

#[cfg(not(feature = "settings"))]
pub(crate) fn settings_ignored() -> Diagnostic {
    let message =
        "`bomtrail.toml` is ignored, because bomtrail was built without the feature `settings`";
    Diagnostic::new(
        &SETTINGS_IGNORED,
        Place::file("bomtrail.toml"),
        message.to_owned(),
    )
}

/// The document breaks its schema.
#[cfg(feature = "validate")]
static SCHEMA: Code = Code::new(
    "bomtrail/schema",
    Level::Error,
    "the document breaks the JSON schema of its format",
);

#[cfg(feature = "validate")]
/// What is wrong at a place of a document, in the validator's words.
pub(crate) fn against_schema(path: &str, pointer: &str, message: &str) -> Diagnostic {
    let place = match pointer {
        "" => Place::file(path),
        pointer => Place::entry(path, pointer),
    };
    Diagnostic::new(&SCHEMA, place, message.to_owned())
}
