//! The graph of a project, and everything that was found with it.

use std::sync::Arc;

use bomtrail_graph::{
    Bom, DetailLevel, Diagnostics, Graph, MemberNeeds, NodeMap, Places, Statement, Tables, Tool,
};

#[cfg(feature = "archives")]
use super::archives::ReadArchives;
#[cfg(feature = "approvals")]
use super::members::MemberNodes;
use super::{Project, ScanError, ScanOptions};
use crate::settings::Settings;
use crate::source::{ProjectFiles, Source};

/// The graph of a project, and what is odd about its inputs.
#[derive(Clone, Debug)]
pub struct Scan {
    graph: Graph,
    diagnostics: Diagnostics,
    members: Arc<[String]>,
    needs: Vec<MemberNeeds>,
    stated: Option<(Settings, NodeMap<Statement>)>,
    files: Option<ProjectFiles>,
    places: Places,
    #[cfg(feature = "archives")]
    archives: Option<ReadArchives>,
}

impl Scan {
    /// Scans the part of `source` that `options` ask for.
    ///
    /// # Errors
    /// [`ScanError`] when there is nothing to read, nothing could be read, or a workspace member that was asked for does not
    /// exist.
    pub fn with(source: impl Into<Source>, options: &ScanOptions) -> Result<Self, ScanError> {
        Project::open(source, options)?.into_scan(&options.selection)
    }

    pub(crate) fn new(
        graph: Graph,
        diagnostics: Diagnostics,
        members: impl Into<Arc<[String]>>,
    ) -> Self {
        Self {
            graph,
            diagnostics,
            members: members.into(),
            needs: Vec::new(),
            stated: None,
            files: None,
            places: Places::default(),
            #[cfg(feature = "archives")]
            archives: None,
        }
    }

    #[cfg(feature = "archives")]
    /// With what the archives of its packages show.
    pub(crate) fn with_archives(mut self, archives: Option<ReadArchives>) -> Self {
        self.archives = archives;
        self
    }

    #[cfg(feature = "archives")]
    /// What the archives of the packages show; `None` when none were read.
    pub fn archives(&self) -> Option<&ReadArchives> {
        self.archives.as_ref()
    }

    #[cfg(feature = "archives")]
    /// What the archives of the packages show, to add to it.
    pub(crate) fn archives_mut(&mut self) -> Option<&mut ReadArchives> {
        self.archives.as_mut()
    }

    /// With more that is odd, before the rest.
    #[cfg(feature = "discovery")]
    pub(crate) fn also_found(mut self, mut diagnostics: Diagnostics) -> Self {
        diagnostics.append(std::mem::take(&mut self.diagnostics));
        self.diagnostics = diagnostics;
        self
    }

    /// With what the project states.
    pub(crate) fn stated(mut self, stated: Option<(Settings, NodeMap<Statement>)>) -> Self {
        self.stated = stated;
        self
    }

    /// With what its members need.
    pub(crate) fn needs(mut self, needs: Vec<MemberNeeds>) -> Self {
        self.needs = needs;
        self
    }

    /// With the places of the graph.
    pub(crate) fn with_places(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    /// The places of the graph and what joins them; none unless they were asked for.
    #[cfg(feature = "advisories")]
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// With the files it was read from.
    pub(crate) fn files_of(mut self, files: ProjectFiles) -> Self {
        self.files = Some(files);
        self
    }

    /// What the members that were followed need, by nodes of the graph.
    #[cfg(feature = "approvals")]
    pub(crate) fn members_by_node(&self) -> Vec<MemberNodes> {
        MemberNodes::of(&self.needs, &self.graph)
    }

    /// The files of the project; `None` for several projects that were merged.
    pub fn files(&self) -> Option<&ProjectFiles> {
        self.files.as_ref()
    }

    /// What the project's `bomtrail.toml` states; `None` when there is none.
    #[cfg(feature = "settings")]
    pub fn settings(&self) -> Option<&Settings> {
        self.stated.as_ref().map(|(settings, _)| settings)
    }

    /// What the project states about components of the graph; `None` when there is no `bomtrail.toml`.
    pub fn statements(&self) -> Option<&NodeMap<Statement>> {
        self.stated.as_ref().map(|(_, statements)| statements)
    }

    /// A lean document about the graph, with what the project states.
    pub fn bom<'g>(&'g self, tool: Tool<'g>) -> Bom<'g> {
        let bom = Bom::new(&self.graph, tool).tables(self.tables());
        bom.detail(DetailLevel::Lean)
    }

    /// The side tables that the project itself states: its product and its statements about components of others.
    pub fn tables(&self) -> Tables<'_> {
        let product = self.stated.as_ref().map(|(it, _)| &it.product);
        let tables = Tables::new().product(product, self.statements());
        #[cfg(feature = "archives")]
        let tables = tables.archives(self.archives.as_ref().map(|it| &it.table));
        tables
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

/// Reads a project and links its graph: a folder, one input file, a git revision, or files in memory.
///
/// ```
/// let scan = bomtrail::scan("../../fixtures/npm/basic")?;
/// for node in scan.graph().nodes() {
///     println!("{}", node.reference());
/// }
/// # Ok::<(), bomtrail::ScanError>(())
/// ```
///
/// # Errors
/// [`ScanError`] when there is nothing to read or nothing could be read.
pub fn scan(source: impl Into<Source>) -> Result<Scan, ScanError> {
    Scan::with(source, &ScanOptions::default())
}

#[cfg(test)]
mod tests;
