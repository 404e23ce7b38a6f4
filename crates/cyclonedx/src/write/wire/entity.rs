//! Organisations and people.

use std::borrow::Cow;

use bomtrail_graph::{Organisation, Person};
use serde::Serialize;

use crate::iri::{is_any_email, is_iri_reference};
use crate::spec::SpecVersion;
use crate::spec::table::ORGANISATION;
use crate::write::loss::{Loss, Losses};

/// `organizationalEntity`.
#[derive(Default, Serialize)]
pub(crate) struct Entity<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address<'g>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    url: Vec<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact: Vec<Contact<'g>>,
}

/// `postalAddress` (1.6).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Address<'g> {
    street_address: &'g str,
}

impl<'g> Entity<'g> {
    pub(crate) fn new(organisation: Organisation<'g>, version: SpecVersion) -> Option<Self> {
        if organisation.is_empty() {
            return None;
        }
        let address = organisation
            .address
            .filter(|_| ORGANISATION.has("address", version));
        Some(Self {
            name: organisation.name,
            address: address.map(|street_address| Address { street_address }),
            url: organisation.url.into_iter().collect(),
            contact: Contact::list(None, organisation.email),
        })
    }

    /// An organisation of which only the name is known.
    pub(crate) fn named(name: &'g str) -> Self {
        Self {
            name: Some(name),
            ..Self::default()
        }
    }

    /// An organisation with one address of each kind; addresses that are not valid are counted.
    pub(crate) fn of_person(person: &'g Person, losses: &Losses) -> Self {
        let valid = |text: &'g Option<Box<str>>, is_valid: fn(&str) -> bool, loss| {
            let text = text.as_deref()?;
            if !is_valid(text) {
                losses.add(loss);
            }
            Some(text).filter(|it| is_valid(it))
        };
        let url = valid(&person.url, is_iri_reference, Loss::Url);
        let email = valid(&person.email, is_any_email, Loss::Email);
        Self {
            name: Some(&*person.name).filter(|it| !it.is_empty()),
            address: None,
            url: url.into_iter().collect(),
            contact: Contact::list(None, email),
        }
    }

    /// An organisation of which only a page is known.
    pub(crate) fn at(url: &'g str) -> Self {
        Self {
            url: vec![url],
            ..Self::default()
        }
    }
}

/// `organizationalContact`.
#[derive(Serialize)]
pub(crate) struct Contact<'g> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<Cow<'g, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email: Option<&'g str>,
}

impl<'g> Contact<'g> {
    /// A list of the contact, empty when nothing is known.
    pub(crate) fn list(name: Option<&'g str>, email: Option<&'g str>) -> Vec<Self> {
        let there = name.is_some() || email.is_some();
        let contact = there.then(|| Self {
            name: name.map(Cow::Borrowed),
            email,
        });
        contact.into_iter().collect()
    }
}
