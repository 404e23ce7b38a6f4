//! The releases of a product in order of time.

use rusqlite::{OptionalExtension, Row};
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
    /// The commit that it was built from; `None` when unknown.
    pub commit: Option<String>,
    /// The SBOM.
    pub sbom: String,
    /// The number of the SBOM in this store.
    #[serde(skip)]
    pub(crate) document: i64,
}

impl Seen {
    /// The name of the release, `-` when unknown.
    pub(crate) fn name(&self) -> &str {
        self.release.as_deref().unwrap_or("-")
    }

    /// The day, `2026-01-31`.
    pub(crate) fn day(&self) -> &str {
        let day = self.released_at.split('T').next();
        day.unwrap_or(&self.released_at)
    }
}

/// The columns of [`seen`].
pub(super) const COLUMNS: &str = "released_at, release, commit_id, sbom_id, id";

/// The first columns of a row, as [`COLUMNS`] has them.
pub(super) fn seen(row: &Row<'_>) -> rusqlite::Result<Seen> {
    Ok(Seen {
        released_at: row.get(0)?,
        release: row.get(1)?,
        commit: row.get(2)?,
        sbom: row.get(3)?,
        document: row.get(4)?,
    })
}

/// The releases of one product, the oldest first; of one time, in the order in which they were added.
pub(crate) struct Timeline {
    pub(crate) product: String,
    pub(crate) releases: Vec<Views>,
}

impl Timeline {
    pub(crate) fn newest(&self) -> Option<&Seen> {
        self.releases.last()?.0.last()
    }

    /// Every SBOM of the product, the oldest first.
    pub(crate) fn sboms(&self) -> impl Iterator<Item = &Seen> {
        self.releases.iter().flat_map(|it| &it.0)
    }
}

/// The SBOMs of one release, at least one: several tools may have looked at it.
pub(crate) struct Views(Vec<Seen>);

impl Views {
    pub(crate) fn first(&self) -> Option<&Seen> {
        self.0.first()
    }

    /// The last SBOM of the release that is among `documents`, which are sorted.
    pub(crate) fn with(&self, documents: &[i64]) -> Option<&Seen> {
        let has = |it: &&Seen| documents.binary_search(&it.document).is_ok();
        self.0.iter().rfind(has)
    }
}

/// The SBOMs of a product by release. Those that follow each other, name the same release and are by different tools are about
/// one release: what one tool does not see did not leave the product. A second SBOM by the same tool is a later state.
#[derive(Default)]
struct Grouping {
    releases: Vec<Views>,
    /// The tools of the last release, without their versions.
    tools: Vec<String>,
}

impl Grouping {
    fn add(&mut self, seen: Seen, tool: &str) {
        let tool = tool.split(' ').next().unwrap_or_default();
        let is_new = !tool.is_empty() && self.tools.iter().all(|it| it != tool);
        let last = self.releases.last_mut();
        let same = last.filter(|it| is_new && it.first().is_some_and(|it| is_same(it, &seen)));
        if let Some(views) = same {
            views.0.push(seen);
        } else {
            self.releases.push(Views(vec![seen]));
            self.tools.clear();
        }
        self.tools.push(tool.to_owned());
    }
}

/// Whether two SBOMs name the same release, and no different commits.
fn is_same(one: &Seen, other: &Seen) -> bool {
    let commits = one.commit.as_ref().zip(other.commit.as_ref());
    one.release.is_some()
        && one.release == other.release
        && commits.is_none_or(|(one, other)| one == other)
}

impl Store {
    pub(crate) fn timeline(&self, product: &str) -> Result<Timeline, StoreError> {
        let select = format!(
            "SELECT {COLUMNS}, COALESCE(tool, '') FROM document WHERE product = ? ORDER BY released_at, id"
        );
        let mut select = self.connection.prepare_cached(&select)?;
        let mut rows = select.query([product])?;
        let mut grouping = Grouping::default();
        while let Some(row) = rows.next()? {
            let tool: String = row.get(5)?;
            grouping.add(seen(row)?, &tool);
        }
        Ok(Timeline {
            product: product.to_owned(),
            releases: grouping.releases,
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
            let seen = timeline.newest().cloned();
            newest.extend(seen.map(|it| (product, it)));
        }
        Ok(newest)
    }
}
