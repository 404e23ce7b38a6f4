//! Lockfiles as npm writes them, read without refusing anything.

pub(crate) mod chunks;
pub(crate) mod commands;
pub(crate) mod entries;
pub(crate) mod legacy;
pub(crate) mod lines;
pub(crate) mod names;
pub(crate) mod project;
pub(crate) mod wire;
