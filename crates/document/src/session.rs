//! The diagnostics of one document: each problem at once; what is not kept is counted, and reported at the end.

use std::collections::BTreeMap;

use bomtrail_graph::{Code, Diagnostic, Diagnostics};

use crate::{Codes, place};

/// The diagnostics of one document while it is read.
#[derive(Debug)]
pub struct Session<'s> {
    path: &'s str,
    codes: Codes,
    diagnostics: &'s mut Diagnostics,
    unkept: BTreeMap<String, usize>,
    /// How many there are of each kind.
    told: BTreeMap<&'static str, (&'static Code, usize)>,
}

/// The most diagnostics of one kind: a document in which everything is wrong costs no more than others.
const MOST: usize = 1000;

impl<'s> Session<'s> {
    /// For the input at `path`, whose problems have `codes`.
    #[must_use]
    pub fn new(path: &'s str, codes: Codes, diagnostics: &'s mut Diagnostics) -> Self {
        Self {
            path,
            codes,
            diagnostics,
            unkept: BTreeMap::new(),
            told: BTreeMap::new(),
        }
    }

    /// The path of the input.
    #[must_use]
    pub fn path(&self) -> &'s str {
        self.path
    }

    /// Reports one thing; of each kind the first thousand, and the number of the others at the end.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        let code = diagnostic.code;
        let (_, count) = self.told.entry(code.id).or_insert((code, 0));
        *count += 1;
        if *count <= MOST {
            self.diagnostics.push(diagnostic);
        }
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
        for (code, count) in self.told.into_values() {
            if let Some(more @ 1..) = count.checked_sub(MOST) {
                let message = format!("{more} more problems of this kind are not listed");
                let place = place(self.path, "");
                self.diagnostics.push(Diagnostic::new(code, place, message));
            }
        }
        for (what, count) in self.unkept {
            let counted = self.codes.not_kept(self.path, &what, count);
            self.diagnostics.push(counted);
        }
    }
}
