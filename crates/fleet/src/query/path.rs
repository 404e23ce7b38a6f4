//! How a package is reached in one SBOM, from what was computed when it was added.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use crate::record::paths::DEEPEST;
use crate::store::{Facts, Store, StoreError};

/// How a package is reached from one root.
pub(crate) struct Place {
    pub(crate) root: u32,
    pub(crate) facts: Facts,
    via: Option<i64>,
    direct: Option<i64>,
}

/// The references of packages that a question came across, by number.
#[derive(Default)]
pub(crate) struct References(HashMap<i64, String>);

impl References {
    /// What names a package.
    fn of(&mut self, store: &Store, package: i64) -> Result<String, StoreError> {
        if let Some(found) = self.0.get(&package) {
            return Ok(found.clone());
        }
        let found = store.reference(package)?;
        self.0.insert(package, found.clone());
        Ok(found)
    }
}

impl Store {
    /// How a package is reached in an SBOM, one for each root.
    pub(crate) fn places(&self, document: i64, package: i64) -> Result<Vec<Place>, StoreError> {
        let select = "SELECT root, facts, via, direct FROM occurrence WHERE document = ? AND package = ? ORDER BY root";
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([document, package], |row| {
            Ok(Place {
                root: row.get(0)?,
                facts: Facts::unpacked(row.get(1)?),
                via: row.get(2)?,
                direct: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The references of the packages on the path, from the root to the package itself; empty when no root reaches it.
    pub(crate) fn path_to(
        &self,
        document: i64,
        package: i64,
        place: &Place,
        references: &mut References,
    ) -> Result<Vec<String>, StoreError> {
        if place.facts.depth.is_none() {
            return Ok(Vec::new());
        }
        let select = "SELECT via FROM occurrence WHERE document = ? AND package = ? AND root = ?";
        let mut select = self.connection.prepare_cached(select)?;
        let mut path = vec![references.of(self, package)?];
        let mut next = place.via;
        while let Some(here) = next {
            path.push(references.of(self, here)?);
            if path.len() > DEEPEST as usize {
                break;
            }
            let row = (document, here, place.root);
            let via = select.query_row(row, |row| row.get(0)).optional()?;
            next = via.ok_or_else(|| {
                StoreError::Damaged(format!("the path to package {package} is broken"))
            })?;
        }
        path.reverse();
        Ok(path)
    }

    /// The reference of the direct dependency that leads to a package.
    pub(crate) fn direct(
        &self,
        place: &Place,
        references: &mut References,
    ) -> Result<Option<String>, StoreError> {
        let direct = place.direct.map(|it| references.of(self, it));
        direct.transpose()
    }

    /// What names a package.
    fn reference(&self, package: i64) -> Result<String, StoreError> {
        let select = "SELECT ref FROM package WHERE id = ?";
        let mut select = self.connection.prepare_cached(select)?;
        let found = select.query_row([package], |row| row.get(0)).optional()?;
        found.ok_or_else(|| StoreError::Damaged(format!("there is no package {package}")))
    }

    /// The approval and the decision of an occurrence.
    pub(crate) fn judged(
        &self,
        place: &Place,
    ) -> Result<(Option<String>, Option<String>), StoreError> {
        if place.facts.judgement == 0 {
            return Ok((None, None));
        }
        let select = "SELECT approval, decision FROM judgement WHERE id = ?";
        let mut select = self.connection.prepare_cached(select)?;
        let found = select.query_row([place.facts.judgement], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        Ok(found.optional()?.unwrap_or_default())
    }
}
