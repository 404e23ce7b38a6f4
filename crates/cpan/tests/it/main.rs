//! The readers of CPAN against fixtures.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests fail by panicking and read files"
)]

mod corpus;
mod fixtures;
