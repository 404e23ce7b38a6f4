//! The releases of a product in order of time.

use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::store::{Store, StoreError};

/// A release in which something was seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Seen {
    /// When it was released (RFC 3339, UTC).
    pub released_at: String,
    /// Its name; `None` when unknown.
    pub release: Option<String>,
    /// The SBOM.
    pub sbom: String,
    /// The number of the SBOM in this store.
    #[serde(skip)]
    pub(crate) document: i64,
}

impl Seen {
    /// The name of the release, `-` when unknown, and the day.
    pub(crate) fn text(&self) -> String {
        [self.name(), " (", self.day(), ")"].concat()
    }

    pub(crate) fn name(&self) -> &str {
        self.release.as_deref().unwrap_or("-")
    }

    /// The day, `2026-01-31`.
    pub(crate) fn day(&self) -> &str {
        let day = self.released_at.split('T').next();
        day.unwrap_or(&self.released_at)
    }
}

/// The releases of one product, the oldest first; of one time, in the order in which they were added.
pub(crate) struct Timeline {
    pub(crate) product: String,
    pub(crate) releases: Vec<Seen>,
}

impl Timeline {
    pub(crate) fn newest(&self) -> Option<&Seen> {
        self.releases.last()
    }
}

impl Store {
    pub(crate) fn timeline(&self, product: &str) -> Result<Timeline, StoreError> {
        let select = "SELECT released_at, release, sbom_id, id FROM document WHERE product = ? ORDER BY released_at, id";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([product], |row| {
            Ok(Seen {
                released_at: row.get(0)?,
                release: row.get(1)?,
                sbom: row.get(2)?,
                document: row.get(3)?,
            })
        })?;
        Ok(Timeline {
            product: product.to_owned(),
            releases: rows.collect::<Result<_, _>>()?,
        })
    }

    /// The product of an SBOM.
    pub(crate) fn product_of(&self, document: i64) -> Result<Option<String>, StoreError> {
        let select = "SELECT product FROM document WHERE id = ?";
        let mut select = self.connection.prepare_cached(select)?;
        Ok(select.query_row([document], |row| row.get(0)).optional()?)
    }

    /// The day of the newest SBOM; `None` for an empty store.
    pub(crate) fn newest_day(&self) -> Result<Option<String>, StoreError> {
        let select = "SELECT MAX(released_at) FROM document";
        Ok(self.connection.query_row(select, [], |row| row.get(0))?)
    }

    /// Every product, in order.
    pub(crate) fn products(&self) -> Result<Vec<String>, StoreError> {
        let select = "SELECT DISTINCT product FROM document ORDER BY product";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest SBOM of each product, in the order of the products.
    pub(crate) fn newest(&self) -> Result<Vec<(String, Seen)>, StoreError> {
        let mut newest = Vec::new();
        for product in self.products()? {
            let timeline = self.timeline(&product)?;
            if let Some(seen) = timeline.releases.into_iter().next_back() {
                newest.push((product, seen));
            }
        }
        Ok(newest)
    }
}
