//! One package: its identity, its source, its facts, and what is doubtful about it.

pub(crate) mod archive_url;
pub(crate) mod command;
pub(crate) mod component;
pub(crate) mod context;
pub(crate) mod entry;
pub(crate) mod facts;
#[cfg(feature = "managers")]
pub(crate) mod hosted;
pub(crate) mod identity;
pub(crate) mod integrity;
pub(crate) mod platform;
pub(crate) mod registries;
pub(crate) mod requesters;
pub(crate) mod source;
pub(crate) mod stated;
pub(crate) mod trust;
pub(crate) mod url;
pub(crate) mod value;
pub(crate) mod vcs;
