//! Why a project has no graph.

use std::path::PathBuf;

#[cfg(feature = "archives")]
use bomtrail_archive::{ArchiveError, Oddity};
#[cfg(feature = "cpan")]
use bomtrail_cpan::{CoreListError, IndexError};
use bomtrail_graph::{Diagnostic, Diagnostics};

use crate::source::{GitError, ReadError};

/// Why a project has no graph.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The folder holds no input.
    #[error(
        "there is nothing to read in `{}`: looked for {}; {}",
        folder.display(),
        quoted(wanted),
        advice.join("; ")
    )]
    NothingToRead {
        /// The folder, as it was given.
        folder: PathBuf,
        /// The files that were looked for.
        wanted: Vec<&'static str>,
        /// What to do, one sentence for each file or ecosystem.
        advice: Vec<String>,
    },
    /// The file is not an input that is known.
    #[error(
        "`{}` is not a file bomtrail can read; it reads SBOMs and {}",
        path.display(),
        quoted(wanted)
    )]
    Unclaimed {
        /// The file, as it was given.
        path: PathBuf,
        /// The files that are read by their names.
        wanted: Vec<&'static str>,
    },
    /// The path, or an input in it, cannot be opened.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreachable {
        /// The path, as it was given.
        path: PathBuf,
        /// Why.
        cause: ReadError,
    },
    #[cfg(feature = "archives")]
    /// The archive cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Archive {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        cause: ArchiveError,
    },
    #[cfg(feature = "archives")]
    /// The archive has an entry that no honest tool writes.
    #[error("`{}` is refused: {oddity}", path.display())]
    HostileArchive {
        /// The file, as it was given.
        path: PathBuf,
        /// The entry and what is odd about it.
        oddity: Oddity,
    },
    /// The revision cannot be read.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The inputs were opened, and nothing in them could be used.
    #[error(
        "nothing could be read from {}: {}",
        quoted(inputs),
        worst(diagnostics)
    )]
    Unreadable {
        /// The inputs, relative to the project.
        inputs: Vec<String>,
        /// What is wrong with them.
        diagnostics: Diagnostics,
    },
    #[cfg(feature = "cpan")]
    /// The index of CPAN is not valid.
    #[error("`{}` is not an index of CPAN: {cause}", path.display())]
    Index {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        cause: IndexError,
    },
    #[cfg(feature = "cpan")]
    /// The list of core modules is not valid.
    #[error("`{}` is not a list of core modules: {cause}", path.display())]
    CoreList {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        cause: CoreListError,
    },
    /// An optional feature was asked for that the project does not have.
    #[error("there is no optional feature `{name}`; {}", known_names(known))]
    UnknownFeature {
        /// What was asked for.
        name: String,
        /// The names of all features.
        known: Vec<String>,
    },
    /// The project's `bomtrail.toml` has errors.
    #[error("`bomtrail.toml` has errors: {}", worst(diagnostics))]
    Settings {
        /// Every one of them, with its line.
        diagnostics: Diagnostics,
    },
    /// A workspace member was asked for that the project does not have.
    #[error("there is no workspace `{name}`; {}", known_names(known))]
    UnknownMember {
        /// What was asked for.
        name: String,
        /// The names of all members.
        known: Vec<String>,
    },
}

/// The first of the worst diagnostics, for a message of one line.
fn worst(diagnostics: &Diagnostics) -> String {
    let level = diagnostics.worst();
    let mut all = diagnostics.iter();
    let first = all.find(|it| Some(it.code.level) == level);
    first.map_or_else(
        || "it describes no package".to_owned(),
        Diagnostic::to_string,
    )
}

fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    let names = names.iter().map(|it| format!("`{}`", it.as_ref()));
    names.collect::<Vec<_>>().join(", ")
}

fn known_names(known: &[String]) -> String {
    if known.is_empty() {
        "the project has none".to_owned()
    } else {
        format!("there is {}", quoted(known))
    }
}
