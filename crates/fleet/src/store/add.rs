//! Adding SBOMs: many in one transaction, each completely or not at all.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use rusqlite::{CachedStatement, Connection, OptionalExtension, TransactionBehavior, params};

use super::codec::{Facts, packed_edges};
use super::rows::Rows;
use super::{Store, StoreError};
use crate::record::{Edge, Judgement, Package, Packages, Record};

/// The most references that are remembered between transactions.
const MOST_REMEMBERED: usize = 1_000_000;

/// Documents whose numbers differ only in so many bits are one block of the index.
const BLOCK: u32 = 10;

/// What became of an SBOM that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is stored now.
    New,
    /// The same document was stored before, for the same release of the same product.
    Known,
}

/// The numbers of packages and judgements, as long as no other writer changes the file.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    packages: HashMap<Box<str>, Known, RandomState>,
    judgements: HashMap<Judgement, i64>,
    /// `PRAGMA data_version` that they hold for.
    version: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    id: i64,
    /// Facts that are stored, so that they are not asked for again.
    has_license: bool,
    has_deprecated: bool,
    is_dependency: bool,
}

impl Store {
    /// Adds SBOMs in one transaction; they are safe when this returns. The answers are in the order of the records.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be written; then none of them is stored.
    pub fn add(&mut self, records: &[Record]) -> Result<Vec<Added>, StoreError> {
        let behavior = TransactionBehavior::Immediate;
        let dictionary = &mut self.dictionary;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let version = transaction.pragma_query_value(None, "data_version", |row| row.get(0))?;
        dictionary.keep_for(version);
        let added = {
            let mut writer = Writer::new(&transaction, dictionary)?;
            let mut added = Vec::with_capacity(records.len());
            for record in records {
                added.push(writer.add(record)?);
            }
            writer.index()?;
            added
        };
        match transaction.commit() {
            Ok(()) => Ok(added),
            Err(error) => {
                *dictionary = Dictionary::default();
                Err(error.into())
            }
        }
    }
}

/// A package in a document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sighting {
    block: i64,
    package: i64,
    document: i64,
}

struct Writer<'c> {
    dictionary: &'c mut Dictionary,
    connection: &'c Connection,
    document: CachedStatement<'c>,
    occurrences: Rows<'c, 6>,
    block: CachedStatement<'c>,
    /// In no order.
    sightings: Vec<Sighting>,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection, dictionary: &'c mut Dictionary) -> Result<Self, StoreError> {
        let document = "INSERT INTO document (sbom_id, digest, product, release, released_at, repository, commit_id, tool, \
                        source, components, roots, contents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
                        ON CONFLICT DO NOTHING RETURNING id";
        Ok(Self {
            document: connection.prepare_cached(document)?,
            occurrences: Rows::of("occurrence", connection)?,
            block: connection.prepare_cached("INSERT OR IGNORE INTO block VALUES (?)")?,
            sightings: Vec::new(),
            connection,
            dictionary,
        })
    }

    fn add(&mut self, record: &Record) -> Result<Added, StoreError> {
        let sbom_id = record.release.sbom_id();
        let known = "SELECT 1 FROM document WHERE sbom_id = ?";
        let mut known = self.connection.prepare_cached(known)?;
        if known.exists([&sbom_id])? {
            return Ok(Added::Known);
        }
        let ids = self.ids(&record.packages)?;
        let Some(document) = self.document(record, &sbom_id, &ids)? else {
            return Ok(Added::Known);
        };
        self.occurrences(record, document, &ids)?;
        let edges = packed_edges(ids.len(), &ranked(&record.edges, &ids));
        let insert = "INSERT INTO dependency VALUES (?, ?)";
        let mut insert = self.connection.prepare_cached(insert)?;
        insert.execute(params![document, edges])?;
        let forget = "DELETE FROM rejected WHERE source = ?";
        let source = [&record.release.source];
        self.connection.prepare_cached(forget)?.execute(source)?;
        Ok(Added::New)
    }

    fn document(
        &mut self,
        record: &Record,
        sbom_id: &str,
        ids: &[i64],
    ) -> Result<Option<i64>, StoreError> {
        let roots = record.roots.iter().filter_map(|it| ids.get(*it as usize));
        let roots: Vec<i64> = roots.copied().collect();
        let it = &record.release;
        let row = params![
            sbom_id,
            it.digest,
            it.product,
            it.release,
            it.released_at,
            it.repository,
            it.commit,
            it.tool,
            it.source,
            crate::record::number(ids.len()),
            serde_json::json!(roots).to_string(),
            record.contents,
        ];
        Ok(self.document.query_row(row, |row| row.get(0)).optional()?)
    }

    fn occurrences(
        &mut self,
        record: &Record,
        document: i64,
        ids: &[i64],
    ) -> Result<(), StoreError> {
        let id = |position: u32| ids.get(position as usize).copied();
        let mut rows = Vec::with_capacity(record.steps.len());
        for step in &record.steps {
            let judgement = match record.judgement(step.package) {
                Some(it) => self.dictionary.judgement(self.connection, it)?,
                None => 0,
            };
            let facts = Facts {
                phase: step.phase,
                scope: step.scope,
                depth: step.depth,
                judgement,
            };
            let (via, direct) = (step.via.and_then(id), step.direct.and_then(id));
            rows.push((id(step.package), step.root, facts.packed(), via, direct));
        }
        rows.sort_unstable();
        let block = document >> BLOCK;
        self.block.execute([block])?;
        let mut last = None;
        for (package, root, facts, via, direct) in rows {
            let (root, facts) = (Some(root.into()), Some(facts));
            let row = [Some(document), package, root, facts, via, direct];
            self.occurrences.push(row)?;
            if last != package {
                self.sightings.extend(package.map(|package| Sighting {
                    block,
                    package,
                    document,
                }));
            }
            last = package;
        }
        self.occurrences.finish()
    }

    /// Adds the sightings of all documents in order, so that each page is written once.
    fn index(&mut self) -> Result<(), StoreError> {
        self.sightings.sort_unstable();
        let mut rows = Rows::of("sighting", self.connection)?;
        for it in self.sightings.drain(..) {
            rows.push([Some(it.block), Some(it.package), Some(it.document)])?;
        }
        rows.finish()
    }

    /// The numbers of packages; new ones get a number.
    fn ids(&mut self, packages: &Packages) -> Result<Vec<i64>, StoreError> {
        let mut ids = Vec::with_capacity(packages.len());
        for package in packages.iter() {
            ids.push(self.dictionary.package(self.connection, &package)?);
        }
        Ok(ids)
    }
}

