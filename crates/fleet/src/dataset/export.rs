//! Writes the store as a dataset.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZero;
use std::path::Path;

use bomtrail_graph::Need;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result as ParquetResult};
use rusqlite::Row;

use super::DatasetError;
use super::columns::{Rows, Value};
use super::files::{Folder, remove};
use super::tables::{COMPONENTS, EDGES, SBOMS};
use crate::record::PHASES;
use crate::store::{COLUMNS, Facts, Listed, Store, edges_of, listed};

/// The name of the file of a month that has one.
const COMPACTED: &str = "compacted.parquet";
/// About how many packages a file of a month has: what is sorted in memory.
const PACKAGES: NonZero<u64> = NonZero::<u64>::MIN.saturating_add(1_999_999);

/// What each file of a dataset is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A month: one file, or several of a month with very many packages, which are replaced when SBOMs come or go. The dataset
    /// has what this store has.
    #[default]
    Month,
    /// An SBOM: files that never change, so that many machines write to one dataset.
    Sbom,
}

impl Layout {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Sbom => "sbom",
        }
    }
}

/// What was exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// How many SBOMs were written.
    pub sboms: usize,
    /// How many SBOMs were there already.
    pub known: usize,
    /// How many packages were written.
    pub packages: usize,
}

/// An SBOM with its number in the store.
struct Document {
    id: i64,
    listed: Listed,
    roots: Vec<i64>,
    contents: String,
    edges: Vec<u8>,
}

/// A row of `occurrence`.
struct Occurrence {
    /// The position of the SBOM among those of the file.
    document: usize,
    package: i64,
    root: usize,
    facts: Facts,
    via: Option<i64>,
    direct: Option<i64>,
}

/// What the dictionary knows of a package, as values of columns.
struct Words {
    /// The position in the order of the files.
    rank: usize,
    reference: ByteArray,
    /// From `purl` to `deprecated`.
    values: Vec<Value>,
    is_dependency: bool,
}

impl Store {
    /// Writes everything that is stored as a dataset. What a killed program left of the same dataset is completed.
    ///
    /// # Errors
    /// [`DatasetError`] when the folder is in other use, or cannot be written.
    pub fn export(&self, path: &Path, layout: Layout) -> Result<Exported, DatasetError> {
        match layout {
            Layout::Month => self.export_months(path, PACKAGES),
            Layout::Sbom => self.exporting(&Folder::create(path, layout)?)?.sboms(),
        }
    }

    /// As [`Store::export`] with [`Layout::Month`], in files that have about so many packages.
    ///
    /// # Errors
    /// As for [`Store::export`].
    pub fn export_months(
        &self,
        path: &Path,
        packages: NonZero<u64>,
    ) -> Result<Exported, DatasetError> {
        let folder = Folder::create(path, Layout::Month)?;
        self.exporting(&folder)?.months(packages)
    }

    fn exporting<'s>(&'s self, folder: &'s Folder) -> Result<Export<'s>, DatasetError> {
        Ok(Export {
            store: self,
            folder,
            words: self.words()?,
            judgements: self.judgements()?,
        })
    }

    /// The months and the names of the files in them, with the numbers of the SBOMs of each.
    fn parts(&self, packages: NonZero<u64>) -> Result<Parts, DatasetError> {
        let select = "SELECT substr(released_at, 1, 7), SUM(components) FROM document GROUP BY 1";
        let mut select = self.connection.prepare(select)?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sizes: HashMap<String, i64> = rows.collect::<Result<_, _>>()?;
        let select = "SELECT substr(released_at, 1, 7), sbom_id, id FROM document ORDER BY product, released_at, id";
        let mut select = self.connection.prepare(select)?;
        let mut rows = select.query([])?;
        let mut parts = Parts::new();
        while let Some(row) = rows.next()? {
            let (month, sbom): (String, String) = (row.get(0)?, row.get(1)?);
            let size = sizes.get(&month).and_then(|it| u64::try_from(*it).ok());
            let size = size.unwrap_or(0);
            let name = name_of(&sbom, size.div_ceil(packages.get()));
            parts.entry((month, name)).or_default().push(row.get(2)?);
        }
        Ok(parts)
    }

    /// The months of the SBOMs, with the numbers of the SBOMs.
    fn months(&self) -> Result<BTreeMap<String, Vec<i64>>, DatasetError> {
        let select =
            "SELECT substr(released_at, 1, 7), id FROM document ORDER BY product, released_at, id";
        let mut select = self.connection.prepare(select)?;
        let mut rows = select.query([])?;
        let mut months: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            months.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        Ok(months)
    }

