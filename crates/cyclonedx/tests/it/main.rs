//! Tests of the CycloneDX writer: exact documents, the official schemas, a second reader, and hostile graphs.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod content;
mod declared;
mod exact;
mod hostile;
mod newest;
mod print;
mod product;
mod read;
mod sample;
mod versions;
