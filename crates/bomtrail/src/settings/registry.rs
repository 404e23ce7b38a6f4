//! `[[registry]]`: registries that packages come from.

use bomtrail_document::Table;

use super::shape::is_url;

/// A registry that a project uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Registry {
    /// Its address, as in `https://npm.example.com/`.
    pub url: String,
    /// The package URL type of its packages, as in `npm`.
    pub ecosystem: String,
    /// Whether it is a mirror of the public registry: its packages are those of the public one, with the same Package URLs.
    pub mirror: bool,
}

pub(super) fn read(table: &mut Table<'_, '_>) -> Option<Registry> {
    table.only(&["url", "ecosystem", "mirror"]);
    table.required("url", "the address of the registry")?;
    let wanted = "a web address, as in `https://npm.example.com/`";
    let url = table.parsed("url", wanted, |it| is_url(it).then(|| it.to_owned()));
    let ecosystems = [("npm", "npm"), ("cpan", "cpan")];
    let ecosystem = match table.get("ecosystem") {
        None => Some("npm"),
        Some(_) => table.one_of("ecosystem", &ecosystems),
    };
    Some(Registry {
        url: url?,
        ecosystem: ecosystem?.to_owned(),
        mirror: table.boolean("mirror").unwrap_or_default(),
    })
}
