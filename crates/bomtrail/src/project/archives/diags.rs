//! The diagnostics of reading archives: one function for each message.

use std::path::PathBuf;

use bomtrail_graph::{ArchiveFacts, ArchiveState, Code, Diagnostic, Level, NodeMap, Place};

/// Folders without archives.
static NO_ARCHIVES: Code = Code::new(
    "bomtrail/no-archives",
    Level::Warning,
    "the folders that were given for archives have none",
);

pub(super) fn no_archives(folders: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> = folders.iter().map(|it| it.display().to_string()).collect();
    let message = format!("no archive was found in `{}`", names.join("`, `"));
    Diagnostic::new(&NO_ARCHIVES, Place::default(), message).help(
        "give npm's cache (`npm config get cache`), pnpm's store (`pnpm store path`), Yarn's cache, `vendor/cache`, or a folder of archives",
    )
}

/// Folders with too many files.
static TOO_MANY_FILES: Code = Code::new(
    "bomtrail/too-many-files",
    Level::Warning,
    "the folders that were given for archives have more files than are looked at",
);

pub(super) fn too_many_files(folders: &[PathBuf]) -> Diagnostic {
    let names: Vec<String> = folders.iter().map(|it| it.display().to_string()).collect();
    let message = format!("not all files in `{}` were looked at", names.join("`, `"));
    Diagnostic::new(&TOO_MANY_FILES, Place::default(), message)
        .help("give the folders that have the archives")
}

/// How many archives were read.
static ARCHIVES: Code = Code::new(
    "bomtrail/archives",
    Level::Note,
    "how many packages have an archive, and how many licences are known from it",
);

pub(super) fn archives_read(
    table: &NodeMap<ArchiveFacts>,
    (before, after): (usize, usize),
) -> Diagnostic {
    let count = |state| table.iter().filter(|(_, it)| it.state == state).count();
    let counts = ArchiveState::ALL.map(|it| (it.name(), count(it)));
    let some = counts.iter().filter(|(_, count)| *count > 0);
    let words: Vec<String> = some
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    let all = table.iter().count();
    let plural = if all == 1 { "package" } else { "packages" };
    let message = format!(
        "archives of {all} {plural}: {}; licences unknown before {before}, now {after}",
        words.join(", ")
    );
    Diagnostic::new(&ARCHIVES, Place::default(), message)
}
