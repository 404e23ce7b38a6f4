//! `yarn.lock` of Yarn 2 and later.

pub(crate) mod agreement;
pub(crate) mod grammar;
mod keys;
pub(crate) mod locator;
mod lookup;
mod names;
mod package;
mod peered;
mod peers;
mod range;
pub(crate) mod read;
pub(crate) mod settings;
pub(crate) mod strict;
mod tolerant;
