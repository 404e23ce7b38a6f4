//! `yarn.lock` of Yarn 1.

pub(crate) mod agreement;
mod declared;
pub(crate) mod grammar;
pub(crate) mod read;
mod resolved;
pub(crate) mod settings;
pub(crate) mod strict;
mod tokens;
