//! What can be added to a list, and why it may not be.

use bomtrail_graph::{Date, Diagnostics, Hash};

use crate::entry::{Basis, Use};
use crate::key::{NameError, versioned};

/// A version to approve.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Addition {
    /// The package's name in the list, unless the list has another name for it already.
    pub name: String,
    /// The exact version; for git the commit.
    pub version: String,
    /// The Package URL with version, which is the key of the review.
    pub purl: String,
    /// Digests to pin.
    pub integrity: Vec<Hash>,
    /// How the approval was reached; `None` where it is not stated.
    pub basis: Option<Basis>,
    /// The day of the decision.
    pub on: Date,
    /// Who decided.
    pub by: Option<String>,
    /// The last day on which it is valid.
    pub expires: Option<Date>,
    /// A note.
    pub note: Option<String>,
    /// The version it was compared with.
    pub from: Option<String>,
    /// The criteria it was reviewed against.
    pub criteria: Vec<String>,
    /// What it may be used for; empty: anything.
    pub scope: Vec<Use>,
}

impl Addition {
    /// Approves a version and records nothing; the fields say what to record.
    #[must_use]
    pub fn new(name: String, version: String, purl: String, on: Date) -> Self {
        Self {
            name,
            version,
            purl,
            integrity: Vec::new(),
            basis: None,
            on,
            by: None,
            expires: None,
            note: None,
            from: None,
            criteria: Vec::new(),
            scope: Vec::new(),
        }
    }
}

/// A denial to add.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// A bare npm name or a Package URL, without version.
    pub name: String,
    /// The versions; empty for all.
    pub versions: Vec<String>,
    /// Why, in a word.
    pub reason: String,
    /// The day of the decision.
    pub on: Date,
    /// Who decided.
    pub by: Option<String>,
    /// A note.
    pub note: Option<String>,
}

impl Refusal {
    /// Denies every version of a package; the fields narrow and describe it.
    #[must_use]
    pub fn new(name: String, reason: String, on: Date) -> Self {
        Self {
            name,
            versions: Vec::new(),
            reason,
            on,
            by: None,
            note: None,
        }
    }
}

/// Why a list cannot be changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The list is not valid.
    #[error("the approvals list is not valid")]
    Invalid(Diagnostics),
    /// The list is not UTF-8.
    #[error("`{0}` is not valid UTF-8")]
    NotText(String),
    /// The changed list would be too large to be read again.
    #[error(
        "`{list}` would be {size} bytes, and a list of more than {limit} bytes is not read; split it into lists that `extends` joins"
    )]
    TooLarge {
        /// The list.
        list: String,
        /// What it would take, in bytes.
        size: usize,
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// A name that does not name a package, or a version that is not exact.
    #[error("`{name}` cannot be listed: {why}")]
    Name {
        /// What was asked for.
        name: String,
        /// What is wrong with it.
        why: NameError,
    },
    /// A name with a version, where one without belongs.
    #[error("`{0}` has a version; name the package alone")]
    HasVersion(String),
    /// The version is denied.
    #[error("`{}` is denied; `bomtrail undeny` it first", versioned(name, version))]
    Denied {
        /// The package.
        name: String,
        /// The version.
        version: String,
    },
    /// The list does not approve it.
    #[error("`{name}` is not in `{list}`")]
    NotListed {
        /// The package, with the version that was asked for.
        name: String,
        /// The list.
        list: String,
    },
    /// The list does not deny it.
    #[error("`{list}` does not deny `{name}`")]
    NotDenied {
        /// The package, with the version that was asked for.
        name: String,
        /// The list.
        list: String,
    },
    /// A list to aggregate extends others, which would be lost.
    #[error(
        "`{0}` extends other lists, which would be lost; aggregate those too and remove `extends`"
    )]
    Extends(String),
    /// Two lists to aggregate pin different digests.
    #[error("two lists pin different digests of `{0}`")]
    Digests(String),
}
