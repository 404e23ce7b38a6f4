//! The diagnostics of one document: each problem at once; what is not kept is counted, and reported at the end.

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostic, Diagnostics};

use crate::{Codes, place};

/// The diagnostics of one document while it is read.
#[derive(Debug)]
pub struct Session<'s> {
    path: &'s str,
    codes: Codes,
    diagnostics: &'s mut Diagnostics,
    unkept: BTreeMap<String, usize>,
}

impl<'s> Session<'s> {
    /// For the input at `path`, whose problems have `codes`.
    #[must_use]
    pub fn new(path: &'s str, codes: Codes, diagnostics: &'s mut Diagnostics) -> Self {
        Self {
            path,
            codes,
            diagnostics,
            unkept: BTreeMap::new(),
        }
    }

    /// The path of the input.
    #[must_use]
    pub fn path(&self) -> &'s str {
        self.path
    }

    /// Reports one thing.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A value at `pointer` is not what the specification allows there.
    pub fn invalid(&mut self, pointer: &str, message: &str) {
        let place = place(self.path, pointer);
        self.tell(Diagnostic::new(
            self.codes.invalid,
            place,
            message.to_owned(),
        ));
    }

    /// Counts something that the graph has no place for.
    pub fn unkept(&mut self, what: &str) {
        self.unkept_many(what, 1);
    }

    /// Counts several things of one kind that the graph has no place for.
    pub fn unkept_many(&mut self, what: &str, more: usize) {
        match self.unkept.get_mut(what) {
            Some(count) => *count += more,
            None if more == 0 => {}
            None => drop(self.unkept.insert(what.to_owned(), more)),
        }
    }

    /// Reports what was counted.
    pub fn finish(self) {
        for (what, count) in self.unkept {
            let counted = self.codes.not_kept(self.path, &what, count);
            self.diagnostics.push(counted);
        }
    }
}
