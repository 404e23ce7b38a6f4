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
    /// `None` when they are missing.
    edges: Option<Vec<u8>>,
}

/// What counts rows that contradict the index of packages, and what they are.
const STRAY: [(&str, &str); 2] = [
    (
        "SELECT COUNT(*) FROM occurrence o LEFT JOIN block b ON b.id = o.document >> 10 \
         LEFT JOIN sighting s ON s.block = b.id AND s.package = o.package AND s.document = o.document \
         LEFT JOIN document d ON d.id = o.document WHERE s.package IS NULL OR d.id IS NULL",
        "rows without their SBOM or their entry in the index",
    ),
    (
        "SELECT COUNT(*) FROM sighting s WHERE NOT EXISTS \
         (SELECT 1 FROM occurrence o WHERE o.document = s.document AND o.package = s.package)",
        "entries of the index without their rows",
    ),
];

/// What the rows of all SBOMs refer to, by number.
struct Words {
    names: HashMap<i64, String>,
    judgements: HashMap<i64, (String, String)>,
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
        let words = Words {
            names: self.names()?,
            judgements: self.judgements()?,
        };
        for id in self.ids()? {
            let document = self.document_of(id)?;
            let problem = match self.contents_of(&document, &words)? {
                Some(contents) if contents == document.contents => None,
                Some(_) => Some("the rows differ from what was added"),
                None => Some("the rows cannot be read"),
            };
            verified.sboms += 1;
            verified.damages.extend(problem.map(|it| Damage {
                sbom_id: Some(document.listed.sbom_id),
                problem: it.to_owned(),
            }));
        }
        for (stray, what) in STRAY {
            let stray: i64 = self.connection.query_row(stray, [], |row| row.get(0))?;
            if stray > 0 {
                verified.damages.push(Damage {
                    sbom_id: None,
                    problem: format!("{what}: {stray}"),
                });
            }
        }
        Ok(verified)
    }

    /// The numbers of all SBOMs, in the order of their ids.
    fn ids(&self) -> Result<Vec<i64>, StoreError> {
        let select = "SELECT id FROM document ORDER BY sbom_id";
        let mut select = self.connection.prepare(select)?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn document_of(&self, id: i64) -> Result<Document, StoreError> {
        let select = format!(
            "SELECT {COLUMNS}, id, roots, contents, edges FROM document LEFT JOIN dependency ON document = id WHERE id = ?"
        );
        let mut select = self.connection.prepare_cached(&select)?;
        let document = |row: &Row<'_>| {
            Ok(Document {
                listed: listed(row)?,
                id: row.get(10)?,
                roots: row.get(11)?,
                contents: row.get(12)?,
                edges: row.get(13)?,
            })
        };
        Ok(select.query_row([id], document)?)
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
        words: &Words,
    ) -> Result<Option<String>, StoreError> {
        let Words { names, judgements } = words;
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
        let Some(packed) = document.edges.as_deref().and_then(edges_of) else {
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
