//! What a project states about its product and about third-party components. What is not stated is not printed.

use std::borrow::Cow;

use crate::iri::is_iri_reference;
use crate::spec::SpecVersion;
use crate::spec::table::{COMPONENT, LICENSE, LICENSES, METADATA, REFERENCE};
use crate::write::license;
use crate::write::loss::Losses;
use crate::write::wire::{
    Component, Contact, Entity, ExternalReference, Hashes, Metadata, Property,
};
use bomtrail_graph::{
    Bom, License as Stated, NodeRef, Origin, ProductFacts, ProductKey, Statement,
};

/// Adds what is stated about the product to `metadata`.
pub(crate) fn add_to_metadata<'g>(
    metadata: &mut Metadata<'g>,
    bom: &Bom<'g>,
    version: SpecVersion,
) {
    let Some(product) = bom.tables.product else {
        return;
    };
    let manufacturer = Entity::new(product.manufacturer(), version);
    if METADATA.has("manufacturer", version) {
        // In `metadata` this is who made the document.
        metadata.manufacturer = Entity::new(product.author(), version);
    } else {
        metadata.manufacture = manufacturer;
    }
    metadata.supplier = Entity::new(product.supplier(), version);
    let author = product.author();
    metadata.authors = Contact::list(author.name, author.email);
}

/// Adds what is stated about the product to the component that the document is about.
pub(crate) fn add_to_main<'g>(
    component: &mut Component<'g>,
    product: &'g ProductFacts,
    version: SpecVersion,
) {
    if COMPONENT.has("manufacturer", version) {
        let manufacturer = Entity::new(product.manufacturer(), version);
        component.manufacturer = manufacturer.or(component.manufacturer.take());
    }
    let supplier = Entity::new(product.supplier(), version);
    component.supplier = supplier.or(component.supplier.take());
    component.cpe = product.text(ProductKey::Cpe).or(component.cpe);
    if component.hashes.is_empty() {
        component.hashes = Hashes::sorted(&product.hashes);
    }
    if let Some(name) = product.text(ProductKey::Name) {
        // The product's name replaces group and name; the Package URL still has those of the package.
        component.group = None;
        component.name = Cow::Borrowed(name);
    }
    if component.version.is_none() {
        component.version = product.text(ProductKey::Version);
    }
    if let Some(purpose) = product.text(ProductKey::Purpose) {
        component.description = Some(purpose);
    }
    let milestones = product.milestones().map(|(name, date)| Property {
        name: Cow::Owned(["cdx:lifecycle:milestone:", name].concat()),
        value: Cow::Borrowed(date),
    });
    component.properties.extend(milestones);
    component.properties.sort_unstable();
    references(component, product, version);
}

fn references<'g>(component: &mut Component<'g>, product: &'g ProductFacts, version: SpecVersion) {
    let mail = product.text(ProductKey::VulnerabilityEmail);
    let mail = mail.map(|it| Cow::Owned(["mailto:", it].concat()));
    let page = |key| product.text(key).map(Cow::Borrowed);
    let known = |word, other| {
        if REFERENCE.has_word("type", word, version) {
            word
        } else {
            other
        }
    };
    let security = known("security-contact", "support");
    let advice = known("rfc-9116", security);
    let links = [
        (security, mail),
        (security, page(ProductKey::VulnerabilityUrl)),
        (advice, page(ProductKey::SecurityTxt)),
        ("support", page(ProductKey::SupportUrl)),
        ("documentation", page(ProductKey::Instructions)),
        ("bom", page(ProductKey::SbomLocation)),
        ("website", page(ProductKey::ProductUrl)),
    ];
    for (kind, url) in links {
        let Some(url) = url.filter(|it| is_iri_reference(it)) else {
            continue;
        };
        let known = component.external_references.iter();
        if known.clone().any(|it| it.kind == kind && it.url == url) {
            continue;
        }
        component.external_references.push(ExternalReference {
            kind,
            url,
            comment: None,
            hashes: Hashes::default(),
            properties: Vec::new(),
        });
    }
    component
        .external_references
        .sort_by(|a, b| (a.kind, &a.url).cmp(&(b.kind, &b.url)));
}

