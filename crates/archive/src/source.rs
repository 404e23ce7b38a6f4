//! Whether the files of an archive are those of a source tree: each file has a verdict, and those that run come first.

mod build_map;
pub(crate) mod compare;
mod generated;
mod lines;
mod package_json;
mod roles;
pub(crate) mod value;
