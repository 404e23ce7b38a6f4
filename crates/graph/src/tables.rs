//! Side tables: what is known about the nodes of a graph apart from what their inputs say.

pub(crate) mod advisory;
pub(crate) mod approval;
pub(crate) mod archive;
pub(crate) mod node_map;
pub(crate) mod product;
pub(crate) mod provenance;

use advisory::Advisories;
use approval::Approval;
use archive::ArchiveFacts;
use node_map::NodeMap;
use product::{ProductFacts, Statement, facts_digest};
use provenance::Provenance;

/// All side tables of a graph. They travel together: writers, rules and reports take one value, and a new table is one
/// field here.
///
/// ```
/// use bomtrail_graph::{Graph, NodeMap, Approval, Tables};
///
/// let graph = Graph::default();
/// let approvals: NodeMap<Approval> = NodeMap::new(&graph);
/// let tables = Tables::new().approvals(Some(&approvals));
/// assert!(tables.provenance.is_none());
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Tables<'g> {
    /// The approval status of each node; `None` when the approvals were not read.
    pub approvals: Option<&'g NodeMap<Approval>>,
    /// What attestations and signatures prove about each node; `None` when they were not checked.
    pub provenance: Option<&'g NodeMap<Provenance>>,
    /// The trust material behind `provenance`, one line each; empty when nothing was checked.
    pub provenance_basis: &'g [String],
    /// What advisories say about the nodes; `None` when none were read.
    pub advisories: Option<&'g Advisories>,
    /// What the archive of each node shows; `None` when no archives were read.
    pub archives: Option<&'g NodeMap<ArchiveFacts>>,
    /// What the project states about its product.
    pub product: Option<&'g ProductFacts>,
    /// What the project states about components of others.
    pub statements: Option<&'g NodeMap<Statement>>,
}

impl<'g> Tables<'g> {
    /// No tables.
    pub fn new() -> Self {
        Self::default()
    }

    /// With the approval status of each node.
    #[must_use]
    pub fn approvals(mut self, approvals: Option<&'g NodeMap<Approval>>) -> Self {
        self.approvals = approvals;
        self
    }

    /// With what was proved about each node, and the trust material that it rests on.
    #[must_use]
    pub fn provenance(mut self, provenance: &'g NodeMap<Provenance>, basis: &'g [String]) -> Self {
        self.provenance = Some(provenance);
        self.provenance_basis = basis;
        self
    }

    /// With what advisories say about the nodes.
    #[must_use]
    pub fn advisories(mut self, advisories: Option<&'g Advisories>) -> Self {
        self.advisories = advisories;
        self
    }

    /// With what the archive of each node shows.
    #[must_use]
    pub fn archives(mut self, archives: Option<&'g NodeMap<ArchiveFacts>>) -> Self {
        self.archives = archives;
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

    /// All tables as one text, so that documents that differ in them have different identities; empty without tables.
    pub(crate) fn identity(&self) -> String {
        // Taken apart by name, so that a new table cannot be left out.
        let Self {
            approvals,
            archives,
            provenance: _,
            provenance_basis: _,
            // No SBOM has them: a document of its own does.
            advisories: _,
            product,
            statements,
        } = *self;
        let statements = statements.map(|it| it.iter().collect::<Vec<_>>());
        let statements = statements.filter(|it| !it.is_empty());
        let approvals = approvals.map(|it| it.iter().collect::<Vec<_>>());
        let archives = archives.map(|it| it.iter().collect::<Vec<_>>());
        let mut lines = Vec::new();
        let proved = self.provenance_text();
        if !proved.is_empty() {
            lines.push(proved);
        }
        if product.is_some() || statements.is_some() || approvals.is_some() {
            lines.push(facts_digest(&(product, statements, approvals)));
        }
        if archives.is_some() {
            lines.push(facts_digest(&archives));
        }
        lines.join("\n")
    }
}
