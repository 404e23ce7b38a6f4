//! The diagnostics of reading the files of pnpm, yarn and Bun.

use std::collections::BTreeSet;

use bomtrail_graph::{Code, Diagnostic, Level, PackageManager, Place};

use super::{
    Asked, EDGES_UNKNOWN, MERGE_CONFLICT, NO_PACKAGES, OTHER_SOURCE, OTHER_VERSION, OUT_OF_STEP,
    UNREADABLE, at, reason,
};

/// Something that another package manager than npm never writes.
pub(crate) static NOT_AS_MANAGER_WRITES: Code = Code::new(
    "npm/not-as-manager-writes",
    Level::Error,
    "a lockfile has something that its package manager never writes but may read",
);
/// A setting under which an installation is not that of the lockfile.
static UNSAFE_SETTING: Code = Code::new(
    "npm/unsafe-setting",
    Level::Error,
    "a setting of the project makes its package manager install something else than the lockfile pins",
);
/// A setting with which packages run scripts that no list names.
static SCRIPTS_ALLOWED: Code = Code::new(
    "npm/scripts-allowed",
    Level::Warning,
    "a setting of the project lets packages run install scripts without naming each of them",
);
/// A workspace that its package manager ignores.
static IGNORED_WORKSPACE: Code = Code::new(
    "npm/ignored-workspace",
    Level::Warning,
    "a workspace has no name or no version, so that its package manager ignores it",
);
/// Dependencies of the project whose phase only a package.json states.
static PHASE_UNKNOWN: Code = Code::new(
    "npm/phase-unknown",
    Level::Warning,
    "a package.json is missing, so that dependencies for development are not known",
);
/// A dependency that was resolved by its name alone.
static RESOLVED_BY_NAME: Code = Code::new(
    "npm/resolved-by-name",
    Level::Warning,
    "no entry has the range of a dependency, and the only entry of its name was used",
);
/// A part of a lockfile that its package manager does not read.
static REST_IGNORED: Code = Code::new(
    "npm/rest-ignored",
    Level::Warning,
    "a package manager stops reading its lockfile before the end",
);
/// Settings that are not as their package manager reads them.
static SETTINGS: Code = Code::new(
    "npm/settings",
    Level::Warning,
    "settings of a package manager cannot be read",
);
/// Peers that were not resolved.
static PEERS_OPEN: Code = Code::new(
    "npm/peers-open",
    Level::Warning,
    "a lockfile has too many peer dependencies to find what serves each of them",
);
/// A lockfile in a binary format.
static BINARY_LOCKFILE: Code = Code::new(
    "npm/binary-lockfile",
    Level::Error,
    "a lockfile in a binary format is not read",
);
/// Code of the project took part in the resolution.
static HOOK: Code = Code::new(
    "npm/changed-by-hook",
    Level::Note,
    "code or settings of the project changed the dependencies of packages while they were resolved",
);
/// A document about the package manager itself.
static ENVIRONMENT: Code = Code::new(
    "npm/manager-packages",
    Level::Note,
    "a lockfile has a part about the package manager itself, which the project needs before it is built",
);

/// Members of a workspace with lockfiles of their own.
static MEMBER_LOCKFILE: Code = Code::new(
    "npm/member-lockfile",
    Level::Warning,
    "a member of the workspace has a lockfile of its own, which was not read",
);

/// `members` are folders.
pub(crate) fn member_lockfiles(path: &str, members: &BTreeSet<String>) -> Diagnostic {
    let shown: Vec<&str> = members.iter().take(5).map(String::as_str).collect();
    let shown = shown.join("`, `");
    let message = match members.len() {
        1 => format!("`{shown}` has a lockfile of its own, which was not read"),
        count @ 2..=5 => {
            format!("{count} members (`{shown}`) have lockfiles of their own, which were not read")
        }
        count => format!(
            "{count} members (`{shown}`, …) have lockfiles of their own, which were not read"
        ),
    };
    Diagnostic::new(&MEMBER_LOCKFILE, Place::file(path), message).help("read them too with `--all`")
}

