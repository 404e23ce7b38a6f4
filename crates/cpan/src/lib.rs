//! Readers for CPAN: `META.json` and `META.yml` of every specification, `MYMETA.*`, `cpanfile` and `cpm.yml`, and the
//! distribution names they use.
//!
//! What Perl's own toolchain reads from these files is what is read here. This crate does not touch the disk (files are
//! asked for through [`bomtrail_graph::Files`]), does not know any output format, and never runs Perl.

mod bundle;
mod core;
mod cpanfile;
mod cpm;
mod diags;
mod dist_name;
mod index;
mod installed;
mod json;
mod license;
mod meta;
mod module;
mod perl;
mod prereq;
mod project;
mod provided;
mod purl;
mod snapshot;
mod supply;
mod text;
mod value;
mod yaml_tiny;

pub use cpanfile::Cpanfile;
pub use cpm::Cpm;
pub use dist_name::DistName;
pub use index::{Index, IndexError};
pub use installed::{InstalledTree, installed_trees};
pub use meta::{META_FILES, MetaFile};
pub use module::MODULES;
pub use perl::Perl;
pub use snapshot::CpanfileSnapshot;
pub use supply::{Surroundings, supply};
