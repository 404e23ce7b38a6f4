//! What rules look at.

use bomtrail_graph::{
    Advisories, Approval, ApprovalStatus, ArchiveFacts, Date, Diagnostics, Graph, NodeMap, NodeRef,
    PackageManager, Place, Provenance,
};

use crate::facts::Facts;

/// What the project's manifest says about the install scripts of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Script {
    /// The package's name.
    pub name: String,
    /// The versions; empty for all.
    pub versions: Vec<String>,
    /// Whether they may run.
    pub allowed: bool,
}

impl Script {
    /// The install scripts of these versions of a package; without versions, of all.
    #[must_use]
    pub fn new(name: String, versions: Vec<String>, allowed: bool) -> Self {
        Self {
            name,
            versions,
            allowed,
        }
    }
}

/// A registry that the package manager's settings use instead of the public one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mirror {
    /// The scope whose packages it has (`@acme`); `None` for all.
    pub scope: Option<String>,
    /// Its address.
    pub url: String,
    /// Where it is set, when that is not in the project: the name of a variable, or a line of the user's settings.
    pub set_by: Option<String>,
    /// The place of that setting in the project; else the place of the input.
    pub place: Place,
}

impl Mirror {
    /// The registry for the packages of a scope, or for all.
    #[must_use]
    pub fn new(scope: Option<String>, url: String, place: Place) -> Self {
        Self {
            scope,
            url,
            set_by: None,
            place,
        }
    }

    /// With the other fields set.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

/// An approval that is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// The package, as a Package URL without version.
    pub package: String,
    /// The version.
    pub version: String,
    /// Its line in the list, from 1; 0 where the list was made in memory.
    pub line: usize,
}

impl Unused {
    /// The approval of a version of a package, at a line of the list.
    #[must_use]
    pub fn new(package: String, version: String, line: usize) -> Self {
        Self {
            package,
            version,
            line,
        }
    }
}

/// One input of the graph, as far as rules need to know.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct InputFacts {
    /// The package manager that uses it.
    pub manager: Option<&'static PackageManager>,
    /// Whether it only asks for packages and does not say which versions are installed.
    pub is_manifest: bool,
}

impl InputFacts {
    /// An input of a package manager.
    #[must_use]
    pub fn new(manager: Option<&'static PackageManager>, is_manifest: bool) -> Self {
        Self {
            manager,
            is_manifest,
        }
    }
}

/// Everything that rules look at: [`Evidence::new`], and what else is known in the other fields.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Evidence<'a> {
    /// The packages.
    pub graph: &'a Graph,
    /// The approval of each.
    pub approvals: &'a NodeMap<Approval>,
    /// The diagnostics of reading them.
    pub diagnostics: &'a Diagnostics,
    /// The file of the project's approvals; `None` without a list.
    pub list: Option<&'a str>,
    /// Approvals in it that are not used.
    pub unused: &'a [Unused],
    /// What the manifest says about install scripts.
    pub scripts: &'a [Script],
    /// Whether install scripts run of which the manifest says nothing; false where the project turns them off.
    pub scripts_run: bool,
    /// The registries that packages of the public registry are fetched from instead.
    pub mirrors: &'a [Mirror],
    /// Facts about packages that inputs do not have.
    pub facts: Option<&'a Facts>,
    /// What attestations prove about packages; `None` when none were given.
    pub provenance: Option<&'a NodeMap<Provenance>>,
    /// What advisories say about packages; `None` when none were given.
    pub advisories: Option<&'a Advisories>,
    /// What archives show of packages; `None` when none were read.
    pub archives: Option<&'a NodeMap<ArchiveFacts>>,
    /// The inputs, in the order of [`Graph::inputs`].
    pub inputs: &'a [InputFacts],
    /// Whether the graph is the whole project. What a part does not use may be used by another.
    pub whole: bool,
    /// The date of the check.
    pub today: Date,
}

impl<'a> Evidence<'a> {
    /// A graph and the approval of each package, on this day; nothing else is known.
    #[must_use]
    pub fn new(
        graph: &'a Graph,
        approvals: &'a NodeMap<Approval>,
        diagnostics: &'a Diagnostics,
        today: Date,
    ) -> Self {
        Self {
            graph,
            approvals,
            diagnostics,
            list: None,
            unused: &[],
            scripts: &[],
            scripts_run: true,
            mirrors: &[],
            facts: None,
            provenance: None,
            advisories: None,
            archives: None,
            inputs: &[],
            whole: true,
            today,
        }
    }

    /// The approval of a node.
    pub(crate) fn approval(&self, node: NodeRef<'_>) -> Option<&'a Approval> {
        self.approvals.get(node.id())
    }

    /// What attestations prove about a node.
    pub(crate) fn proved(&self, node: NodeRef<'_>) -> Option<&'a Provenance> {
        self.provenance?.get(node.id())
    }

    /// What the archives of packages of others show, where they were looked for.
    pub(crate) fn archived(&self) -> impl Iterator<Item = (NodeRef<'a>, &'a ArchiveFacts)> + '_ {
        let facts = move |node: NodeRef<'a>| Some((node, self.archives?.get(node.id())?));
        self.packages().filter_map(facts)
    }

    /// The packages of others.
    pub(crate) fn packages(&self) -> impl Iterator<Item = NodeRef<'a>> + '_ {
        let own = |node: &NodeRef<'_>| {
            self.approval(*node)
                .is_some_and(|it| it.status() == ApprovalStatus::FirstParty)
        };
        self.graph.nodes().filter(move |node| !own(node))
    }
}
