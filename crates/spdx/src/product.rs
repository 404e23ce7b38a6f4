//! Facts that a project states about its product and components, where SPDX has a field for them.

use std::borrow::Cow;

use bomtrail_graph::{
    Bom, Graph, Hash, Kind, NodeMap, NodeRef, Organisation, Person, ProductFacts, ProductKey,
};

use crate::agent;
use crate::license;
use crate::location;

/// The property that a reader keeps the name of a document under.
pub(crate) const DOCUMENT_NAME: &str = "bomtrail:document:name";

/// The name of the document: that of the document it was read from, else the project if there is exactly one, else the first input.
pub(crate) fn document_name(graph: &Graph) -> String {
    if let [input] = graph.inputs() {
        let mut properties = input.properties.iter();
        let found = properties.find(|(name, _)| &**name == DOCUMENT_NAME);
        if let Some((_, name)) = found.filter(|(_, it)| !it.is_empty()) {
            return name.to_string();
        }
    }
    let mut roots = graph.roots();
    if let (Some(root), None) = (roots.next(), roots.next())
        && !root.name().is_empty()
    {
        return match root.version() {
            Some(version) => format!("{}-{version}", root.name()),
            None => root.name().to_owned(),
        };
    }
    let input = graph.inputs().first().map(|it| &*it.path);
    input
        .filter(|it| !it.is_empty())
        .unwrap_or("sbom")
        .to_owned()
}

/// The author of the document, as an agent (clause 6.8).
pub(crate) fn author(bom: &Bom<'_>) -> Option<String> {
    bom.tables.product.and_then(|it| organisation(it.author()))
}

/// The supplier of a package: stated in bomtrail.toml for the product or the component, else by the document it was read from.
pub(crate) fn supplier<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<Organisation<'g>> {
    let stated = bom.tables.statements.and_then(|it| it.get(node.id()));
    let stated = stated.and_then(|it| it.supplier.as_ref());
    let product = bom.tables.product.filter(|_| node.is_root());
    let product = product.map(ProductFacts::supplier);
    let product = product.filter(|it| it.name.is_some());
    let details = node.component().details.as_deref();
    let read = details.and_then(|it| it.supplier.as_ref());
    stated
        .map(of_person)
        .or(product)
        .or_else(|| read.map(of_person))
}

/// The kind of agent that the supplier of a package is: a person only where the document that it was read from says so.
pub(crate) fn supplier_class(bom: &Bom<'_>, node: NodeRef<'_>) -> &'static str {
    let details = node.component().details.as_deref();
    let read = details.filter(|it| it.supplier_is_person);
    let read = read.and_then(|it| it.supplier.as_ref());
    let is_read = read.is_some_and(|it| supplier(bom, node).is_some_and(|by| by == of_person(it)));
    if is_read { "Person" } else { "Organization" }
}

/// The organisation that made a package, as the document that it was read from states it.
pub(crate) fn manufacturer(node: NodeRef<'_>) -> Option<&Person> {
    node.component().details.as_deref()?.manufacturer.as_ref()
}

/// The supplier that the document of a package states, where it is the one written and `is_whole` is false for it.
pub(crate) fn partial_supplier<'g>(
    bom: &Bom<'g>,
    node: NodeRef<'g>,
    is_whole: impl Fn(&Person) -> bool,
) -> Option<&'g Person> {
    let details = node.component().details.as_deref()?;
    let read = details.supplier.as_ref().filter(|it| !is_whole(it))?;
    let written = supplier(bom, node)?;
    let is_written = written.name == Some(&*read.name) && written.email == read.email.as_deref();
    is_written.then_some(read)
}

/// A person or organisation as an organisation.
pub(crate) fn of_person(person: &Person) -> Organisation<'_> {
    Organisation {
        name: Some(&person.name),
        address: None,
        url: person.url.as_deref(),
        email: person.email.as_deref(),
    }
}

/// The same as an agent of version 2 (clause 7.5).
pub(crate) fn supplier_agent(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    let agent = organisation(supplier(bom, node)?)?;
    match supplier_class(bom, node) {
        "Person" => Some(agent.replacen("Organization", "Person", 1)),
        _ => Some(agent),
    }
}

/// The manufacturer of a package as an agent of version 2 (clause 7.6).
pub(crate) fn manufacturer_agent(node: NodeRef<'_>) -> Option<String> {
    manufacturer(node).map(of_person).and_then(organisation)
}

/// The digests of a package; for the product without digests of its own, those of the delivered file.
pub(crate) fn hashes<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Vec<&'g Hash> {
    let own = &node.component().hashes;
    let product = bom
        .tables
        .product
        .filter(|_| node.is_root() && own.is_empty());
    let all = product.map_or(&own[..], |it| &it.hashes);
    let mut all: Vec<_> = all.iter().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The version of a package; of the product where it has none of its own.
pub(crate) fn version<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<&'g str> {
    let product = bom.tables.product.filter(|_| node.is_root());
    node.version()
        .or_else(|| product?.text(ProductKey::Version))
}

/// The name of a package; for the product, its market name where the project states one.
pub(crate) fn name<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> &'g str {
    let product = bom.tables.product.filter(|_| node.is_root());
    let name = product.and_then(|it| it.text(ProductKey::Name));
    name.unwrap_or_else(|| node.name())
}

