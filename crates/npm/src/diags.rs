//! The diagnostics of reading npm's files: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, PackageManager, Place};

/// A file that is not JSON.
pub(crate) static UNREADABLE: Code = Code::new(
    "npm/unreadable",
    Level::Error,
    "a file is not valid JSON or YAML and was left out",
);
/// The JSON is fine and holds no packages.
static NO_PACKAGES: Code = Code::new(
    "npm/no-packages",
    Level::Warning,
    "a lockfile lists no packages",
);
/// Invalid bytes.
static INVALID_UTF8: Code = Code::new(
    "npm/invalid-utf8",
    Level::Warning,
    "a file is not valid UTF-8",
);
/// An unresolved merge.
static MERGE_CONFLICT: Code = Code::new(
    "npm/merge-conflict",
    Level::Error,
    "a lockfile has unresolved merge conflicts; one side was read",
);
/// A newer format.
static NEWER_LOCKFILE: Code = Code::new(
    "npm/newer-lockfile",
    Level::Warning,
    "an unknown lockfile version was read like the latest known one",
);
/// Something that npm never writes.
static NOT_AS_NPM_WRITES: Code = Code::new(
    "npm/not-as-npm-writes",
    Level::Error,
    "a lockfile has something that npm never writes but may read",
);
/// Something that another package manager than npm never writes.
pub(crate) static NOT_AS_MANAGER_WRITES: Code = Code::new(
    "npm/not-as-manager-writes",
    Level::Error,
    "a lockfile has something that its package manager never writes but may read",
);
/// One command name for two packages.
static COMMAND_CLASH: Code = Code::new(
    "npm/command-clash",
    Level::Warning,
    "two packages of one folder install a command under the same name",
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
/// A field of the wrong type.
pub(crate) static WRONG_TYPE: Code = Code::new(
    "npm/wrong-type",
    Level::Warning,
    "a field has a type that the package manager does not write; it was left out",
);
/// A repeated key.
pub(crate) static DUPLICATE: Code = Code::new(
    "npm/duplicate-key",
    Level::Warning,
    "a key is repeated; one of its values is ignored",
);
/// A link without target.
static BROKEN_LINK: Code = Code::new(
    "npm/broken-link",
    Level::Warning,
    "a link has no target entry; it is kept as a component with few facts",
);
/// A place that is not an install path.
static INVALID_PLACE: Code = Code::new(
    "npm/odd-place",
    Level::Warning,
    "the place of an entry is not an install path; it is kept as a component",
);
/// A lockfile without edges.
static EDGES_UNKNOWN: Code = Code::new(
    "npm/edges-unknown",
    Level::Warning,
    "a lockfile does not say what depends on what",
);
/// A missing dependency.
static MISSING: Code = Code::new(
    "npm/missing-dependency",
    Level::Warning,
    "nothing in the lockfile provides a dependency",
);
/// A missing peer dependency.
static MISSING_PEER: Code = Code::new(
    "npm/missing-peer",
    Level::Note,
    "nothing in the lockfile provides a peer dependency",
);
/// A dependency with a wrong version.
static INVALID: Code = Code::new(
    "npm/invalid-dependency",
    Level::Warning,
    "a dependency resolves to a version outside its range",
);
/// A dependency from another source than the lockfile has.
static OTHER_SOURCE: Code = Code::new(
    "npm/other-source",
    Level::Warning,
    "a dependency asks for an archive, repository or folder that the lockfile does not have in its place",
);
/// A locked version that npm replaces, because it does not satisfy the range.
static OTHER_VERSION: Code = Code::new(
    "npm/other-version",
    Level::Warning,
    "a package depends on a range that the locked version does not satisfy, so that npm replaces the version",
);
/// Digests that cannot be read.
static INTEGRITY: Code = Code::new(
    "npm/unreadable-integrity",
    Level::Warning,
    "an integrity value has an unreadable digest",
);
/// An archive of another package.
static RESOLVED_MISMATCH: Code = Code::new(
    "npm/resolved-mismatch",
    Level::Error,
    "the name or version of an entry differs from the one in its archive's address",
);
/// Another package is installed.
static MANIFEST_MISMATCH: Code = Code::new(
    "npm/manifest-mismatch",
    Level::Error,
    "an installed package.json names another package or version than the lockfile",
);
/// The lockfile is older than the manifest.
static OUT_OF_STEP: Code = Code::new(
    "npm/out-of-step",
    Level::Warning,
    "package.json and the lockfile's copy of it have different dependencies",
);
/// An unused override.
static UNUSED_OVERRIDE: Code = Code::new(
    "npm/unused-override",
    Level::Note,
    "an entry of `overrides` in package.json that matches no dependency",
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
/// Settings that change what npm itself prints.
static NPMRC: Code = Code::new(
    "npm/npmrc-ignored",
    Level::Note,
    "a setting of .npmrc that changes npm's output has no effect here",
);

/// An entry of a lockfile; the root entry's location is empty.
fn at(path: &str, entry: &str) -> Place {
    Place::entry(
        path,
        if entry.is_empty() {
            "the project"
        } else {
            entry
        },
    )
}

pub(crate) fn unreadable(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place::line(path, error.line(), Some(error.column()));
    Diagnostic::new(&UNREADABLE, place, format!("not readable as JSON: {}", reason(error)))
        .help("restore the file from version control, or recreate it with `npm install --package-lock-only`")
}

/// serde's message without the position it repeats.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A manifest without a lockfile.
static NOT_RESOLVED: Code = Code::new(
    "npm/not-resolved",
    Level::Warning,
    "package.json states ranges, and without a lockfile nothing is resolved: no package is listed",
);

pub(crate) fn not_resolved(path: &str) -> Diagnostic {
    let message = "nothing is resolved without a lockfile, so no package is listed".to_owned();
    Diagnostic::new(&NOT_RESOLVED, Place::file(path), message)
        .help("make a lockfile: `npm install --package-lock-only`")
}

pub(crate) fn no_lockfile_object(path: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE,
        Place::file(path),
        "the file is not a JSON object".to_owned(),
    )
    .help("recreate it with `npm install --package-lock-only`")
}

pub(crate) fn no_packages(path: &str, message: &str) -> Diagnostic {
    Diagnostic::new(&NO_PACKAGES, Place::file(path), message.to_owned())
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

pub(crate) fn invalid_utf8(path: &str) -> Diagnostic {
    Diagnostic::new(
        &INVALID_UTF8,
        Place::file(path),
        "invalid UTF-8 was replaced".to_owned(),
    )
}

pub(crate) fn merge_conflict(
    path: &str,
    line: usize,
    side: &str,
    manager: &PackageManager,
) -> Diagnostic {
    let message = format!("a merge conflict starts here; {side} side was read");
    Diagnostic::new(&MERGE_CONFLICT, Place::line(path, line, None), message)
        .help(&format!("resolve it with `{}`", manager.update))
}

pub(crate) fn newer_lockfile(path: &str, version: &str, known: &str) -> Diagnostic {
    Diagnostic::new(
        &NEWER_LOCKFILE,
        Place::file(path),
        format!("lockfile version `{version}` is read like version {known}"),
    )
}

pub(crate) fn not_as_npm_writes(path: &str, entry: &str, message: &str) -> Diagnostic {
    let place = if entry.is_empty() {
        Place::file(path)
    } else {
        Place::entry(path, entry)
    };
    Diagnostic::new(&NOT_AS_NPM_WRITES, place, message.to_owned())
}

pub(crate) fn not_as_npm_writes_json(path: &str, error: &serde_json::Error) -> Diagnostic {
    let place = Place::line(path, error.line(), Some(error.column()));
    let message = format!("npm writes no such JSON: {}", reason(error));
    Diagnostic::new(&NOT_AS_NPM_WRITES, place, message)
}

pub(crate) fn not_as_npm_writes_line(path: &str, line: usize, message: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_AS_NPM_WRITES,
        Place::line(path, line, None),
        message.to_owned(),
    )
}

pub(crate) fn command_clash(path: &str, entry: &str, commands: &[&str], other: &str) -> Diagnostic {
    let plural = if commands.len() > 1 { "s" } else { "" };
    let commands = commands.join("`, `");
    let message = format!("`{entry}` and `{other}` both install the command{plural} `{commands}`");
    Diagnostic::new(&COMMAND_CLASH, at(path, entry), message)
}

pub(crate) fn wrong_type(path: &str, entry: &str, field: &str) -> Diagnostic {
    Diagnostic::new(
        &WRONG_TYPE,
        at(path, entry),
        format!("`{field}` has the wrong type and was left out"),
    )
}

pub(crate) fn duplicate(path: &str, entry: &str, key: &str) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE,
        at(path, entry),
        format!("`{key}` is repeated; the last value counts"),
    )
}

