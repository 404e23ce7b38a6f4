//! `top`: what the newest releases of all products have in common.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::answer::{Answer, Cell, Table};
use crate::store::{Facts, Store, StoreError};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Packages, by the number of products that have them.
    #[default]
    Used,
    /// Packages that are not approved.
    Unapproved,
    /// Deprecated packages.
    Deprecated,
    /// Licences, by the number of products that have a package under them.
    License,
}

impl By {
    /// Every kind with its name.
    pub const NAMES: [(Self, &'static str); 4] = [
        (Self::Used, "used"),
        (Self::Unapproved, "unapproved"),
        (Self::Deprecated, "deprecated"),
        (Self::License, "license"),
    ];

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        found.map(|(by, _)| *by)
    }

    fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(it, _)| *it == self);
        found.map_or("", |(_, name)| name)
    }
}

/// What is most common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ranking {
    /// What is counted.
    #[serde(skip)]
    pub by: By,
    /// How many products there are.
    pub products: usize,
    /// How many packages or licences there are, of which `ranked` has the first.
    pub total: usize,
    /// The most common first.
    pub ranked: Vec<Ranked>,
}

/// A package or a licence with its count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ranked {
    /// The package or the licence; `None` for packages without a declared licence.
    pub subject: Option<String>,
    /// How many products have it in their newest release.
    pub products: usize,
    /// How many packages: 1 for a package.
    pub packages: usize,
    /// What is known about it: the approvals, or the message of a deprecated package.
    pub note: Option<String>,
}

/// What is counted for one subject, which is the number of a package or of a licence.
#[derive(Default)]
struct Count {
    products: usize,
    last: Option<i64>,
    packages: BTreeSet<i64>,
    /// The numbers of the approvals.
    judgements: BTreeSet<i64>,
}

/// The approvals of packages that need no review.
const REVIEWED: [&str; 3] = ["approved", "first-party", "claimed:first-party"];

/// What decides which subject a package counts for.
struct Counting {
    by: By,
    /// For licences, the number of the licence of each package; for deprecated packages, only those that are.
    subjects: HashMap<i64, i64>,
    /// The numbers of approvals that need no review.
    reviewed: HashSet<i64>,
}

impl Counting {
    /// The subject of a package in an SBOM; `None` when it does not count.
    fn subject(&self, package: i64, facts: Facts) -> Option<i64> {
        let is_product = facts.depth == Some(0);
        match self.by {
            By::Used => (!is_product).then_some(package),
            By::Unapproved => {
                let counts = !is_product && !self.reviewed.contains(&facts.judgement);
                counts.then_some(package)
            }
            By::Deprecated => self.subjects.contains_key(&package).then_some(package),
            By::License => {
                let license = self.subjects.get(&package).copied();
                (!is_product).then(|| license.unwrap_or(0))
            }
        }
    }
}

impl Store {
    /// The most common packages or licences in the newest releases of all products, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be read.
    pub fn top(&self, by: By, limit: usize) -> Result<Ranking, StoreError> {
        let newest = self.newest()?;
        let judgements = self.judgements()?;
        let is_reviewed = |(_, (it, _)): &(&i64, &(String, String))| REVIEWED.contains(&&**it);
        let reviewed = judgements.iter().filter(is_reviewed);
        let reviewed = reviewed.map(|(id, _)| *id).collect();
        let counting = Counting {
            by,
            subjects: self.subjects(by)?,
            reviewed,
        };
        let mut counts: HashMap<i64, Count> = HashMap::new();
        for (_, release) in &newest {
            self.count(&counting, release.document, &mut counts)?;
        }
        let total = counts.len();
        let mut ranked: Vec<(i64, Count)> = counts.into_iter().collect();
        let size = |it: &Count| (it.products, it.packages.len());
        // The names are only read of those that can be shown: these, and all of the size of the last one.
        ranked.sort_by_key(|(_, it)| Reverse(size(it)));
        let smallest = ranked.get(limit.saturating_sub(1));
        if let Some(smallest) = smallest.map(|(_, it)| size(it)) {
            ranked.retain(|(_, it)| size(it) >= smallest);
        }
        let mut named = Vec::with_capacity(ranked.len());
        for (subject, count) in ranked {
            named.push(self.ranked(by, subject, &count, &judgements)?);
        }
        named.sort_by(|a, b| {
            let size = |it: &Ranked| Reverse((it.products, it.packages));
            (size(a), &a.subject).cmp(&(size(b), &b.subject))
        });
        named.truncate(limit);
        Ok(Ranking {
            by,
            products: newest.len(),
            total,
            ranked: named,
        })
    }

