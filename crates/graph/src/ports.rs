//! The two ports: what a reader and a writer are. Formats and ecosystems live behind them.

use std::io;

use crate::approval::Approval;
use crate::diagnostic::Diagnostics;
use crate::fragment::Fragment;
use crate::graph::Graph;
use crate::node_map::NodeMap;
use crate::product::{ProductFacts, Statement, facts_digest};
use crate::provenance::Provenance;

/// Read-only access to the files beside an input. Paths are relative to the project, with `/`.
pub trait Files {
    /// The bytes of a file; `None` when it is not there, is no regular file, or is larger than the limit.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// True when a directory of that path exists.
    fn is_dir(&self, path: &str) -> bool;

    /// The names in a directory, sorted; empty when there is none.
    fn list(&self, path: &str) -> Vec<String>;

    /// The name of the project's own folder, if it has one.
    fn folder_name(&self) -> Option<&str> {
        None
    }
}

/// No files at all: an input that stands alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _path: &str) -> Option<Vec<u8>> {
        None
    }

    fn is_dir(&self, _path: &str) -> bool {
        false
    }

    fn list(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }
}

/// One input of a reader.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// Its path, relative to the project, with `/`.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The files beside it.
    pub files: &'a dyn Files,
}

/// Turns one input into a [`Fragment`]. Never fails and never panics: what cannot be used is a diagnostic.
pub trait Reader: Sync {
    /// Stable name, `ecosystem/format`.
    fn name(&self) -> &'static str;

    /// True when a file of this path (relative to the project) is an input of this reader.
    fn claims(&self, path: &str) -> bool;

    /// True when the content is an input of this reader, whatever its file is called; for a single file that is given by
    /// name. Looks at the beginning only.
    fn sniff(&self, beginning: &[u8]) -> bool {
        let _ = beginning;
        false
    }

    /// Reads an input. A fragment without components means that nothing could be read; a diagnostic says why.
    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment;
}

/// A document format in one version and encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Format {
    /// The name on the command line (`cyclonedx-json`).
    pub name: &'static str,
    /// The version of the specification (`1.6`).
    pub version: &'static str,
}

/// The program that writes a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// What a document says of its components beside what each says itself, where the format can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Opinions {
    /// The approvals as annotations.
    pub annotations: bool,
    /// Approvals and provenance as claims with their evidence.
    pub declarations: bool,
}

/// What a writer prints: the graph and what is known about the document itself.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Bom<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The program that writes it.
    pub tool: Tool<'g>,
    /// When it was made (RFC 3339, UTC, seconds); absent unless given.
    pub timestamp: Option<&'g str>,
    /// The time now (RFC 3339, UTC, seconds), for formats that require a time and are given none.
    pub now: Option<&'g str>,
    /// No line breaks and indentation.
    pub compact: bool,
    /// Which version of the same document this is (CycloneDX `version`), from 1.
    pub version: u32,
    /// What the project's approvals say of the nodes; absent when nobody asked.
    pub approvals: Option<&'g NodeMap<Approval>>,
    /// What is proved of where the nodes' bytes come from; absent when nobody checked.
    pub provenance: Option<&'g NodeMap<Provenance>>,
    /// What that rests on: the trust material, one line for each; empty when nobody checked.
    pub provenance_basis: &'g [String],
    /// What the project states about its product.
    pub product: Option<&'g ProductFacts>,
    /// What the project states about components of others.
    pub statements: Option<&'g NodeMap<Statement>>,
    /// With the properties that BSI TR-03183-2 asks for of every component (`bsi:component:*`).
    pub bsi: bool,
    /// What is said of components beside what each says itself.
    pub opinions: Opinions,
    /// The serial number of the document that this is a later version of (`urn:uuid:…`); of its own content when absent.
    pub serial: Option<&'g str>,
}