    fn document(&self, id: i64) -> Result<Document, DatasetError> {
        let select = [
            "SELECT ",
            COLUMNS,
            ", roots, contents, edges FROM document JOIN dependency ON document = id WHERE id = ?",
        ];
        let mut select = self.connection.prepare_cached(&select.concat())?;
        let document = |row: &Row<'_>| {
            let roots: String = row.get(10)?;
            Ok(Document {
                id,
                listed: listed(row)?,
                roots: serde_json::from_str(&roots).unwrap_or_default(),
                contents: row.get(11)?,
                edges: row.get(12)?,
            })
        };
        Ok(select.query_row([id], document)?)
    }

    /// The dictionary in the order of the files: by Package URL, then by reference.
    fn words(&self) -> Result<HashMap<i64, Words>, DatasetError> {
        let select = "SELECT id, ref, is_dependency, purl, type, name, version, license, deprecated FROM package \
                      ORDER BY purl IS NULL, purl, ref";
        let mut select = self.connection.prepare(select)?;
        let mut rows = select.query([])?;
        let mut words = HashMap::new();
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(6);
            for column in 3..9 {
                let text: Option<String> = row.get(column)?;
                values.push(Value::maybe(text.as_deref()));
            }
            let reference: String = row.get(1)?;
            let it = Words {
                rank: words.len(),
                reference: reference.as_str().into(),
                values,
                is_dependency: row.get(2)?,
            };
            words.insert(row.get(0)?, it);
        }
        Ok(words)
    }

    fn occurrences_of(
        &self,
        document: i64,
        position: usize,
        all: &mut Vec<Occurrence>,
    ) -> Result<(), DatasetError> {
        let select = "SELECT package, root, facts, via, direct FROM occurrence WHERE document = ? ORDER BY package, root";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        while let Some(row) = rows.next()? {
            let root: u32 = row.get(1)?;
            all.push(Occurrence {
                document: position,
                package: row.get(0)?,
                root: root as usize,
                facts: Facts::unpacked(row.get(2)?),
                via: row.get(3)?,
                direct: row.get(4)?,
            });
        }
        Ok(())
    }
}

/// Months and names of files, with the numbers of the SBOMs of each.
type Parts = BTreeMap<(String, String), Vec<i64>>;

/// The file of a month that an SBOM is in. The number of files is a power of two, so that it seldom changes.
fn name_of(sbom_id: &str, files: u64) -> String {
    let files = files.next_power_of_two();
    if files == 1 {
        return COMPACTED.to_owned();
    }
    let digits = sbom_id.get(..8).unwrap_or_default();
    let number = u64::from_str_radix(digits, 16).unwrap_or(0);
    format!("compacted-{:04}-of-{files:04}.parquet", number % files + 1)
}

/// The name of a file of a dataset, which is text.
fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|it| it.to_string_lossy());
    name.unwrap_or_default().into_owned()
}

struct Export<'s> {
    store: &'s Store,
    folder: &'s Folder,
    words: HashMap<i64, Words>,
    judgements: HashMap<i64, (String, String)>,
}

