//! One entry of `packages` (lockfile versions 2 to 4), or a package manifest: they share most fields.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess};

use super::object::Fields;
use super::value::{Str, Value};

/// `name: range` pairs in the order of the file; later ones win.
pub(crate) type Pairs<'a> = Vec<(Str<'a>, Str<'a>)>;

/// Fields that are facts for a reader of the SBOM, kept as they stand until a component is made of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Workspaces,
    Overrides,
    Deprecated,
    Engines,
    Os,
    Cpu,
    Libc,
    Funding,
    Patched,
    PackageExtensionsApplied,
    NpmExtensionApplied,
    Description,
    Author,
    Homepage,
    Repository,
    Bugs,
    /// The legacy plural of `license`.
    Licenses,
    /// The names of what comes in its archive.
    BundleDependencies,
}

impl Field {
    const NAMES: [(&'static str, Self); 18] = [
        ("engines", Self::Engines),
        ("funding", Self::Funding),
        ("os", Self::Os),
        ("cpu", Self::Cpu),
        ("libc", Self::Libc),
        ("deprecated", Self::Deprecated),
        ("workspaces", Self::Workspaces),
        ("overrides", Self::Overrides),
        ("patched", Self::Patched),
        ("packageExtensionsApplied", Self::PackageExtensionsApplied),
        ("npmExtensionApplied", Self::NpmExtensionApplied),
        ("description", Self::Description),
        ("author", Self::Author),
        ("homepage", Self::Homepage),
        ("repository", Self::Repository),
        ("bugs", Self::Bugs),
        ("licenses", Self::Licenses),
        ("bundleDependencies", Self::BundleDependencies),
    ];

    fn of(key: &str) -> Option<(&'static str, Self)> {
        Self::NAMES.into_iter().find(|(name, _)| *name == key)
    }

    /// True when npm gives the field values of this type.
    fn fits(self, value: &Value<'_>) -> bool {
        use Value::{Bool, List, Map, Null, Number, Text};
        match self {
            Self::Workspaces => matches!(value, Null | List(_) | Map(_)),
            Self::Overrides | Self::Patched => matches!(value, Null | Map(_)),
            Self::Deprecated => matches!(value, Null | Text(_) | Bool(_)),
            Self::Engines => matches!(value, Null | List(_) | Map(_) | Text(_)),
            Self::Os | Self::Cpu | Self::Libc => matches!(value, Null | List(_) | Text(_)),
            Self::Funding => !matches!(value, Number(_) | Bool(_)),
            // Manifests of old packages hold anything here.
            Self::PackageExtensionsApplied
            | Self::NpmExtensionApplied
            | Self::Description
            | Self::Author
            | Self::Homepage
            | Self::Repository
            | Self::Bugs
            | Self::Licenses
            | Self::BundleDependencies => true,
        }
    }
}

/// Fields that few entries have, kept apart so that a million entries stay small.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras<'a> {
    pub(crate) optional_dependencies: Pairs<'a>,
    pub(crate) peer_dependencies: Pairs<'a>,
    pub(crate) dev_dependencies: Pairs<'a>,
    pub(crate) accept_dependencies: Pairs<'a>,
    /// `peerDependenciesMeta`, only the names marked optional.
    pub(crate) optional_peers: Vec<Str<'a>>,
    /// Fields of a wrong type, by name.
    pub(crate) wrong: Vec<&'static str>,
    /// Fields that stand twice, by name.
    pub(crate) twice: Vec<&'static str>,
}

/// An entry of `packages`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry<'a> {
    pub(crate) name: Option<Str<'a>>,
    pub(crate) version: Option<Str<'a>>,
    pub(crate) resolved: Option<Str<'a>>,
    pub(crate) integrity: Option<Str<'a>>,
    pub(crate) license: Value<'a>,
    pub(crate) dependencies: Pairs<'a>,
    pub(crate) bits: Bits,
    pub(crate) facts: Vec<(Field, Value<'a>)>,
    pub(crate) extras: Option<Box<Extras<'a>>>,
}

/// The yes-or-no fields of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(u16);

