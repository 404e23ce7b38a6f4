//! `stale`: products whose newest SBOM is old, and packages that other products have in a newer version.

use std::cmp::Ordering;
use std::collections::HashSet;

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

impl Store {
    /// The age of the newest SBOM of each product on a day, and how many packages are behind other products.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn stale(&self, on: Date, days: i64) -> Result<Stale, StoreError> {
        let older = self.older_packages()?;
        let mut products = Vec::new();
        for (product, release) in self.newest()? {
            let released = Date::parse(&release.released_at);
            let age = released.map(|it| it.days_until(on));
            let (packages, behind) = self.behind(release.document, &older)?;
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

    /// The packages of which the store has a newer version; only versions without a pre-release count as newer.
    fn older_packages(&self) -> Result<HashSet<i64>, StoreError> {
        let select = "SELECT id, type, name, version FROM package WHERE type IS NOT NULL AND version IS NOT NULL \
                      ORDER BY type, name";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([])?;
        let (mut older, mut family, mut key) = (HashSet::new(), Vec::new(), None);
        while let Some(row) = rows.next()? {
            let next: (String, String) = (row.get(1)?, row.get(2)?);
            if key.as_ref() != Some(&next) {
                older.extend(behind(key.as_ref(), &family));
                family.clear();
                key = Some(next);
            }
            family.push((row.get(0)?, row.get(3)?));
        }
        older.extend(behind(key.as_ref(), &family));
        Ok(older)
    }

    /// How many packages an SBOM has, and how many of them are older than the newest version.
    fn behind(&self, document: i64, older: &HashSet<i64>) -> Result<(usize, usize), StoreError> {
        let select = "SELECT package FROM occurrence WHERE document = ? AND (facts >> 5) & 1023 <> 1 ORDER BY package";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        let (mut packages, mut behind, mut last) = (0, 0, None);
        while let Some(row) = rows.next()? {
            let package: i64 = row.get(0)?;
            // One row for each root.
            if last == Some(package) {
                continue;
            }
            last = Some(package);
            packages += 1;
            behind += usize::from(older.contains(&package));
        }
        Ok((packages, behind))
    }
}

/// Those of the versions of one package that are older than the newest one.
fn behind(key: Option<&(String, String)>, family: &[(i64, String)]) -> Vec<i64> {
    let Some(scheme) = key.and_then(|(kind, _)| Scheme::of_type(kind)) else {
        return Vec::new();
    };
    let compared = |a: &String, b: &String| compare(Some(scheme), a, b);
    let released = family.iter().filter(|(_, it)| !it.contains('-'));
    let newest = released.map(|(_, it)| it).max_by(|a, b| compared(a, b));
    let is_older =
        |it: &String| newest.is_some_and(|newest| compared(it, newest) == Ordering::Less);
    let older = family.iter().filter(|(_, it)| is_older(it));
    older.map(|(id, _)| *id).collect()
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
        ])
        .releases(&["newest release"]);
        for it in &self.products {
            let age = it
                .age
                .map_or_else(|| "unknown".to_owned(), |it| it.to_string());
            table.row(vec![
                Cell::text(&it.product),
                Cell::release(Some(&it.newest)),
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