/// An entry in whose place a package manager links a workspace.
pub(crate) fn linked_instead(
    path: &str,
    key: &str,
    folder: &str,
    manager: &PackageManager,
) -> Diagnostic {
    let name = manager.name;
    let message =
        format!("`{key}` is locked, but {name} links the workspace `{folder}` in its place");
    Diagnostic::new(&OTHER_SOURCE, Place::entry(path, key), message).help(&format!(
        "rename the workspace, or run `{}` and review what changes",
        manager.update
    ))
}

/// Packages that a section of the settings names and that are not locked.
pub(crate) fn not_in_lockfile(
    path: &str,
    section: &str,
    names: &[&str],
    manager: &PackageManager,
) -> Diagnostic {
    let names = names.join("`, `");
    let message =
        format!("`{section}` of the settings has `{names}`, which the lockfile does not have");
    Diagnostic::new(&OUT_OF_STEP, Place::file(path), message).help(&format!(
        "update {} and run `{}`",
        manager.name, manager.update
    ))
}

/// A setting at a line of a file, and what it does.
pub(crate) fn unsafe_setting(
    place: (&str, usize),
    key: &str,
    what: &str,
    manager: &PackageManager,
) -> Diagnostic {
    let name = manager.name;
    let message =
        format!("with `{key}`, an install with {name} is not that of the lockfile: {what}");
    Diagnostic::new(&UNSAFE_SETTING, of_line(place), message)
        .help("remove the setting from the project")
}

/// A setting at a line of a file, and which scripts it allows.
pub(crate) fn scripts_allowed(
    place: (&str, usize),
    key: &str,
    what: &str,
    manager: &PackageManager,
) -> Diagnostic {
    let name = manager.name;
    let message = format!("with `{key}`, {name} runs scripts that no list names: {what}");
    Diagnostic::new(&SCRIPTS_ALLOWED, of_line(place), message)
        .help("name the packages that may run scripts")
}

/// A line of a file; 0 for the whole file.
fn of_line((path, line): (&str, usize)) -> Place {
    match line {
        0 => Place::file(path),
        line => Place::line(path, line, None),
    }
}

pub(crate) fn no_mapping(path: &str, manager: &PackageManager) -> Diagnostic {
    let message = "the file has no sections".to_owned();
    Diagnostic::new(&UNREADABLE, Place::file(path), message)
        .help(&format!("recreate it with `{}`", manager.update))
}

pub(crate) fn no_project(path: &str) -> Diagnostic {
    let message = "it names only what pnpm itself consists of, and no project".to_owned();
    Diagnostic::new(&NO_PACKAGES, Place::file(path), message)
        .help("run `pnpm install --lockfile-only` to add the dependencies of the project")
}

pub(crate) fn environment(path: &str, count: usize) -> Diagnostic {
    let plural = if count == 1 { "" } else { "s" };
    let message = format!(
        "its first document names {count} package{plural} that pnpm itself consists of; they are listed for the configuration phase"
    );
    Diagnostic::new(&ENVIRONMENT, Place::file(path), message)
}

pub(crate) fn hook(path: &str, key: &str, what: &str) -> Diagnostic {
    let message = format!("`{key}` is set: {what}");
    Diagnostic::new(&HOOK, Place::file(path), message)
}

/// A line of a lockfile that its package manager does not read either.
pub(crate) fn unreadable_line(path: &str, place: (usize, usize), why: &str) -> Diagnostic {
    let (line, column) = place;
    let place = Place::line(path, line, Some(column));
    Diagnostic::new(&UNREADABLE, place, format!("not readable: {why}"))
        .help("restore the file from version control, or create it again with the package manager")
}

pub(crate) fn ignored_workspace(path: &str, folder: &str, manager: &PackageManager) -> Diagnostic {
    let manager = manager.name;
    let message = format!(
        "`{folder}` is ignored: {manager} needs a `name` and a `version` in the package.json of a workspace"
    );
    Diagnostic::new(&IGNORED_WORKSPACE, at(path, folder), message)
}

