//! The diagnostics of scanning a folder: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place, Platform};
#[cfg(feature = "npm")]
use bomtrail_npm::{LockfileChoice, owner_of_lockfile};

/// Two lockfiles of one ecosystem.
#[cfg(feature = "npm")]
static SECOND_LOCKFILE: Code = Code::new(
    "bomtrail/second-lockfile",
    Level::Warning,
    "the folder has two lockfiles of one package manager; only the one that the package manager prefers is read",
);

#[cfg(feature = "npm")]
pub(crate) fn second_lockfile(ignored: &str, read: &str) -> Diagnostic {
    let message = format!("`{ignored}` is not read because `{read}` is there and wins");
    Diagnostic::new(&SECOND_LOCKFILE, Place::file(ignored), message)
        .help("remove the one that is not maintained")
}

/// The lockfile of another package manager.
#[cfg(feature = "npm")]
static OTHER_LOCKFILE: Code = Code::new(
    "bomtrail/other-lockfile",
    Level::Warning,
    "the folder has lockfiles of several package managers, and nothing says which one is in use; the newest format is read",
);
/// A lockfile that another package manager left behind.
#[cfg(feature = "npm")]
static LEFTOVER_LOCKFILE: Code = Code::new(
    "bomtrail/leftover-lockfile",
    Level::Warning,
    "the folder has the lockfile of another package manager than the one that package.json names; it is not read",
);
/// A lockfile that the package manager in use does not read.
#[cfg(feature = "npm")]
static STALE_LOCKFILE: Code = Code::new(
    "bomtrail/stale-lockfile",
    Level::Warning,
    "package.json names a package manager that does not read the lockfile, so the installed versions can differ",
);
/// A lockfile that current npm ignores.
#[cfg(feature = "npm")]
static SHRINKWRAP_IGNORED: Code = Code::new(
    "bomtrail/shrinkwrap-ignored",
    Level::Warning,
    "npm 12 and later ignore `npm-shrinkwrap.json` and resolve the dependencies again",
);

/// `ignored` is not read: `read` of another manager is, because package.json names that, or else has the newer format.
#[cfg(feature = "npm")]
pub(crate) fn other_lockfile(ignored: &str, choice: &LockfileChoice) -> Diagnostic {
    let (read, owner) = (choice.read, owner_of_lockfile(ignored));
    let is_named = choice.named() == Some(choice.manager());
    let (code, reason) = match &choice.stated {
        Some(stated) if is_named => (&LEFTOVER_LOCKFILE, format!("package.json names `{stated}`")),
        _ => {
            let manager = choice.manager();
            (&OTHER_LOCKFILE, format!("{manager} has the newer format"))
        }
    };
    let message = format!("`{ignored}` of {owner} is not read: `{read}` is, because {reason}");
    Diagnostic::new(code, Place::file(ignored), message).help(
        "remove the lockfile that is left over, and name the manager with `packageManager` in package.json",
    )
}

#[cfg(feature = "npm")]
pub(crate) fn stale_lockfile(read: &str, stated: &str, wanted: &str) -> Diagnostic {
    let message = format!(
        "package.json names `{stated}`, which does not read `{read}`: the installed versions can differ"
    );
    let help = format!("add its `{wanted}`, or correct `packageManager` in package.json");
    Diagnostic::new(&STALE_LOCKFILE, Place::file(read), message).help(&help)
}

#[cfg(feature = "npm")]
pub(crate) fn shrinkwrap_ignored(read: &str) -> Diagnostic {
    let message = format!("npm 12 and later ignore `{read}`");
    Diagnostic::new(&SHRINKWRAP_IGNORED, Place::file(read), message)
        .help("rename it to `package-lock.json`, which every npm reads")
}

/// One of several projects that cannot be read.
#[cfg(feature = "discovery")]
static PROJECT_UNREADABLE: Code = Code::new(
    "bomtrail/project-unreadable",
    Level::Error,
    "one of several projects could not be read; the result is incomplete",
);

#[cfg(feature = "discovery")]
pub(crate) fn project_unreadable(folder: &str, why: &str) -> Diagnostic {
    Diagnostic::new(
        &PROJECT_UNREADABLE,
        Place::file(folder),
        why.replace('\n', "; "),
    )
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

/// Settings of npm that cannot be read.
#[cfg(feature = "npm")]
static NPM_SETTINGS_UNREAD: Code = Code::new(
    "bomtrail/npm-settings-unread",
    Level::Warning,
    "a file of npm's settings cannot be read, so the registries that it names are unknown",
);

#[cfg(feature = "npm")]
pub(crate) fn npm_settings_unread(name: &str, cause: &str) -> Diagnostic {
    let message =
        format!("{name} cannot be read ({cause}), so the registries that it names are unknown");
    Diagnostic::new(&NPM_SETTINGS_UNREAD, Place::default(), message)
        .help("make it readable, or remove it")
}

/// The folder belongs to a workspace.
static MEMBER_FOLDER: Code = Code::new(
    "bomtrail/member-folder",
    Level::Note,
    "the folder is a workspace member without a lockfile of its own; the whole workspace is read",
);

pub(crate) fn member_folder(member: &str, root: &str) -> Diagnostic {
    let message =
        format!("`{member}` is a member of the workspace in `{root}`, which is read as a whole");
    let help = format!("read the member alone with `--workspace {member}`");
    Diagnostic::new(&MEMBER_FOLDER, Place::file(member), message).help(&help)
}

/// A build without the reader of `bomtrail.toml`.
#[cfg(not(feature = "settings"))]
static SETTINGS_IGNORED: Code = Code::new(
    "bomtrail/settings-ignored",
    Level::Warning,
    "the project has a `bomtrail.toml`, which this build of bomtrail does not read",
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

/// The lockfile of a package manager that this build does not read.
#[cfg(all(feature = "npm", not(feature = "managers")))]
static MANAGER_NOT_BUILT: Code = Code::new(
    "bomtrail/manager-not-built",
    Level::Error,
    "the lockfile of pnpm, yarn or Bun is not read, because bomtrail was built without the feature `managers`",
);

#[cfg(all(feature = "npm", not(feature = "managers")))]
pub(crate) fn manager_not_built(read: &str) -> Diagnostic {
    let message = "it is not read, because bomtrail was built without the feature `managers`";
    Diagnostic::new(&MANAGER_NOT_BUILT, Place::file(read), message.to_owned())
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
