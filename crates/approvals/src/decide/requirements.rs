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
    /// The URLs of registries that are known: the name or port of their host does not deny a package.
    pub registries: Vec<String>,
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
            registries: Vec::new(),
        }
    }

    /// True for an address in a known registry.
    pub(super) fn is_in_known_registry(&self, address: &str) -> bool {
        let address = address.to_ascii_lowercase();
        let mut known = self.registries.iter();
        known.any(|it| {
            let base = it.trim_end_matches('/').to_ascii_lowercase();
            let rest = address.strip_prefix(&base);
            !base.is_empty() && rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
        })
    }
}
