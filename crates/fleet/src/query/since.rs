//! `since`: when packages came into the products and when they left, in order of time.

use serde::Serialize;

use super::Seen;
use super::locate::Timelines;
use super::timeline::Views;
use super::wanted::QueryError;
use crate::answer::{Answer, Cell, Table};
use crate::store::Store;

/// The history of packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct History {
    /// What was asked for.
    #[serde(skip)]
    pub query: String,
    /// What happened, in order of time.
    pub events: Vec<Event>,
    /// Packages of the name whose versions cannot be compared with the range.
    pub unevaluated: Vec<String>,
}

/// A package came into a product or left it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// The release with which it happened.
    pub release: Seen,
    /// The product.
    pub product: String,
    /// What names the package: its Package URL, decoded.
    pub package: String,
    /// What happened.
    pub event: EventKind,
}

/// What happened with a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The release has it, the one before does not.
    Appeared,
    /// The release before has it, this one does not.
    Removed,
}

impl EventKind {
    fn name(self) -> &'static str {
        match self {
            Self::Appeared => "appeared",
            Self::Removed => "removed",
        }
    }
}

impl Store {
    /// When packages came and left, for the questions that [`Store::locate`] takes.
    ///
    /// # Errors
    /// [`QueryError`] when the question has no meaning, or the store cannot be read.
    pub fn since(&self, query: &str) -> Result<History, QueryError> {
        let wanted = self.wanted(query)?;
        let mut timelines = Timelines::default();
        let mut events = Vec::new();
        for package in &wanted.packages {
            let products = self.products_with(package.id, &mut timelines)?;
            for (product, documents) in products {
                let releases = &timelines.of(self, &product)?.releases;
                events.extend(changes(releases, &documents).map(|(release, event)| Event {
                    release: release.clone(),
                    product: product.clone(),
                    package: package.reference.clone(),
                    event,
                }));
            }
        }
        events.sort_unstable();
        Ok(History {
            query: query.trim().to_owned(),
            events,
            unevaluated: wanted.unevaluated,
        })
    }
}

/// The releases that differ from the one before them in whether they have one of `documents`, which are sorted.
fn changes<'a>(
    releases: &'a [Views],
    documents: &'a [i64],
) -> impl Iterator<Item = (&'a Seen, EventKind)> {
    let mut had = false;
    releases.iter().filter_map(move |release| {
        let with = release.with(documents);
        let event = match (had, with) {
            (false, Some(seen)) => Some((seen, EventKind::Appeared)),
            (true, None) => release.first().map(|it| (it, EventKind::Removed)),
            _ => None,
        };
        had = with.is_some();
        event
    })
}

impl Answer for History {
    const QUESTION: &'static str = "since";

    fn query(&self) -> String {
        self.query.clone()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["date", "product", "release", "event", "package"]);
        for it in &self.events {
            table.row(vec![
                Cell::text(it.release.day()),
                Cell::text(&it.product),
                Cell::text(it.release.name()),
                Cell::text(it.event.name()),
                Cell::text(&it.package),
            ]);
        }
        table
    }

    fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}
