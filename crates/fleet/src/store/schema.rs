//! The tables of the store and their versions. `occurrence` holds one row for each package, SBOM and root; the views have the
//! names and columns of the Parquet dataset, so that the same SQL runs on both.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// What marks the file as ours: `bmfl`.
const APPLICATION: i64 = 0x626d_666c;

/// Each brings the version before it to the next one. A migration that was released never changes.
const MIGRATIONS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The present version.
const VERSION: i64 = 2;

/// Refuses a file that is a database of another program.
pub(super) fn recognise(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let pragma = |name: &str| {
        let value = connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        value.map_err(|cause| StoreError::of(path, cause))
    };
    let is_empty = pragma("page_count")? == 0;
    if is_empty || pragma("application_id")? == APPLICATION {
        return Ok(());
    }
    // A writer that was killed before its first transaction leaves a database without tables.
    let tables = "SELECT COUNT(*) FROM sqlite_schema";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0))?;
    if tables == 0 {
        return Ok(());
    }
    Err(StoreError::Other {
        path: path.to_path_buf(),
    })
}

/// Refuses any version but the present one.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let version = version(connection)?;
    let path = path.to_path_buf();
    match version {
        VERSION => Ok(()),
        0 => Err(StoreError::Other { path }),
        _ if version > VERSION => Err(StoreError::Newer {
            path,
            version,
            known: VERSION,
        }),
        _ => Err(StoreError::Older {
            path,
            version,
            known: VERSION,
        }),
    }
}

/// Brings a store of an older version to the present one.
pub(super) fn update(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if (1..VERSION).contains(&version(connection)?) {
        migrate(connection, path)?;
    }
    Ok(())
}

/// Brings the file to the present version.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another writer may have done it in the meantime.
    let from = version(&transaction)?;
    if from > VERSION {
        return check(&transaction, path);
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
