//! Archives on the disk: in the stores of npm, pnpm and Yarn, in folders, in mirrors and caches of CPAN. Finds and opens them, and does
//! not know what is in them.

mod cacache;
mod pnpm;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use bomtrail_archive::digests;
use bomtrail_graph::{Hash, HashAlgorithm};

pub(crate) use pnpm::{StoredFile, StoredList};

use self::walk::Found;
use super::ReadError;

/// The endings of the names of archives, also of those in formats that cannot be read.
pub(crate) const ENDINGS: [&str; 6] = [".tgz", ".tar.gz", ".zip", ".tar.bz2", ".tbz", ".tar.xz"];

/// How many characters of digests Yarn writes into file names.
const SHORT_DIGEST: usize = 10;

/// What identifies the archive of a package.
pub(crate) struct Wanted<'a> {
    /// The digests that the project pins.
    pub(crate) hashes: &'a [Hash],
    /// The address it is fetched from.
    pub(crate) url: Option<&'a str>,
    /// The names that the archive may have.
    pub(crate) names: Vec<String>,
    /// The file that Yarn's cache has of it.
    pub(crate) cached: Option<&'a YarnCached>,
    /// The author whose folder of a mirror has it (`AUTHOR`).
    pub(crate) author: Option<&'a str>,
}

/// How the cache of Yarn, since version 2, names the zip file of a package: `SLUG-LOCATOR-SUFFIX.zip`.
#[derive(Debug)]
pub(crate) struct YarnCached {
    /// The beginning: name, protocol and version, with a dash at the end.
    pub(crate) start: String,
    /// The version of the cache's format, where the lockfile states it with the digest.
    pub(crate) key: Option<String>,
    /// The digest of the zip file that the lockfile pins.
    pub(crate) hash: Hash,
}

impl YarnCached {
    /// Whether a file name that begins so is that of the package: it ends with the digest's beginning or with the version of the
    /// cache's format.
    fn is_named(&self, name: &str) -> bool {
        let rest = name.strip_prefix(&*self.start);
        let rest = rest.and_then(|it| it.strip_suffix(".zip")?.split_once('-'));
        let Some((locator, suffix)) = rest else {
            return false;
        };
        let is_key = match &self.key {
            Some(key) => suffix == key,
            None => suffix.len() < SHORT_DIGEST,
        };
        let is_digest = suffix.len() == SHORT_DIGEST && self.hash.hex().starts_with(suffix);
        locator.len() == SHORT_DIGEST && (is_key || is_digest)
    }
}

/// Where an archive, or what was in it, is.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// A file.
    File(PathBuf),
    /// The list of a package's files in pnpm's store.
    Pnpm {
        /// The list.
        list: StoredList,
        /// The folder with the files.
        files: PathBuf,
    },
}

impl Place {
    /// The name for messages: the last part of the path.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::File(path) => {
                let name = path.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            }
            Self::Pnpm { list, .. } => list.label(),
        }
    }
}

/// Folders with archives.
#[derive(Debug)]
pub(crate) struct ArchiveStore {
    found: Found,
    /// Every archive that no package was found for by its name, by its digests.
    by_digest: OnceLock<BTreeMap<Hash, PathBuf>>,
    /// What npm's caches have, for what cannot be found by its digest.
    by_path: OnceLock<BTreeMap<String, Vec<PathBuf>>>,
}

impl ArchiveStore {
    /// Looks through folders, and takes files as they are.
    ///
    /// # Errors
    /// The first folder that cannot be read, and why.
    pub(crate) fn open(paths: &[PathBuf]) -> Result<Self, (PathBuf, ReadError)> {
        Ok(Self {
            found: walk::walk(paths)?,
            by_digest: OnceLock::new(),
            by_path: OnceLock::new(),
        })
    }

    /// How many archives and stores there are.
    pub(crate) fn is_empty(&self) -> bool {
        let Found {
            files,
            cacaches,
            pnpm,
            ..
        } = &self.found;
        files.is_empty() && cacaches.is_empty() && pnpm.is_empty()
    }

