//! The JSON of npm's files, read leniently: a field of the wrong type is noted and left out, never a failure. Strings borrow
//! from the input. Knows nothing of what the fields mean.

mod entry;
mod lock;
mod manifest;
mod object;
mod value;

pub(crate) use entry::{Bits, Entry, Field, Pairs};
pub(crate) use lock::{Legacy, Lock};
pub(crate) use manifest::Manifest;
pub(crate) use value::{Str, Value};
