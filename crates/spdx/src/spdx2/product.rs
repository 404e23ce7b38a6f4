//! What a project states about its product and about components, where SPDX 2.3 has a place for it.

use bomtrail_graph::{Bom, NodeRef, Organisation, ProductKey};

use crate::agent;

/// Who answers for the document, as an agent (clause 6.8).
pub(super) fn author(bom: &Bom<'_>) -> Option<String> {
    bom.product.and_then(|it| organisation(it.author()))
}

/// Who hands a package over (clause 7.5): stated for the product itself, and for components that something is stated of.
pub(super) fn supplier(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    let stated = bom.statements.and_then(|it| it.get(node.id()));
    if let Some(person) = stated.and_then(|it| it.supplier.as_ref()) {
        return agent::person(person).map(|it| match it.strip_prefix("Person: ") {
            Some(rest) => ["Organization: ", rest].concat(),
            None => it,
        });
    }
    let product = bom.product.filter(|_| node.is_root())?;
    organisation(product.supplier())
}

/// The licence that was concluded, as an expression.
pub(super) fn concluded(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
    let stated = bom.statements.and_then(|it| it.get(node.id()));
    let license = stated.and_then(|it| it.license.as_ref());
    let license = license.filter(|it| it.is_expression());
    license.map(|it| it.text().to_owned())
}

/// When support of the product ends (clause 7.27), at the end of the day.
pub(super) fn valid_until(bom: &Bom<'_>, node: NodeRef<'_>) -> Option<String> {
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
