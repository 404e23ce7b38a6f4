//! The JSON of npm's files, read leniently: a field of the wrong type is recorded and left out, never a failure. Strings borrow
//! from the input.

mod entry;
mod lock;
mod manifest;
mod object;

pub(crate) use lock::{Legacy, Lock};
pub(crate) use manifest::Manifest;
#[cfg(feature = "managers")]
pub(crate) use object::{Fields, Object};
