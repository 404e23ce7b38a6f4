//! The questions that are asked of all products.

mod advisories;
mod diff;
mod locate;
mod path;
mod since;
mod stale;
mod timeline;
mod top;
mod wanted;

pub use advisories::{AdvisoryMatch, Catalogue, NewMatches, Reached};
pub use diff::{ChangeKind, Changed, Differences};
pub use locate::{Found, Sighting, Where};
pub use since::{Event, EventKind, History};
pub use stale::{Stale, StaleProduct};
pub use timeline::Seen;
pub use top::{By, Ranked, Ranking};
pub use wanted::QueryError;