/// The kind of a package; for the product, the kind that the project states.
pub(crate) fn kind(bom: &Bom<'_>, node: NodeRef<'_>) -> Kind {
    let product = bom.tables.product.filter(|_| node.is_root());
    let stated = product.and_then(ProductFacts::kind);
    stated.unwrap_or(node.component().kind)
}

/// The licence that was concluded, as an expression. BSI TR-03183-2 asks for the distribution licence: for
/// that profile, a single declared licence counts as concluded where nothing else is stated.
pub(crate) fn concluded<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<Cow<'g, str>> {
    let stated = bom.tables.statements.and_then(|it| it.get(node.id()));
    if let Some(license) = stated.and_then(|it| it.license.as_ref()) {
        return license::expression(license);
    }
    let declared = node
        .component()
        .licenses
        .known()
        .filter(|_| bom.has_extra("bsi"))?;
    match &**declared {
        [license] if license.is_expression() => license::expression(license),
        _ => None,
    }
}

/// The maker of a package beyond its authors: the manufacturer of the product; and for BSI TR-03183-2, which asks for a contact,
/// the supplier of a package whose authors have no e-mail address.
pub(crate) fn maker<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<Organisation<'g>> {
    let product = bom.tables.product.filter(|_| node.is_root());
    if let Some(product) = product {
        return Some(product.manufacturer());
    }
    let details = node.component().details.as_deref();
    let authors = details.map_or(&[][..], |it| &it.authors);
    let is_reached = authors.iter().any(|it| it.email.is_some());
    supplier(bom, node).filter(|_| bom.has_extra("bsi") && !is_reached)
}

/// Where vulnerabilities of the product are reported (IRIs): an e-mail address, a web page, a security.txt.
pub(crate) fn security_contacts<'g>(bom: &Bom<'g>, node: NodeRef<'_>) -> Vec<Cow<'g, str>> {
    let Some(product) = bom.tables.product.filter(|_| node.is_root()) else {
        return Vec::new();
    };
    let mail = product.text(ProductKey::VulnerabilityEmail);
    let mail = mail.map(|it| Cow::Owned(["mailto:", it].concat()));
    let pages = [ProductKey::VulnerabilityUrl, ProductKey::SecurityTxt];
    let pages = pages.into_iter().filter_map(|it| product.text(it));
    let all = mail.into_iter().chain(pages.map(Cow::Borrowed));
    all.filter(|it| location::is_locator(it)).collect()
}

/// The name of a package's file; of the file that is delivered, for the product.
pub(crate) fn file_name<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<&'g str> {
    let artifact = || {
        let product = bom.tables.product.filter(|_| node.is_root())?;
        product.text(ProductKey::Artifact)?.rsplit('/').next()
    };
    location::file_name(node.component()).or_else(artifact)
}

/// When support of the product ends (SPDX 2.3 clause 7.27), at the end of the day.
pub(crate) fn valid_until(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    let product = bom.tables.product.filter(|_| node.is_root())?;
    let end = product
        .text(ProductKey::EndOfSupport)
        .or_else(|| product.text(ProductKey::EndOfGuaranteedSupport))?;
    Some([end, "T23:59:59Z"].concat())
}

fn organisation(organisation: Organisation<'_>) -> Option<String> {
    let person = Person {
        name: organisation.name?.into(),
        email: organisation.email.map(Into::into),
        url: None,
    };
    let agent = agent::person(&person)?;
    let rest = agent.strip_prefix("Person: ")?;
    Some(["Organization: ", rest].concat())
}

/// Statements that no version of SPDX has a field for: facts about the product, services it uses, and elements of components
/// that are stated to be unknown or withheld.
pub(crate) fn unsaid(bom: &Bom<'_>) -> [(usize, &'static str); 3] {
    let facts = bom.tables.product.map_or(0, |it| {
        let known = it.iter().filter(|(_, fact)| fact.known().is_some());
        known.filter(|(key, _)| !SAID.contains(key)).count()
    });
    let statements = bom.tables.statements.into_iter().flat_map(NodeMap::iter);
    let elements = statements.map(|(_, it)| it.unknown.len() + it.withheld.len());
    [
        (facts, "a stated fact about the product"),
        (
            bom.tables.product.map_or(0, |it| it.services.len()),
            "a service the product uses",
        ),
        (elements.sum(), "which element is unknown or withheld"),
    ]
}

/// Facts that have a field.
const SAID: [ProductKey; 19] = [
    ProductKey::VulnerabilityEmail,
    ProductKey::VulnerabilityUrl,
    ProductKey::SecurityTxt,
    ProductKey::Name,
    ProductKey::Version,
    ProductKey::Type,
    ProductKey::Artifact,
    ProductKey::ManufacturerName,
    ProductKey::ManufacturerUrl,
    ProductKey::ManufacturerEmail,
    ProductKey::SupplierName,
    ProductKey::SupplierUrl,
    ProductKey::SupplierEmail,
    ProductKey::StewardName,
    ProductKey::AuthorName,
    ProductKey::AuthorEmail,
    ProductKey::AuthorUrl,
    ProductKey::EndOfGuaranteedSupport,
    ProductKey::EndOfSupport,
];
