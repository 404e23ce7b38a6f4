//! The store as a Parquet dataset, which other engines query: three tables in folders of their own, divided by month as Hive
//! does. `sboms` is written last, so a file of the other tables without its row there is not finished, and joins leave it out.

mod columns;
mod error;
mod export;
mod files;
mod import;
mod read;
mod tables;

pub use error::DatasetError;
pub use export::{Exported, Layout};
pub use import::Imported;
