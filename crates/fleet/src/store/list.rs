//! What is in the store.

use std::collections::HashSet;

use rusqlite::Row;
use serde::Serialize;

use super::{Rejected, Store, StoreError};
use crate::answer::{Answer, Cell, Table};
use crate::record::Release;

/// An SBOM of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Listed {
    /// What it is about.
    pub release: Release,
    /// What names it on every machine.
    #[serde(rename = "sbom")]
    pub sbom_id: String,
    /// How many packages it has, the product included.
    pub components: u32,
}

/// What is in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Listing {
    /// The SBOMs, by product, time and release.
    pub sboms: Vec<Listed>,
    /// What could not be added.
    pub rejected: Vec<Rejected>,
}

/// The columns of [`release`].
pub(crate) const COLUMNS: &str = "product, release, released_at, repository, commit_id, tool, source, digest, sbom_id, components";

/// A row of [`COLUMNS`].
pub(crate) fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        release: Release {
            product: row.get(0)?,
            release: row.get(1)?,
            released_at: row.get(2)?,
            repository: row.get(3)?,
            commit: row.get(4)?,
            tool: row.get(5)?,
            source: row.get(6)?,
            digest: row.get(7)?,
        },
        sbom_id: row.get(8)?,
        components: row.get(9)?,
    })
}

impl Store {
    /// What is in the store.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn list(&self) -> Result<Listing, StoreError> {
        let order = "ORDER BY product, released_at, release, sbom_id";
        let select = format!("SELECT {COLUMNS} FROM document {order}");
        let mut select = self.connection.prepare(&select)?;
        let sboms = select.query_map([], listed)?;
        Ok(Listing {
            sboms: sboms.collect::<Result<_, _>>()?,
            rejected: self.rejected()?,
        })
    }

    /// The digests of all documents, to recognise those that are stored before they are read.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub fn digests(&self) -> Result<HashSet<String>, StoreError> {
        let mut select = self.connection.prepare("SELECT digest FROM document")?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Answer for Listing {
    const QUESTION: &'static str = "list";

    fn query(&self) -> String {
        String::new()
    }

    fn table(&self) -> Table {
        if self.sboms.is_empty() && !self.rejected.is_empty() {
            let mut table = Table::new(&["file", "date", "reason"]);
            for it in &self.rejected {
                let day = it.rejected_at.split('T').next();
                table.row(vec![
                    Cell::text(&it.source),
                    Cell::or_none(day),
                    Cell::text(&it.reason),
                ]);
            }
            return table;
        }
        let mut table = Table::new(&[
            "product", "release", "date", "packages", "tool", "sbom", "file",
        ]);
        for it in &self.sboms {
            let release = &it.release;
            table.row(vec![
                Cell::text(&release.product),
                Cell::or_none(release.release.as_deref()),
                Cell::or_none(release.released_at.split('T').next()),
                Cell::text(&it.components.to_string()),
                Cell::or_none(release.tool.as_deref()),
                Cell::or_none(it.sbom_id.get(..12)),
                Cell::text(&release.source),
            ]);
        }
        table
    }

    fn notes(&self) -> Vec<String> {
        let count = self.rejected.len();
        let files = bomtrail_report::count(count, "file");
        let note = format!("{files} could not be added; see `bomtrail fleet ls --rejected`");
        let is_hidden = count > 0 && !self.sboms.is_empty();
        is_hidden.then_some(note).into_iter().collect()
    }

    fn is_empty(&self) -> bool {
        self.sboms.is_empty() && self.rejected.is_empty()
    }
}
