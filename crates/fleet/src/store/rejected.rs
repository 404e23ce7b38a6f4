//! Files that were to be added and could not be read, with the reason.

use rusqlite::params;
use serde::Serialize;

use super::{Store, StoreError};

/// A file that could not be added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Rejected {
    /// Where it was read.
    pub source: String,
    /// Why it is not an SBOM that can be stored.
    pub reason: String,
    /// SHA-256 of the file in hexadecimal; `None` when it could not be read at all.
    pub digest: Option<String>,
    /// When (RFC 3339, UTC).
    pub rejected_at: String,
}

impl Rejected {
    /// A file that was rejected for this reason at this time.
    pub fn new(source: &str, reason: &str, rejected_at: &str) -> Self {
        Self {
            source: source.to_owned(),
            reason: reason.to_owned(),
            digest: None,
            rejected_at: rejected_at.to_owned(),
        }
    }

    /// With the SHA-256 of the file in hexadecimal.
    #[must_use]
    pub fn digest(mut self, digest: Option<String>) -> Self {
        self.digest = digest;
        self
    }
}

impl Store {
    /// Records files that could not be added. The last reason counts; a file that is added later is forgotten here.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub fn reject(&mut self, rejected: &[Rejected]) -> Result<(), StoreError> {
        if rejected.is_empty() {
            return Ok(());
        }
        let behavior = rusqlite::TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let insert = "INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?)";
        for it in rejected {
            let row = params![it.source, it.reason, it.digest, it.rejected_at];
            transaction.prepare_cached(insert)?.execute(row)?;
        }
        transaction.commit()?;
        Ok(())
    }

    pub(super) fn rejected(&self) -> Result<Vec<Rejected>, StoreError> {
        let select = "SELECT source, reason, digest, rejected_at FROM rejected ORDER BY source";
        let mut select = self.connection.prepare(select)?;
        let rows = select.query_map([], |row| {
            Ok(Rejected {
                source: row.get(0)?,
                reason: row.get(1)?,
                digest: row.get(2)?,
                rejected_at: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
