//! What changed between two graphs: the changes as values, and as text, JSON and Markdown.

mod change;
mod print;

pub use change::{Change, ChangeKind, Changes, MOST_BROUGHT_BY, VersionStep};
