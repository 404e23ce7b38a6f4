//! Many SBOMs in one place: which products ship a package, by which path, since when.
//!
//! A [`Record`] is made of a graph and says which [`Release`] it is about. A [`Store`] keeps many of them in one SQLite file.
//! The paths to each package are computed when it is added, so that no question needs recursion.
//!
//! This crate reads no SBOM and no project: it is given graphs. It uses no clock and prints nothing.

mod answer;
mod dataset;
mod ingest;
mod query;
mod record;
mod serve;
mod store;

pub use answer::{Answer, AnswerFormat, Table};
pub use dataset::{DatasetError, Exported, Imported, Layout};
pub use ingest::{Ingested, Progress, Read, ingest};
pub use query::{
    AdvisoryMatch, By, Catalogue, ChangeKind, Changed, Differences, Event, EventKind, Found,
    History, NewMatches, QueryError, Ranked, Ranking, Reached, Seen, Sighting, Stale, StaleProduct,
    Where,
};
pub use record::{Record, Release, Stated, digest};
pub use serve::{Program, Server};
pub use store::{Added, Compacted, Damage, Listed, Listing, Rejected, Store, StoreError, Verified};
