//! Reads a dataset into a store. Each SBOM is compared with its digest, so that a file that was damaged or is not finished adds
//! nothing.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use bomtrail_graph::Need;

use super::DatasetError;
use super::files::Folder;
use super::read::{Cells, rows};
use super::tables::{COMPONENTS, EDGES, SBOMS};
use crate::record::paths::Step;
use crate::record::{Edge, Judgement, Package, Packages, Record, Release, number};
use crate::store::{Added, Facts, Rejected, Store};

/// How many bytes of `components` are read at a time, unless one file has more.
const GROUP: u64 = 8 << 20;

/// What was imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// SBOMs that are new in the store.
    pub added: usize,
    /// SBOMs that were there before.
    pub known: usize,
    /// SBOMs that are not as they were exported.
    pub rejected: Vec<Rejected>,
}

/// An SBOM in the making.
struct Draft {
    release: Release,
    contents: String,
    packages: Packages,
    judgements: Vec<Option<Judgement>>,
    /// The positions of the packages.
    known: HashMap<String, u32>,
    lines: Vec<Line>,
    edges: Vec<Edge>,
    is_broken: bool,
}

/// A row of `components`, whose other packages may not have been read yet.
struct Line {
    package: u32,
    root: Option<String>,
    facts: Facts,
    via: Option<String>,
    direct: Option<String>,
}

impl Store {
    /// Adds the SBOMs of a dataset, a few files at a time. `now` is the time of what is rejected.
    ///
    /// # Errors
    /// [`DatasetError`] when the folder is not a dataset, or a file cannot be read.
    pub fn import(&mut self, path: &Path, now: &str) -> Result<Imported, DatasetError> {
        let folder = Folder::open(path)?;
        let mut months: BTreeMap<String, [Vec<PathBuf>; 3]> = BTreeMap::new();
        for (table, schema) in [&SBOMS, &COMPONENTS, &EDGES].into_iter().enumerate() {
            for (month, file) in folder.files(schema)? {
                let tables = months.entry(month).or_default();
                if let Some(files) = tables.get_mut(table) {
                    files.push(file);
                }
            }
        }
        let mut imported = Imported::default();
        for tables in months.into_values() {
            for tables in groups(tables) {
                self.import_files(&tables, now, &mut imported)?;
            }
        }
        self.reject(&imported.rejected)?;
        Ok(imported)
    }

    fn import_files(
        &mut self,
        [sboms, components, edges]: &[Vec<PathBuf>; 3],
        now: &str,
        imported: &mut Imported,
    ) -> Result<(), DatasetError> {
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        for path in sboms {
            rows(&SBOMS, path, &mut |row| {
                drafts
                    .entry(row.text(0).to_owned())
                    .or_insert_with(|| Draft::of(row));
            })?;
        }
        // A row without its SBOM is of an export that was not finished.
        for path in components {
            rows(&COMPONENTS, path, &mut |row| {
                if let Some(draft) = drafts.get_mut(row.text(0)) {
                    draft.component(row);
                }
            })?;
        }
        for path in edges {
            rows(&EDGES, path, &mut |row| {
                if let Some(draft) = drafts.get_mut(row.text(0)) {
                    draft.edge(row);
                }
            })?;
        }
        let mut records = Vec::with_capacity(drafts.len());
        for (id, draft) in drafts {
            let source = draft.release.source.clone();
            match draft.finish().filter(|it| it.release.sbom_id() == id) {
                Some(record) => records.push(record),
                None => imported.rejected.push(Rejected::new(
                    &source,
                    &format!("the rows of the SBOM `{id}` of the dataset differ from its digest"),
                    now,
                )),
            }
        }
        for added in self.add(&records)? {
            match added {
                Added::New => imported.added += 1,
                Added::Known => imported.known += 1,
            }
        }
        Ok(())
    }
}

