//! The elements of a document in the order in which they are printed: its creator, the document, packages with their archives and
//! notes, agents, licences, builds, relationships.

use std::collections::BTreeSet;

use bomtrail_graph::{Graph, Lifecycle, NodeRef};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::agent::Agent;
use super::bsi;
use super::build;
use super::context::{CREATION, Context};
use super::element::Element;
use super::names::CONTEXT;
use super::package::{annotation, file, notes, package};
use super::relationships;
use crate::license::Extracted;
use crate::notes::document::{basis as basis_note, input as input_note};
use crate::notes::edge::UNROOTED;

/// A whole document.
pub(super) struct Document<'d, 'g>(pub(super) &'d Context<'g>);

impl Serialize for Document<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("document", 2)?;
        document.serialize_field("@context", CONTEXT)?;
        document.serialize_field("@graph", &Elements(self.0))?;
        document.end()
    }
}

/// The elements, one at a time.
struct Elements<'d, 'g>(&'d Context<'g>);

impl Serialize for Elements<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(context) = self;
        let mut list = serializer.serialize_seq(None)?;
        let mut add = |element: Element<'_>| list.serialize_element(&element);
        head(context).into_iter().try_for_each(&mut add)?;
        for node in context.graph.nodes_ahead() {
            add(package(context, node))?;
            let parts = file(context, node).into_iter();
            parts
                .chain(bsi::source(context, node))
                .chain(notes(context, node))
                .try_for_each(&mut add)?;
        }
        shared(context).try_for_each(&mut add)?;
        for node in context.graph.nodes() {
            let mut all = relationships::of(context, node).into_iter();
            all.try_for_each(&mut add)?;
        }
        for (iri, creation) in relationships::individuals(context.graph) {
            let individual = Element::new("IndividualElement").text("spdxId", iri);
            add(individual.text("creationInfo", creation))?;
        }
        list.end()
    }
}

/// The creator of the document, the document, and the notes about it.
fn head<'d>(context: &Context<'d>) -> Vec<Element<'d>> {
    let tool = context.bom.tool;
    let author = context.bom.tables.product.map(|it| it.author());
    let author = author.and_then(Agent::organisation);
    let creator = match author {
        Some(author) => author.fill(context.element(author.class, "Agent-author")),
        None => context
            .element("SoftwareAgent", "Agent-tool")
            .text("name", tool.name),
    };
    let creator_name = author.map_or("Agent-tool", |_| "Agent-author");
    let creation = Element::new("CreationInfo")
        .text("@id", CREATION)
        .text("specVersion", "3.0.1")
        .text("created", context.created)
        .texts("createdBy", [context.iri(creator_name)])
        .texts("createdUsing", [context.iri("Tool")]);
    let program = context
        .element("Tool", "Tool")
        .text("name", [tool.name, "-", tool.version].concat());
    let document = context
        .element("SpdxDocument", "DOCUMENT")
        .text("name", context.name.clone())
        .texts("profileConformance", profiles(context))
        .texts("rootElement", [context.iri("SBOM")]);
    let unrooted = (context.graph.roots().len() == 0).then_some(UNROOTED);
    let packages = context.graph.nodes().map(|it| context.package_iri(it));
    let sbom = context
        .element("software_Sbom", "SBOM")
        .known("comment", unrooted)
        .texts("software_sbomType", sbom_type(context.graph))
        .texts("rootElement", roots(context))
        .texts("element", packages);
    let note = |name: &str, text| annotation(context, name, "other", context.iri("SBOM"), text);
    let inputs = context.graph.inputs().iter().enumerate();
    let inputs = inputs.filter_map(|(number, it)| {
        let text = input_note(it)?;
        Some(note(&format!("Input-{number}"), text))
    });
    let basis = basis_note(context.bom.tables.provenance_basis);
    let basis = basis.map(|text| note("Provenance-basis", text));
    let head = [creation, creator, program, document, sbom].into_iter();
    head.chain(inputs).chain(basis).collect()
}

/// The profiles whose rules the document follows, as far as it uses them.
fn profiles(context: &Context<'_>) -> impl Iterator<Item = &'static str> {
    let always = ["core", "software", "simpleLicensing"];
    let build = (!context.builds.is_empty()).then_some("build");
    always.into_iter().chain(build)
}

/// Agents, licences, texts of licences, and builds.
fn shared<'d>(context: &'d Context<'_>) -> impl Iterator<Item = Element<'d>> {
    let agents = context.agents.iter();
    let agents = agents.map(|(name, it)| it.fill(context.element(it.class, name)));
    let licenses = context.licenses.iter().map(|(name, expression)| {
        let references = Extracted::references(expression);
        context
            .element("simplelicensing_LicenseExpression", name)
            .text("simplelicensing_licenseExpression", &**expression)
            .objects(
                "simplelicensing_customIdToUri",
                references.map(|id| Element::entry(id, context.iri(id))),
            )
    });
    let texts = context.extracted.iter().map(|(id, words)| {
        context
            .element("simplelicensing_SimpleLicensingText", id)
            .text("name", words.name)
            .text("simplelicensing_licenseText", words.text)
    });
    let builds = context.builds.iter();
    let builds = builds.map(|(name, it)| build::fill(it, context.element("build_Build", name)));
    agents.chain(licenses).chain(texts).chain(builds)
}

/// The packages that represent the project; without a project, those that nothing depends on.
fn roots(context: &Context<'_>) -> Vec<String> {
    let graph = context.graph;
    let roots: Vec<String> = graph.roots().map(|it| context.package_iri(it)).collect();
    if !roots.is_empty() {
        return roots;
    }
    let needed: BTreeSet<_> = graph
        .nodes()
        .flat_map(NodeRef::dependencies)
        .map(NodeRef::id)
        .collect();
    let free = graph.nodes().filter(|it| !needed.contains(&it.id()));
    let free: Vec<String> = free.map(|it| context.package_iri(it)).collect();
    if free.is_empty() {
        let first = graph.nodes().take(1);
        return first.map(|it| context.package_iri(it)).collect();
    }
    free
}

fn sbom_type(graph: &Graph) -> Vec<&'static str> {
    let has = |wanted| graph.inputs().iter().any(|it| it.lifecycle == wanted);
    let source = has(Lifecycle::PreBuild).then_some("source");
    let build = has(Lifecycle::Build).then_some("build");
    build.into_iter().chain(source).collect()
}
