//! Readers for CPAN: `META.json` and `META.yml` of every specification, `MYMETA.*`, `cpanfile` and `cpm.yml`, and the
//! versions, ranges and distribution names they are written in.
//!
//! What Perl's own toolchain reads from these files is what is read here. This crate does not touch the disk (files are
//! asked for through [`bomtrail_graph::Files`]), does not know any output format, and never runs Perl.

mod dist_name;
#[cfg(test)]
mod oracle;
mod purl;
mod version;

pub use dist_name::DistName;
pub use version::Version;
