//! Facts about packages that inputs do not have: a file that a pipeline makes (`--facts`), so that a check needs no network.

use std::collections::BTreeMap;

use bomtrail_document::{FileCodes, Kind, Page, Table, Value};
use bomtrail_graph::{Date, Diagnostics, Purl};

use crate::diags;

/// Facts about one package version. What is absent is unknown, which is not the same as no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageFacts {
    /// The day it was published.
    pub published: Option<Date>,
    /// Whether its provenance was verified.
    pub provenance: Option<bool>,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: Option<bool>,
}

/// Facts by package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<String, PackageFacts>);

impl Facts {
    /// Reads a facts file: `{"version": 1, "packages": {"pkg:npm/a@1.0.0": {"published": "2026-11-21", …}}}`.
    ///
    /// # Errors
    /// Every problem, each with its line and column.
    pub fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let mut page = Page::new(path, text, FileCodes::all(&diags::FACTS));
        let mut all = Self::default();
        if let Some(value) = page.json()
            && let Some(mut table) = Table::document(&mut page, &value)
        {
            table.only_or_own(&["version", "packages"]);
            match table.get("version").map(Value::as_count) {
                Some(Some(1)) => {}
                Some(_) => table.wrong("version", "the number 1"),
                None => {
                    let start = table.start;
                    table.page.missing_key("version", start, "the number 1");
                }
            }
            if let Some(mut packages) = table.table("packages") {
                all.read(&mut packages);
            }
            if table.get("packages").is_none() {
                let about = "an object with the facts of each Package URL";
                let start = table.start;
                table.page.missing_key("packages", start, about);
            }
        }
        page.finish(all)
    }

    fn read(&mut self, table: &mut Table<'_, '_>) {
        for entry in table.iter() {
            let name = &*entry.key;
            match Purl::parse(name) {
                Ok(purl) => {
                    if let Some(mut facts) = Table::of(table.page, &entry.value, name) {
                        let facts = package(&mut facts);
                        self.0.insert(purl.identity().into_owned(), facts);
                    }
                }
                Err(error) => table
                    .page
                    .wrong(entry.at, &format!("`{name}`: {error}"), None),
            }
        }
    }

    /// Adds the facts of a package version.
    pub fn insert(&mut self, purl: &Purl, facts: PackageFacts) {
        self.0.insert(purl.identity().into_owned(), facts);
    }

    /// The facts of a package version.
    pub fn get(&self, purl: &Purl) -> Option<&PackageFacts> {
        self.0.get(&*purl.identity())
    }
}

fn package(table: &mut Table<'_, '_>) -> PackageFacts {
    table.only_or_own(&[
        "published",
        "license",
        "provenance",
        "deprecated",
        "maintainers",
    ]);
    // A registry states the deprecation as a text.
    let is_text = table
        .get("deprecated")
        .is_some_and(|it| matches!(it.kind, Kind::Text(_)));
    PackageFacts {
        published: published(table),
        provenance: table.boolean("provenance"),
        license: table.text("license").map(str::to_owned),
        deprecated: if is_text {
            Some(true)
        } else {
            table.boolean("deprecated")
        },
    }
}

/// The day of a day or a time.
fn published(table: &mut Table<'_, '_>) -> Option<Date> {
    let wanted = "a date, as in `2026-11-21`";
    table.parsed("published", wanted, Date::parse)
}
