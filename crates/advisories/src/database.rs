//! Everything that was read of advisories: one or several indexes that are asked together.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bomtrail_graph::AdvisorySource;

use crate::builder::{NAMED_BY, OWN, key};
use crate::codec::{Decoder, Entry};
use crate::index::{Index, IndexError};
use crate::record::Modified;

/// The most ids that are followed from one; more are the work of someone who wants to slow a reader down.
const MOST_ALIASES: usize = 4096;

/// Indexes that are asked together.
#[derive(Debug, Default)]
pub struct Database {
    indexes: Vec<Index>,
}

/// What is known of an id over all indexes.
#[derive(Debug, Default)]
struct About {
    /// The newest copy of the record: its time, whether it is withdrawn, its aliases.
    own: Option<(Modified, bool, Vec<String>)>,
    /// Records that name it as an alias.
    named_by: Vec<String>,
}

impl Database {
    /// A database without records.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an index.
    pub fn add(&mut self, index: Index) {
        self.indexes.push(index);
    }

    /// What it was made of, in the order of the indexes.
    pub fn sources(&self) -> Vec<AdvisorySource> {
        let all = self.indexes.iter().flat_map(Index::sources);
        all.cloned().collect()
    }

    /// What records say about a package. Of a record that several indexes have, the latest copy counts.
    pub(crate) fn entries(&self, package_type: &str, name: &str) -> Result<Vec<Entry>, IndexError> {
        let key = key::package(package_type, name);
        let mut found = Vec::new();
        let mut before = 0;
        for index in &self.indexes {
            for (source, bytes) in index.items(&key)? {
                let entry = Decoder(&bytes).entry(before + source);
                found.push(entry.ok_or(IndexError::Damaged)?);
            }
            before += index.sources().len();
        }
        if self.indexes.len() > 1 {
            self.keep_latest(&mut found)?;
        }
        Ok(found)
    }

    /// Removes what a later copy of the same record replaces, and the second of two equal copies.
    fn keep_latest(&self, found: &mut Vec<Entry>) -> Result<(), IndexError> {
        let mut latest: BTreeMap<String, (Modified, bool)> = BTreeMap::new();
        for id in found.iter().map(|it| &it.id) {
            if let Some((modified, withdrawn, _)) = self.about(id)?.own {
                latest.insert(id.clone(), (modified, withdrawn));
            }
        }
        found.retain(|it| {
            let known = latest.get(&it.id);
            known.is_none_or(|(modified, withdrawn)| it.modified == *modified && !withdrawn)
        });
        let mut kept: Vec<Entry> = Vec::new();
        for it in found.drain(..) {
            let same = |other: &Entry| Entry {
                source: 0,
                ..other.clone()
            };
            if !kept.iter().any(|other| same(other) == same(&it)) {
                kept.push(it);
            }
        }
        *found = kept;
        Ok(())
    }

    /// The other ids of a vulnerability: aliases in both directions and over several records, sorted.
    pub(crate) fn aliases(&self, id: &str) -> Result<Vec<String>, IndexError> {
        let mut group: BTreeSet<String> = BTreeSet::from([id.to_owned()]);
        let mut open = VecDeque::from([id.to_owned()]);
        while let Some(here) = open.pop_front() {
            if group.len() > MOST_ALIASES {
                break;
            }
            let about = self.about(&here)?;
            let mut joined: Vec<String> = about.own.map_or(Vec::new(), |(_, _, aliases)| aliases);
            for other in about.named_by {
                let own = self.about(&other)?.own;
                if own.is_some_and(|(_, _, aliases)| aliases.contains(&here)) {
                    joined.push(other);
                }
            }
            for it in joined {
                if group.insert(it.clone()) {
                    open.push_back(it);
                }
            }
        }
        group.remove(id);
        Ok(group.into_iter().collect())
    }

    /// True when one of the ids is in a list of exploited vulnerabilities.
    pub(crate) fn is_exploited(&self, ids: &[&str]) -> Result<bool, IndexError> {
        for index in &self.indexes {
            for id in ids {
                if index.get(&key::exploited(id))?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The distribution that has a module of Perl.
    pub(crate) fn distribution(&self, module: &str) -> Result<Option<String>, IndexError> {
        for index in &self.indexes {
            if let Some((_, bytes)) = index.items(&key::module(module))?.into_iter().next() {
                let name = Decoder(&bytes).text().ok_or(IndexError::Damaged)?;
                return Ok(Some(name.to_owned()));
            }
        }
        Ok(None)
    }

    fn about(&self, id: &str) -> Result<About, IndexError> {
        let mut about = About::default();
        let key = key::id(id);
        for index in &self.indexes {
            for (_, bytes) in index.items(&key)? {
                about.add(&bytes).ok_or(IndexError::Damaged)?;
            }
        }
        about.named_by.sort_unstable();
        about.named_by.dedup();
        Ok(about)
    }
}

impl About {
    fn add(&mut self, bytes: &[u8]) -> Option<()> {
        let mut decoder = Decoder(bytes);
        match decoder.number()? {
            OWN => {
                let modified = decoder.modified()?;
                let withdrawn = decoder.number()? == 1;
                let own = (modified, withdrawn, decoder.texts()?);
                let later = |(known, ..): &(Modified, bool, Vec<String>)| modified > *known;
                if self.own.as_ref().is_none_or(later) {
                    self.own = Some(own);
                }
            }
            NAMED_BY => self.named_by.push(decoder.text()?.to_owned()),
            _ => return None,
        }
        Some(())
    }
}
