//! What bundles of the corpus, and bundles that were tampered with, come to.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::string_slice,
    reason = "tests"
)]

mod binding;
mod corpus;
mod cpan;
mod malformed;
mod mutants;
#[cfg(feature = "openpgp")]
mod openpgp;
mod project;
mod signatures;
mod statements;
mod verdicts;
