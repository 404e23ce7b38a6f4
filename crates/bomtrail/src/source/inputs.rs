//! Which files of a project are inputs, and which of them wins. Knows file names and nothing of their content.

use bomtrail_graph::{Diagnostics, Files, Reader};

use super::disk::ReadError;
use super::files::ProjectFiles;
use crate::formats::READERS;

/// The files in which one ecosystem keeps what a project needs.
struct Ecosystem {
    /// The names of its lockfiles.
    wanted: &'static [&'static str],
    /// Which lockfile of a folder is read. Reports the ones that are not.
    choose: fn(&ProjectFiles, &mut Diagnostics) -> Option<&'static str>,
    /// Read when none of them exists, without a warning.
    fallback: &'static [&'static str],
    /// How to make one.
    make: &'static str,
}

/// How much of a file is looked at to recognise it, in bytes.
const SNIFFED: usize = 4096;

/// Every ecosystem; each that is found in a folder gives an input of its own.
const ECOSYSTEMS: &[Ecosystem] = &[
    #[cfg(feature = "npm")]
    Ecosystem {
        wanted: &[
            "npm-shrinkwrap.json",
            "package-lock.json",
            "pnpm-lock.yaml",
            "yarn.lock",
            "bun.lock",
            "bun.lockb",
        ],
        choose: super::lockfiles::choose,
        fallback: &["node_modules/.package-lock.json"],
        make: "`npm install --package-lock-only` makes a `package-lock.json`",
    },
    #[cfg(feature = "cpan")]
    Ecosystem {
        wanted: &["cpanfile.snapshot"],
        choose: |files, _| {
            files
                .has("cpanfile.snapshot")
                .then_some("cpanfile.snapshot")
        },
        // A configured build, what the project is installed from, what its author released.
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
    #[cfg(feature = "cargo")]
    Ecosystem {
        wanted: &["Cargo.lock"],
        choose: |files, _| files.has("Cargo.lock").then_some("Cargo.lock"),
        fallback: &[],
        make: "`cargo generate-lockfile` makes a `Cargo.lock`",
    },
];

/// An input that was found, and its bytes.
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) reader: &'static dyn Reader,
}

