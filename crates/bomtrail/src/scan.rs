//! Scanning: from a path to a graph. What most users of this library call, and what can go wrong with it.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{IndexError, Perl};
use bomtrail_graph::{Bom, Diagnostics, Graph, NodeMap, Selection, Statement, Tables, Tool};

use crate::disk::{DEFAULT_SIZE_LIMIT, ReadError, Recorder};
use crate::project::Project;
use crate::settings::Settings;

/// What to read and what to keep of it. The default reads files of up to 1 GiB and keeps everything.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanOptions {
    /// The part of the project to keep.
    pub selection: Selection,
    /// The largest file that is read, in bytes.
    pub size_limit: u64,
    /// The Perl that the project runs on; what its folder shows, or else the newest known, when it is `None`.
    pub perl: Option<Perl>,
    /// An index of CPAN (`02packages.details.txt`, plain or compressed with gzip), which leads from modules to distributions
    /// where the inputs do not.
    pub cpan_index: Option<PathBuf>,
    /// The optional features to include, by name.
    pub features: Vec<String>,
    /// Notes every file that is read.
    pub recorder: Option<Recorder>,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            size_limit: DEFAULT_SIZE_LIMIT,
            perl: None,
            cpan_index: None,
            features: Vec::new(),
            recorder: None,
        }
    }
}

impl ScanOptions {
    /// With only a part of the project kept.
    #[must_use]
    pub fn selection(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// With another limit on the size of a file, in bytes.
    #[must_use]
    pub fn size_limit(mut self, bytes: u64) -> Self {
        self.size_limit = bytes;
        self
    }

    /// For this Perl, whose core modules need no distribution.
    #[must_use]
    pub fn perl(mut self, perl: Option<Perl>) -> Self {
        self.perl = perl;
        self
    }

    /// With an index of CPAN.
    #[must_use]
    pub fn cpan_index(mut self, path: Option<PathBuf>) -> Self {
        self.cpan_index = path;
        self
    }

    /// With every file that is read noted down.
    #[must_use]
    pub fn recorder(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }

    /// With optional features, by name.
    #[must_use]
    pub fn features(mut self, names: Vec<String>) -> Self {
        self.features = names;
        self
    }
}

/// The graph of a project, and what is odd about its inputs.
#[derive(Clone, Debug)]
pub struct Scan {
    graph: Graph,
    diagnostics: Diagnostics,
    members: Vec<String>,
    stated: Option<(Settings, NodeMap<Statement>)>,
}

impl Scan {
    /// Scans the part of `path` that `options` ask for; `path` is a project's folder or one input file.
    ///
    /// # Errors
    /// [`ScanError`] when there is nothing to read, nothing could be read, or a workspace member that was asked for is
    /// not there.
    pub fn with(path: &Path, options: &ScanOptions) -> Result<Self, ScanError> {
        Project::open(path, options)?.scan_once(&options.selection)
    }

    pub(crate) fn new(graph: Graph, diagnostics: Diagnostics, members: Vec<String>) -> Self {
        Self {
            graph,
            diagnostics,
            members,
            stated: None,
        }
    }

    /// With what the project states.
    pub(crate) fn stated(mut self, stated: Option<(Settings, NodeMap<Statement>)>) -> Self {
        self.stated = stated;
        self
    }

    /// What the project's `bomtrail.toml` states; `None` when there is none.
    pub fn settings(&self) -> Option<&Settings> {
        self.stated.as_ref().map(|(settings, _)| settings)
    }

    /// What the project states about components of the graph; `None` when there is no `bomtrail.toml`.
    pub fn statements(&self) -> Option<&NodeMap<Statement>> {
        self.stated.as_ref().map(|(_, statements)| statements)
    }

    /// A document about the graph, with what the project states.
    pub fn bom<'g>(&'g self, tool: Tool<'g>) -> Bom<'g> {
        Bom::new(&self.graph, tool).tables(self.tables())
    }

    /// The side tables that the project itself states: its product and its statements about components of others.
    pub fn tables(&self) -> Tables<'_> {
        let product = self.settings().map(|it| &it.product);
        Tables::new().product(product, self.statements())
    }

    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// What is odd, incomplete or contradictory, in the order it was found.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The names of the project's workspace members, sorted; of all of them, also when only a part was asked for.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// The graph and the diagnostics.
    pub fn into_parts(self) -> (Graph, Diagnostics) {
        (self.graph, self.diagnostics)
    }
}

/// Scans all of `path`, which is a project's folder or one input file.
///
/// # Errors
/// [`ScanError`] when there is nothing to read or nothing could be read.
pub fn scan(path: impl AsRef<Path>) -> Result<Scan, ScanError> {
    Scan::with(path.as_ref(), &ScanOptions::default())
}

/// Why there is no graph.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The folder holds no input.
    #[error(
        "there is nothing to read in `{}`: looked for {wanted}; {advice}",
        folder.display()
    )]
    NothingToRead {
        /// The folder, as it was given.
        folder: PathBuf,
        /// The files that were looked for.
        wanted: String,
        /// How to make one.
        advice: String,
    },
    /// The file is no input that is known.
    #[error(
        "`{}` is none of the files that are read: {wanted}",
        path.display()
    )]
    Unclaimed {
        /// The file, as it was given.
        path: PathBuf,
        /// The files that are read.
        wanted: String,
    },
    /// The path, or an input in it, cannot be opened.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreachable {
        /// The path, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ReadError,
    },
    /// The inputs were opened, and nothing in them could be used.
    #[error("nothing could be read from `{inputs}`: {why}")]
    Unreadable {
        /// The inputs, relative to the project.
        inputs: String,
        /// The worst diagnostic.
        why: String,
        /// All diagnostics.
        diagnostics: Diagnostics,
    },
    /// The index of CPAN is none.
    #[error("`{}` is no index of CPAN: {cause}", path.display())]
    Index {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: IndexError,
    },
    /// An optional feature was asked for that the project does not have.
    #[error("there is no optional feature `{name}`; {}", listed(known))]
    UnknownFeature {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The project's `bomtrail.toml` has errors.
    #[error("`bomtrail.toml` has errors: {}", first(diagnostics))]
    Settings {
        /// Every one of them, with its line.
        diagnostics: Diagnostics,
    },
    /// One file was asked for, and the path is that of a folder.
    #[error("`{}` is a folder of several inputs; give one file", path.display())]
    NotOneFile {
        /// The path, as it was given.
        path: PathBuf,
    },
    /// A file at a revision cannot be read.
    #[error("`{input}` cannot be read: {why}")]
    Revision {
        /// The input, as it was given.
        input: String,
        /// Why.
        why: String,
    },
    /// The file is no SBOM.
    #[error("`{}` is no SBOM that is read here", path.display())]
    NoSbom {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// The schema is none.
    #[error("`{}` is no JSON schema that can be used: {why}", path.display())]
    NoSchema {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A workspace member was asked for that the project does not have.
    #[error("there is no workspace `{name}`; {}", listed(known))]
    UnknownMember {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
}

fn first(diagnostics: &Diagnostics) -> String {
    let first = diagnostics.iter().next();
    first.map(ToString::to_string).unwrap_or_default()
}

fn listed(known: &[String]) -> String {
    if known.is_empty() {
        "the project has none".to_owned()
    } else {
        format!("there is `{}`", known.join("`, `"))
    }
}

#[cfg(test)]
mod tests;
