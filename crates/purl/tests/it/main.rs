//! The crate seen from outside: the official suite, a suite of our own and properties.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says what it skipped"
)]

mod api;
mod cases;
mod properties;
mod suites;
