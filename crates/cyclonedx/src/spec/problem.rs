//! What is wrong with a document, up to a limit.

/// The most problems that are kept; the others are counted.
const LIMIT: usize = 500;

/// A value that the specification does not allow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A JSON pointer (RFC 6901).
    pub(crate) pointer: String,
    pub(crate) message: String,
}

/// The problems of a document.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    found: usize,
}

impl Problems {
    pub(crate) fn add(&mut self, problem: impl FnOnce() -> Problem) {
        self.found += 1;
        if self.kept.len() < LIMIT {
            self.kept.push(problem());
        }
    }

    /// Counts a problem that is only looked for.
    pub(crate) fn count_one(&mut self) {
        self.found += 1;
    }

    /// How many were found.
    pub(crate) fn count(&self) -> usize {
        self.found
    }

    /// Forgets what was found after there were `count` of them.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.found = self.found.min(count);
        self.kept.truncate(count);
    }

    /// Those that were kept, and how many others there are.
    pub(crate) fn into_parts(self) -> (Vec<Problem>, usize) {
        let more = self.found - self.kept.len();
        (self.kept, more)
    }
}
