//! What bundles of the corpus, and bundles that were tampered with, come to.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests"
)]

mod corpus;
mod verdicts;