impl<'g> Bom<'g> {
    /// A document about `graph` of which nothing else is known.
    pub fn new(graph: &'g Graph, tool: Tool<'g>) -> Self {
        Self {
            graph,
            tool,
            timestamp: None,
            now: None,
            compact: false,
            version: 1,
            approvals: None,
            provenance: None,
            provenance_basis: &[],
            product: None,
            statements: None,
            bsi: false,
            opinions: Opinions::default(),
            serial: None,
        }
    }

    /// With the approvals as annotations.
    #[must_use]
    pub fn annotations(mut self, annotations: bool) -> Self {
        self.opinions.annotations = annotations;
        self
    }

    /// With approvals and provenance as claims with their evidence.
    #[must_use]
    pub fn declarations(mut self, declarations: bool) -> Self {
        self.opinions.declarations = declarations;
        self
    }

    /// Under the serial number (`urn:uuid:…`) of the document that this is a later version of.
    #[must_use]
    pub fn serial(mut self, serial: Option<&'g str>) -> Self {
        self.serial = serial;
        self
    }

    /// With what the project states about its product and about components of others.
    #[must_use]
    pub fn product(
        mut self,
        product: Option<&'g ProductFacts>,
        statements: Option<&'g NodeMap<Statement>>,
    ) -> Self {
        self.product = product.filter(|it| !it.is_empty());
        self.statements = statements;
        self
    }

    /// With the properties that BSI TR-03183-2 asks for of every component.
    #[must_use]
    pub fn bsi(mut self, bsi: bool) -> Self {
        self.bsi = bsi;
        self
    }

    /// What was stated, as a text for the document's identity: empty when nothing was, else the same for the same facts.
    pub fn stated(&self) -> String {
        let statements = self.statements.map(|it| it.iter().collect::<Vec<_>>());
        let statements = statements.filter(|it| !it.is_empty());
        let approvals = self.approvals.map(|it| it.iter().collect::<Vec<_>>());
        let plain = self.product.is_none() && statements.is_none() && !self.bsi;
        match approvals {
            None if plain => String::new(),
            None => facts_digest(&(self.product, statements, self.bsi)),
            Some(approvals) => facts_digest(&(self.product, statements, self.bsi, approvals)),
        }
    }

    /// As this version of a document that was published before (CycloneDX `version`), from 1.
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.version = version.max(1);
        self
    }

    /// With what the project's approvals say of the nodes.
    #[must_use]
    pub fn approvals(mut self, approvals: Option<&'g NodeMap<Approval>>) -> Self {
        self.approvals = approvals;
        self
    }

    /// With what is proved of where the nodes' bytes come from, and the trust material that rests on.
    #[must_use]
    pub fn provenance(mut self, provenance: &'g NodeMap<Provenance>, basis: &'g [String]) -> Self {
        self.provenance = Some(provenance);
        self.provenance_basis = basis;
        self
    }

    /// With the time it was made (RFC 3339, UTC, without fraction).
    #[must_use]
    pub fn timestamp(mut self, timestamp: Option<&'g str>) -> Self {
        self.timestamp = timestamp;
        self
    }

    /// With the time now, used only by formats that cannot do without one.
    #[must_use]
    pub fn now(mut self, now: Option<&'g str>) -> Self {
        self.now = now;
        self
    }

    /// Without line breaks and indentation.
    #[must_use]
    pub fn compact(mut self, compact: bool) -> Self {
        self.compact = compact;
        self
    }
}

/// Why a document could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The sink refused the bytes.
    #[error("the output could not be written")]
    Sink(#[source] io::Error),
    /// The format requires a fact that nothing states.
    #[error("{format} requires {what}")]
    Requires {
        /// The format.
        format: &'static str,
        /// The fact, and how to supply it.
        what: &'static str,
    },
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Sink(error)
    }
}

/// Prints a [`Bom`] in one format. Has no clock, no random source and no counter.
pub trait Writer: Sync {
    /// The format.
    fn format(&self) -> Format;

    /// Writes the document, and reports what the format cannot say.
    ///
    /// # Errors
    /// [`WriteError`] when the sink refuses, or when the format requires what nobody knows.
    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn io::Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError>;
}