pub(crate) fn broken_link(path: &str, entry: &str, target: &str) -> Diagnostic {
    Diagnostic::new(
        &BROKEN_LINK,
        at(path, entry),
        format!("the link leads to `{target}`, which is not an entry"),
    )
    .help("npm refuses this lockfile; recreate it with `npm install --package-lock-only`")
}

pub(crate) fn invalid_place(path: &str, entry: &str) -> Diagnostic {
    Diagnostic::new(
        &INVALID_PLACE,
        at(path, entry),
        "this is not an install path".to_owned(),
    )
}

pub(crate) fn edges_unknown(path: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        &EDGES_UNKNOWN,
        Place::file(path),
        format!("the dependencies of {what} are not known"),
    )
    .help("add the package.json, or recreate the lockfile with a current npm")
}

/// A dependency, for a message.
pub(crate) struct Asked<'a> {
    pub(crate) from: &'a str,
    pub(crate) name: &'a str,
    pub(crate) spec: &'a str,
}

pub(crate) fn missing(
    path: &str,
    asked: &Asked<'_>,
    peer: bool,
    manager: &PackageManager,
) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    let code = if peer { &MISSING_PEER } else { &MISSING };
    Diagnostic::new(
        code,
        at(path, from),
        format!("nothing provides `{name}@{spec}`"),
    )
    .help(&format!(
        "run `{}` to complete the lockfile",
        manager.update
    ))
}

