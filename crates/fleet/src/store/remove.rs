//! Removing SBOMs.

use rusqlite::TransactionBehavior;

use super::{Store, StoreError};

impl Store {
    /// Removes SBOMs by their ids, in one transaction. Returns how many there were.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written; then all of them are still there.
    pub fn remove(&mut self, sbom_ids: &[&str]) -> Result<usize, StoreError> {
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let statements = [
            "DELETE FROM sighting WHERE (block, package, document) IN (SELECT document >> 10, package, document \
             FROM occurrence WHERE document = (SELECT id FROM document WHERE sbom_id = ?1))",
            "DELETE FROM occurrence WHERE document = (SELECT id FROM document WHERE sbom_id = ?1)",
            "DELETE FROM dependency WHERE document = (SELECT id FROM document WHERE sbom_id = ?1)",
            "DELETE FROM document WHERE sbom_id = ?1",
        ];
        let mut removed = 0;
        for id in sbom_ids {
            for statement in statements {
                let count = transaction.prepare_cached(statement)?.execute([id])?;
                if statement.starts_with("DELETE FROM document") {
                    removed += count;
                }
            }
        }
        transaction.commit()?;
        Ok(removed)
    }
}