    /// The archives that are files in the folders.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.found.files
    }

    /// True when there were more files than are looked at.
    pub(crate) fn is_cut(&self) -> bool {
        self.found.is_cut
    }

    /// Where the archive may be, the most likely place first.
    pub(crate) fn places(&self, wanted: &Wanted<'_>) -> Vec<Place> {
        let mut places = Vec::new();
        for root in &self.found.cacaches {
            let by_hash = wanted.hashes.iter().map(|it| cacache::content(root, it));
            places.extend(by_hash.filter(|it| it.is_file()).map(Place::File));
        }
        for root in &self.found.pnpm {
            let stored = wanted.hashes.iter().find_map(|it| pnpm::find(root, it));
            places.extend(stored);
        }
        let named: BTreeSet<&PathBuf> = wanted
            .names
            .iter()
            .flat_map(|it| self.found.named(it))
            .filter(|it| is_of_author(it, wanted.author))
            .collect();
        places.extend(named.into_iter().cloned().map(Place::File));
        if let Some(cached) = wanted.cached {
            let found = self.found.beginning_with(&cached.start);
            let found = found.filter(|(name, _)| cached.is_named(name));
            places.extend(found.map(|(_, path)| Place::File(path.clone())));
        }
        if let (true, Some(url)) = (places.is_empty(), wanted.url)
            && let Some(path) = cacache::path_of(url)
        {
            let fetched = self.by_path().get(&path).into_iter().flatten();
            places.extend(fetched.cloned().map(Place::File));
        }
        places
    }

    /// What npm's caches have, by the path of the address it was fetched from.
    fn by_path(&self) -> &BTreeMap<String, Vec<PathBuf>> {
        self.by_path.get_or_init(|| {
            let mut all = BTreeMap::new();
            for root in &self.found.cacaches {
                for (path, mut files) in cacache::by_path(root) {
                    all.entry(path).or_insert_with(Vec::new).append(&mut files);
                }
            }
            all
        })
    }

    /// The archive with one of these digests, whatever its name. Reads every archive in the folders, once.
    pub(crate) fn by_digest(&self, hashes: &[Hash]) -> Option<Place> {
        let index = self.by_digest.get_or_init(|| {
            let files = self.found.files.iter();
            let all = files.filter_map(|path| {
                let file = File::open(path).ok()?;
                let found = digests(file, &PINNED).ok()?;
                Some(found.into_iter().map(move |it| (it, path.clone())))
            });
            all.flatten().collect()
        });
        hashes
            .iter()
            .find_map(|it| index.get(it))
            .cloned()
            .map(Place::File)
    }
}

/// False for a file in the folder of another author of a mirror (`authors/id/A/AU/AUTHOR/`): distributions of several authors may
/// have one name.
fn is_of_author(path: &Path, wanted: Option<&str>) -> bool {
    let mut parts = path.iter().skip_while(|it| *it != "authors").skip(1);
    let is_mirror = parts.next().is_some_and(|it| it == "id");
    let author = parts.nth(2).filter(|_| is_mirror);
    match (author, wanted) {
        (Some(author), Some(wanted)) => author.eq_ignore_ascii_case(wanted),
        _ => true,
    }
}

/// The digests that lockfiles pin.
pub(crate) const PINNED: [HashAlgorithm; 4] = [
    HashAlgorithm::Sha1,
    HashAlgorithm::Sha256,
    HashAlgorithm::Sha384,
    HashAlgorithm::Sha512,
];

/// Opens a regular file, with its length in bytes.
pub(crate) fn open_file(path: &Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    Ok((file, metadata.len()))
}

/// The text of the CHECKSUMS file next to an archive of CPAN.
pub(crate) fn checksums_of(archive: &Path) -> Option<String> {
    const LARGEST: u64 = 64 << 20;
    let path = archive.with_file_name("CHECKSUMS");
    let is_fine = fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() <= LARGEST);
    let bytes = is_fine.then(|| super::disk::load_file(&path, LARGEST));
    String::from_utf8(bytes?.ok()?).ok()
}

/// The files that a list of pnpm's store names.
pub(crate) fn stored_files(list: &StoredList, files: &Path) -> Option<Vec<StoredFile>> {
    pnpm::stored_files(list, files)
}

/// The bytes of a file of a store, if they have the digest that the store states.
pub(crate) fn stored_content(file: &StoredFile) -> Option<Vec<u8>> {
    pnpm::content(file)
}
