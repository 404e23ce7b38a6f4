//! Facts that a version of the format has no place for, counted by kind while the document is printed.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// A kind of fact that is left out or weakened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Loss {
    /// The lifecycle phase of an input (before 1.5).
    Lifecycle,
    /// That a licence is declared, not concluded (before 1.6).
    Acknowledgement,
    /// A licence expression printed as a name, because it is not the only licence (before 1.7).
    Expression,
    /// A licence identifier printed as a name, because it is not in the list of the schema.
    LicenseId,
    /// A component type printed as another.
    Kind,
    /// A URL that is not an IRI reference.
    Url,
    /// An e-mail address of an organisation that is not valid.
    Email,
    /// The web page of an author.
    AuthorUrl,
    /// The manufacturer of a component (before 1.6).
    Manufacturer,
    /// Something that is needed and not there, which becomes a component in 1.7.
    External,
    /// What each of several inputs gave (before 1.7).
    Citation,
    /// The same, because the document has no time (1.7).
    Undated,
    /// An approval as an annotation (before 1.5, or because the document has no time).
    Annotation,
    /// A claim about a component (before 1.6).
    Declaration,
}

/// The losses of one document.
#[derive(Debug, Default)]
pub(crate) struct Losses(RefCell<BTreeMap<Loss, usize>>);

impl Losses {
    /// One more of a kind.
    pub(crate) fn add(&self, loss: Loss) {
        *self.0.borrow_mut().entry(loss).or_default() += 1;
    }

    /// The kinds that occurred, with how often.
    pub(crate) fn into_counts(self) -> impl Iterator<Item = (Loss, usize)> {
        self.0.into_inner().into_iter()
    }
}
