//! The library as its users see it: the example programs, scanning folders, and every writer on one small project.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod checks;
mod conversions;
mod corpus;
mod cpan;
mod examples;
mod fixture;
mod provenance;
mod registries;
mod scanning;
