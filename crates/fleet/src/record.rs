//! One SBOM as it is stored: what it is about, its packages with the path that leads to each, and its dependencies.

mod contents;
mod package;
pub(crate) mod paths;
mod release;

use bomtrail_graph::{ApprovalStatus, Bom, Graph, Need, NodeRef, Phase, Scope};

pub(crate) use contents::{Contents, Line};
pub(crate) use package::{Package, Packages};
pub use release::{Release, Stated, digest};

use paths::Step;

/// The name of the phase of a package that no root reaches.
pub(crate) const UNKNOWN: &str = "unknown";
/// The phases in the order in which paths are searched: a path at run time comes first.
pub(crate) const PHASES: [Phase; 5] = [
    Phase::Runtime,
    Phase::Configure,
    Phase::Build,
    Phase::Test,
    Phase::Develop,
];
/// The scopes by their number in the store.
pub(crate) const SCOPES: [Scope; 4] = [
    Scope::Required,
    Scope::Optional,
    Scope::Excluded,
    Scope::Unknown,
];
/// The names of the properties of an imported SBOM that state an approval.
const CLAIMED_STATUS: &str = "bomtrail:claimed:approval:status";
const CLAIMED_REASON: &str = "bomtrail:claimed:approval:reason";

/// One SBOM, ready to be stored.
#[derive(Clone, Debug)]
pub struct Record {
    pub(crate) release: Release,
    /// SHA-256 of what is stored of it, in hexadecimal.
    pub(crate) contents: String,
    pub(crate) packages: Packages,
    /// The packages that stand for the product, by position.
    pub(crate) roots: Vec<u32>,
    pub(crate) steps: Vec<Step>,
    pub(crate) edges: Vec<Edge>,
    /// What approvals say of each package.
    pub(crate) judgements: Vec<Option<Judgement>>,
}

/// A dependency between two packages of a record, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// The position of its phase in [`PHASES`].
    pub(crate) phase: u8,
    /// The position of its need in [`Need::ALL`].
    pub(crate) need: u8,
}

/// What approvals say of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Judgement {
    /// The status; with `claimed:` before it when an imported SBOM says so.
    pub(crate) approval: String,
    /// The reason.
    pub(crate) decision: String,
}

impl Record {
    /// What is stored of a document. Without a digest of its own (for a project, which is not one file), the release gets the
    /// digest of what is stored.
    pub fn new(bom: &Bom<'_>, mut release: Release) -> Self {
        let graph = bom.graph;
        let mut record = Self {
            contents: String::new(),
            packages: Packages::of(graph),
            roots: graph.roots().map(|it| number(it.id().index())).collect(),
            steps: paths::steps(graph),
            edges: edges(graph),
            judgements: graph.nodes().map(|it| judgement(bom, it)).collect(),
            release: Release::default(),
        };
        if release.digest.is_empty() {
            release.digest = record.contents_without_release();
        }
        record.release = release;
        record.contents = record.contents_digest();
        record
    }

    /// What it is about.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// How many packages it has, the product included.
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// True when it has no package at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// True when the digest of the contents is that of the packages and edges.
    pub(crate) fn is_intact(&self) -> bool {
        self.contents == self.contents_digest()
    }

    fn contents_without_release(&self) -> String {
        let mut contents = Contents::new();
        self.add_to(&mut contents);
        contents.finish()
    }

    fn contents_digest(&self) -> String {
        let mut contents = Contents::of(&self.release);
        self.add_to(&mut contents);
        contents.finish()
    }

    /// The packages in order, then the edges in order; the store reads them back in the same order.
    fn add_to(&self, contents: &mut Contents) {
        let name = |position: u32| self.reference(position);
        let mut lines: Vec<Line<'_>> = self.steps.iter().map(|it| self.line(it)).collect();
        lines.sort_unstable();
        for it in &lines {
            contents.line(it);
        }
        let mut edges: Vec<(&str, &str, u8, u8)> = Vec::with_capacity(self.edges.len());
        edges.extend(
            self.edges
                .iter()
                .map(|it| (name(it.from), name(it.to), it.phase, it.need)),
        );
        edges.sort_unstable();
        for it in edges {
            contents.edge(it);
        }
    }

    fn line(&self, step: &Step) -> Line<'_> {
        let root = self.roots.get(usize::from(step.root)).copied();
        let judgement = self.judgement(step.package);
        let or_none = |position: Option<u32>| position.map_or("", |it| self.reference(it));
        Line {
            package: self.reference(step.package),
            root: or_none(root),
            facts: (step.phase, step.scope, step.depth),
            via: or_none(step.via),
            direct: or_none(step.direct),
            approval: judgement.map_or("", |it| &it.approval),
            decision: judgement.map_or("", |it| &it.decision),
        }
    }

    pub(crate) fn reference(&self, position: u32) -> &str {
        self.packages.reference(position)
    }

    pub(crate) fn judgement(&self, position: u32) -> Option<&Judgement> {
        self.judgements.get(position as usize)?.as_ref()
    }
}

/// A position as it is stored; graphs number their nodes with 32 bits.
pub(crate) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn edges(graph: &Graph) -> Vec<Edge> {
    let edge = |it: bomtrail_graph::EdgeRef<'_>| {
        let position = |need| Need::ALL.iter().position(|other| *other == need);
        Some(Edge {
            from: number(it.from()?.id().index()),
            to: number(it.to()?.id().index()),
            phase: paths::class(it.phase()),
            need: u8::try_from(position(it.need()).unwrap_or(0)).unwrap_or(0),
        })
    };
    let mut edges: Vec<Edge> = graph.edges().filter_map(edge).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// What the approvals of the project say, else what the imported SBOM claims.
fn judgement(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<Judgement> {
    if let Some(approval) = bom.tables.approvals.and_then(|it| it.get(node.id())) {
        return Some(Judgement {
            approval: approval.status().name().to_owned(),
            decision: approval.reason.name().to_owned(),
        });
    }
    let properties = &node.component().details.as_ref()?.properties;
    let property = |name: &str| {
        let found = properties.iter().find(|(it, _)| &**it == name);
        found.map(|(_, value)| &**value)
    };
    let status = property(CLAIMED_STATUS)?;
    let known = [
        ApprovalStatus::Approved,
        ApprovalStatus::FirstParty,
        ApprovalStatus::Unreviewed,
        ApprovalStatus::Denied,
    ];
    let status = known.into_iter().find(|it| it.name() == status)?;
    Some(Judgement {
        approval: ["claimed:", status.name()].concat(),
        decision: property(CLAIMED_REASON).unwrap_or_default().to_owned(),
    })
}
