//! The top level of a lockfile, and the nested entries of version 1.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess};

use super::entry::LenientPairs;
use super::object::{self, Fields, Object};
use crate::lockfile::entries::Entries;
use crate::package::entry::{Entry, Pairs};
use crate::package::stated::AllFacts;
use crate::package::value::{Str, Value};

/// A lockfile of any version.
#[derive(Debug, Default)]
pub(crate) struct Lock<'a> {
    pub(crate) name: Option<Str<'a>>,
    pub(crate) version: Value<'a>,
    pub(crate) lockfile_version: Value<'a>,
    pub(crate) requires: bool,
    /// `packages`, by location; `None` when the file has none.
    pub(crate) packages: Option<Entries<'a>>,
    /// `dependencies` of version 1; `None` when the file has none or `packages` came first.
    pub(crate) dependencies: Option<Vec<(Str<'a>, Legacy<'a>)>>,
    /// Top-level fields of a wrong type; `lockfile` when the file is not an object.
    pub(crate) wrong: Vec<&'static str>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Lock<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::<Lock<'de>>::deserialize(deserializer).map(|it| it.0)
    }
}

impl<'de> Fields<'de> for Lock<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "name" => self.name = map.next_value::<Value<'de>>()?.into_text(),
            "version" => self.version = map.next_value()?,
            "lockfileVersion" => self.lockfile_version = map.next_value()?,
            "requires" => self.requires = map.next_value::<Value<'de>>()?.truthy(),
            "packages" => {
                let Object(Packages { entries, .. }) = map.next_value()?;
                self.noted("packages", entries.is_some());
                self.packages = entries;
            }
            // Version 2 repeats everything here for old npm; `packages` counts.
            "dependencies" if self.packages.is_none() => {
                let Object(object::Entries(entries)) = map.next_value()?;
                self.noted("dependencies", entries.is_some());
                self.dependencies = entries;
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn no_object(&mut self) {
        self.wrong.push("lockfile");
    }
}

impl Lock<'_> {
    fn noted(&mut self, field: &'static str, fits: bool) {
        if !fits {
            self.wrong.push(field);
        }
    }
}

/// The value of `packages`, in the order of the file; `None` when it is not an object.
struct Packages<'a> {
    entries: Option<Entries<'a>>,
    facts: AllFacts<'a>,
}

impl Default for Packages<'_> {
    fn default() -> Self {
        Self {
            entries: Some(Entries::default()),
            facts: AllFacts::default(),
        }
    }
}

impl<'de> Fields<'de> for Packages<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        let Object(mut entry) = map.next_value::<Object<Entry<'de>>>()?;
        let entries = self.entries.get_or_insert_default();
        // In a small lockfile there is nothing to save.
        if entries.is_long() {
            self.facts.share(&mut entry.facts);
        }
        entries.push(key, entry);
        Ok(())
    }

    fn no_object(&mut self) {
        self.entries = None;
    }
}

/// An entry of `dependencies` in a version 1 lockfile.
#[derive(Debug, Default)]
pub(crate) struct Legacy<'a> {
    pub(crate) version: Option<Str<'a>>,
    pub(crate) resolved: Option<Str<'a>>,
    pub(crate) integrity: Option<Str<'a>>,
    pub(crate) from: Option<Str<'a>>,
    pub(crate) bundled: bool,
    pub(crate) optional: bool,
    pub(crate) dev: bool,
    /// `None` when the entry does not say.
    pub(crate) requires: Option<Pairs<'a>>,
    pub(crate) dependencies: Vec<(Str<'a>, Legacy<'a>)>,
    /// Fields of a wrong type.
    pub(crate) wrong: Vec<&'static str>,
}

impl<'de> Fields<'de> for Legacy<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "version" => self.version = self.text("version", map.next_value()?),
            "resolved" => self.resolved = self.text("resolved", map.next_value()?),
            "integrity" => self.integrity = self.text("integrity", map.next_value()?),
            "from" => self.from = self.text("from", map.next_value()?),
            "bundled" => self.bundled = map.next_value::<Value<'de>>()?.truthy(),
            "optional" => self.optional = map.next_value::<Value<'de>>()?.truthy(),
            "dev" => self.dev = map.next_value::<Value<'de>>()?.truthy(),
            "requires" => {
                let LenientPairs { pairs, wrong } = map.next_value()?;
                if wrong {
                    self.wrong.push("requires");
                }
                self.requires = Some(pairs);
            }
            "dependencies" => {
                let Object(object::Entries(entries)) = map.next_value()?;
                if entries.is_none() {
                    self.wrong.push("dependencies");
                }
                self.dependencies = entries.unwrap_or_default();
            }
            _ => {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn no_object(&mut self) {
        self.wrong.push("entry");
    }
}

impl<'a> Legacy<'a> {
    fn text(&mut self, field: &'static str, value: Value<'a>) -> Option<Str<'a>> {
        match value {
            Value::Text(text) => Some(text),
            Value::Null | Value::Bool(false) => None,
            Value::Bool(true) | Value::Number(_) | Value::List(_) | Value::Map(_) => {
                self.wrong.push(field);
                None
            }
        }
    }
}