/// The inputs of a folder. A file that exists and cannot be read ends the search: leaving it out would hide a part of the
/// project.
pub(crate) fn of_folder(
    files: &ProjectFiles,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Found>, (String, ReadError)> {
    let mut found = Vec::new();
    for source in ECOSYSTEMS {
        let lockfile = (source.choose)(files, diagnostics);
        found.extend(first(files, lockfile, source)?);
    }
    #[cfg(feature = "npm")]
    if !found.iter().any(|it| is_of_javascript(it.reader)) {
        found.extend(installed_modules(files));
    }
    #[cfg(feature = "cpan")]
    let trees = bomtrail_cpan::installed_trees(files).into_iter();
    #[cfg(feature = "cpan")]
    found.extend(trees.map(|path| Found {
        path,
        bytes: Vec::new(),
        reader: &bomtrail_cpan::InstalledTree,
    }));
    #[cfg(feature = "cpan")]
    found.extend(bomtrail_cpan::debian_packages(files).map(|path| Found {
        path: path.to_owned(),
        bytes: Vec::new(),
        reader: &bomtrail_cpan::DebianPackages,
    }));
    #[cfg(feature = "npm")]
    if found.is_empty() && bomtrail_npm::LockfileChoice::of(files).is_none() {
        found.extend(manifest(files)?);
    }
    Ok(found)
}

/// The manifest of a project without a lockfile: what it asks for is all that is known.
#[cfg(feature = "npm")]
fn manifest(files: &ProjectFiles) -> Result<Option<Found>, (String, ReadError)> {
    const NAME: &str = "package.json";
    match files.load(NAME) {
        Ok(bytes) => Ok(Some(Found {
            path: NAME.to_owned(),
            bytes,
            reader: &bomtrail_npm::PackageJson,
        })),
        Err(ReadError::NotFound) => Ok(None),
        Err(error) => Err((NAME.to_owned(), error)),
    }
}

/// The `node_modules` folders that no lockfile describes.
#[cfg(feature = "npm")]
fn installed_modules(files: &ProjectFiles) -> impl Iterator<Item = Found> {
    let all = bomtrail_npm::installed_modules(files).into_iter();
    all.map(|path| Found {
        path: path.to_owned(),
        bytes: Vec::new(),
        reader: &bomtrail_npm::InstalledModules,
    })
}

/// True for a reader of a package manager that installs into `node_modules`.
#[cfg(feature = "npm")]
fn is_of_javascript(reader: &dyn Reader) -> bool {
    let family = ["npm/", "pnpm/", "yarn/", "bun/"];
    family.iter().any(|it| reader.name().starts_with(it))
}

fn first(
    files: &ProjectFiles,
    lockfile: Option<&'static str>,
    source: &Ecosystem,
) -> Result<Option<Found>, (String, ReadError)> {
    for name in lockfile.iter().chain(source.fallback) {
        let Some(reader) = reader_of(name) else {
            continue;
        };
        match files.load(name) {
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

/// True when a folder has a file that would be an input.
pub(crate) fn has_any(files: &dyn Files) -> bool {
    if names().into_iter().any(|it| files.is_file(it)) {
        return true;
    }
    #[cfg(feature = "cpan")]
    let has_trees = !bomtrail_cpan::installed_trees(files).is_empty()
        || bomtrail_cpan::debian_packages(files).is_some();
    #[cfg(not(feature = "cpan"))]
    let has_trees = false;
    has_trees
}

/// The reader of a file of this path, relative to its project.
pub(crate) fn reader_of(path: &str) -> Option<&'static dyn Reader> {
    READERS.iter().find(|reader| reader.claims(path)).copied()
}

/// The reader of a file that is given by name. The files of a package manager are known by their names, as the package
/// manager itself knows them; for all others the content decides, and the name only where the content does not.
pub(crate) fn reader_of_content(path: &str, bytes: &[u8]) -> Option<&'static dyn Reader> {
    let beginning = bytes.get(..SNIFFED).unwrap_or(bytes);
    let sniffs = |text| READERS.iter().find(|it| it.sniff(text)).copied();
    let named = reader_of(path);
    named
        .filter(|it| !is_sbom(*it))
        .or_else(|| sniffs(beginning))
        // The key that says what a document is may be the last one.
        .or_else(|| sniffs(bytes))
        .or(named)
}

/// The only input of a project that is given as one file; `None` when no reader knows it.
pub(crate) fn named(files: &ProjectFiles, path: &str) -> Result<Option<Found>, ReadError> {
    #[cfg(feature = "npm")]
    if let Some(found) = installed_modules(files).find(|it| it.path == path) {
        return Ok(Some(found));
    }
    let bytes = files.load_within(path, size_limit(path))?;
    let reader = reader_of_content(path, &bytes);
    Ok(reader.map(|reader| Found {
        path: path.to_owned(),
        bytes,
        reader,
    }))
}

/// True for the reader of an SBOM format.
pub(crate) fn is_sbom(reader: &dyn Reader) -> bool {
    let name = reader.name();
    name.starts_with("cyclonedx/") || name.starts_with("spdx/")
}

/// The largest file that is read when it is given by name, in bytes: a file that no reader of a package manager claims by its
/// path can only be an SBOM, and a larger SBOM is refused before it takes the memory.
fn size_limit(path: &str) -> u64 {
    if reader_of(path).is_some_and(|it| !is_sbom(it)) {
        return u64::MAX;
    }
    let limits: &[usize] = &[
        #[cfg(feature = "cyclonedx")]
        bomtrail_cyclonedx::SIZE_LIMIT,
        #[cfg(feature = "spdx")]
        bomtrail_spdx::SIZE_LIMIT,
    ];
    let limit = limits.iter().max();
    limit.map_or(u64::MAX, |it| u64::try_from(*it).unwrap_or(u64::MAX))
}

/// The names of all files that would have been inputs.
pub(crate) fn names() -> Vec<&'static str> {
    let all = ECOSYSTEMS.iter();
    all.flat_map(|it| it.wanted.iter().chain(it.fallback))
        .copied()
        .collect()
}

/// The inputs among the names of files in one folder: the first of each ecosystem.
#[cfg(feature = "discovery")]
pub(crate) fn among(is_there: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let first = |it: &Ecosystem| {
        let mut all = it.wanted.iter().chain(it.fallback);
        all.find(|name| is_there(name)).copied()
    };
    ECOSYSTEMS.iter().filter_map(first).collect()
}

/// The project and the input in it that a folder may be by its path, for inputs that are folders: where Perl modules are
/// installed, the database of dpkg. Whether it is one is not known yet.
#[cfg(feature = "discovery")]
pub(crate) fn input_folder(path: &str) -> Option<(&str, &str)> {
    #[cfg(feature = "cpan")]
    {
        const DPKG: &str = "var/lib/dpkg";
        let above = path.strip_suffix(DPKG);
        let above = above.filter(|it| it.is_empty() || it.ends_with('/'));
        let of_debian = above.map(|it| (it.trim_end_matches('/'), DPKG));
        of_debian.or_else(|| bomtrail_cpan::library_of(path))
    }
    #[cfg(not(feature = "cpan"))]
    {
        let _ = path;
        None
    }
}

/// The inputs of a project that are folders with Perl.
#[cfg(feature = "discovery")]
pub(crate) fn folders_with_perl(files: &dyn Files) -> Vec<String> {
    #[cfg(feature = "cpan")]
    {
        let mut all = bomtrail_cpan::installed_trees(files);
        all.extend(bomtrail_cpan::debian_packages(files).map(str::to_owned));
        all
    }
    #[cfg(not(feature = "cpan"))]
    {
        let _ = files;
        Vec::new()
    }
}

/// How to make an input, one way for each ecosystem.
pub(crate) fn advice() -> Vec<&'static str> {
    ECOSYSTEMS.iter().map(|it| it.make).collect()
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
    ECOSYSTEMS.iter().any(|it| it.fallback.contains(&path))
}
