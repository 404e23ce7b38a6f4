//! The elements of a document in the order they are printed: who made it, what it is, packages, their archives, notes,
//! agents, licences, builds, relationships.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Bom, Graph, Lifecycle, NodeRef};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::bsi;
use super::build::{self, Builds};
use super::element::{CreationInfo, Element};
use super::names::CONTEXT;
use super::package::{annotation, file, notes, package};
use super::relationships;
use super::shared::{self, Agent, authors, license_name, license_of};
use crate::identifier::{Identifiers, Plain};
use crate::license::Extracted;
use crate::product;
use crate::spdx2::{UNROOTED, basis_note, input_note, name};

/// What all elements refer to as their creation.
pub(super) const CREATION: &str = "_:creation";
/// What names documents are made under.
const NAMESPACE: &str = "https://spdx.org/spdxdocs/";

/// A whole document.
pub(super) struct Document<'g> {
    pub(super) bom: &'g Bom<'g>,
    pub(super) graph: &'g Graph,
    created: &'g str,
    name: String,
    space: String,
    ids: Identifiers,
    /// Agents that packages are from, by the name of their element.
    pub(super) agents: BTreeMap<String, Agent<'g>>,
    /// Licence expressions, by the name of their element.
    pub(super) licenses: BTreeMap<String, Cow<'g, str>>,
    pub(super) extracted: Extracted<'g>,
    pub(super) builds: Builds<'g>,
}

impl<'g> Document<'g> {
    /// The document of `bom`, made at `created`.
    pub(super) fn new(bom: &'g Bom<'g>, created: &'g str) -> Self {
        let graph = bom.graph;
        let name = name(graph);
        let context = [
            "SPDX-3.0.1 JSON",
            bom.tool.name,
            bom.tool.version,
            &bom.provenance_text(),
            &bom.stated(),
        ];
        let uuid = graph.uuid(&context.join("\n"));
        let words = Plain(&name).to_string();
        let mark = if words.is_empty() { "" } else { "-" };
        let mut document = Self {
            bom,
            graph,
            created,
            name,
            space: format!("{NAMESPACE}{words}{mark}{uuid}"),
            ids: Identifiers::new(graph),
            agents: BTreeMap::new(),
            licenses: BTreeMap::new(),
            extracted: Extracted::of(bom),
            builds: build::of(bom),
        };
        for node in graph.nodes() {
            let component = node.component();
            let declared = license_of(component);
            for expression in declared.into_iter().chain(product::concluded(bom, node)) {
                let license = license_name(&expression);
                document.licenses.entry(license).or_insert(expression);
            }
            let supplier = product::supplier(bom, node).and_then(Agent::organisation);
            let maker = product::maker(bom, node).and_then(Agent::organisation);
            let stated = supplier.into_iter().chain(maker);
            for agent in authors(component).map(Agent::person).chain(stated) {
                document.agents.entry(agent.id()).or_insert(agent);
            }
        }
        document
    }

    /// The IRI of an element of this document.
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
    pub(super) fn element<'d>(&self, kind: &'static str, name: &str) -> Element<'d> {
        Element {
            kind,
            spdx_id: self.iri(name),
            creation_info: CREATION,
            ..Element::default()
        }
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("document", 2)?;
        document.serialize_field("@context", CONTEXT)?;
        document.serialize_field("@graph", &Elements(self))?;
        document.end()
    }
}

/// The elements, one at a time.
struct Elements<'d, 'g>(&'d Document<'g>);

impl Serialize for Elements<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document) = self;
        let mut list = serializer.serialize_seq(None)?;
        head(document, &mut list)?;
        for node in document.graph.nodes() {
            list.serialize_element(&package(document, node))?;
            if let Some(file) = file(document, node) {
                list.serialize_element(&file)?;
            }
            if let Some(source) = bsi::source(document, node) {
                list.serialize_element(&source)?;
            }
            for note in notes(document, node) {
                list.serialize_element(&note)?;
            }
        }
        shared::write(document, &mut list)?;
        build::write(document, &mut list)?;
        relationships::write(document, &mut list)?;
        list.end()
    }
}

