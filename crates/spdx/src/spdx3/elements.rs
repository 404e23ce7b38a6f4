//! The elements of a document in the order they are printed: who made it, what it is, packages, their archives, agents,
//! licences, notes, relationships.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{
    Bom, Component, Graph, HashAlgorithm, Kind, Lifecycle, NodeRef, Person, Purl,
};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::element::{
    CreationInfo, DictionaryEntry, Element, ExternalIdentifier, ExternalRef, Hash,
};
use super::names::CONTEXT;
use super::relationships;
use crate::identifier::{Identifiers, Plain, short_hash};
use crate::license::{Extracted, declared};
use crate::location;
use crate::spdx2::{
    UNROOTED, approval_note, facts, input_note, is_locator, name, pages, provenance_note,
};

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
    people: BTreeMap<String, &'g Person>,
    /// Licence expressions, by the name of their element.
    licenses: BTreeMap<String, Cow<'g, str>>,
    extracted: Extracted<'g>,
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
            people: BTreeMap::new(),
            licenses: BTreeMap::new(),
            extracted: Extracted::of(graph),
        };
        for node in graph.nodes() {
            let component = node.component();
            if let Some(expression) = license_of(component) {
                let license = license_name(&expression);
                document.licenses.entry(license).or_insert(expression);
            }
            for person in authors(component) {
                document.people.entry(person_name(person)).or_insert(person);
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
            for note in notes(document, node) {
                list.serialize_element(&note)?;
            }
        }
        shared(document, &mut list)?;
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
        profile_conformance: vec!["core", "software", "simpleLicensing"],
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
    for (number, source) in document.graph.inputs().iter().enumerate() {
        if let Some(note) = input_note(source) {
            let name = format!("Input-{number}");
            list.serialize_element(&annotation(document, &name, document.iri("SBOM"), note))?;
        }
    }
    Ok(())
}

/// Who answers for the document, if the project says so.
fn author<'d>(document: &Document<'d>) -> Option<Element<'d>> {
    let author = document.bom.product?.author();
    let identifiers = [("email", author.email), ("urlScheme", author.url)];
    let identifier = |(kind, value): (&'static str, Option<&'d str>)| {
        Some(ExternalIdentifier {
            kind: "ExternalIdentifier",
            external_identifier_type: kind,
            identifier: value?,
        })
    };
    Some(Element {
        name: Some(author.name?),
        external_identifier: identifiers.into_iter().filter_map(identifier).collect(),
        ..document.element("Organization", "Agent-author")
    })
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

fn package<'d>(document: &Document<'_>, node: NodeRef<'d>) -> Element<'d> {
    let component = node.component();
    let details = component.details.as_deref();
    let name = document.package_name(node);
    let purl = component.purl.as_ref().map(Purl::as_str);
    let originated_by = authors(component).map(|it| document.iri(&person_name(it)));
    let homepage = details.and_then(|it| it.homepage.as_deref());
    let mut external_ref = Vec::new();
    for (kind, url) in pages(component).filter(|(_, url)| is_locator(url)) {
        external_ref.push(ExternalRef {
            kind: "ExternalRef",
            external_ref_type: match kind {
                "issue-tracker" => "issueTracker",
                other => other,
            },
            locator: [url],
        });
    }
    Element {
        name: Some(node.name()),
        description: details.and_then(|it| it.description.as_deref()),
        external_identifier: purl
            .map(|identifier| ExternalIdentifier {
                kind: "ExternalIdentifier",
                external_identifier_type: "packageUrl",
                identifier,
            })
            .into_iter()
            .collect(),
        external_ref,
        verified_using: hashes(component),
        originated_by: originated_by.collect(),
        purpose: Some(purpose(component.kind)),
        version: node.version(),
        purl,
        location: location::download(component).map(Cow::into_owned),
        home_page: homepage.filter(|it| location::is_location(it)),
        ..document.element("software_Package", &name)
    }
}

fn purpose(kind: Kind) -> &'static str {
    kind.name()
}

fn hashes(component: &Component) -> Vec<Hash> {
    let mut hashes: Vec<_> = component.hashes.iter().collect();
    hashes.sort_unstable();
    hashes.dedup();
    let hash = |it: &bomtrail_graph::Hash| Hash {
        kind: "Hash",
        algorithm: algorithm(it.algorithm()),
        hash_value: it.hex(),
    };
    hashes.into_iter().map(hash).collect()
}

