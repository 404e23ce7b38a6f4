//! The components of the report: their facts, their gaps, approvals and provenance.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_compliance::State;
use bomtrail_graph::{
    EdgeRef, License, Need, NodeId, NodeRef, Person, Phase, Problem, Provenance, Purl,
};
use serde::Serialize;

use super::Compliance;
use crate::compliance::WorkspaceMember;
use crate::wire::HashView;
use crate::wire::approval::ApprovalView;

#[derive(Serialize)]
pub(in crate::compliance) struct ComponentView<'g> {
    #[serde(rename = "ref")]
    pub(in crate::compliance) reference: String,
    pub(in crate::compliance) name: &'g str,
    pub(in crate::compliance) version: &'g str,
    pub(in crate::compliance) purl: &'g str,
    pub(in crate::compliance) role: &'static str,
    pub(in crate::compliance) scope: &'static str,
    pub(in crate::compliance) origin: &'static str,
    pub(in crate::compliance) licenses: Vec<&'g str>,
    pub(in crate::compliance) supplier: String,
    pub(in crate::compliance) hashes: Vec<HashView>,
    pub(in crate::compliance) source: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) approval: Option<ApprovalView<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) provenance: Option<ProvenanceView<'g>>,
    /// Positions in `workspaces`: the members that need it.
    pub(in crate::compliance) workspaces: Vec<usize>,
    /// Positions in `components`.
    pub(in crate::compliance) dependencies: Vec<usize>,
    pub(in crate::compliance) edges: Vec<EdgeView<'g>>,
    /// The ids of its requirements by state.
    pub(in crate::compliance) missing: Vec<&'static str>,
    pub(in crate::compliance) unknown: Vec<&'static str>,
    pub(in crate::compliance) withheld: Vec<&'static str>,
}

/// A dependency as it was declared; defaults are left out.
#[derive(Serialize)]
pub(in crate::compliance) struct EdgeView<'g> {
    /// The position in `components`; absent when nothing provides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<usize>,
    /// The name that is requested, when it is not that of the component.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<&'g str>,
    /// When it is needed, when that is not at run time.
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'static str>,
    /// How strictly it is needed, when it is not required.
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'static str>,
}

impl<'g> EdgeView<'g> {
    fn new(edge: EdgeRef<'g>) -> Self {
        let to = edge.to();
        Self {
            to: to.map(|it| it.id().index()),
            name: Some(edge.name()).filter(|name| to.is_none_or(|it| it.name() != *name)),
            range: edge.range().filter(|it| !it.is_empty()),
            phase: Some(edge.phase())
                .filter(|it| *it != Phase::Runtime)
                .map(Phase::name),
            need: Some(edge.need())
                .filter(|it| *it != Need::Required)
                .map(Need::name),
            problem: edge.problem().map(Problem::name),
        }
    }
}

/// The provenance of a component.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::compliance) struct ProvenanceView<'g> {
    pub(in crate::compliance) level: &'static str,
    /// False when there was nothing to check but the digest of the lockfile.
    pub(in crate::compliance) checked: bool,
    /// The reason of the first failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) failure: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) slsa_build_level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) repository: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) commit: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) signer: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) signed_at: Option<&'g str>,
    /// All statements as `[name, text]`.
    pub(in crate::compliance) statements: Vec<(&'static str, Cow<'g, str>)>,
}

impl<'g> ProvenanceView<'g> {
    fn new(provenance: &'g Provenance) -> Self {
        let build = provenance.build.as_deref();
        let verified = provenance.build_level.verified;
        let mut builds = provenance.attestations.iter().filter(|it| it.is_build());
        Self {
            level: provenance.level().name(),
            checked: provenance.is_checked(),
            failure: provenance.first_failure().map(|it| &*it.reason),
            slsa_build_level: provenance.build_level.level.filter(|_| verified),
            repository: build.and_then(|it| it.repository.as_deref()),
            commit: build.and_then(|it| it.commit.as_deref()),
            signer: build.map(|it| &*it.signer),
            signed_at: builds
                .next()
                .filter(|_| build.is_some())
                .and_then(|it| it.signed_at.as_deref()),
            statements: provenance.statements(),
        }
    }
}

/// Every component, in node order.
pub(super) fn components<'g>(report: &Compliance<'g>) -> Vec<ComponentView<'g>> {
    let mut needed_by = needed_by(report.members);
    let nodes = report.graph.nodes();
    let each = nodes.map(|it| {
        let members = needed_by.remove(&it.id()).unwrap_or_default();
        component(it, members, report)
    });
    each.collect()
}

/// The positions of the members that need each node.
fn needed_by(members: &[WorkspaceMember]) -> BTreeMap<NodeId, Vec<usize>> {
    let mut needed_by: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
    for (number, member) in members.iter().enumerate() {
        for id in &member.needs {
            needed_by.entry(*id).or_default().push(number);
        }
    }
    needed_by
}

fn component<'g>(
    node: NodeRef<'g>,
    workspaces: Vec<usize>,
    report: &Compliance<'g>,
) -> ComponentView<'g> {
    let component = node.component();
    let asked = |state: State| {
        let tallies = report.assessment.components.iter();
        let wanted = tallies.filter(move |it| it.state(node.id()) == state);
        wanted.map(|it| it.requirement.id).collect()
    };
    let approval = report.tables.approvals.and_then(|it| it.get(node.id()));
    let provenance = report.tables.provenance.and_then(|it| it.get(node.id()));
    ComponentView {
        reference: node.reference().into_owned(),
        name: node.name(),
        version: node.version().unwrap_or_default(),
        purl: node.purl().map_or("", Purl::as_str),
        role: component.role.name(),
        scope: node.scope().name().unwrap_or("unknown"),
        origin: component.origin.name(),
        licenses: licenses(node, report),
        supplier: supplier(node, report),
        hashes: component.hashes.iter().map(HashView::from).collect(),
        source: component.source.as_deref().unwrap_or_default(),
        approval: approval.map(ApprovalView::new),
        provenance: provenance.map(ProvenanceView::new),
        workspaces,
        dependencies: node.dependencies().map(|it| it.id().index()).collect(),
        edges: node.edges().map(EdgeView::new).collect(),
        missing: asked(State::Missing),
        unknown: asked(State::Unknown),
        withheld: asked(State::Withheld),
    }
}

fn licenses<'g>(node: NodeRef<'g>, report: &Compliance<'g>) -> Vec<&'g str> {
    let statement = report.tables.statements.and_then(|it| it.get(node.id()));
    if let Some(concluded) = statement.and_then(|it| it.license.as_ref()) {
        return vec![concluded.text()];
    }
    let declared = node.component().licenses.known();
    let declared = declared.map_or(&[][..], |it| &**it);
    declared.iter().map(License::text).collect()
}

/// The names of its suppliers: those that the project states, then the authors; for the product its stated supplier first.
fn supplier(node: NodeRef<'_>, report: &Compliance<'_>) -> String {
    let statement = report.tables.statements.and_then(|it| it.get(node.id()));
    let details = node.component().details.as_deref();
    let authors: &[Person] = details.map_or(&[], |it| &it.authors);
    let product = report.tables.product.filter(|_| node.is_root());
    let product = product.and_then(|it| it.supplier().name);
    let people = statement.and_then(|it| it.supplier.as_ref()).into_iter();
    let people = people.chain(authors).map(|it| &*it.name);
    let names = product.into_iter().chain(people);
    let mut known: Vec<&str> = Vec::new();
    for name in names.filter(|it| !it.is_empty()) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known.join(", ")
}