impl Bits {
    pub(crate) const LINK: u16 = 1;
    pub(crate) const DEV: u16 = 1 << 1;
    pub(crate) const OPTIONAL: u16 = 1 << 2;
    pub(crate) const DEV_OPTIONAL: u16 = 1 << 3;
    pub(crate) const PEER: u16 = 1 << 4;
    pub(crate) const IN_BUNDLE: u16 = 1 << 5;
    pub(crate) const EXTRANEOUS: u16 = 1 << 6;
    pub(crate) const INSTALL_SCRIPT: u16 = 1 << 7;
    pub(crate) const SHRINKWRAP: u16 = 1 << 8;
    pub(crate) const PRIVATE: u16 = 1 << 9;
    /// Dependencies are not stated at all (an ancient lockfile), which is not the same as having none.
    pub(crate) const EDGES_UNKNOWN: u16 = 1 << 10;

    pub(crate) fn has(self, bit: u16) -> bool {
        self.0 & bit != 0
    }

    pub(crate) fn set(&mut self, bit: u16, on: bool) {
        if on {
            self.0 |= bit;
        } else {
            self.0 &= !bit;
        }
    }
}

impl<'a> Entry<'a> {
    pub(crate) fn extras_mut(&mut self) -> &mut Extras<'a> {
        self.extras.get_or_insert_default()
    }

    pub(crate) fn is(&self, bit: u16) -> bool {
        self.bits.has(bit)
    }

    fn wrong(&mut self, field: &'static str) {
        self.extras_mut().wrong.push(field);
    }

    fn text(
        &mut self,
        field: &'static str,
        value: Value<'a>,
        keep: fn(&mut Self) -> &mut Option<Str<'a>>,
    ) {
        match value {
            Value::Text(text) => {
                if keep(self).replace(text).is_some() {
                    self.extras_mut().twice.push(field);
                }
            }
            // Old npm wrote `false` for what it did not know.
            Value::Null | Value::Bool(false) => {}
            Value::Bool(true) | Value::Number(_) | Value::List(_) | Value::Map(_) => {
                self.wrong(field);
            }
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

    /// The value of a fact; null where the entry does not state it.
    pub(crate) fn fact(&self, field: Field) -> &Value<'a> {
        const NULL: &Value<'static> = &Value::Null;
        let found = self.facts.iter().rev().find(|(it, _)| *it == field);
        found.map_or(NULL, |(_, value)| value)
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
            "link" => Bits::LINK,
            "dev" => Bits::DEV,
            "optional" => Bits::OPTIONAL,
            "devOptional" => Bits::DEV_OPTIONAL,
            "peer" => Bits::PEER,
            "inBundle" => Bits::IN_BUNDLE,
            "extraneous" => Bits::EXTRANEOUS,
            "hasInstallScript" => Bits::INSTALL_SCRIPT,
            "hasShrinkwrap" => Bits::SHRINKWRAP,
            "private" => Bits::PRIVATE,
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
        if !field.fits(&value) {
            self.wrong(name);
        } else if value != Value::Null {
            self.facts.push((field, value));
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

/// Pairs of strings; what is no string is noted and left out.
pub(super) struct LenientPairs<'a> {
    pub(super) pairs: Pairs<'a>,
    pub(super) wrong: bool,
}

impl<'de: 'a, 'a> Deserialize<'de> for LenientPairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let mut wrong = false;
        let pairs = match value {
            Value::Map(pairs) => {
                let count = pairs.len();
                let mut kept: Pairs<'a> = pairs
                    .into_iter()
                    .filter_map(|(key, it)| Some((key, it.into_text()?)))
                    .collect();
                wrong = kept.len() < count;
                // Most lists are short, and a million spare places add up.
                kept.shrink_to_fit();
                kept
            }
            Value::Null | Value::Bool(false) => Vec::new(),
            Value::Bool(true) | Value::Number(_) | Value::Text(_) | Value::List(_) => {
                wrong = true;
                Vec::new()
            }
        };
        Ok(Self { pairs, wrong })
    }
}
