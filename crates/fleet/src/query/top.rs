//! `top`: what the newest releases of all products have in common.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::{Answer, Cell, Table};
use crate::store::{Store, StoreError};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Packages, by the number of products that have them.
    #[default]
    Used,
    /// Packages that are not approved.
    Unapproved,
    /// Deprecated packages.
    Deprecated,
    /// Licences, by the number of products that have a package under them.
    License,
}

impl By {
    /// Every kind with its name.
    pub const NAMES: [(Self, &'static str); 4] = [
        (Self::Used, "used"),
        (Self::Unapproved, "unapproved"),
        (Self::Deprecated, "deprecated"),
        (Self::License, "license"),
    ];

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        found.map(|(by, _)| *by)
    }

    fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(it, _)| *it == self);
        found.map_or("", |(_, name)| name)
    }
}

/// What is most common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ranking {
    /// What is counted.
    #[serde(skip)]
    pub by: By,
    /// How many products there are.
    pub products: usize,
    /// How many packages or licences there are, of which `ranked` has the first.
    pub total: usize,
    /// The most common first.
    pub ranked: Vec<Ranked>,
}

/// A package or a licence with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ranked {
    /// The package or the licence; `None` for packages without a declared licence.
    pub subject: Option<String>,
    /// How many products have it in their newest release.
    pub products: usize,
    /// How many packages: 1 for a package.
    pub packages: usize,
    /// What is known about it: the approvals, or the message of a deprecated package.
    pub note: Option<String>,
}

/// What is counted for one subject.
#[derive(Default)]
struct Count {
    products: usize,
    last: Option<i64>,
    packages: BTreeSet<i64>,
    notes: BTreeSet<String>,
}

impl Store {
    /// The most common packages or licences in the newest releases of all products, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn top(&self, by: By, limit: usize) -> Result<Ranking, StoreError> {
        let newest = self.newest()?;
        let mut counts: BTreeMap<Option<String>, Count> = BTreeMap::new();
        for (_, release) in &newest {
            self.count(by, release.document, &mut counts)?;
        }
        let mut ranked: Vec<Ranked> = counts
            .into_iter()
            .map(|(subject, it)| Ranked {
                subject,
                products: it.products,
                packages: it.packages.len(),
                note: (!it.notes.is_empty())
                    .then(|| it.notes.into_iter().collect::<Vec<_>>().join(", ")),
            })
            .collect();
        ranked.sort_by_key(|it| std::cmp::Reverse((it.products, it.packages)));
        let total = ranked.len();
        ranked.truncate(limit);
        Ok(Ranking {
            by,
            products: newest.len(),
            total,
            ranked,
        })
    }

    fn count(
        &self,
        by: By,
        document: i64,
        counts: &mut BTreeMap<Option<String>, Count>,
    ) -> Result<(), StoreError> {
        // The product itself has a depth of 0, which is stored as 1.
        let select = match by {
            By::Used => {
                "SELECT p.ref, NULL, p.id FROM occurrence o JOIN package p ON p.id = o.package \
                         WHERE o.document = ? AND (o.facts >> 5) & 1023 <> 1"
            }
            By::Unapproved => {
                "SELECT p.ref, COALESCE(j.approval, 'no approvals were read'), p.id FROM occurrence o \
                               JOIN package p ON p.id = o.package LEFT JOIN judgement j ON j.id = o.facts >> 15 \
                               WHERE o.document = ? AND (o.facts >> 5) & 1023 <> 1 AND \
                               COALESCE(j.approval, '') NOT IN ('approved', 'first-party', 'claimed:first-party')"
            }
            By::Deprecated => {
                "SELECT p.ref, p.deprecated, p.id FROM occurrence o JOIN package p ON p.id = o.package \
                               WHERE o.document = ? AND p.deprecated IS NOT NULL"
            }
            By::License => {
                "SELECT p.license, NULL, p.id FROM occurrence o JOIN package p ON p.id = o.package \
                            WHERE o.document = ? AND (o.facts >> 5) & 1023 <> 1"
            }
        };
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        while let Some(row) = rows.next()? {
            let count = counts.entry(row.get(0)?).or_default();
            if count.last != Some(document) {
                count.products += 1;
                count.last = Some(document);
            }
            let note: Option<String> = row.get(1)?;
            count.notes.extend(note);
            count.packages.insert(row.get(2)?);
        }
        Ok(())
    }
}

impl Answer for Ranking {
    const QUESTION: &'static str = "top";

    fn query(&self) -> String {
        self.by.name().to_owned()
    }

    fn table(&self) -> Table {
        let is_license = self.by == By::License;
        let mut table = Table::new(if is_license {
            &["products", "packages", "license"]
        } else {
            &["products", "package", "note"]
        });
        for it in &self.ranked {
            let subject = it.subject.as_deref().unwrap_or("no declared license");
            let products = Cell::text(&it.products.to_string());
            table.row(if is_license {
                let packages = Cell::text(&it.packages.to_string());
                vec![products, packages, Cell::text(subject)]
            } else {
                let note = Cell::or_none(it.note.as_deref());
                vec![products, Cell::text(subject), note]
            });
        }
        table
    }

    fn notes(&self) -> Vec<String> {
        let more = self.total - self.ranked.len();
        let note = format!("{more} more are not shown; use --limit");
        (more > 0).then_some(note).into_iter().collect()
    }

    fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }
}
