//! The library as its users see it: the example programs, scanning folders, and every writer on one small project.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test stops at the first surprise, and reads what it is held against"
)]

mod advised;
mod archives;
mod attested;
mod checks;
mod conversions;
mod corpus;
mod cpan;
mod documents;
mod examples;
mod fixture;
mod installed;
mod managers;
mod provenance;
mod registries;
mod registry;
mod round_trips;
mod scanning;
mod shipped;
mod sources;
