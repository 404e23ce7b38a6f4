//! A list together with everything it extends: the union of all approvals and denials, each with the file it is from.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Diagnostics, Text};

use crate::document::Document;
use crate::entry::{Denial, Review};
use crate::key::Key;

/// One file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The files that lead to it: the project's own first, itself last.
    pub(crate) chain: Vec<Text>,
}

/// An approved version of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    pub(crate) author: Option<String>,
    /// The version; for git the commit.
    pub version: String,
    /// Its line in its file, from 1; 0 where it was not read from a file.
    pub line: usize,
    source: usize,
}

/// A denial and the file it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// What is denied.
    pub denial: Denial,
    source: usize,
}

/// A review and the file it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    pub(crate) author: Option<String>,
    /// The version it is of.
    pub version: String,
    /// What is recorded.
    pub review: Review,
    /// Its line in its file, from 1; 0 where it was not read from a file.
    pub line: usize,
    source: usize,
}

/// An approvals list with everything it extends.
#[derive(Clone, Debug, Default)]
pub struct List {
    sources: Vec<Source>,
    packages: BTreeMap<Key, Vec<Approved>>,
    denied: BTreeMap<Key, Vec<Denied>>,
    reviews: BTreeMap<Key, Vec<Inherited>>,
    /// Notes and warnings from reading its files.
    pub diagnostics: Diagnostics,
}

/// An entry of one of the files.
pub trait FromSource {
    /// Which file, as a number of this list.
    fn source(&self) -> usize;
}

impl FromSource for Approved {
    fn source(&self) -> usize {
        self.source
    }
}

impl FromSource for Denied {
    fn source(&self) -> usize {
        self.source
    }
}

impl FromSource for Inherited {
    fn source(&self) -> usize {
        self.source
    }
}

impl List {
    /// The list of one file that extends no other; `name` is its name in messages.
    #[must_use]
    pub fn of(name: &str, document: &Document) -> Self {
        let mut list = Self::default();
        list.add(document.clone(), vec![name.into()], &[]);
        list
    }

    /// The approved versions of every package, in the order of the keys.
    pub fn packages(&self) -> impl Iterator<Item = (&Key, &[Approved])> {
        self.packages.iter().map(|(key, all)| (key, all.as_slice()))
    }

    /// The approved versions of a package.
    pub fn approved(&self, key: &Key) -> &[Approved] {
        self.packages.get(key).map_or(&[], Vec::as_slice)
    }

    /// Every denial, in the order of the keys.
    pub fn all_denied(&self) -> impl Iterator<Item = &Denied> {
        self.denied.values().flatten()
    }

    /// The denials of a package.
    pub fn denied(&self, key: &Key) -> &[Denied] {
        self.denied.get(key).map_or(&[], Vec::as_slice)
    }

    /// The reviews of the versions of a package.
    pub fn reviews(&self, key: &Key) -> &[Inherited] {
        self.reviews.get(key).map_or(&[], Vec::as_slice)
    }

    /// The files that lead to the file of an entry, the project's own first.
    pub fn chain(&self, of: &impl FromSource) -> &[Text] {
        self.sources
            .get(of.source())
            .map_or(&[], |it| it.chain.as_slice())
    }

    /// As [`List::chain`], for an entry of any type.
    pub fn chain_of(&self, of: &dyn FromSource) -> &[Text] {
        self.sources
            .get(of.source())
            .map_or(&[], |it| it.chain.as_slice())
    }

    /// True for an entry of the project's own file.
    pub fn is_own(&self, of: &impl FromSource) -> bool {
        self.chain(of).len() == 1
    }

    /// The names of all files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.sources
            .iter()
            .filter_map(|it| it.chain.last().map(|name| &**name))
    }

    /// The approvals that are here and not in `other`, in the order of the keys.
    pub fn beyond<'l>(&'l self, other: &'l Self) -> impl Iterator<Item = (&'l Key, &'l Approved)> {
        let all = self
            .packages()
            .flat_map(|(key, all)| all.iter().map(move |it| (key, it)));
        all.filter(|(key, it)| {
            let same = |known: &Approved| {
                known.version == it.version && (known.author.is_none() || known.author == it.author)
            };
            !other.approved(key).iter().any(same)
        })
    }

    /// How many package versions are approved.
    pub fn len(&self) -> usize {
        self.packages.values().map(Vec::len).sum()
    }

    /// True when nothing is approved.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds the entries of a file, except for the packages in `exclude`; returns those of them that the file has entries for.
    pub(crate) fn add(
        &mut self,
        document: Document,
        chain: Vec<Text>,
        exclude: &[Key],
    ) -> Vec<Key> {
        let source = self.sources.len();
        self.sources.push(Source { chain });
        let mut dropped = BTreeSet::new();
        let mut is_kept = |key: &Key| {
            let is_kept = exclude.binary_search(key).is_err();
            if !is_kept {
                dropped.insert(key.clone());
            }
            is_kept
        };
        for it in document.packages.into_iter().filter(|it| is_kept(&it.key)) {
            self.packages.entry(it.key).or_default().push(Approved {
                author: it.author,
                version: it.version,
                line: it.line,
                source,
            });
        }
        for denial in document.denied.into_iter().filter(|it| is_kept(&it.key)) {
            let all = self.denied.entry(denial.key.clone()).or_default();
            all.push(Denied { denial, source });
        }
        for it in document.reviews.into_iter().filter(|it| is_kept(&it.key)) {
            self.reviews.entry(it.key).or_default().push(Inherited {
                author: it.author,
                version: it.version,
                review: it.review,
                line: it.line,
                source,
            });
        }
        dropped.into_iter().collect()
    }
}
