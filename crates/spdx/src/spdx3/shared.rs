//! Elements that packages share: agents, licences and the words of licences. Each has a name that follows from what it
//! says, so that packages find it without looking it up.

use std::borrow::Cow;

use bomtrail_graph::{Component, Organisation, Person};
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

/// Somebody who made or handed over a package, or answers for the document.
#[derive(Clone, Copy)]
pub(super) struct Agent<'g> {
    class: &'static str,
    name: &'g str,
    email: Option<&'g str>,
    url: Option<&'g str>,
}

impl<'g> Agent<'g> {
    /// A person; without the web page, for which a person's element has no room.
    pub(super) fn person(person: &'g Person) -> Self {
        Self {
            class: "Person",
            name: &person.name,
            email: person.email.as_deref(),
            url: None,
        }
    }

    /// An organisation that has a name.
    pub(super) fn organisation(it: Organisation<'g>) -> Option<Self> {
        Some(Self {
            class: "Organization",
            name: it.name.filter(|it| !it.trim().is_empty())?,
            email: it.email,
            url: it.url,
        })
    }

    /// The name of its element.
    pub(super) fn id(&self) -> String {
        let email = self.email.unwrap_or_default();
        let person = [self.name, "\n", email].concat();
        let hash = match self.class {
            "Person" => short_hash(&person),
            _ => short_hash(
                &[
                    &person,
                    "\n",
                    self.url.unwrap_or_default(),
                    "\norganization",
                ]
                .concat(),
            ),
        };
        ["Agent-", &hash].concat()
    }

    /// Its element.
    pub(super) fn element<'d>(&self, document: &Document<'_>, id: &str) -> Element<'d>
    where
        'g: 'd,
    {
        let identifiers = [("email", self.email), ("urlScheme", self.url)];
        let identifiers = identifiers.into_iter().filter_map(|(kind, value)| {
            Some(ExternalIdentifier {
                kind: "ExternalIdentifier",
                external_identifier_type: kind,
                identifier: value.filter(|it| is_locator(it))?,
            })
        });
        Element {
            name: Some(self.name),
            external_identifier: identifiers.collect(),
            ..document.element(self.class, id)
        }
    }
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
    for (id, agent) in &document.agents {
        list.serialize_element(&agent.element(document, id))?;
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