/// The files of a month in groups that are complete in themselves. Exports give the files of an SBOM the same name in each table;
/// where other programs gave them other names, the month is one group.
fn groups(tables: [Vec<PathBuf>; 3]) -> Vec<[Vec<PathBuf>; 3]> {
    let named = |table: &[PathBuf]| -> HashMap<OsString, PathBuf> {
        let name = |it: &PathBuf| Some((it.file_name()?.to_owned(), it.clone()));
        table.iter().filter_map(name).collect()
    };
    let [sboms, components, edges] = &tables;
    let (components, edges) = (named(components), named(edges));
    let mut groups: Vec<[Vec<PathBuf>; 3]> = Vec::new();
    let mut size = u64::MAX;
    for path in sboms {
        let others = path.file_name().and_then(|name| {
            let (components, edges) = (components.get(name)?, edges.get(name)?);
            Some((components, edges))
        });
        let Some((components, edges)) = others else {
            return vec![tables];
        };
        let own = components.metadata().map_or(0, |it| it.len());
        if size.saturating_add(own) > GROUP {
            groups.push(Default::default());
            size = 0;
        }
        size += own;
        let paths = [path, components, edges];
        for (table, path) in groups
            .iter_mut()
            .next_back()
            .into_iter()
            .flatten()
            .zip(paths)
        {
            table.push(path.clone());
        }
    }
    groups
}

impl Draft {
    fn of(row: &Cells) -> Self {
        Self {
            release: Release {
                digest: row.text(1).to_owned(),
                product: row.text(2).to_owned(),
                release: row.owned(3),
                released_at: row.text(4).to_owned(),
                repository: row.owned(5),
                commit: row.owned(6),
                tool: row.owned(7),
                source: row.text(8).to_owned(),
            },
            contents: row.text(10).to_owned(),
            packages: Packages::default(),
            judgements: Vec::new(),
            known: HashMap::new(),
            lines: Vec::new(),
            edges: Vec::new(),
            is_broken: false,
        }
    }

    fn component(&mut self, row: &Cells) {
        let reference = row.text(1);
        let package = match self.known.get(reference) {
            Some(position) => *position,
            None => self.package(reference, row),
        };
        self.lines.push(Line {
            package,
            root: row.owned(8),
            facts: Facts {
                phase: Facts::phase_of(row.text(9)),
                scope: Facts::scope_of(row.text(13)),
                depth: row.number(10),
                judgement: 0,
            },
            via: row.owned(11),
            direct: row.owned(12),
        });
    }

    fn package(&mut self, reference: &str, row: &Cells) -> u32 {
        let position = number(self.packages.len());
        self.known.insert(reference.to_owned(), position);
        self.packages.push(Package {
            reference,
            purl: row.maybe(2),
            kind: row.maybe(3),
            name: row.text(4),
            version: row.maybe(5),
            license: row.maybe(6),
            deprecated: row.maybe(7),
            is_dependency: row.truth(16),
        });
        self.judgements
            .push(row.owned(14).map(|approval| Judgement {
                approval,
                decision: row.text(15).to_owned(),
            }));
        position
    }

    fn edge(&mut self, row: &Cells) {
        let ends = self.known.get(row.text(1)).zip(self.known.get(row.text(2)));
        let need = Need::ALL.iter().position(|it| it.name() == row.text(4));
        let (Some((from, to)), Some(need)) = (ends, need) else {
            self.is_broken = true;
            return;
        };
        self.edges.push(Edge {
            from: *from,
            to: *to,
            phase: Facts::phase_of(row.text(3)),
            need: u8::try_from(need).unwrap_or(0),
        });
    }

    /// The record; `None` when it is not the one that was exported.
    fn finish(self) -> Option<Record> {
        let roots: Vec<u32> = self.roots();
        let at = |it: &Option<String>| match it {
            Some(reference) => self.known.get(reference).copied().map(Some),
            None => Some(None),
        };
        let mut steps = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let root = at(&line.root)?;
            let root = roots.iter().position(|it| Some(*it) == root);
            steps.push(Step {
                package: line.package,
                root: u16::try_from(root.unwrap_or(0)).ok()?,
                phase: line.facts.phase,
                scope: line.facts.scope,
                depth: line.facts.depth,
                via: at(&line.via)?,
                direct: at(&line.direct)?,
            });
        }
        let is_broken = self.is_broken;
        let record = Record {
            release: self.release,
            contents: self.contents,
            packages: self.packages,
            roots,
            steps,
            edges: self.edges,
            judgements: self.judgements,
        };
        (!is_broken && record.is_intact()).then_some(record)
    }

    /// The packages that lines call the root, in the order of their references.
    fn roots(&self) -> Vec<u32> {
        let mut roots: Vec<&String> = self
            .lines
            .iter()
            .filter_map(|it| it.root.as_ref())
            .collect();
        roots.sort_unstable();
        roots.dedup();
        let positions = roots.into_iter().filter_map(|it| self.known.get(it));
        positions.copied().collect()
    }
}