impl Export<'_> {
    /// The files of each month, and no file for a month without SBOMs.
    fn months(&self, packages: NonZero<u64>) -> Result<Exported, DatasetError> {
        let mut exported = Exported::default();
        let parts = self.store.parts(packages)?;
        // Other files go first, and of these `sboms`, so that no SBOM is there twice when the program is killed.
        for schema in [&SBOMS, &COMPONENTS, &EDGES] {
            for (month, path) in self.folder.files(schema)? {
                if !parts.contains_key(&(month, file_name(&path))) {
                    remove(&path)?;
                }
            }
        }
        for ((month, name), ids) in &parts {
            exported.packages += self.write(month, name, ids)?;
            exported.sboms += ids.len();
        }
        Ok(exported)
    }

    /// One file for each SBOM that is not there yet.
    fn sboms(&self) -> Result<Exported, DatasetError> {
        let there = self.folder.files(&SBOMS)?;
        let there: BTreeSet<String> = there.iter().map(|(_, it)| file_name(it)).collect();
        let mut exported = Exported::default();
        for (month, ids) in self.store.months()? {
            for id in ids {
                let document = self.store.document(id)?;
                let name = [&document.listed.sbom_id, ".parquet"].concat();
                if there.contains(&name) {
                    exported.known += 1;
                    continue;
                }
                exported.packages += self.write(&month, &name, &[id])?;
                exported.sboms += 1;
            }
        }
        Ok(exported)
    }

    /// Writes SBOMs as one file of each table; the one of `sboms` last, because it makes the others count.
    fn write(&self, month: &str, name: &str, ids: &[i64]) -> Result<usize, DatasetError> {
        let mut documents = Vec::with_capacity(ids.len());
        for id in ids {
            documents.push(self.store.document(*id)?);
        }
        let mut occurrences = Vec::new();
        for (position, document) in documents.iter().enumerate() {
            self.store
                .occurrences_of(document.id, position, &mut occurrences)?;
        }
        let place = (month, name);
        self.folder.write(&EDGES, place, |rows| {
            self.edges(&documents, &occurrences, rows)
        })?;
        let rank = |package| self.words.get(&package).map(|it: &Words| it.rank);
        occurrences.sort_unstable_by_key(|it| (rank(it.package), it.document, it.root));
        self.folder.write(&COMPONENTS, place, |rows| {
            let mut all = occurrences.iter();
            all.try_for_each(|it| self.component(&documents, it, rows))
        })?;
        self.folder.write(&SBOMS, place, |rows| {
            documents.iter().try_for_each(|it| sbom(it, rows))
        })?;
        Ok(occurrences.len())
    }

    fn component(
        &self,
        documents: &[Document],
        it: &Occurrence,
        rows: &mut Rows,
    ) -> ParquetResult<()> {
        let document = documents.get(it.document);
        let (document, words) = document
            .zip(self.words.get(&it.package))
            .ok_or_else(damaged)?;
        let judgement = self.judgements.get(&it.facts.judgement);
        let reference = |id: Option<i64>| match id {
            Some(id) => self.reference(id).map(Value::Text),
            None => Ok(Value::Absent),
        };
        let mut row = Vec::with_capacity(COMPONENTS.columns.len());
        row.push(Value::text(&document.listed.sbom_id));
        row.push(Value::Text(words.reference.clone()));
        row.extend(words.values.iter().cloned());
        row.extend([
            reference(document.roots.get(it.root).copied())?,
            Value::text(it.facts.phase_name()),
            depth(it.facts.depth),
            reference(it.via)?,
            reference(it.direct)?,
            Value::text(it.facts.scope_name()),
            Value::maybe(judgement.map(|(it, _)| it.as_str())),
            Value::maybe(judgement.map(|(_, it)| it.as_str())),
            Value::Truth(words.is_dependency),
        ]);
        rows.push(row)
    }

    /// The dependencies, by SBOM; the occurrences are in the order of SBOMs and packages.
    fn edges(
        &self,
        documents: &[Document],
        occurrences: &[Occurrence],
        rows: &mut Rows,
    ) -> ParquetResult<()> {
        let mut rest = occurrences;
        for (position, document) in documents.iter().enumerate() {
            let own = rest.partition_point(|it| it.document <= position);
            let (own, others) = rest.split_at_checked(own).ok_or_else(damaged)?;
            rest = others;
            let mut packages: Vec<i64> = own.iter().map(|it| it.package).collect();
            packages.dedup();
            let at = |rank: u32| {
                let package = packages.get(rank as usize).ok_or_else(damaged)?;
                self.reference(*package)
            };
            for edge in edges_of(&document.edges).ok_or_else(damaged)? {
                let phase = PHASES.get(usize::from(edge.phase));
                let need = Need::ALL.get(usize::from(edge.need));
                rows.push(vec![
                    Value::text(&document.listed.sbom_id),
                    Value::Text(at(edge.from)?),
                    Value::Text(at(edge.to)?),
                    Value::text(phase.map_or("", |it| it.name())),
                    Value::text(need.map_or("", |it| it.name())),
                ])?;
            }
        }
        Ok(())
    }

    fn reference(&self, package: i64) -> ParquetResult<ByteArray> {
        let words = self.words.get(&package).ok_or_else(damaged)?;
        Ok(words.reference.clone())
    }
}

/// The rows of the store contradict each other.
fn damaged() -> ParquetError {
    let message = "the store is damaged; `bomtrail fleet verify` lists what is damaged";
    ParquetError::General(message.to_owned())
}

fn depth(depth: Option<u32>) -> Value {
    let depth = depth.and_then(|it| i32::try_from(it).ok());
    depth.map_or(Value::Absent, Value::Number)
}

fn sbom(document: &Document, rows: &mut Rows) -> ParquetResult<()> {
    let Listed {
        release,
        sbom_id,
        components,
    } = &document.listed;
    rows.push(vec![
        Value::text(sbom_id),
        Value::text(&release.digest),
        Value::text(&release.product),
        Value::maybe(release.release.as_deref()),
        Value::text(&release.released_at),
        Value::maybe(release.repository.as_deref()),
        Value::maybe(release.commit.as_deref()),
        Value::maybe(release.tool.as_deref()),
        Value::text(&release.source),
        Value::Number(i32::try_from(*components).unwrap_or(i32::MAX)),
        Value::text(&document.contents),
    ])
}
