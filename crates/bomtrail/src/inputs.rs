//! Which files of a folder are inputs, and which of them wins. Knows file names and nothing of what is in them.

use bomtrail_graph::{Diagnostics, Reader};

use crate::diags;
use crate::disk::{Disk, ReadError};
use crate::registry::READERS;

/// Where one ecosystem keeps what a project needs.
struct Source {
    /// Its file names; the first that is there is read, the others are left aside with a warning.
    wanted: &'static [&'static str],
    /// Read when none of them is there, without a word.
    fallback: &'static [&'static str],
    /// How to make one.
    make: &'static str,
}

/// How much of a file tells what it is, in bytes.
const SNIFFED: usize = 4096;

/// Every source of a folder; each that is there is an input of its own.
const SOURCES: &[Source] = &[
    Source {
        wanted: &["npm-shrinkwrap.json", "package-lock.json"],
        fallback: &["node_modules/.package-lock.json"],
        make: "`npm install --package-lock-only` makes a `package-lock.json`",
    },
    Source {
        wanted: &["cpanfile.snapshot"],
        // What a configured build says, what the project is installed from, what its author released.
        fallback: &[
            "MYMETA.json",
            "MYMETA.yml",
            "cpm.yml",
            "cpanfile",
            "META.json",
            "META.yml",
        ],
        make: "`carton install` makes a `cpanfile.snapshot`",
    },
];

/// An input that was found and read from the disk.
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) reader: &'static dyn Reader,
}

/// The inputs of a folder. A file that is there and cannot be read ends the search: leaving it out would hide a part of
/// the project.
pub(crate) fn of_folder(
    disk: &Disk,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Found>, (String, ReadError)> {
    let mut found = Vec::new();
    for source in SOURCES {
        let Some(input) = first(disk, source)? else {
            continue;
        };
        let others = source.wanted.iter().filter(|name| **name != input.path);
        for other in others.filter(|name| disk.has(name)) {
            diagnostics.push(diags::second_lockfile(other, &input.path));
        }
        found.push(input);
    }
    let trees = bomtrail_cpan::installed_trees(disk).into_iter();
    found.extend(trees.map(|path| Found {
        path: path.to_owned(),
        bytes: Vec::new(),
        reader: &bomtrail_cpan::InstalledTree,
    }));
    Ok(found)
}

fn first(disk: &Disk, source: &Source) -> Result<Option<Found>, (String, ReadError)> {
    for name in source.wanted.iter().chain(source.fallback) {
        let Some(reader) = reader_of(name) else {
            continue;
        };
        match disk.load(name) {
            Ok(bytes) => {
                return Ok(Some(Found {
                    path: (*name).to_owned(),
                    bytes,
                    reader,
                }));
            }
            Err(ReadError::NotFound) => {}
            Err(error) => return Err(((*name).to_owned(), error)),
        }
    }
    Ok(None)
}

/// The lockfile of each ecosystem that is among some files: the one its package manager reads.
pub(crate) fn lockfiles(files: &dyn bomtrail_graph::Files) -> Vec<&'static str> {
    let listed = files.list("");
    let there = |name: &&&'static str| listed.iter().any(|it| it == **name);
    let all = SOURCES.iter();
    all.filter_map(|source| source.wanted.iter().find(there).copied())
        .collect()
}

/// The reader of a file of this path, relative to its project.
pub(crate) fn reader_of(path: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.claims(path)).copied()
}

/// The reader of a file that is given by name: by its path, else by what it begins with.
pub(crate) fn reader_of_content(path: &str, bytes: &[u8]) -> Option<&'static dyn Reader> {
    let beginning = bytes.get(..SNIFFED).unwrap_or(bytes);
    let sniffs = |reader: &&&dyn Reader| reader.sniff(beginning);
    reader_of(path).or_else(|| READERS.iter().find(sniffs).copied())
}

/// True for the reader of a format that is made to describe software, not to install it.
pub(crate) fn is_sbom(reader: &dyn Reader) -> bool {
    let name = reader.name();
    name.starts_with("cyclonedx/") || name.starts_with("spdx/")
}

/// The largest file that is read when it is given by name, in bytes: what no reader claims by its path can only be an SBOM,
/// and a larger SBOM is refused before it takes the memory.
pub(crate) fn size_limit(path: &str) -> u64 {
    if reader_of(path).is_some_and(|it| !is_sbom(it)) {
        return u64::MAX;
    }
    let limit = bomtrail_cyclonedx::SIZE_LIMIT.max(bomtrail_spdx::SIZE_LIMIT);
    u64::try_from(limit).unwrap_or(u64::MAX)
}

/// The names of all files that would have been inputs, in backticks, for a message.
pub(crate) fn names() -> String {
    let names = SOURCES
        .iter()
        .flat_map(|source| source.wanted.iter().chain(source.fallback));
    names
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// How to make an input, for a message.
pub(crate) fn advice() -> String {
    SOURCES
        .iter()
        .map(|source| source.make)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The project's folder and the input's path in it, for an input given by name. Only the lockfile that npm keeps inside
/// `node_modules` has its project one level higher.
pub(crate) fn split_folder(file: &std::path::Path) -> Option<(&std::path::Path, String)> {
    let name = file.file_name()?.to_str()?;
    let folder = file.parent()?;
    let inner = folder.file_name().and_then(|it| it.to_str());
    let hidden = inner.map(|inner| format!("{inner}/{name}"));
    let outer = folder.parent();
    let (folder, path) = match (hidden, outer) {
        (Some(hidden), Some(outer)) if is_fallback(&hidden) => (outer, hidden),
        _ => (folder, name.to_owned()),
    };
    let here = std::path::Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    Some((folder, path))
}

fn is_fallback(path: &str) -> bool {
    SOURCES.iter().any(|source| source.fallback.contains(&path))
}
