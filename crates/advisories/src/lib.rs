//! Security advisories: which known vulnerabilities are in the packages of a graph, how the product reaches them, and what was
//! decided about them.
//!
//! A [`Builder`] collects records of OSV and CPANSA and makes an [`Index`]; a [`Database`] asks one or several of them.
//! [`find`] matches them with the identities of a graph's nodes, and adds the facts that only a graph has.
//!
//! This crate opens no file and uses no network. It is given bytes, and the date.

mod builder;
mod clause;
mod codec;
mod database;
pub mod decisions;
mod diags;
mod ecosystem;
pub mod feed;
mod fix;
mod index;
mod matching;
mod range;
mod reach;
mod record;
mod severity;
pub mod vex;

pub use builder::Builder;
pub use database::Database;
pub use index::{Index, IndexError, Storage, is_index};
pub use matching::{find, mark_old};
