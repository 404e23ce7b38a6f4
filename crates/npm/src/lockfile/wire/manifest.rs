//! A package.json: the fields a lock entry has, and a few more.

use serde::de::{Deserialize, Deserializer};

use super::object::Object;
use crate::package::entry::Entry;

/// A package manifest.
#[derive(Debug, Default)]
pub(crate) struct Manifest<'a>(pub(crate) Entry<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Manifest<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::deserialize(deserializer).map(|Object(entry)| Self(entry))
    }
}
