//! What rules look at.

use bomtrail_graph::{
    Approval, ApprovalStatus, Date, Diagnostics, Graph, NodeMap, NodeRef, Place, Provenance,
};

use crate::facts::Facts;

/// What the project's manifest says of a package's install scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The package's name.
    pub name: String,
    /// The versions it is about; empty for all.
    pub versions: Vec<String>,
    /// Whether they may run.
    pub allowed: bool,
}

/// A registry that the settings of the project name instead of the public one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirror {
    /// The scope whose packages it has (`@acme`); `None` for all.
    pub scope: Option<String>,
    /// Its address.
    pub url: String,
    /// Where that stands.
    pub place: Place,
}

/// An approval that nothing needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// The package, as a Package URL without version.
    pub package: String,
    /// The version.
    pub version: String,
    /// The line of the list it stands on, from 1.
    pub line: usize,
}

/// Everything that rules look at.
#[derive(Clone, Copy)]
pub struct Evidence<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// What the approvals say of them.
    pub approvals: &'a NodeMap<Approval>,
    /// What was odd about the inputs.
    pub diagnostics: &'a Diagnostics,
    /// The file of the project's own approvals; nothing when there is none.
    pub list: Option<&'a str>,
    /// Approvals in it that nothing needs.
    pub unused: &'a [Unused],
    /// What the manifest says of install scripts.
    pub scripts: &'a [Script],
    /// The registries that packages of the public registry are fetched from instead.
    pub mirrors: &'a [Mirror],
    /// What is known of packages beside what inputs say.
    pub facts: Option<&'a Facts>,
    /// What attestations prove of packages; nothing when none were looked at.
    pub provenance: Option<&'a NodeMap<Provenance>>,
    /// Whether the graph is all of the project; what a part has no use for may be needed elsewhere.
    pub whole: bool,
    /// Today.
    pub today: Date,
}

impl<'a> Evidence<'a> {
    /// The opinion of the approvals on a node.
    pub(crate) fn approval(&self, node: NodeRef<'_>) -> Option<&'a Approval> {
        self.approvals.get(node.id())
    }

    /// What attestations prove of a node.
    pub(crate) fn proved(&self, node: NodeRef<'_>) -> Option<&'a Provenance> {
        self.provenance?.get(node.id())
    }

    /// The packages that are not the project's own.
    pub(crate) fn packages(&self) -> impl Iterator<Item = NodeRef<'a>> + '_ {
        let own = |node: &NodeRef<'_>| {
            self.approval(*node)
                .is_some_and(|it| it.status() == ApprovalStatus::FirstParty)
        };
        self.graph.nodes().filter(move |node| !own(node))
    }
}