/// Who made the document, and what it is.
fn head<S: SerializeSeq>(document: &Document<'_>, list: &mut S) -> Result<(), S::Error> {
    let tool = document.bom.tool;
    let author = author(document);
    let maker = if author.is_some() {
        "Agent-author"
    } else {
        "Agent-tool"
    };
    list.serialize_element(&CreationInfo {
        kind: "CreationInfo",
        id: CREATION,
        spec_version: "3.0.1",
        created: document.created,
        created_by: [document.iri(maker)],
        created_using: [document.iri("Tool")],
    })?;
    let versioned = [tool.name, "-", tool.version].concat();
    list.serialize_element(&author.unwrap_or_else(|| Element {
        name: Some(tool.name),
        ..document.element("SoftwareAgent", "Agent-tool")
    }))?;
    list.serialize_element(&Element {
        name: Some(&versioned),
        ..document.element("Tool", "Tool")
    })?;
    list.serialize_element(&Element {
        name: Some(&document.name),
        profile_conformance: profiles(document),
        root_element: vec![document.iri("SBOM")],
        ..document.element("SpdxDocument", "DOCUMENT")
    })?;
    let packages = document.graph.nodes().map(|it| document.package_iri(it));
    let sbom = Element {
        sbom_type: sbom_type(document.graph),
        root_element: roots(document),
        element: packages.collect(),
        comment: (document.graph.roots().len() == 0).then(|| UNROOTED.to_owned()),
        ..document.element("software_Sbom", "SBOM")
    };
    list.serialize_element(&sbom)?;
    let note = |name: &str, text| annotation(document, name, document.iri("SBOM"), text);
    for (number, source) in document.graph.inputs().iter().enumerate() {
        if let Some(text) = input_note(source) {
            list.serialize_element(&note(&format!("Input-{number}"), text))?;
        }
    }
    if let Some(text) = basis_note(document.bom.provenance_basis) {
        list.serialize_element(&note("Provenance-basis", text))?;
    }
    Ok(())
}

/// The profiles whose rules the document keeps, as far as it uses them.
fn profiles(document: &Document<'_>) -> Vec<&'static str> {
    let always = ["core", "software", "simpleLicensing"];
    let build = (!document.builds.is_empty()).then_some("build");
    always.into_iter().chain(build).collect()
}

/// Who answers for the document, if the project says so.
fn author<'d>(document: &Document<'d>) -> Option<Element<'d>> {
    let author = document.bom.product?.author();
    let author = Agent::organisation(author)?;
    Some(author.element(document, "Agent-author"))
}

/// The packages that stand for the project; those that nothing needs where there is none.
fn roots(document: &Document<'_>) -> Vec<String> {
    let graph = document.graph;
    let roots: Vec<String> = graph.roots().map(|it| document.package_iri(it)).collect();
    if !roots.is_empty() {
        return roots;
    }
    let needed: BTreeSet<_> = graph
        .nodes()
        .flat_map(NodeRef::dependencies)
        .map(NodeRef::id)
        .collect();
    let free = graph.nodes().filter(|it| !needed.contains(&it.id()));
    let free: Vec<String> = free.map(|it| document.package_iri(it)).collect();
    if free.is_empty() {
        let first = graph.nodes().take(1);
        return first.map(|it| document.package_iri(it)).collect();
    }
    free
}

fn sbom_type(graph: &Graph) -> Vec<&'static str> {
    let has = |wanted| graph.inputs().iter().any(|it| it.lifecycle == wanted);
    let source = has(Lifecycle::PreBuild).then_some("source");
    let build = has(Lifecycle::Build).then_some("build");
    build.into_iter().chain(source).collect()
}
