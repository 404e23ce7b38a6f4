//! What a project states about its product and about components, where SPDX has a place for it.

use std::borrow::Cow;

use bomtrail_graph::{Bom, Hash, NodeMap, NodeRef, Organisation, ProductKey};

use crate::agent;
use crate::license;

/// Who answers for the document, as an agent (clause 6.8).
pub(crate) fn author(bom: &Bom<'_>) -> Option<String> {
    bom.product.and_then(|it| organisation(it.author()))
}

/// Who hands a package over: stated for the product itself, and for components that something is stated of.
pub(crate) fn supplier<'g>(bom: &Bom<'g>, node: NodeRef<'_>) -> Option<Organisation<'g>> {
    let stated = bom.statements.and_then(|it| it.get(node.id()));
    if let Some(person) = stated.and_then(|it| it.supplier.as_ref()) {
        return Some(Organisation {
            name: Some(&person.name),
            address: None,
            url: person.url.as_deref(),
            email: person.email.as_deref(),
        });
    }
    let product = bom.product.filter(|_| node.is_root())?;
    Some(product.supplier())
}

/// The same as an agent of version 2 (clause 7.5).
pub(crate) fn supplier_agent(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    supplier(bom, node).and_then(organisation)
}

/// The digests of a package: of the file that is delivered, where the package is the product and nothing else is known.
pub(crate) fn hashes<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Vec<&'g Hash> {
    let own = &node.component().hashes;
    let product = bom.product.filter(|_| node.is_root() && own.is_empty());
    let all = product.map_or(&own[..], |it| &it.hashes);
    let mut all: Vec<_> = all.iter().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The version of a package; of the product where it has none of its own.
pub(crate) fn version<'g>(bom: &Bom<'g>, node: NodeRef<'g>) -> Option<&'g str> {
    let product = bom.product.filter(|_| node.is_root());
    node.version()
        .or_else(|| product?.text(ProductKey::Version))
}

/// The licence that was concluded, as an expression.
pub(crate) fn concluded<'g>(bom: &Bom<'g>, node: NodeRef<'_>) -> Option<Cow<'g, str>> {
    let stated = bom.statements.and_then(|it| it.get(node.id()));
    license::expression(stated?.license.as_ref()?)
}

/// When support of the product ends (SPDX 2.3 clause 7.27), at the end of the day.
pub(crate) fn valid_until(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    let product = bom.product.filter(|_| node.is_root())?;
    let end = product
        .text(ProductKey::EndOfSupport)
        .or_else(|| product.text(ProductKey::EndOfGuaranteedSupport))?;
    Some([end, "T23:59:59Z"].concat())
}

fn organisation(organisation: Organisation<'_>) -> Option<String> {
    let person = bomtrail_graph::Person {
        name: organisation.name?.into(),
        email: organisation.email.map(Into::into),
        url: None,
    };
    let agent = agent::person(&person)?;
    let rest = agent.strip_prefix("Person: ")?;
    Some(["Organization: ", rest].concat())
}

/// What is stated and has no field in SPDX, whatever its version: facts about the product, services it uses, and elements
/// of components that are stated to be unknown or withheld.
pub(crate) fn unsaid(bom: &Bom<'_>) -> [(usize, &'static str); 3] {
    let facts = bom.product.map_or(0, |it| {
        let known = it.iter().filter(|(_, fact)| fact.known().is_some());
        known.filter(|(key, _)| !SAID.contains(key)).count()
    });
    let statements = bom.statements.into_iter().flat_map(NodeMap::iter);
    let elements = statements.map(|(_, it)| it.unknown.len() + it.withheld.len());
    [
        (facts, "a stated fact about the product"),
        (
            bom.product.map_or(0, |it| it.services.len()),
            "a service the product uses",
        ),
        (elements.sum(), "which element is unknown or withheld"),
    ]
}

/// Facts that a field holds, or that are of the described package itself.
const SAID: [ProductKey; 16] = [
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
