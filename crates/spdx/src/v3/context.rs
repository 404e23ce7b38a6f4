//! What every part of a document of version 3 needs: the graph, the IRIs of elements, and the elements that packages share.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_graph::{Bom, Graph, NodeRef};

use super::agent::Agent;
use super::build::{self, Builds};
use super::element::Element;
use super::names::license_name;
use crate::containment::Containment;
use crate::identifier::{Identifiers, Plain};
use crate::license::{Extracted, declared_expression};
use crate::product::{self, document_name};

/// What all elements refer to as their creation.
pub(super) const CREATION: &str = "_:creation";
/// What names documents are made under.
const NAMESPACE: &str = "https://spdx.org/spdxdocs/";

/// What all parts of a document share.
pub(super) struct Context<'g> {
    pub(super) bom: &'g Bom<'g>,
    pub(super) graph: &'g Graph,
    pub(super) created: &'g str,
    pub(super) name: String,
    space: String,
    ids: Identifiers,
    pub(super) containment: Containment,
    /// Agents that packages are from, by the name of their element.
    pub(super) agents: BTreeMap<String, Agent<'g>>,
    /// Licence expressions, by the name of their element.
    pub(super) licenses: BTreeMap<String, Cow<'g, str>>,
    pub(super) extracted: Extracted<'g>,
    pub(super) builds: Builds<'g>,
}

impl<'g> Context<'g> {
    /// The context of the document of `bom`, made at `created`.
    pub(super) fn new(bom: &'g Bom<'g>, created: &'g str) -> Self {
        let graph = bom.graph;
        let name = document_name(graph);
        let uuid = bom.uuid("SPDX", "3.0.1");
        let words = Plain(&name).to_string();
        let mark = if words.is_empty() { "" } else { "-" };
        let mut context = Self {
            bom,
            graph,
            created,
            name,
            space: format!("{NAMESPACE}{words}{mark}{uuid}"),
            ids: Identifiers::new(graph),
            containment: Containment::of(graph),
            agents: BTreeMap::new(),
            licenses: BTreeMap::new(),
            extracted: Extracted::of(bom),
            builds: build::of(bom),
        };
        for node in graph.nodes() {
            let component = node.component();
            let declared = declared_expression(component);
            for expression in declared.into_iter().chain(product::concluded(bom, node)) {
                let license = license_name(&expression);
                context.licenses.entry(license).or_insert(expression);
            }
            let supplier = Agent::supplier(bom, node);
            for agent in Agent::makers(bom, node).chain(supplier) {
                context.agents.entry(agent.element_name()).or_insert(agent);
            }
        }
        context
    }

    /// The IRI of an element of this context.
    pub(super) fn iri(&self, name: &str) -> String {
        [&self.space, "#", name].concat()
    }

    /// The IRI of a package.
    pub(super) fn package_iri(&self, node: NodeRef<'_>) -> String {
        format!("{}#{}", self.space, self.ids.of(node))
    }

    /// The name of a package's element.
    pub(super) fn package_name(&self, node: NodeRef<'_>) -> String {
        self.ids.of(node).to_string()
    }

    /// An element of a class.
    pub(super) fn element<'d>(&self, class: &'static str, name: &str) -> Element<'d> {
        Element::new(class)
            .text("spdxId", self.iri(name))
            .text("creationInfo", CREATION)
    }
}