pub(crate) fn invalid(path: &str, asked: &Asked<'_>, found: &str) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    Diagnostic::new(
        &INVALID,
        at(path, from),
        format!("`{name}@{spec}` resolves to `{found}`"),
    )
}

pub(crate) fn other_source(path: &str, asked: &Asked<'_>) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    let message = format!("npm fetches `{name}` from `{spec}`, not what the lockfile has");
    Diagnostic::new(&OTHER_SOURCE, at(path, from), message)
        .help("run `npm install --package-lock-only` and review what changes")
}

pub(crate) fn other_version(path: &str, asked: &Asked<'_>) -> Diagnostic {
    let Asked { from, name, spec } = asked;
    let message = format!("npm replaces `{name}`: the locked version does not satisfy `{spec}`");
    Diagnostic::new(&OTHER_VERSION, at(path, from), message)
        .help("run `npm install --package-lock-only` and review what changes")
}

pub(crate) fn integrity(path: &str, entry: &str) -> Diagnostic {
    Diagnostic::new(
        &INTEGRITY,
        at(path, entry),
        "`integrity` has a part that is not a digest".to_owned(),
    )
}

pub(crate) fn resolved_mismatch(path: &str, entry: &str, ours: &str, stated: &str) -> Diagnostic {
    let message = format!(
        "the entry says `{ours}`, its `resolved` address says `{stated}`, and that is what is installed"
    );
    Diagnostic::new(&RESOLVED_MISMATCH, at(path, entry), message)
        .help("do not install from this lockfile until you know who changed it")
}

pub(crate) fn manifest_mismatch(path: &str, entry: &str, ours: &str, stated: &str) -> Diagnostic {
    let message = format!("the lockfile says `{ours}`, the installed package.json says `{stated}`");
    Diagnostic::new(&MANIFEST_MISMATCH, at(path, entry), message)
        .help("run `npm ci`, and find out what changed node_modules")
}

/// `folder` is that of the manifest, empty for the root.
pub(crate) fn out_of_step(
    path: &str,
    folder: &str,
    names: &[&str],
    manager: &PackageManager,
) -> Diagnostic {
    let shown = names
        .iter()
        .take(5)
        .copied()
        .collect::<Vec<_>>()
        .join("`, `");
    let more = names.len().saturating_sub(5);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let slash = if folder.is_empty() { "" } else { "/" };
    let message =
        format!("{folder}{slash}package.json differs from the lockfile in `{shown}`{more}");
    Diagnostic::new(&OUT_OF_STEP, Place::file(path), message)
        .help(&format!("run `{}`", manager.update))
}

pub(crate) fn unused_override(manifest: &str, rule: &str) -> Diagnostic {
    let message = format!("`{rule}` matches no dependency");
    Diagnostic::new(
        &UNUSED_OVERRIDE,
        Place::entry(manifest, "overrides"),
        message,
    )
    .help("remove it, or correct its name or range")
}

pub(crate) fn npmrc(setting: &str) -> Diagnostic {
    let message = format!("`{setting}` is set; every locked package and edge is still listed");
    Diagnostic::new(&NPMRC, Place::file(".npmrc"), message)
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
    let place = match line {
        0 => Place::file(path),
        line => Place::line(path, line, None),
    };
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
