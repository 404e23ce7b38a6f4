//! Elements that packages share: agents, licences and the words of licences. Each has a name that follows from what it
//! says, so that packages find it without looking it up.

use std::borrow::Cow;

use bomtrail_graph::{Component, Person};
use serde::ser::SerializeSeq;

use super::document::Document;
use super::element::{DictionaryEntry, Element, ExternalIdentifier};
use crate::identifier::short_hash;
use crate::license::{Extracted, declared};
use crate::spdx2::is_locator;

/// Authors that are known by a name.
pub(super) fn authors(component: &Component) -> impl Iterator<Item = &Person> {
    let authors = component.details.iter().flat_map(|it| &it.authors);
    authors.filter(|it| !it.name.trim().is_empty())
}

/// True for a person of whom an element says everything.
pub(super) fn is_whole(person: &Person) -> bool {
    let email = person.email.as_deref();
    !person.name.trim().is_empty() && email.is_none_or(is_locator) && person.url.is_none()
}

pub(super) fn person_name(person: &Person) -> String {
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
pub(super) fn write<S: SerializeSeq>(
    document: &Document<'_>,
    list: &mut S,
) -> Result<(), S::Error> {
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
        let entry = |id: &str| DictionaryEntry::new(id, document.iri(id));
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