pub(crate) fn phase_unknown(path: &str, folder: &str) -> Diagnostic {
    let file = if folder.is_empty() {
        "package.json".to_owned()
    } else {
        format!("{folder}/package.json")
    };
    let message =
        format!("`{file}` is missing, so that every dependency counts as one of production");
    Diagnostic::new(&PHASE_UNKNOWN, at(path, folder), message).help("add the package.json")
}

pub(crate) fn resolved_by_name(path: &str, asked: &Asked<'_>, found: &str) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    let message = format!(
        "no entry has the key `{name}@{spec}`; `{found}` was used, the only entry of that name"
    );
    Diagnostic::new(&RESOLVED_BY_NAME, at(path, from), message)
        .help("add the package.json of the project, whose `resolutions` replace ranges")
}

pub(crate) fn binary_lockfile(path: &str) -> Diagnostic {
    let message = "this lockfile is in a binary format, which is not read".to_owned();
    Diagnostic::new(&BINARY_LOCKFILE, Place::file(path), message)
        .help("run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only`, which writes it as `bun.lock`")
}

/// The code of problems in a lockfile that is not JSON.
pub(crate) fn unreadable_code() -> &'static Code {
    &UNREADABLE
}

/// The code of problems in the settings of a package manager.
pub(crate) fn settings_code() -> &'static Code {
    &SETTINGS
}

pub(crate) fn peers_open(path: &str) -> Diagnostic {
    let message =
        "there are too many peer dependencies to find what serves each of them".to_owned();
    Diagnostic::new(&PEERS_OPEN, Place::file(path), message)
}

pub(crate) fn unreadable_lockfile(
    path: &str,
    error: &serde_json::Error,
    manager: &PackageManager,
) -> Diagnostic {
    let place = Place::line(path, error.line(), Some(error.column()));
    let message = format!("not readable as JSON: {}", reason(error));
    let update = manager.update;
    Diagnostic::new(&UNREADABLE, place, message).help(&format!(
        "restore the file from version control, or create it again with `{update}`"
    ))
}

pub(crate) fn rest_ignored(path: &str, line: usize) -> Diagnostic {
    let message =
        "Yarn ignores the rest of the file from here: the indentation is not that of an entry";
    Diagnostic::new(
        &REST_IGNORED,
        Place::line(path, line, None),
        message.to_owned(),
    )
    .help("create the file again with `yarn install`")
}

pub(crate) fn merged_conflict(path: &str, line: usize) -> Diagnostic {
    let message = "a merge conflict starts here; both sides were read, as Yarn does".to_owned();
    Diagnostic::new(&MERGE_CONFLICT, Place::line(path, line, None), message)
        .help("resolve it with `yarn install`")
}

/// A project whose dependencies only a package.json would state.
pub(crate) fn roots_unknown(path: &str) -> Diagnostic {
    let message = "the dependencies of the project itself are not known".to_owned();
    Diagnostic::new(&EDGES_UNKNOWN, Place::file(path), message).help("add the package.json")
}

pub(crate) fn resolved_again(
    path: &str,
    asked: &Asked<'_>,
    manager: &PackageManager,
) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    let manager = manager.name;
    let message =
        format!("{manager} replaces `{name}`: the locked version does not satisfy `{spec}`");
    Diagnostic::new(&OTHER_VERSION, at(path, from), message)
        .help("update the lockfile and review what changes")
}

/// What a package manager does not write; `line` is from 1, and 0 for the whole file.
pub(crate) fn not_as_written(path: &str, line: usize, message: &str) -> Diagnostic {
    let place = of_line((path, line));
    Diagnostic::new(&NOT_AS_MANAGER_WRITES, place, message.to_owned())
}

/// What a package manager does not write in an entry; the entry is empty for the whole file.
pub(crate) fn entry_not_as_written(path: &str, entry: &str, message: &str) -> Diagnostic {
    let place = if entry.is_empty() {
        Place::file(path)
    } else {
        Place::entry(path, entry)
    };
    Diagnostic::new(&NOT_AS_MANAGER_WRITES, place, message.to_owned())
}
