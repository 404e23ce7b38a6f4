//! `package-advisories.json`: what a project decided about advisories. A decision is about one advisory and one package; whether
//! it counts is found out at every run, from the date and from the graph.

mod apply;
mod decision;
mod edit;
mod load;
mod read;

pub use apply::apply;
pub use decision::{Conditions, Decision};
pub use edit::{EditError, write_decision};
pub use load::{Decisions, load};

/// The name of a project's decisions, next to its manifest.
pub const FILE_NAME: &str = "package-advisories.json";
