//! What archives unpack to, how they are identified, and what hostile ones are refused for.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests"
)]

mod hostile;
mod identifiers;
mod layout;
mod manifests;
mod tarball;
