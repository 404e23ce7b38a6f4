//! What is asked of one module that no input provides.

use bomtrail_graph::{Link, Need};

use crate::package::modules::fits;

/// The requirements of one module.
pub(super) struct Request<'a> {
    /// The first input with such a requirement.
    pub(super) path: &'a str,
    /// The ranges as written, without those of conflicts.
    ranges: Vec<&'a str>,
    /// True when something does not work without it.
    pub(super) strict: bool,
}

impl<'a> Request<'a> {
    pub(super) fn new(path: &'a str) -> Self {
        Self {
            path,
            ranges: Vec::new(),
            strict: false,
        }
    }

    pub(super) fn add(&mut self, link: &'a Link) {
        if link.need != Need::Conflicts {
            self.ranges.push(link.range.as_deref().unwrap_or_default());
        }
        self.strict |= link.need.is_strict();
    }

    /// The first range that a version does not satisfy.
    pub(super) fn unsatisfied(&self, version: Option<&str>) -> Option<&'a str> {
        self.ranges
            .iter()
            .find(|range| !fits(range, version))
            .copied()
    }
}
