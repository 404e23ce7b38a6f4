//! The diagnostics of reading what is installed: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// A `node_modules` folder without packages.
static NOTHING_INSTALLED: Code = Code::new(
    "npm/nothing-installed",
    Level::Error,
    "a `node_modules` folder has no packages",
);
/// A folder that is not a package.
static NO_MANIFEST: Code = Code::new(
    "npm/no-manifest",
    Level::Warning,
    "a folder in `node_modules` has no readable package.json and was left out",
);
/// A link out of the project.
static LINK_OUTSIDE: Code = Code::new(
    "npm/link-outside",
    Level::Warning,
    "a link in `node_modules` leads out of the project or to nothing; it was not followed",
);
/// A name that no package can have.
static CONTROL_CHARACTERS: Code = Code::new(
    "npm/control-characters",
    Level::Warning,
    "a name in `node_modules` has control characters and was left out",
);
/// Too many packages.
static MANY_PACKAGES: Code = Code::new(
    "npm/many-packages",
    Level::Error,
    "more packages are installed than are read",
);
/// Installed and not locked.
static NOT_LOCKED: Code = Code::new(
    "npm/not-locked",
    Level::Warning,
    "a package is installed that the lockfile does not have",
);
/// Locked and not installed.
static NOT_INSTALLED: Code = Code::new(
    "npm/not-installed",
    Level::Note,
    "packages of the lockfile are not installed",
);
/// What installed packages cannot show.
static NOT_PROVEN: Code = Code::new(
    "npm/installed-not-proven",
    Level::Warning,
    "what is installed proves neither where a package comes from nor that it is unchanged",
);

pub(super) fn nothing_installed(path: &str) -> Diagnostic {
    let message = "no package was found in the folder".to_owned();
    Diagnostic::new(&NOTHING_INSTALLED, Place::file(path), message)
        .help("install the packages, or check that the folder can be read")
}

pub(super) fn no_manifest(path: &str, location: &str) -> Diagnostic {
    let message = "the folder has no readable package.json and was left out".to_owned();
    Diagnostic::new(&NO_MANIFEST, Place::entry(path, location), message)
}

pub(super) fn link_outside(path: &str, location: &str) -> Diagnostic {
    let message = "the link leads out of the project or to nothing; it was not followed".to_owned();
    Diagnostic::new(&LINK_OUTSIDE, Place::entry(path, location), message)
}

pub(super) fn control_characters(path: &str, folder: &str, name: &str) -> Diagnostic {
    let message = format!(
        "the name `{}` has control characters and was left out",
        name.escape_debug()
    );
    Diagnostic::new(&CONTROL_CHARACTERS, Place::entry(path, folder), message)
}

pub(super) fn many_packages(path: &str, most: usize) -> Diagnostic {
    let message = format!("more than {most} packages are installed; the others are not read");
    Diagnostic::new(&MANY_PACKAGES, Place::file(path), message)
}

pub(super) fn not_locked(path: &str, location: &str) -> Diagnostic {
    let message = format!("`{location}` is installed, and the lockfile does not have it");
    Diagnostic::new(&NOT_LOCKED, Place::file(path), message)
        .help("run `npm ci`, which removes what is not locked")
}

pub(super) fn not_installed(path: &str, first: &str, count: usize) -> Diagnostic {
    let message = match count {
        1 => format!("`{first}` is locked and not installed"),
        more => format!(
            "`{first}` and {} more are locked and not installed",
            more - 1
        ),
    };
    Diagnostic::new(&NOT_INSTALLED, Place::file(path), message).help("run `npm ci`")
}

pub(super) fn not_proven(path: &str) -> Diagnostic {
    let message = "without a lockfile, neither the origin of the packages nor their content can be checked: \
                   their names and versions are what they say of themselves";
    Diagnostic::new(&NOT_PROVEN, Place::file(path), message.to_owned())
        .help("check the lockfile that they were installed from, before the installation")
}
