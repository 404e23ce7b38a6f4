//! `diff`: what two SBOMs have not in common.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Seen;
use super::timeline::{COLUMNS, seen};
use super::wanted::QueryError;
use crate::answer::{Answer, Cell, Table};
use crate::store::{Store, StoreError};

/// What two SBOMs have not in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Differences {
    /// What was compared.
    #[serde(skip)]
    pub query: String,
    /// The first SBOM.
    pub old: Compared,
    /// The second SBOM.
    pub new: Compared,
    /// The packages that only one of them has, or has in another version; sorted by name.
    pub changes: Vec<Changed>,
}

/// An SBOM that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Compared {
    /// The product.
    pub product: String,
    /// The release.
    pub release: Seen,
}

/// A package that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Changed {
    /// How.
    pub change: ChangeKind,
    /// The type of its Package URL; `None` for what has none.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its name.
    pub name: String,
    /// The versions that only the first SBOM has.
    pub from: Vec<String>,
    /// The versions that only the second SBOM has.
    pub to: Vec<String>,
}

/// How a package changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Only the second SBOM has a package of this name.
    Added,
    /// Only the first SBOM has a package of this name.
    Removed,
    /// Both have it, in other versions.
    Updated,
}

/// The versions of packages, by type and name.
type Versions = BTreeMap<(Option<String>, String), Vec<String>>;

impl Store {
    /// Compares two SBOMs; each is a product (its newest release), `product@release`, or the beginning of the id of an SBOM.
    ///
    /// # Errors
    /// [`QueryError`] when one of them is not stored, or the store cannot be read.
    pub fn diff(&self, old: &str, new: &str) -> Result<Differences, QueryError> {
        let query = [old, " ", new].concat();
        let (old, new) = (self.sbom(old)?, self.sbom(new)?);
        let before = self.versions(old.release.document)?;
        let mut after = self.versions(new.release.document)?;
        let mut changes = Vec::new();
        for ((kind, name), from) in before {
            let key = (kind, name);
            let to = after.remove(&key);
            changes.extend(changed(key, from, to.unwrap_or_default()));
        }
        changes.extend(
            after
                .into_iter()
                .filter_map(|(key, to)| changed(key, Vec::new(), to)),
        );
        changes.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        Ok(Differences {
            query,
            old,
            new,
            changes,
        })
    }

    /// The SBOM that a text names.
    pub(super) fn sbom(&self, text: &str) -> Result<Compared, QueryError> {
        let timeline = self.timeline(text)?;
        if let Some(release) = timeline.newest() {
            return Ok(Compared {
                product: text.to_owned(),
                release: release.clone(),
            });
        }
        let named = text.rsplit_once('@').filter(|(it, _)| !it.is_empty());
        if let Some((product, name)) = named {
            let timeline = self.timeline(product)?;
            let is_named = |it: &&Seen| it.release.as_deref() == Some(name);
            let found = timeline.sboms().filter(is_named).last();
            if let Some(release) = found.cloned() {
                let product = product.to_owned();
                return Ok(Compared { product, release });
            }
        }
        let found = self.by_id(text)?;
        found.ok_or_else(|| QueryError::Product(text.to_owned()))
    }

    /// The ids of the SBOMs that a text selects: all releases of a product, one release, or one SBOM by its id.
    ///
    /// # Errors
    /// [`QueryError`] when there is none, or the store cannot be read.
    pub fn selected(&self, text: &str) -> Result<Vec<String>, QueryError> {
        let timeline = self.timeline(text)?;
        let mut ids: Vec<String> = timeline.sboms().map(|it| it.sbom.clone()).collect();
        let named = text.rsplit_once('@').filter(|(it, _)| !it.is_empty());
        if let (true, Some((product, name))) = (ids.is_empty(), named) {
            let timeline = self.timeline(product)?;
            let is_named = |it: &&Seen| it.release.as_deref() == Some(name);
            ids.extend(timeline.sboms().filter(is_named).map(|it| it.sbom.clone()));
        }
        if ids.is_empty() {
            ids.push(self.sbom(text)?.release.sbom);
        }
        Ok(ids)
    }

    /// The SBOM whose id begins with a text of at least eight digits, when it is the only one.
    fn by_id(&self, text: &str) -> Result<Option<Compared>, StoreError> {
        let is_id = text.len() >= 8 && text.bytes().all(|it| it.is_ascii_hexdigit());
        if !is_id {
            return Ok(None);
        }
        let select = format!(
            "SELECT {COLUMNS}, product FROM document WHERE sbom_id >= ?1 AND sbom_id < ?1 || 'g' LIMIT 2"
        );
        let mut select = self.connection.prepare_cached(&select)?;
        let rows = select.query_map([text.to_ascii_lowercase()], |row| {
            Ok(Compared {
                product: row.get(5)?,
                release: seen(row)?,
            })
        })?;
        let mut found = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(found.pop().filter(|_| found.is_empty()))
    }

    /// The packages of an SBOM, without the product itself, whose version always changes.
    fn versions(&self, document: i64) -> Result<Versions, StoreError> {
        let select = "SELECT p.type, p.name, p.version FROM occurrence o JOIN package p ON p.id = o.package \
                      WHERE o.document = ? GROUP BY o.package HAVING MIN((o.facts >> 5) & 1023) <> 1";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        let mut versions = Versions::new();
        while let Some(row) = rows.next()? {
            let version: Option<String> = row.get(2)?;
            let key = (row.get(0)?, row.get(1)?);
            versions
                .entry(key)
                .or_default()
                .push(version.unwrap_or_default());
        }
        for it in versions.values_mut() {
            it.sort_unstable();
        }
        Ok(versions)
    }
}

/// The difference of one package; `None` when it is the same.
fn changed(
    (kind, name): (Option<String>, String),
    mut from: Vec<String>,
    mut to: Vec<String>,
) -> Option<Changed> {
    let change = match (from.is_empty(), to.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Updated,
    };
    let both: Vec<String> = from.iter().filter(|it| to.contains(it)).cloned().collect();
    from.retain(|it| !both.contains(it));
    to.retain(|it| !both.contains(it));
    (!from.is_empty() || !to.is_empty()).then_some(Changed {
        change,
        kind,
        name,
        from,
        to,
    })
}

impl Answer for Differences {
    const QUESTION: &'static str = "diff";

    fn query(&self) -> String {
        self.query.clone()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(&["change", "type", "package", "from", "to"]);
        for it in &self.changes {
            let change = match it.change {
                ChangeKind::Added => "added",
                ChangeKind::Removed => "removed",
                ChangeKind::Updated => "updated",
            };
            table.row(vec![
                Cell::text(change),
                Cell::or_none(it.kind.as_deref()),
                Cell::text(&it.name),
                Cell::text(&it.from.join(", ")),
                Cell::text(&it.to.join(", ")),
            ]);
        }
        table
    }

    fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}
