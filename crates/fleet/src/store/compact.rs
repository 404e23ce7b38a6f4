//! Giving space back: packages that no SBOM has any more, and free pages.

use std::fs;

use rusqlite::TransactionBehavior;

use super::{Dictionary, Store, StoreError};

/// What compaction saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Compacted {
    /// Packages that were forgotten.
    pub packages: usize,
    /// The size of the file before, in bytes.
    pub before: u64,
    /// The size of the file after, in bytes.
    pub after: u64,
}

impl Store {
    /// Forgets packages that no SBOM has, and rewrites the file without free space.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub fn compact(&mut self) -> Result<Compacted, StoreError> {
        self.checkpoint()?;
        let before = self.size();
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let unused = "DELETE FROM package WHERE NOT EXISTS (SELECT 1 FROM block CROSS JOIN sighting \
                      ON block = block.id WHERE package = package.id)";
        let packages = transaction.execute(unused, [])?;
        let matches = "DELETE FROM advisory WHERE package NOT IN (SELECT id FROM package)";
        transaction.execute(matches, [])?;
        transaction.commit()?;
        self.dictionary = Dictionary::default();
        self.connection.execute_batch("VACUUM; PRAGMA optimize;")?;
        self.checkpoint()?;
        Ok(Compacted {
            packages,
            before,
            after: self.size(),
        })
    }

    /// Moves what was written into the file itself.
    fn checkpoint(&self) -> Result<(), StoreError> {
        let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
        let done = self.connection.query_row(checkpoint, [], |_| Ok(()));
        Ok(done?)
    }

    fn size(&self) -> u64 {
        fs::metadata(self.path()).map_or(0, |it| it.len())
    }
}
