//! What a project states about its product and about single components, which no lockfile contains. Values only;
//! who reads them from `bomtrail.toml`, and who judges them, lies elsewhere.

mod keys;

pub use keys::{KeyInfo, ProductKey, Shape};

use std::collections::BTreeMap;

use crate::digest::fingerprint;
use crate::model::component::Kind;
use crate::model::facts::{Fact, Person, Text};
use crate::model::hash::{Hash, hex};
use crate::model::license::License;

/// An organisation or a person with the ways to reach them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Organisation<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// Its postal address.
    pub address: Option<&'a str>,
    /// Its web page.
    pub url: Option<&'a str>,
    /// Its e-mail address.
    pub email: Option<&'a str>,
}

impl Organisation<'_> {
    /// True when nothing is known of it.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// A service the product uses (CycloneDX `services`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Service {
    /// Its name.
    pub name: Text,
    /// Its version.
    pub version: Option<Text>,
    /// What it is for.
    pub description: Option<Text>,
    /// Who offers it.
    pub provider: Option<Text>,
    /// Its addresses.
    pub endpoints: Vec<Text>,
    /// Whether it asks who calls.
    pub authenticated: Option<bool>,
    /// Whether calls to it leave the product's trust zone.
    pub crosses_boundary: Option<bool>,
    /// What data flows, as `(direction, classification)`; the direction is one of `inbound`, `outbound`, `bi-directional`.
    pub data: Vec<(Text, Text)>,
}

/// What a project states about its product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProductFacts {
    values: BTreeMap<ProductKey, Fact<Text>>,
    /// Digests of the file that is delivered.
    pub hashes: Vec<Hash>,
    /// The services it uses, in order of their names.
    pub services: Vec<Service>,
}

impl ProductFacts {
    /// What is stated for a key; `None` when nothing is, [`Fact::Unknown`] when it is stated to be unknown.
    pub fn get(&self, key: ProductKey) -> Option<&Fact<Text>> {
        self.values.get(&key)
    }

    /// The value of a key, when it is known.
    pub fn text(&self, key: ProductKey) -> Option<&str> {
        let value: &str = self.get(key)?.known()?;
        Some(value)
    }

    /// States a fact.
    pub fn set(&mut self, key: ProductKey, fact: Fact<Text>) {
        self.values.insert(key, fact);
    }

    /// All that is stated, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (ProductKey, &Fact<Text>)> {
        self.values.iter().map(|(key, fact)| (*key, fact))
    }

    /// True when nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.hashes.is_empty() && self.services.is_empty()
    }

    /// What kind of thing the product is; `None` where that is not stated, or no kind has the name.
    pub fn kind(&self) -> Option<Kind> {
        let name = self.text(ProductKey::Type)?;
        let kinds = [
            Kind::Application,
            Kind::Framework,
            Kind::Library,
            Kind::Platform,
            Kind::File,
        ];
        kinds.into_iter().find(|it| it.name() == name)
    }

    /// The manufacturer.
    pub fn manufacturer(&self) -> Organisation<'_> {
        Organisation {
            name: self.text(ProductKey::ManufacturerName),
            address: self.text(ProductKey::ManufacturerAddress),
            url: self.text(ProductKey::ManufacturerUrl),
            email: self.text(ProductKey::ManufacturerEmail),
        }
    }

    /// The supplier; the manufacturer where none is stated.
    pub fn supplier(&self) -> Organisation<'_> {
        let stated = Organisation {
            name: self.text(ProductKey::SupplierName),
            address: self.text(ProductKey::SupplierAddress),
            url: self.text(ProductKey::SupplierUrl),
            email: self.text(ProductKey::SupplierEmail),
        };
        if stated.is_empty() {
            self.manufacturer()
        } else {
            stated
        }
    }

    /// Who answers for the SBOM; the manufacturer, else the steward, where no author is stated.
    pub fn author(&self) -> Organisation<'_> {
        let stated = Organisation {
            name: self.text(ProductKey::AuthorName),
            address: None,
            url: self.text(ProductKey::AuthorUrl),
            email: self.text(ProductKey::AuthorEmail),
        };
        let steward = || Organisation {
            name: self.text(ProductKey::StewardName),
            address: None,
            url: self.text(ProductKey::StewardUrl),
            email: self.text(ProductKey::StewardEmail),
        };
        [stated, self.manufacturer()]
            .into_iter()
            .find(|it| !it.is_empty())
            .unwrap_or_else(steward)
    }

    /// The milestones of its life, as `(name in the property taxonomy, date)`, in order.
    pub fn milestones(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values
            .iter()
            .filter_map(|(key, fact)| Some((key.milestone()?, &**fact.known()?)))
    }
}

/// What a project states about a component of others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Statement {
    /// Who made it.
    pub supplier: Option<Person>,
    /// The licence that was concluded.
    pub license: Option<License>,
    /// Why that one.
    pub reason: Option<Text>,
    /// Elements that are known to be unknown, by the names the compliance profiles have for them.
    pub unknown: Vec<Text>,
    /// Elements that are withheld on purpose.
    pub withheld: Vec<Text>,
}

/// A text that is the same for the same facts and no others, for what identifies a document.
pub fn facts_digest(facts: &impl std::hash::Hash) -> String {
    hex(&fingerprint(facts))
}

#[cfg(test)]
mod tests;
