//! What is in an archive, as the package manager that unpacks it would have it on the disk.

use std::collections::BTreeMap;
use std::fmt;

use bomtrail_graph::Hash;

use crate::object_id::ObjectId;

/// Whose rules decide what an archive unpacks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Client {
    /// npm, pnpm, yarn and bun: the first folder of each path is dropped, whatever its name; links are not unpacked.
    Npm,
    /// Yarn since version 2: its cache has a zip file for each package, whose files are in `node_modules/NAME`; links are kept.
    Yarn,
    /// `tar`, as the clients of CPAN call it: a folder that all paths share is dropped; links are unpacked.
    Tar,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A file.
    Plain,
    /// A file that its owner may execute.
    Executable,
    /// A symbolic link; its content is what it leads to.
    Link,
    /// A folder that the archive lists.
    Folder,
}

impl FileKind {
    /// The mode that git writes in a tree.
    pub(crate) fn git_mode(self) -> &'static str {
        match self {
            Self::Plain => "100644",
            Self::Executable => "100755",
            Self::Link => "120000",
            Self::Folder => "40000",
        }
    }
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveFile {
    /// What kind.
    pub kind: FileKind,
    /// Its length in bytes.
    pub size: u64,
    /// The identifier of its content (`git hash-object`).
    pub id: ObjectId,
    /// Its path as raw bytes, where they are not UTF-8.
    pub raw_path: Option<Box<[u8]>>,
    /// What kind of machine code it is, by its first bytes (`ELF`, `PE`); `None` for anything else.
    pub machine_code: Option<&'static str>,
    /// Its content, where it was asked for and the limit on kept contents allows it.
    pub content: Option<Box<[u8]>>,
}

/// What is odd about an entry of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OddityKind {
    /// Its path leads out of the folder it is unpacked to (`..`).
    Traversal,
    /// Its path is absolute.
    Absolute,
    /// It is a link that leads out of the package.
    LinkOutside,
    /// It is unpacked through a link, or below a file.
    UnderLink,
    /// It is a device, a pipe or of an unknown kind.
    Device,
    /// Its path has a control character or a backslash, or more folders than any package.
    Name,
    /// Another entry has the same path; the last one is unpacked.
    Duplicate,
    /// Another entry has the same path but for case; file systems that ignore case keep one of them.
    CaseCollision,
    /// Another entry has the path of the manifest but for case.
    ManifestCollision,
    /// It is in the archive both as a file and as a folder.
    FileAndFolder,
    /// Its path begins with a dot and others do not, so package managers drop different parts of it.
    Ambiguous,
    /// It is a link, which npm does not unpack.
    IgnoredLink,
    /// It is not in the package's folder, so it is not unpacked.
    IgnoredFile,
}

impl OddityKind {
    /// True for what no honest tool writes into a package.
    pub fn is_hostile(self) -> bool {
        match self {
            Self::Traversal
            | Self::Absolute
            | Self::LinkOutside
            | Self::UnderLink
            | Self::Device
            | Self::Name
            | Self::ManifestCollision
            | Self::FileAndFolder
            | Self::Ambiguous => true,
            Self::Duplicate | Self::CaseCollision | Self::IgnoredLink | Self::IgnoredFile => false,
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Traversal => "leads out of the folder it is unpacked to",
            Self::Absolute => "is an absolute path",
            Self::LinkOutside => "is a link that leads out of the package",
            Self::UnderLink => "lies below a link or a file of the archive",
            Self::Device => "is a device, a pipe or an entry of an unknown kind",
            Self::Name => "has a control character, a backslash or too many folders in its path",
            Self::Duplicate => "is in the archive more than once; the last one is unpacked",
            Self::CaseCollision => "differs from another path of the archive only in case",
            Self::ManifestCollision => {
                "is another file than the manifest, from which its name differs only in case"
            }
            Self::FileAndFolder => "is in the archive as a file and as a folder",
            Self::Ambiguous => "begins with a dot, of which package managers drop different parts",
            Self::IgnoredLink => "is a link, which npm does not unpack",
            Self::IgnoredFile => "is not in the package's folder, so it is not unpacked",
        }
    }
}

/// An entry of an archive that is odd.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Oddity {
    /// What is odd.
    pub kind: OddityKind,
    /// Its path in the archive.
    pub path: String,
}

impl fmt::Display for Oddity {
    /// A lower-case fragment with the path in backticks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.escape_debug(), self.kind.about())
    }
}

/// What is in an archive.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Contents {
    /// The digests that were asked for.
    pub digests: Vec<Hash>,
    /// The archive's length in bytes.
    pub size: u64,
    /// How many bytes it unpacks to, tar headers included.
    pub unpacked: u64,
    /// The identifier of the archive itself as a content; `None` for a package that a store keeps unpacked.
    pub archive_id: Option<ObjectId>,
    /// The identifier of the unpacked folder (`git write-tree`). Empty folders count, as the archive of Software Heritage
    /// counts them; git itself cannot store them.
    pub directory_id: ObjectId,
    /// The files by their paths in the unpacked folder.
    pub files: BTreeMap<String, ArchiveFile>,
    /// What is odd, sorted, at most 100.
    pub oddities: Vec<Oddity>,
}

impl Contents {
    /// The content of a file that was kept.
    pub fn content(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path)?.content.as_deref()
    }

    /// How many files there are, without folders.
    pub fn file_count(&self) -> usize {
        let files = self.files.values();
        files.filter(|it| it.kind != FileKind::Folder).count()
    }

    /// The first entry that no honest tool writes.
    pub fn first_hostile(&self) -> Option<&Oddity> {
        self.oddities.iter().find(|it| it.kind.is_hostile())
    }
}
