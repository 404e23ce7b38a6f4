//! What a writer prints: the graph, its side tables, and what is known about the document itself.

use crate::model::graph::{Graph, Source};
use crate::tables::Tables;
use crate::tables::product::facts_digest;

/// The program that writes a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// How much of the graph a document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DetailLevel {
    /// What readers of SBOMs use: components with their identity, digests, licences and scope, dependencies, their
    /// completeness, problems, approvals and provenance. No fact is repeated.
    Lean,
    /// Everything that is needed to make the same graph from the document: places, declared ranges, phases, flags of the
    /// inputs.
    #[default]
    Full,
}

/// Where a document is made: a commit, and the run of a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Build<'g> {
    /// The commit, in hexadecimal.
    pub commit: &'g str,
    /// The full name of the branch or tag (`refs/heads/main`).
    pub reference: &'g str,
    /// The number of the run.
    pub run: &'g str,
    /// The name of the workflow and the job, which later runs have, too.
    pub job: &'g str,
}

impl<'g> Build<'g> {
    /// A run of `job` for a commit of a branch or tag.
    pub fn new(commit: &'g str, reference: &'g str, run: &'g str, job: &'g str) -> Self {
        Self {
            commit,
            reference,
            run,
            job,
        }
    }
}

/// What is known about a document apart from its content, and what it says beyond the components' own facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DocumentOptions<'g> {
    /// When it was made (RFC 3339, UTC, seconds); absent unless given.
    pub timestamp: Option<&'g str>,
    /// How much of the graph it says.
    pub detail: DetailLevel,
    /// No line breaks and indentation.
    pub compact: bool,
    /// Which version of the same document this is (CycloneDX `version`), from 1.
    pub version: u32,
    /// The serial number of the document that this is a later version of (`urn:uuid:…`); derived from the content when
    /// absent.
    pub serial: Option<&'g str>,
    /// The approvals as annotations, where the format has them.
    pub annotations: bool,
    /// Approvals and provenance as claims with their evidence, where the format has them.
    pub declarations: bool,
    /// Sets of further properties that a writer knows by name (`bsi`: those that BSI TR-03183-2 asks for; `gitlab`: those of
    /// GitLab's taxonomy).
    pub extras: &'g [&'static str],
    /// The folder of the project in its repository, with `/` and without one at the end; empty for the repository's own.
    pub folder: &'g str,
    /// Where it is made, for formats that state this.
    pub build: Option<Build<'g>>,
}

impl Default for DocumentOptions<'_> {
    fn default() -> Self {
        Self {
            timestamp: None,
            detail: DetailLevel::Full,
            compact: false,
            version: 1,
            serial: None,
            annotations: false,
            declarations: false,
            extras: &[],
            folder: "",
            build: None,
        }
    }
}

/// A document to write: a graph with its side tables.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Bom<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// What is known about its nodes apart from what their inputs say.
    pub tables: Tables<'g>,
    /// The program that writes it.
    pub tool: Tool<'g>,
    /// What is known about the document itself.
    pub document: DocumentOptions<'g>,
}

impl<'g> Bom<'g> {
    /// A document about `graph` of which nothing else is known.
    pub fn new(graph: &'g Graph, tool: Tool<'g>) -> Self {
        Self {
            graph,
            tables: Tables::new(),
            tool,
            document: DocumentOptions::default(),
        }
    }

    /// With side tables.
    #[must_use]
    pub fn tables(mut self, tables: Tables<'g>) -> Self {
        self.tables = tables;
        self
    }

    /// With the approvals as annotations.
    #[must_use]
    pub fn annotations(mut self, annotations: bool) -> Self {
        self.document.annotations = annotations;
        self
    }

    /// With approvals and provenance as claims with their evidence.
    #[must_use]
    pub fn declarations(mut self, declarations: bool) -> Self {
        self.document.declarations = declarations;
        self
    }

    /// With the serial number (`urn:uuid:…`) of the document that this is a later version of.
    #[must_use]
    pub fn serial(mut self, serial: Option<&'g str>) -> Self {
        self.document.serial = serial;
        self
    }

    /// With sets of further properties that a writer knows by name.
    #[must_use]
    pub fn extras(mut self, extras: &'g [&'static str]) -> Self {
        self.document.extras = extras;
        self
    }

    /// For a project in this folder of its repository.
    #[must_use]
    pub fn folder(mut self, folder: &'g str) -> Self {
        self.document.folder = folder;
        self
    }

    /// Made for this commit, in this run of a pipeline.
    #[must_use]
    pub fn build(mut self, build: Option<Build<'g>>) -> Self {
        self.document.build = build;
        self
    }

    /// The path of an input in the repository.
    pub fn input_path(&self, input: &Source) -> String {
        match self.document.folder {
            "" => input.path.to_string(),
            folder => [folder, "/", &input.path].concat(),
        }
    }

    /// True when a set of further properties is asked for.
    pub fn has_extra(&self, name: &str) -> bool {
        self.document.extras.contains(&name)
    }

    /// As this version of a document that was published before (CycloneDX `version`), from 1.
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.document.version = version.max(1);
        self
    }

    /// With the time it was made (RFC 3339, UTC, without fraction).
    #[must_use]
    pub fn timestamp(mut self, timestamp: Option<&'g str>) -> Self {
        self.document.timestamp = timestamp;
        self
    }

    /// With this much of the graph.
    #[must_use]
    pub fn detail(mut self, detail: DetailLevel) -> Self {
        self.document.detail = detail;
        self
    }

    /// True when the document says everything that the graph knows.
    pub fn is_full(&self) -> bool {
        self.document.detail == DetailLevel::Full
    }

    /// Without line breaks and indentation.
    #[must_use]
    pub fn compact(mut self, compact: bool) -> Self {
        self.document.compact = compact;
        self
    }

    /// A version 5 UUID of everything the document says when it is written in `format` of `version`: the same content written
    /// the same way by the same tool has the same identity. Line breaks and the document's own version do not count.
    pub fn uuid(&self, format: &str, version: &str) -> String {
        let DocumentOptions {
            timestamp,
            detail,
            compact: _,
            version: _,
            serial: _,
            annotations,
            declarations,
            extras,
            folder,
            build: _,
        } = self.document;
        let mut options = facts_digest(&(timestamp, detail, annotations, declarations, extras));
        // Only sets of further properties state the folder.
        if !folder.is_empty() && !extras.is_empty() {
            options.extend([" ", folder]);
        }
        // Each part on its own line, so that no two lists of parts read alike.
        let context = [
            format,
            version,
            self.tool.name,
            self.tool.version,
            &options,
            &self.tables.identity(),
        ];
        self.graph.uuid(&context.join("\n"))
    }
}
