//! Version orders and version ranges: npm's (`node-semver`), CPAN's (`version.pm`, `CPAN::Meta::Requirements`) and Cargo's, the
//! ranges as `vers` URIs, and the nearest of several versions. Each grammar is written once, here.
//!
//! This crate does not depend on a graph, a file format or the network.

#[cfg(feature = "cargo")]
pub mod cargo;
pub mod cpan;
pub mod npm;
mod order;
mod precedence;
mod scheme;
mod vers;

pub use order::{compare, nearest};
pub use precedence::SemVer;
pub use scheme::Scheme;