/// Edges with the rank of each package among the numbers, in order.
fn ranked(edges: &[Edge], ids: &[i64]) -> Vec<Edge> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_unstable_by_key(|it| ids.get(*it));
    let mut ranks = vec![0; ids.len()];
    for (position, rank) in order.into_iter().zip(0_u32..) {
        if let Some(slot) = ranks.get_mut(position) {
            *slot = rank;
        }
    }
    let rank = |position: u32| ranks.get(position as usize).copied().unwrap_or(0);
    let mut edges: Vec<Edge> = edges
        .iter()
        .map(|it| Edge {
            from: rank(it.from),
            to: rank(it.to),
            ..*it
        })
        .collect();
    edges.sort_unstable();
    edges
}

impl Dictionary {
    fn keep_for(&mut self, version: i64) {
        if self.version != version || self.packages.len() > MOST_REMEMBERED {
            *self = Self {
                version,
                ..Self::default()
            };
        }
    }

    fn package(&mut self, connection: &Connection, it: &Package<'_>) -> Result<i64, StoreError> {
        let remembered = self.packages.get(it.reference).copied();
        let known = match remembered {
            Some(known) => known,
            None => stored(connection, it)?,
        };
        let updated = Known {
            id: known.id,
            has_license: known.has_license || it.license.is_some(),
            has_deprecated: known.has_deprecated || it.deprecated.is_some(),
            is_dependency: known.is_dependency || it.is_dependency,
        };
        if updated != known {
            // The first statement about a package is kept.
            let update = "UPDATE package SET license = COALESCE(license, ?), deprecated = COALESCE(deprecated, ?), \
                          is_dependency = ? WHERE id = ?";
            let row = params![it.license, it.deprecated, updated.is_dependency, known.id];
            connection.prepare_cached(update)?.execute(row)?;
        }
        if remembered != Some(updated) {
            self.packages.insert(it.reference.into(), updated);
        }
        Ok(known.id)
    }

    fn judgement(&mut self, connection: &Connection, it: &Judgement) -> Result<i64, StoreError> {
        if let Some(id) = self.judgements.get(it) {
            return Ok(*id);
        }
        let names = [&it.approval, &it.decision];
        let insert =
            "INSERT INTO judgement (approval, decision) VALUES (?, ?) ON CONFLICT DO NOTHING";
        connection.prepare_cached(insert)?.execute(names)?;
        let select = "SELECT id FROM judgement WHERE approval = ? AND decision = ?";
        let mut select = connection.prepare_cached(select)?;
        let id = select.query_row(names, |row| row.get(0))?;
        self.judgements.insert(it.clone(), id);
        Ok(id)
    }
}

/// The row of a package, which is made when there is none.
fn stored(connection: &Connection, it: &Package<'_>) -> Result<Known, StoreError> {
    let select = "SELECT id, license IS NOT NULL, deprecated IS NOT NULL, is_dependency FROM package WHERE ref = ?";
    let mut select = connection.prepare_cached(select)?;
    let known = |row: &rusqlite::Row<'_>| {
        Ok(Known {
            id: row.get(0)?,
            has_license: row.get(1)?,
            has_deprecated: row.get(2)?,
            is_dependency: row.get(3)?,
        })
    };
    if let Some(found) = select.query_row([it.reference], known).optional()? {
        return Ok(found);
    }
    let insert = "INSERT INTO package (ref, purl, type, name, version, license, deprecated, is_dependency) \
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let Package {
        reference,
        purl,
        kind,
        name,
        version,
        license,
        deprecated,
        is_dependency,
    } = it;
    let row = params![
        reference,
        purl,
        kind,
        name,
        version,
        license,
        deprecated,
        is_dependency
    ];
    connection.prepare_cached(insert)?.execute(row)?;
    Ok(Known {
        id: connection.last_insert_rowid(),
        has_license: license.is_some(),
        has_deprecated: deprecated.is_some(),
        is_dependency: *is_dependency,
    })
}
