//! Facts that SPDX has no field for, as `key=value` lines in annotations and comments. The reader knows them again.

pub(crate) mod document;
pub(crate) mod edge;
pub(crate) mod lines;
pub(crate) mod package;
