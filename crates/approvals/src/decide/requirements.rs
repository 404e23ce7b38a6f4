//! What a project requires of approvals.

use bomtrail_graph::Date;

/// What a project requires of approvals, and the date of the check.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Requirements {
    /// The date of the check.
    pub today: Date,
    /// The criteria that one review of each package must cover.
    pub criteria: Vec<String>,
    /// Trust the lockfile's version where no address states it and no review pins a digest.
    pub trust_lock_version: bool,
    /// Approve a package that is fetched only if a review pins its digest.
    pub require_integrity: bool,
}

impl Requirements {
    /// On this day, and nothing beyond what the lists state.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self {
            today,
            criteria: Vec::new(),
            trust_lock_version: false,
            require_integrity: false,
        }
    }
}