fn algorithm(algorithm: HashAlgorithm) -> &'static str {
    match algorithm {
        HashAlgorithm::Md5 => "md5",
        HashAlgorithm::Sha1 => "sha1",
        HashAlgorithm::Sha256 => "sha256",
        HashAlgorithm::Sha384 => "sha384",
        HashAlgorithm::Sha512 => "sha512",
        HashAlgorithm::Sha3_256 => "sha3_256",
        HashAlgorithm::Sha3_384 => "sha3_384",
        HashAlgorithm::Sha3_512 => "sha3_512",
        HashAlgorithm::Blake2b256 => "blake2b256",
        HashAlgorithm::Blake2b384 => "blake2b384",
        HashAlgorithm::Blake2b512 => "blake2b512",
        HashAlgorithm::Blake3 => "blake3",
    }
}

/// The archive of a package, where it has a name.
fn file<'d>(document: &Document<'_>, node: NodeRef<'d>) -> Option<Element<'d>> {
    let name = location::file_name(node.component())?;
    let id = file_name(&document.package_name(node));
    Some(Element {
        name: Some(name),
        verified_using: hashes(node.component()),
        purpose: Some("archive"),
        ..document.element("software_File", &id)
    })
}

/// The name of the element of a package's archive.
pub(super) fn file_name(package: &str) -> String {
    ["File-", package].concat()
}

/// What has no field of its own.
fn notes<'d>(document: &Document<'_>, node: NodeRef<'d>) -> Vec<Element<'d>> {
    let component = node.component();
    let location = location::download(component);
    let license = declared(component);
    let facts = facts(
        document.graph,
        node,
        location.as_deref(),
        &license.expression,
    );
    let table = document.bom.provenance;
    let proved = table
        .and_then(|it| it.get(node.id()))
        .and_then(provenance_note);
    let package = document.package_name(node);
    let element = |(number, text): (usize, String)| {
        let name = format!("Note-{number}-{package}");
        annotation(document, &name, document.iri(&package), text)
    };
    let notes = facts.into_iter().chain(license.comment).chain(proved);
    let mut notes: Vec<Element<'d>> = notes.enumerate().map(element).collect();
    let approval = document.bom.approvals.and_then(|it| it.get(node.id()));
    if let Some((approval, text)) = approval.and_then(|it| Some((it, approval_note(it)?))) {
        let mut decision = element((notes.len(), text));
        if approval.review().is_some() {
            decision.annotation_type = Some("review");
        }
        notes.push(decision);
    }
    notes
}

fn annotation<'d>(
    document: &Document<'_>,
    name: &str,
    subject: String,
    statement: String,
) -> Element<'d> {
    Element {
        annotation_type: Some("other"),
        content_type: Some("text/plain"),
        subject: Some(subject),
        statement: Some(statement),
        ..document.element("Annotation", name)
    }
}

/// Authors that are known by a name.
pub(super) fn authors(component: &Component) -> impl Iterator<Item = &Person> {
    let authors = component.details.iter().flat_map(|it| &it.authors);
    authors.filter(|it| !it.name.trim().is_empty())
}

fn person_name(person: &Person) -> String {
    let email = person.email.as_deref().unwrap_or_default();
    ["Agent-", &short_hash(&[&person.name, "\n", email].concat())].concat()
}

/// The licence expression of a component; `None` when there is none to print.
pub(super) fn license_of(component: &Component) -> Option<Cow<'_, str>> {
    let license = declared(component).expression;
    (!matches!(&*license, "NOASSERTION" | "NONE")).then_some(license)
}

/// The name of the element of a licence expression.
pub(super) fn license_name(expression: &str) -> String {
    ["License-", &short_hash(expression)].concat()
}

/// Agents, licences and the words of licences.
fn shared<S: SerializeSeq>(document: &Document<'_>, list: &mut S) -> Result<(), S::Error> {
    for (name, person) in &document.people {
        let email = person.email.as_deref().filter(|it| is_locator(it));
        let identifier = email.map(|identifier| ExternalIdentifier {
            kind: "ExternalIdentifier",
            external_identifier_type: "email",
            identifier,
        });
        list.serialize_element(&Element {
            name: Some(&person.name),
            external_identifier: identifier.into_iter().collect(),
            ..document.element("Person", name)
        })?;
    }
    for (name, expression) in &document.licenses {
        let references = Extracted::references(expression);
        let entry = |id: &str| DictionaryEntry {
            kind: "DictionaryEntry",
            key: id.to_owned(),
            value: document.iri(id),
        };
        list.serialize_element(&Element {
            expression: Some(expression),
            custom_ids: references.map(entry).collect(),
            ..document.element("simplelicensing_LicenseExpression", name)
        })?;
    }
    for (id, text) in document.extracted.iter() {
        list.serialize_element(&Element {
            name: Some(id),
            license_text: Some(text),
            ..document.element("simplelicensing_SimpleLicensingText", id)
        })?;
    }
    Ok(())
}
