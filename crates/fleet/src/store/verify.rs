//! Whether the store still holds what was added: the file itself, and the digest of each SBOM over its rows.

use std::collections::HashMap;

use rusqlite::Row;

use super::codec::{Facts, edges_of};
use super::list::{COLUMNS, listed};
use super::{Listed, Store, StoreError};
use crate::record::{Contents, Line};

/// Something that is not as it was added.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Damage {
    /// The SBOM; `None` for damage of the file as a whole.
    pub sbom_id: Option<String>,
    /// What is wrong.
    pub problem: String,
}

/// What was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// How many SBOMs were compared with their digests.
    pub sboms: usize,
    /// What is wrong.
    pub damages: Vec<Damage>,
}

/// A row of `document` that is verified.
struct Document {
    id: i64,
    listed: Listed,
    roots: String,
    contents: String,
    edges: Vec<u8>,
}

impl Store {
    /// Checks the file, and the rows of each SBOM against the digest that was made when it was added.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        let mut verified = Verified::default();
        let mut check = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines = check.query_map([], |row| row.get::<_, String>(0))?;
        for line in lines {
            let problem = line?;
            if problem != "ok" {
                verified.damages.push(Damage {
                    sbom_id: None,
                    problem,
                });
            }
        }
        let names = self.names()?;
        let documents = self.documents()?;
        verified.sboms = documents.len();
        for document in documents {
            let problem = match self.contents_of(&document, &names)? {
                Some(contents) if contents == document.contents => continue,
                Some(_) => "the rows differ from what was added",
                None => "the rows cannot be read",
            };
            verified.damages.push(Damage {
                sbom_id: Some(document.listed.sbom_id),
                problem: problem.to_owned(),
            });
        }
        let stray = "SELECT COUNT(*) FROM occurrence o LEFT JOIN sighting s ON s.block = o.document >> 10 \
                     AND s.package = o.package AND s.document = o.document LEFT JOIN document d ON d.id = o.document \
                     WHERE s.package IS NULL OR d.id IS NULL";
        let stray: i64 = self.connection.query_row(stray, [], |row| row.get(0))?;
        if stray > 0 {
            let problem = format!("rows without their SBOM or their entry in the index: {stray}");
            let sbom_id = None;
            verified.damages.push(Damage { sbom_id, problem });
        }
        Ok(verified)
    }

    fn documents(&self) -> Result<Vec<Document>, StoreError> {
        let select = format!(
            "SELECT {COLUMNS}, id, roots, contents, edges FROM document JOIN dependency ON document = id ORDER BY sbom_id"
        );
        let mut select = self.connection.prepare(&select)?;
        let document = |row: &Row<'_>| {
            Ok(Document {
                listed: listed(row)?,
                id: row.get(10)?,
                roots: row.get(11)?,
                contents: row.get(12)?,
                edges: row.get(13)?,
            })
        };
        let rows = select.query_map([], document)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The references of all packages, by number.
    pub(crate) fn names(&self) -> Result<HashMap<i64, String>, StoreError> {
        let mut select = self.connection.prepare("SELECT id, ref FROM package")?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The digest of the rows of an SBOM; `None` when they contradict each other.
    fn contents_of(
        &self,
        document: &Document,
        names: &HashMap<i64, String>,
    ) -> Result<Option<String>, StoreError> {
        let judgements = self.judgements()?;
        let select = "SELECT package, root, facts, via, direct FROM occurrence WHERE document = ? ORDER BY package, root";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document.id])?;
        let roots: Vec<i64> = serde_json::from_str(&document.roots).unwrap_or_default();
        let name = |id: Option<i64>| id.map_or(Some(""), |it| names.get(&it).map(String::as_str));
        let mut packages: Vec<i64> = Vec::new();
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let (package, root): (i64, u32) = (row.get(0)?, row.get(1)?);
            let facts = Facts::unpacked(row.get(2)?);
            let judgement = judgements.get(&facts.judgement);
            if packages.last() != Some(&package) {
                packages.push(package);
            }
            let parts = [
                name(Some(package)),
                name(roots.get(root as usize).copied()),
                name(row.get(3)?),
                name(row.get(4)?),
            ];
            let [Some(package), Some(root), Some(via), Some(direct)] = parts else {
                return Ok(None);
            };
            lines.push(Line {
                package,
                root,
                facts: (facts.phase, facts.scope, facts.depth),
                via,
                direct,
                approval: judgement.map_or("", |(it, _)| it),
                decision: judgement.map_or("", |(_, it)| it),
            });
        }
        lines.sort_unstable();
        let mut contents = Contents::of(&document.listed.release);
        for it in &lines {
            contents.line(it);
        }
        let Some(packed) = edges_of(&document.edges) else {
            return Ok(None);
        };
        let mut edges = Vec::with_capacity(packed.len());
        for it in packed {
            let at = |rank: u32| name(Some(*packages.get(rank as usize)?));
            let (Some(from), Some(to)) = (at(it.from), at(it.to)) else {
                return Ok(None);
            };
            edges.push((from, to, it.phase, it.need));
        }
        edges.sort_unstable();
        for it in edges {
            contents.edge(it);
        }
        Ok(Some(contents.finish()))
    }

    /// The judgements by number.
    pub(crate) fn judgements(&self) -> Result<HashMap<i64, (String, String)>, StoreError> {
        let select = "SELECT id, approval, decision FROM judgement";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
