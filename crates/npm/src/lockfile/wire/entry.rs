//! How one entry of `packages` (lockfile versions 2 to 4) or a package.json is read: they share most fields.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::object::Fields;
use crate::package::entry::{Entry, EntryFlags, Field, Pairs};
use crate::package::value::{Key, Str, Value};

impl<'a> Entry<'a> {
    fn wrong(&mut self, field: &'static str) {
        self.extras_mut().wrong.push(field);
    }

    fn text(
        &mut self,
        field: &'static str,
        value: Value<'a>,
        keep: fn(&mut Self) -> &mut Option<Str<'a>>,
    ) {
        // Old npm wrote `false` for an unknown value.
        let wrong = !matches!(value, Value::Text(_) | Value::Null | Value::Bool(false));
        // The last value of a repeated key counts, whatever its type.
        let earlier = std::mem::replace(keep(self), value.into_text());
        if earlier.is_some() {
            self.extras_mut().twice.push(field);
        }
        if wrong {
            self.wrong(field);
        }
    }

    fn pairs(
        &mut self,
        field: &'static str,
        pairs: LenientPairs<'a>,
        keep: fn(&mut Self) -> &mut Pairs<'a>,
    ) {
        if pairs.wrong {
            self.wrong(field);
        }
        let kept = keep(self);
        let twice = !kept.is_empty();
        *kept = pairs.pairs;
        if twice {
            self.extras_mut().twice.push(field);
        }
    }

    fn bit(&mut self, bit: u16, value: &Value<'a>) {
        self.bits.set(bit, value.truthy());
    }

    fn named<'de: 'a, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            "name" => self.text("name", map.next_value()?, |it| &mut it.name),
            "version" => self.text("version", map.next_value()?, |it| &mut it.version),
            "resolved" => self.text("resolved", map.next_value()?, |it| &mut it.resolved),
            "integrity" => self.text("integrity", map.next_value()?, |it| &mut it.integrity),
            "license" => self.license = map.next_value()?,
            "dependencies" => {
                self.pairs("dependencies", map.next_value()?, |it| &mut it.dependencies);
            }
            "optionalDependencies" => {
                self.pairs("optionalDependencies", map.next_value()?, |it| {
                    &mut it.extras_mut().optional_dependencies
                });
            }
            "peerDependencies" => {
                self.pairs("peerDependencies", map.next_value()?, |it| {
                    &mut it.extras_mut().peer_dependencies
                });
            }
            "devDependencies" => {
                self.pairs("devDependencies", map.next_value()?, |it| {
                    &mut it.extras_mut().dev_dependencies
                });
            }
            "acceptDependencies" => {
                self.pairs("acceptDependencies", map.next_value()?, |it| {
                    &mut it.extras_mut().accept_dependencies
                });
            }
            "peerDependenciesMeta" => self.peer_meta(map.next_value()?),
            _ => return self.more(key, map),
        }
        Ok(())
    }

    fn more<'de: 'a, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let bit = match key {
            "link" => EntryFlags::LINK,
            "dev" => EntryFlags::DEV,
            "optional" => EntryFlags::OPTIONAL,
            "devOptional" => EntryFlags::DEV_OPTIONAL,
            "peer" => EntryFlags::PEER,
            "inBundle" => EntryFlags::IN_BUNDLE,
            "extraneous" => EntryFlags::EXTRANEOUS,
            "hasInstallScript" => EntryFlags::INSTALL_SCRIPT,
            "hasShrinkwrap" => EntryFlags::SHRINKWRAP,
            "private" => EntryFlags::PRIVATE,
            // Only manifests have it.
            "scripts" => {
                let scripts: Value<'a> = map.next_value()?;
                let run = ["preinstall", "install", "postinstall"];
                if run
                    .iter()
                    .any(|it| scripts.get(it).is_some_and(Value::truthy))
                {
                    self.bits.set(EntryFlags::INSTALL_SCRIPT, true);
                }
                return Ok(());
            }
            _ => return self.rest(key, map),
        };
        self.bit(bit, &map.next_value()?);
        Ok(())
    }

    fn rest<'de: 'a, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        let Some((name, field)) = Field::of(key) else {
            map.next_value::<IgnoredAny>()?;
            return Ok(());
        };
        let value = map.next_value()?;
        let value = if field.fits(&value) {
            value
        } else {
            self.wrong(name);
            Value::Null
        };
        // The last value of a repeated key counts, whatever its type.
        let earlier = self.facts.len();
        let facts = self.facts.to_mut();
        if earlier > 0 {
            facts.retain(|(it, _)| *it != field);
        }
        if facts.len() < earlier {
            self.extras_mut().twice.push(name);
        }
        if value != Value::Null {
            // Unused capacity adds up over a million entries.
            let facts = self.facts.to_mut();
            facts.reserve_exact(1);
            facts.push((field, value));
        }
        Ok(())
    }

    fn peer_meta(&mut self, value: Value<'a>) {
        let Value::Map(pairs) = value else {
            if value != Value::Null {
                self.wrong("peerDependenciesMeta");
            }
            return;
        };
        let optional = pairs
            .into_iter()
            .filter(|(_, meta)| meta.get("optional").is_some_and(Value::truthy));
        let names: Vec<Str<'a>> = optional.map(|(name, _)| name).collect();
        self.extras_mut().optional_peers = names;
    }
}

impl<'de> Fields<'de> for Entry<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        self.named(&key, map)
    }

    fn no_object(&mut self) {
        self.wrong("entry");
    }
}

/// Pairs of strings; other values are recorded and left out.
pub(super) struct LenientPairs<'a> {
    pub(super) pairs: Pairs<'a>,
    pub(super) wrong: bool,
}

impl<'de: 'a, 'a> Deserialize<'de> for LenientPairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PairsVisitor)
    }
}

struct PairsVisitor;

impl PairsVisitor {
    fn none<'a>(wrong: bool) -> LenientPairs<'a> {
        let pairs = Vec::new();
        LenientPairs { pairs, wrong }
    }
}

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = LenientPairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut pairs, mut wrong) = (Vec::new(), false);
        while let Some(Key(key)) = map.next_key()? {
            match map.next_value()? {
                Value::Text(text) => pairs.push((key, text)),
                _ => wrong = true,
            }
        }
        // Most lists are short, and unused capacity adds up over a million entries.
        pairs.shrink_to_fit();
        Ok(LenientPairs { pairs, wrong })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::none(true))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Self::none(false))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Self::none(value))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Self::none(true))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Self::none(true))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Self::none(true))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Self::none(true))
    }
}
