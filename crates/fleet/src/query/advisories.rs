//! Advisories over all products. Records are matched with the distinct packages of the store, not with each SBOM, so that
//! thousands of SBOMs cost as much as one large one; which products a match reaches follows from the rows of the store.

use std::collections::BTreeSet;

use bomtrail_graph::{
    Advisories, Component, Diagnostics, Ecosystem, Fragment, Graph, Match, NodeRef, Origin, Purl,
    link,
};
use rusqlite::{Connection, TransactionBehavior, params};
use serde::Serialize;

use super::locate::{Found, Timelines};
use super::wanted::QueryError;
use crate::answer::{Answer, Cell, Table, path_text};
use crate::store::{Store, StoreError};

/// The distinct packages of a store as a graph without dependencies, to look them up in advisories.
#[derive(Debug)]
pub struct Catalogue {
    graph: Graph,
}

impl Catalogue {
    /// The packages as a graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The numbers of the packages that a match is about; they are the places of its node.
    fn packages(&self, it: &Match) -> impl Iterator<Item = i64> {
        let node = self.graph.node(it.node);
        let places = node.into_iter().flat_map(NodeRef::instances);
        places.filter_map(|it| it.place.parse().ok())
    }
}

/// The matches of advisories over all products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reached {
    /// `new` for those that the last run found first, else nothing.
    #[serde(skip)]
    pub query: &'static str,
    /// The matches that reach a product, the most severe first.
    pub matches: Vec<AdvisoryMatch>,
}

/// An advisory that matches a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdvisoryMatch {
    /// The advisory.
    pub id: String,
    /// Its other ids.
    pub aliases: Vec<String>,
    /// The severity: critical, high, medium, low, none or unknown.
    pub severity: String,
    /// One line about it.
    pub summary: String,
    /// The versions that fix it.
    pub fixed: Vec<String>,
    /// True when the package itself is malicious.
    pub malicious: bool,
    /// True when it is known to be exploited.
    pub exploited: bool,
    /// When the match was stored first (RFC 3339, UTC).
    pub found_at: String,
    /// True when this run found it first, in at least one package.
    pub new: bool,
    /// The products that have the package.
    pub found: Vec<Found>,
}

/// The matches that a run found first, by advisory and package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMatches(BTreeSet<(String, i64)>);

impl NewMatches {
    /// How many matches are new.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when no match is new.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The row of a match.
struct Row {
    package: i64,
    found: AdvisoryMatch,
}

impl Store {
    /// The packages that advisories can be about.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn catalogue(&self) -> Result<Catalogue, StoreError> {
        let select = "SELECT purl, name, version, id FROM package WHERE purl IS NOT NULL AND is_dependency ORDER BY id";
        let mut select = self.connection.prepare(select)?;
        let mut rows = select.query([])?;
        let mut components = Vec::new();
        while let Some(row) = rows.next()? {
            let (purl, name): (String, String) = (row.get(0)?, row.get(1)?);
            let version: Option<String> = row.get(2)?;
            let Ok(purl) = Purl::parse(&purl) else {
                continue;
            };
            let id: i64 = row.get(3)?;
            components.push(Component::new(&name).with(|it| {
                it.place = id.to_string().into();
                it.ecosystem = Ecosystem::of_type(purl.package_type());
                it.version = version.as_deref().map(Into::into);
                it.origin = Origin::Registry;
                it.purl = Some(purl);
            }));
        }
        let fragment = Fragment::default().with(|it| it.components = components);
        let graph = link(vec![fragment], &mut Diagnostics::new());
        Ok(Catalogue { graph })
    }

    /// Stores what advisories say about the packages, in addition to what is stored; with `replace`, what is not found this
    /// time is forgotten. Returns the matches that are new.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written.
    pub fn store_matches(
        &mut self,
        catalogue: &Catalogue,
        advisories: &Advisories,
        now: &str,
        replace: bool,
    ) -> Result<NewMatches, StoreError> {
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let mut seen: BTreeSet<(String, i64)> = BTreeSet::new();
        let mut new = NewMatches::default();
        for it in &advisories.matches {
            for package in catalogue.packages(it) {
                let key = (it.id.to_string(), package);
                if insert(&transaction, it, package, now)? {
                    new.0.insert(key.clone());
                }
                seen.insert(key);
            }
        }
        if replace {
            forget_others(&transaction, &seen)?;
        }
        transaction.commit()?;
        Ok(new)
    }

