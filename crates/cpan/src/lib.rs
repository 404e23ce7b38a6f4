//! Readers for CPAN: `META.json` and `META.yml` of every specification, `MYMETA.*`, `cpanfile`, `cpm.yml`,
//! `cpanfile.snapshot` and installed trees, and the resolution of Perl modules to distributions.
//!
//! The files are read as Perl's own toolchain reads them. This crate does not touch the disk (it asks for files through
//! [`bomtrail_graph::Files`]), does not know any output format, and never runs Perl.

mod formats;
mod package;
mod resolve;

pub use formats::{
    Cpanfile, CpanfileSnapshot, Cpm, DebianPackages, InstalledTree, META_FILES, MetaFile,
    debian_packages, installed_trees, library_of,
};
pub use package::{DistName, MODULES};
pub use resolve::{
    CoreList, CoreListError, Index, IndexError, ModuleResolver, Perl, PerlEnvironment,
    core_and_index,
};
