//! A source tree, and how the files of an archive relate to it.

use std::collections::BTreeMap;

use bomtrail_graph::FileVerdict;

use crate::object_id::ObjectId;

/// The files of one commit.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SourceTree {
    /// The identifiers of the files by their paths in the repository, symbolic links included.
    pub files: BTreeMap<String, ObjectId>,
    /// Submodules whose files are not known, by their paths, with their commits.
    pub submodules: BTreeMap<String, String>,
}

/// A repository, as far as a comparison asks for it.
pub trait SourceRepository {
    /// The contents with these identifiers, in their order; `None` for what the repository does not have.
    fn contents(&self, ids: &[ObjectId]) -> Vec<Option<Vec<u8>>>;

    /// Which of these contents are reachable from any branch or tag, each with a path it had.
    fn in_history(&self, ids: &[ObjectId]) -> BTreeMap<ObjectId, String>;
}

/// Why a file of a package matters: it runs, or is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileRole {
    /// An installation runs it, or reads from it what to run.
    InstallScript,
    /// A build uses it.
    Build,
    /// It is a command.
    Command,
    /// Users of the package load it first.
    EntryPoint,
    /// It is machine code.
    MachineCode,
    /// A file with a role names it.
    Named,
}

impl FileRole {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::InstallScript => "install script",
            Self::Build => "build",
            Self::Command => "command",
            Self::EntryPoint => "entry point",
            Self::MachineCode => "machine code",
            Self::Named => "named by code",
        }
    }
}

/// One file of an archive, compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileMatch {
    /// Its path in the package.
    pub path: String,
    /// How it relates to the source.
    pub verdict: FileVerdict,
    /// Why it matters; `None` for data and documentation, as far as is known.
    pub role: Option<FileRole>,
    /// True when only a build map explains it: the compilation was not repeated.
    pub is_compiled: bool,
    /// What the verdict rests on, as a lower-case fragment; may be empty.
    pub detail: String,
    /// How many lines the archive adds and removes, for a changed text.
    pub lines: Option<(usize, usize)>,
}
