//! The store: one SQLite file. Writers take turns, readers do not wait for them, and what was acknowledged survives a kill.

mod add;
mod codec;
mod compact;
mod error;
mod list;
mod rejected;
mod remove;
mod rows;
mod schema;
mod verify;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use add::Added;
pub(crate) use add::Dictionary;
pub(crate) use codec::{Facts, edges_of};
pub use compact::Compacted;
pub use error::StoreError;
pub(crate) use list::{COLUMNS, listed};
pub use list::{Listed, Listing};
pub use rejected::Rejected;
pub use verify::{Damage, Verified};

/// How long a writer waits for its turn.
const PATIENCE: Duration = Duration::from_mins(2);
/// How much of the file is kept in memory, in KiB; negative as SQLite wants it.
const CACHE: i64 = -262_144;

/// After how many pages the log is moved into the file: pages that several transactions change are moved once.
const CHECKPOINT: i64 = 16_384;

/// Many SBOMs in one file.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("fleet.db");
/// let store = bomtrail_fleet::Store::create(&path)?;
/// assert_eq!(store.list()?.sboms.len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
    dictionary: Dictionary,
}

impl Store {
    /// Opens a store for writing, and makes it when there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the file is not a store, is of a newer version, or cannot be used.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Self::with(path, flags)?;
        let is_wal = |mode: &str| mode.eq_ignore_ascii_case("wal");
        let mode: String = store.query_pragma("journal_mode")?;
        if !is_wal(&mode) {
            let set = "PRAGMA journal_mode = WAL";
            let _: String = store.connection.query_row(set, [], |row| row.get(0))?;
        }
        schema::migrate(&mut store.connection, path)?;
        Ok(store)
    }

    /// Opens a store that exists, for writing.
    ///
    /// # Errors
    /// As for [`Store::create`], and when there is no file.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        exists(path)?;
        Self::create(path)
    }

    /// Opens a store that exists, for questions. One of an older version is brought up to date; nothing else changes it.
    ///
    /// # Errors
    /// As for [`Store::open`], and when a store of an older version cannot be written.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        exists(path)?;
        let store = Self::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE);
        // A medium that cannot be written has no writers either.
        let mut store = match store {
            Ok(store) => store,
            Err(_) => Self::with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        if !store.connection.is_readonly(rusqlite::MAIN_DB)? {
            schema::update(&mut store.connection, path)?;
        }
        store.connection.pragma_update(None, "query_only", true)?;
        schema::check(&store.connection, path)?;
        Ok(store)
    }

    fn with(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags);
        let connection = connection.map_err(|cause| StoreError::of(path, cause))?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(64);
        schema::recognise(&connection, path)?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        Ok(Self {
            connection,
            path: path.to_path_buf(),
            dictionary: Dictionary::default(),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn query_pragma<T: rusqlite::types::FromSql>(&self, name: &str) -> Result<T, StoreError> {
        let value = self
            .connection
            .pragma_query_value(None, name, |row| row.get(0));
        Ok(value?)
    }
}

fn exists(path: &Path) -> Result<(), StoreError> {
    if path.is_file() {
        return Ok(());
    }
    Err(StoreError::Missing {
        path: path.to_path_buf(),
    })
}
