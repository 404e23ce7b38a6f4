//! Tests of the readers of Cargo against Cargo itself.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and says when it is skipped"
)]

mod compare;
mod fixtures;
mod generated;
mod workspace;
