//! `stale`: products whose newest SBOM is old, and packages that other products have in a newer version.

use std::cmp::Ordering;
use std::collections::HashMap;

use bomtrail_graph::Date;
use bomtrail_version::{Scheme, compare};
use serde::Serialize;

use super::Seen;
use crate::answer::{Answer, Cell, Table};
use crate::store::{Store, StoreError};

/// What is old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Stale {
    /// The day on which ages are measured.
    pub on: String,
    /// The age in days from which a product is stale.
    pub days: i64,
    /// The products, the oldest first.
    pub products: Vec<StaleProduct>,
}

/// A product with the age of its newest SBOM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StaleProduct {
    /// The product.
    pub product: String,
    /// Its newest release.
    pub newest: Seen,
    /// How old that is, in days; `None` when its time cannot be read.
    pub age: Option<i64>,
    /// True when it is older than the limit.
    pub stale: bool,
    /// How many packages it has that another product has in a newer version.
    pub behind: usize,
    /// How many packages it has.
    pub packages: usize,
}

/// The newest version of each package, by type and name.
type Newest = HashMap<(String, String), String>;

impl Store {
    /// The age of the newest SBOM of each product on a day, and how many packages are behind other products.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn stale(&self, on: Date, days: i64) -> Result<Stale, StoreError> {
        let newest = self.newest_versions()?;
        let mut products = Vec::new();
        for (product, release) in self.newest()? {
            let released = Date::parse(&release.released_at);
            let age = released.map(|it| it.days_until(on));
            let (packages, behind) = self.behind(release.document, &newest)?;
            products.push(StaleProduct {
                product,
                age,
                stale: age.is_none_or(|it| it > days),
                newest: release,
                behind,
                packages,
            });
        }
        let age = |it: &StaleProduct| std::cmp::Reverse(it.age.unwrap_or(i64::MAX));
        products.sort_by_key(age);
        Ok(Stale {
            on: on.to_string(),
            days,
            products,
        })
    }

    /// The newest version of each package whose versions can be compared; only versions without a pre-release count.
    fn newest_versions(&self) -> Result<Newest, StoreError> {
        let select = "SELECT type, name, version FROM package WHERE type IS NOT NULL AND version IS NOT NULL";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([])?;
        let mut newest = Newest::new();
        while let Some(row) = rows.next()? {
            let (kind, name, version): (String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(scheme) = Scheme::of_type(&kind).filter(|_| !version.contains('-')) else {
                continue;
            };
            let slot = newest
                .entry((kind, name))
                .or_insert_with(|| version.clone());
            if compare(Some(scheme), slot, &version) == Ordering::Less {
                *slot = version;
            }
        }
        Ok(newest)
    }

    /// How many packages an SBOM has, and how many of them are older than the newest version.
    fn behind(&self, document: i64, newest: &Newest) -> Result<(usize, usize), StoreError> {
        let select = "SELECT DISTINCT p.type, p.name, p.version FROM occurrence o JOIN package p ON p.id = o.package \
                      WHERE o.document = ? AND (o.facts >> 5) & 1023 <> 1";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        let (mut packages, mut behind) = (0, 0);
        while let Some(row) = rows.next()? {
            packages += 1;
            let (kind, name): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            let version: Option<String> = row.get(2)?;
            let Some((kind, version)) = kind.zip(version) else {
                continue;
            };
            let scheme = Scheme::of_type(&kind);
            let best = newest.get(&(kind, name));
            let older = |best: &String| compare(scheme, &version, best) == Ordering::Less;
            behind += usize::from(best.is_some_and(older));
        }
        Ok((packages, behind))
    }
}

impl Answer for Stale {
    const QUESTION: &'static str = "stale";

    fn query(&self) -> String {
        self.on.clone()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "product",
            "newest release",
            "age in days",
            "stale",
            "packages",
            "behind",
        ]);
        for it in &self.products {
            let age = it
                .age
                .map_or_else(|| "unknown".to_owned(), |it| it.to_string());
            table.row(vec![
                Cell::text(&it.product),
                Cell::text(&it.newest.text()),
                Cell::text(&age),
                Cell::text(if it.stale { "yes" } else { "no" }),
                Cell::text(&it.packages.to_string()),
                Cell::text(&it.behind.to_string()),
            ]);
        }
        table
    }

    fn is_empty(&self) -> bool {
        self.products.is_empty()
    }
}