    /// The subjects of packages that are not the packages themselves.
    fn subjects(&self, by: By) -> Result<HashMap<i64, i64>, StoreError> {
        // The first package under a licence stands for it.
        let select = match by {
            By::Used | By::Unapproved => return Ok(HashMap::new()),
            By::Deprecated => "SELECT id, id FROM package WHERE deprecated IS NOT NULL",
            By::License => {
                "SELECT id, MIN(id) OVER (PARTITION BY license) FROM package WHERE license IS NOT NULL"
            }
        };
        let mut select = self.connection.prepare_cached(select)?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn count(
        &self,
        counting: &Counting,
        document: i64,
        counts: &mut HashMap<i64, Count>,
    ) -> Result<(), StoreError> {
        let select = "SELECT package, facts FROM occurrence WHERE document = ?";
        let mut select = self.connection.prepare_cached(select)?;
        let mut rows = select.query([document])?;
        while let Some(row) = rows.next()? {
            let (package, facts): (i64, i64) = (row.get(0)?, row.get(1)?);
            let facts = Facts::unpacked(facts);
            let Some(subject) = counting.subject(package, facts) else {
                continue;
            };
            let count = counts.entry(subject).or_default();
            if count.last != Some(document) {
                count.products += 1;
                count.last = Some(document);
            }
            count.packages.insert(package);
            count.judgements.insert(facts.judgement);
        }
        Ok(())
    }

    /// A subject with its name and what is known about it.
    fn ranked(
        &self,
        by: By,
        subject: i64,
        count: &Count,
        judgements: &HashMap<i64, (String, String)>,
    ) -> Result<Ranked, StoreError> {
        let select = "SELECT ref, license, deprecated FROM package WHERE id = ?";
        let mut select = self.connection.prepare_cached(select)?;
        let found = select.query_row([subject], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let found: Option<(String, Option<String>, Option<String>)> = found.optional()?;
        let (reference, license, deprecated) =
            found.map_or((None, None, None), |(a, b, c)| (Some(a), b, c));
        let approval = |it: &i64| {
            let found = judgements.get(it);
            found.map_or("no approvals were read", |(it, _)| it)
        };
        let approvals: BTreeSet<&str> = count.judgements.iter().map(approval).collect();
        let approvals: Vec<&str> = approvals.into_iter().collect();
        Ok(Ranked {
            subject: if by == By::License {
                license
            } else {
                reference
            },
            products: count.products,
            packages: count.packages.len(),
            note: match by {
                By::Used | By::License => None,
                By::Unapproved => Some(approvals.join(", ")),
                By::Deprecated => deprecated,
            },
        })
    }
}

impl Answer for Ranking {
    const QUESTION: &'static str = "top";

    fn query(&self) -> String {
        self.by.name().to_owned()
    }

    fn table(&self) -> Table {
        let is_license = self.by == By::License;
        let mut table = Table::new(if is_license {
            &["products", "packages", "license"]
        } else {
            &["products", "package", "note"]
        });
        for it in &self.ranked {
            let subject = it.subject.as_deref().unwrap_or("no declared license");
            let products = Cell::text(&it.products.to_string());
            table.row(if is_license {
                let packages = Cell::text(&it.packages.to_string());
                vec![products, packages, Cell::text(subject)]
            } else {
                let note = Cell::or_none(it.note.as_deref());
                vec![products, Cell::text(subject), note]
            });
        }
        table
    }

    fn notes(&self) -> Vec<String> {
        let more = self.total - self.ranked.len();
        let note = format!("{more} more are not shown; use --limit");
        (more > 0).then_some(note).into_iter().collect()
    }

    fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }
}
