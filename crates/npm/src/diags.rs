//! The diagnostics of reading npm's files: one function for each message.

#[cfg(feature = "managers")]
mod managers;

use bomtrail_graph::{Code, Diagnostic, Level, PackageManager, Place};

use crate::paths;
#[cfg(feature = "managers")]
pub(crate) use managers::{
    NOT_AS_MANAGER_WRITES, binary_lockfile, entry_not_as_written, environment, hook,
    ignored_workspace, linked_instead, member_lockfiles, merged_conflict, no_mapping, no_project,
    not_as_written, not_in_lockfile, peers_open, phase_unknown, resolved_again, resolved_by_name,
    rest_ignored, roots_unknown, scripts_allowed, settings_code, unreadable_code, unreadable_line,
    unreadable_lockfile, unsafe_setting,
};

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
/// One command name for two packages.
static COMMAND_CLASH: Code = Code::new(
    "npm/command-clash",
    Level::Warning,
    "two packages of one folder install a command under the same name",
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
/// Settings that change what npm itself prints.
static NPMRC: Code = Code::new(
    "npm/npmrc-ignored",
    Level::Note,
    "a setting of .npmrc that changes npm's output has no effect here",
);

/// Rules about peers of the project itself do not apply to it.
static NO_PEERS: Code = Code::new(
    "npm/legacy-peer-deps",
    Level::Note,
    "a setting of .npmrc makes npm install no peer dependencies",
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
    .help(&if paths::is_modules(path) {
        format!("run `{} install` to install it", manager.name)
    } else {
        format!("run `{}` to complete the lockfile", manager.update)
    })
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

pub(crate) fn no_peers() -> Diagnostic {
    let message = "`legacy-peer-deps=true` is set; every locked package and edge is still listed";
    Diagnostic::new(&NO_PEERS, Place::file(".npmrc"), message.to_owned())
}

pub(crate) fn npmrc(setting: &str) -> Diagnostic {
    let message = format!("`{setting}` is set; every locked package and edge is still listed");
    Diagnostic::new(&NPMRC, Place::file(".npmrc"), message)
}
