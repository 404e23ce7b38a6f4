//! `yarn.lock` of Yarn 2 and later.

pub(crate) mod grammar;
pub(crate) mod locator;
mod lookup;
mod package;
mod peers;
pub(crate) mod read;
mod serves;
pub(crate) mod settings;
pub(crate) mod strict;
mod tolerant;