    /// What the stored matches reach, with a mark on those that are new; all of them or only these.
    ///
    /// # Errors
    /// [`QueryError`] when the store cannot be read.
    pub fn reached(&self, new: &NewMatches, only_new: bool) -> Result<Reached, QueryError> {
        let mut matches: Vec<AdvisoryMatch> = Vec::new();
        let mut timelines = Timelines::default();
        for Row { package, mut found } in self.stored_matches(new)? {
            if only_new && !found.new {
                continue;
            }
            let located = match self.subject(package)? {
                Some(it) => self.found_of(&it, &mut timelines)?,
                None => Vec::new(),
            };
            if located.is_empty() {
                continue;
            }
            if let Some(last) = matches.last_mut().filter(|it| it.id == found.id) {
                last.new |= found.new;
                last.found.extend(located);
            } else {
                found.found = located;
                matches.push(found);
            }
        }
        let rank = |it: &AdvisoryMatch| {
            let ratings = ["critical", "high", "medium", "low", "none"];
            let severity = ratings.iter().position(|name| *name == it.severity);
            (
                !it.malicious,
                !it.exploited,
                severity.unwrap_or(ratings.len()),
            )
        };
        matches.sort_by_key(rank);
        let query = if only_new { "new" } else { "" };
        Ok(Reached { query, matches })
    }

    fn stored_matches(&self, new: &NewMatches) -> Result<Vec<Row>, StoreError> {
        let select = "SELECT package, id, aliases, severity, summary, fixed, malicious, exploited, found_at \
                      FROM advisory ORDER BY id, package";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([], |row| {
            let key: (String, i64) = (row.get(1)?, row.get(0)?);
            let is_new = new.0.contains(&key);
            let list = |text: String| serde_json::from_str(&text).unwrap_or_default();
            Ok(Row {
                package: key.1,
                found: AdvisoryMatch {
                    id: key.0,
                    aliases: list(row.get(2)?),
                    severity: row.get(3)?,
                    summary: row.get(4)?,
                    fixed: list(row.get(5)?),
                    malicious: row.get(6)?,
                    exploited: row.get(7)?,
                    new: is_new,
                    found_at: row.get(8)?,
                    found: Vec::new(),
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Stores a match; true when it is new.
fn insert(
    connection: &Connection,
    it: &Match,
    package: i64,
    now: &str,
) -> Result<bool, StoreError> {
    let known = "SELECT 1 FROM advisory WHERE id = ? AND package = ?";
    let known = connection
        .prepare_cached(known)?
        .exists(params![&*it.id, package])?;
    let insert = "INSERT INTO advisory VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO UPDATE SET \
                  aliases = ?3, severity = ?4, summary = ?5, fixed = ?6, malicious = ?7, exploited = ?8, modified = ?9";
    let row = params![
        &*it.id,
        package,
        list(&it.aliases),
        it.severity.rating.name(),
        &*it.summary,
        list(&it.fixed),
        it.malicious,
        it.known_exploited,
        it.modified.map(|it| it.to_string()),
        now
    ];
    connection.prepare_cached(insert)?.execute(row)?;
    for alias in &it.aliases {
        let insert = "INSERT INTO advisory_alias VALUES (?, ?) ON CONFLICT DO NOTHING";
        let row = params![&**alias, &*it.id];
        connection.prepare_cached(insert)?.execute(row)?;
    }
    Ok(!known)
}

fn forget_others(
    connection: &Connection,
    seen: &BTreeSet<(String, i64)>,
) -> Result<(), StoreError> {
    let mut select = connection.prepare("SELECT id, package FROM advisory")?;
    let stored = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let stored: Vec<(String, i64)> = stored.collect::<Result<_, _>>()?;
    for key in stored.iter().filter(|it| !seen.contains(it)) {
        let delete = "DELETE FROM advisory WHERE id = ? AND package = ?";
        connection
            .prepare_cached(delete)?
            .execute(params![key.0, key.1])?;
    }
    let unused = "DELETE FROM advisory_alias WHERE id NOT IN (SELECT id FROM advisory)";
    connection.execute(unused, [])?;
    Ok(())
}

fn list(texts: &[bomtrail_graph::Text]) -> String {
    serde_json::json!(texts).to_string()
}

impl Answer for Reached {
    const QUESTION: &'static str = "advisories";

    fn query(&self) -> String {
        self.query.to_owned()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&[
            "advisory",
            "severity",
            "product",
            "package",
            "last seen",
            "fixed in release",
            "fixed by",
            "phase",
            "path",
        ])
        .releases(&["last seen", "fixed in release"]);
        for it in &self.matches {
            let malicious = if it.malicious { " malicious" } else { "" };
            let exploited = if it.exploited { " exploited" } else { "" };
            let severity = [&it.severity, malicious, exploited].concat();
            for found in &it.found {
                let sighting = found.sightings.first();
                let path = sighting.map(|it| path_text(&it.path)).unwrap_or_default();
                table.row(vec![
                    Cell::text(&it.id),
                    Cell::text(&severity),
                    Cell::text(&found.product),
                    Cell::text(&found.package),
                    Cell::release(Some(&found.last)),
                    Cell::release(found.fixed.as_ref()),
                    Cell::text(&it.fixed.join(", ")),
                    Cell::text(sighting.map_or("unknown", |it| it.phase)),
                    Cell::text(&path),
                ]);
            }
        }
        table
    }

    fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }
}