/// Adds what is stated about a third-party component.
pub(crate) fn add_statement<'g>(
    component: &mut Component<'g>,
    statement: &'g Statement,
    (version, losses): (SpecVersion, &Losses),
) {
    let supplier = statement.supplier.as_ref();
    let supplier = supplier.map(|it| Entity::of_person(it, losses));
    component.supplier = supplier.or(component.supplier.take());
    let mut add = |name: &'static str, value: &'g str| {
        component.properties.push(Property {
            name: Cow::Borrowed(name),
            value: Cow::Borrowed(value),
        });
    };
    for element in &statement.unknown {
        add("bomtrail:unknown-information", element);
    }
    for element in &statement.withheld {
        add("bomtrail:withheld-information", element);
    }
    if let Some(license) = statement.license.as_ref() {
        if let Some(reason) = &statement.reason {
            add("bomtrail:license:reason", reason);
        }
        if LICENSE.has("acknowledgement", version) {
            conclude(component, license, version);
        } else {
            add("bomtrail:license:concluded", license.text());
        }
    }
    component.properties.sort_unstable();
}

/// Before 1.7 the concluded licence replaces the declared ones, because an expression is the only item; those become
/// properties.
fn conclude<'g>(component: &mut Component<'g>, license: &'g Stated, version: SpecVersion) {
    if !LICENSES.can_mix(version) {
        let declared: Vec<Property<'g>> = component
            .licenses
            .drain(..)
            .filter_map(|it| {
                let single = it.license.as_ref().and_then(|it| it.id.or(it.name));
                Some(Property {
                    name: Cow::Borrowed("bomtrail:license:declared"),
                    value: Cow::Borrowed(it.expression.or(single)?),
                })
            })
            .collect();
        component.properties.extend(declared);
    }
    component.licenses.push(license::concluded(license.text()));
}

/// Adds the properties that BSI TR-03183-2 asks for of every component (`bsi:component:*`). Archives of registries are
/// executable, structured archives in its terms; a component without a file of its own gets none of these properties.
pub(crate) fn add_bsi<'g>(component: &mut Component<'g>, node: NodeRef<'g>, bom: &Bom<'g>) {
    let mut add = |name: &'static str, value: &'g str| {
        component.properties.push(Property {
            name: Cow::Borrowed(name),
            value: Cow::Borrowed(value),
        });
    };
    let source = node.component().source.as_deref();
    let artifact = bom.tables.product.filter(|_| node.is_root());
    let artifact = artifact.and_then(|it| it.text(ProductKey::Artifact));
    let is_archive = matches!(
        node.component().origin,
        Origin::Registry | Origin::OtherRegistry | Origin::RemoteArchive | Origin::LocalArchive
    );
    if let Some(name) = artifact
        .or(source.filter(|_| is_archive))
        .and_then(file_name)
    {
        add("bsi:component:archive", "archive");
        add("bsi:component:executable", "executable");
        add("bsi:component:filename", name);
        add("bsi:component:structured", "structured");
    }
    let statement = bom.tables.statements.and_then(|it| it.get(node.id()));
    if let Some(license) = statement.and_then(|it| it.license.as_ref()) {
        add("bsi:component:effectiveLicence", license.text());
    }
    component.properties.sort_unstable();
    let contact = component.authors.iter().any(|it| it.email.is_some());
    if component.manufacturer.is_none() && !contact {
        component.manufacturer = page(node).map(Entity::at);
    }
}

/// How to reach the authors of a component without an e-mail address: its home page, else its repository.
fn page(node: NodeRef<'_>) -> Option<&str> {
    let details = node.component().details.as_deref()?;
    let pages = [&details.homepage, &details.repository];
    pages
        .into_iter()
        .filter_map(|it| it.as_deref())
        .find(|it| !it.is_empty() && is_iri_reference(it))
}

fn file_name(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next()?;
    path.rsplit('/').next().filter(|it| it.contains('.'))
}
