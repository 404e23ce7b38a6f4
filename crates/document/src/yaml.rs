//! YAML 1.2 (core schema) as a tree with places, one for each document of a stream.
//!
//! Anchors, aliases and merge keys are followed, within a budget: a file cannot grow to more values than it has bytes.

mod events;
mod layout;
mod offsets;
mod scalar;

use crate::SIZE_LIMIT;
use crate::page::Page;
use crate::tree::Value;

impl<'t> Page<'t> {
    /// Reads the text as a stream of YAML documents, nested at most 128 deep. `None`, and a problem, where it is not YAML or
    /// larger than [`SIZE_LIMIT`]. A duplicate key is a problem, and its first value is kept.
    pub fn yaml(&mut self) -> Option<Vec<Value<'t>>> {
        if self.text().len() > SIZE_LIMIT {
            let message = format!("it is larger than {} MiB", SIZE_LIMIT >> 20);
            self.syntax(0, "YAML", &message);
            return None;
        }
        layout::documents(self.text(), self.codes).or_else(|| events::documents(self))
    }
}

#[cfg(test)]
mod tests;
