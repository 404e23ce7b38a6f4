//! What the tests of the other crates share: the graph as text, fixtures on disk, files in memory, fragments at random, and
//! validation against the official schemas. Development only: it panics where a test should fail. It does not know any ecosystem
//! and no format; a test hands it what was read and written.

#![expect(
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "it is part of tests, which fail by panicking and read files"
)]

mod case;
mod diff;
mod effort;
mod files;
mod graph_text;
mod hostile;
mod mutations;
mod perl_tables;
mod schema;
mod strategy;
mod tarball;
mod zipfile;

pub use case::{Case, Outputs, fixtures, run_fixtures};
pub use effort::{cases, sample};
pub use files::{Folder, MemoryFiles};
pub use graph_text::{diagnostics_text, graph_text};
pub use hostile::{HostileArchive, hostile_archives};
pub use mutations::{Mutation, mutations};
pub use perl_tables::perl_table;
pub use schema::{shared, validate_cyclonedx, validate_spdx23};
pub use strategy::{component, fragment, fragments, hostile_text};
pub use tarball::{Tarball, compressed};
pub use zipfile::Zipfile;
