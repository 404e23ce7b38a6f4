//! `yarn.lock` of Yarn 1.

mod declared;
pub(crate) mod grammar;
pub(crate) mod read;
mod resolved;
pub(crate) mod settings;
pub(crate) mod strict;
mod tokens;
