//! Tests of the SPDX writer: exact documents, the official schema, a second reader, and arbitrary graphs.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests"
)]

mod any_graph;
mod claims;
mod exact;
mod judge;
mod product;
mod properties;
mod read;
mod same_version;
mod spec;
