//! The files that CPAN's tools write and read: one module for each format, and what several formats share.

mod bundle;
mod cpanfile;
mod cpm;
mod debian;
mod diags;
mod installed;
mod json;
mod manager;
mod meta;
mod perl_version;
mod prereq;
mod project;
mod requirements;
mod snapshot;
mod text;
mod value;
mod yaml_tiny;

pub use cpanfile::Cpanfile;
pub use cpm::Cpm;
pub use debian::{DebianPackages, debian_packages};
pub use installed::{InstalledTree, installed_trees, library_of};
pub use meta::{META_FILES, MetaFile};
pub use snapshot::CpanfileSnapshot;
