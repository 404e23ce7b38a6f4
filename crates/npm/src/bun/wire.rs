//! `bun.lock` as it is written. Packages and workspaces are taken apart while they are read; a value of the wrong type counts as
//! missing.

use std::collections::HashSet;
use std::fmt;

use foldhash::fast::RandomState;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::lockfile::wire::{Fields, Object};
use crate::package::entry::{Field, Pairs};
use crate::package::value::{Key, Str, Value};

/// A lockfile.
#[derive(Debug, Default)]
pub(super) struct File<'t> {
    /// True for a value that is not an object.
    pub(super) is_other: bool,
    /// `packages`, each key once; `None` for an entry that is not about a package.
    pub(super) packages: Vec<(Str<'t>, Option<Listed<'t>>)>,
    /// `workspaces`, each key once.
    pub(super) workspaces: Vec<(Str<'t>, Workspace<'t>)>,
    /// All other fields, in the order of the file.
    fields: Vec<(Str<'t>, Value<'t>)>,
}

impl<'t> File<'t> {
    /// A field that is neither `packages` nor `workspaces`; of several the last.
    pub(super) fn field(&self, name: &str) -> Option<&Value<'t>> {
        let mut fields = self.fields.iter().rev();
        fields.find(|(it, _)| it == name).map(|(_, value)| value)
    }
}

impl<'de: 't, 't> Deserialize<'de> for File<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::<File<'de>>::deserialize(deserializer).map(|it| it.0)
    }
}

impl<'de> Fields<'de> for File<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "packages" => {
                let all = members(map)?.into_iter();
                self.packages = all.map(|(key, List(it))| (key, it)).collect();
            }
            "workspaces" => {
                let all = members(map)?.into_iter();
                self.workspaces = all.map(|(key, Object(it))| (key, it)).collect();
            }
            _ => self.fields.push((key, map.next_value()?)),
        }
        Ok(())
    }

    fn no_object(&mut self) {
        self.is_other = true;
    }
}

/// The members of an object, each with its value.
struct Members<'t, V>(Vec<(Str<'t>, V)>);

impl<V> Default for Members<'_, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Fields<'de> for Members<'de, V> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        // Most are few; a list of thousands is not copied at each doubling.
        if self.0.len() == self.0.capacity() && self.0.len() >= MANY {
            self.0.reserve(self.0.len() * GROWTH);
        }
        self.0.push((key, map.next_value()?));
        Ok(())
    }

    fn no_object(&mut self) {}
}

/// A list of this length is long.
const MANY: usize = 64;

/// How many times its length a long list gets when it is full.
const GROWTH: usize = 7;

/// The members of an object, of several with one key the last.
fn members<'de, A, V>(map: &mut A) -> Result<Vec<(Str<'de>, V)>, A::Error>
where
    A: MapAccess<'de>,
    V: Deserialize<'de>,
{
    let Object(Members(all)) = map.next_value()?;
    Ok(last_of_each(all))
}

/// What the lockfile has of a workspace.
#[derive(Debug, Default)]
pub(super) struct Workspace<'t> {
    pub(super) name: Option<Str<'t>>,
    pub(super) version: Option<Str<'t>>,
    pub(super) info: Info<'t>,
}

impl Workspace<'_> {
    /// A workspace that the lockfile has nothing of.
    pub(super) const NONE: &'static Workspace<'static> = &Workspace {
        name: None,
        version: None,
        info: Info::new(),
    };
}

impl<'de> Fields<'de> for Workspace<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "name" => self.name = map.next_value::<Value<'de>>()?.into_text(),
            "version" => self.version = map.next_value::<Value<'de>>()?.into_text(),
            _ => self.info.field(key, map)?,
        }
        Ok(())
    }

    fn no_object(&mut self) {}
}

/// The elements of a package's list, by their types: the requirements are the first object, the digest is the first text that
/// looks like one.
#[derive(Debug, Default)]
pub(super) struct Listed<'t> {
    /// The first element: name and resolution.
    pub(super) id: Str<'t>,
    /// The second element, where it is a text and not a digest.
    pub(super) registry: Option<Str<'t>>,
    /// True where an element is an object.
    pub(super) has_info: bool,
    /// Requirements and platforms; `None` for an empty object too.
    pub(super) info: Option<Box<Info<'t>>>,
    pub(super) integrity: Option<Str<'t>>,
}

/// The value of a package; `None` unless it is a list that begins with a text.
struct List<'t>(Option<Listed<'t>>);

impl<'de: 't, 't> Deserialize<'de> for List<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Element::deserialize(deserializer)? {
            Element::List(listed) => Self(listed),
            Element::Text(_) | Element::Info(_) | Element::Other => Self(None),
        })
    }
}

/// A value in `packages`.
enum Element<'t> {
    Text(Str<'t>),
    Info(Option<Box<Info<'t>>>),
    List(Option<Listed<'t>>),
    Other,
}

impl<'de: 't, 't> Deserialize<'de> for Element<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Element::Text(Str::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Element::Text(Str::Owned(value.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut info: Option<Box<Info<'de>>> = None;
        while let Some(Key(key)) = map.next_key()? {
            info.get_or_insert_default().field(key, &mut map)?;
        }
        Ok(Element::Info(info))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let Some(Element::Text(id)) = items.next_element()? else {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Element::List(None));
        };
        let mut listed = Listed {
            id,
            ..Listed::default()
        };
        let mut is_second = true;
        while let Some(element) = items.next_element()? {
            match element {
                Element::Text(it) if is_digest(&it) => {
                    listed.integrity.get_or_insert(it);
                }
                Element::Text(it) if is_second => listed.registry = Some(it),
                Element::Info(it) if !listed.has_info => {
                    (listed.has_info, listed.info) = (true, it);
                }
                Element::Text(_) | Element::Info(_) | Element::List(_) | Element::Other => {}
            }
            is_second = false;
        }
        Ok(Element::List(Some(listed)))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Element::Other)
    }
}

fn is_digest(text: &str) -> bool {
    let known = ["sha512-", "sha1-", "sha256-", "sha384-", "md5-"];
    known.iter().any(|it| text.starts_with(it))
}

/// What a package or a workspace requires, and where it can be installed.
#[derive(Debug, Default)]
pub(super) struct Info<'t> {
    /// Each name once.
    pub(super) dependencies: Pairs<'t>,
    pub(super) optional_dependencies: Pairs<'t>,
    pub(super) peer_dependencies: Pairs<'t>,
    pub(super) dev_dependencies: Pairs<'t>,
    /// The peers that may be missing.
    pub(super) optional_peers: Vec<Str<'t>>,
    /// `os`, `cpu` and `libc`, in the order of the file.
    platforms: Vec<(Field, Value<'t>)>,
    pub(super) is_bundled: bool,
    pub(super) has_install_script: bool,
}

impl Info<'_> {
    /// That of an entry without any.
    pub(super) const NONE: &'static Info<'static> = &Info::new();

    const fn new() -> Self {
        Self {
            dependencies: Vec::new(),
            optional_dependencies: Vec::new(),
            peer_dependencies: Vec::new(),
            dev_dependencies: Vec::new(),
            optional_peers: Vec::new(),
            platforms: Vec::new(),
            is_bundled: false,
            has_install_script: false,
        }
    }
}

impl<'t> Info<'t> {
    /// How many requirements it states.
    pub(super) fn requests(&self) -> usize {
        let peers = self.peer_dependencies.len() + self.optional_dependencies.len();
        self.dependencies.len() + self.dev_dependencies.len() + peers
    }

    /// The platforms of a kind that it is limited to; `None` when it is not.
    pub(super) fn platform(&self, kind: Field) -> Option<&Value<'t>> {
        let stated = self.platforms.iter().rev().find(|(it, _)| *it == kind);
        stated
            .map(|(_, value)| value)
            .filter(|it| !it.texts().is_empty())
    }
}

impl<'de> Fields<'de> for Info<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: Str<'de>, map: &mut A) -> Result<(), A::Error> {
        match &*key {
            "dependencies" => self.dependencies = requirements(map)?,
            "optionalDependencies" => self.optional_dependencies = requirements(map)?,
            "peerDependencies" => self.peer_dependencies = requirements(map)?,
            "devDependencies" => self.dev_dependencies = requirements(map)?,
            "optionalPeers" => self.optional_peers = texts(map.next_value()?),
            "os" => self.platforms.push((Field::Os, map.next_value()?)),
            "cpu" => self.platforms.push((Field::Cpu, map.next_value()?)),
            "libc" => self.platforms.push((Field::Libc, map.next_value()?)),
            "bundled" => self.is_bundled = map.next_value::<Value<'de>>()?.truthy(),
            "hasInstallScript" => {
                self.has_install_script = map.next_value::<Value<'de>>()?.truthy();
            }
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }

    fn no_object(&mut self) {}
}

/// The strings of a list, or the one string.
fn texts(value: Value<'_>) -> Vec<Str<'_>> {
    match value {
        Value::Text(text) => vec![text],
        Value::List(items) => items.into_iter().filter_map(Value::into_text).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Map(_) => Vec::new(),
    }
}

/// The pairs of text of an object; of several with one name the last, if it is a text.
fn requirements<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Pairs<'de>, A::Error> {
    let all = members::<_, Value<'de>>(map)?.into_iter();
    let texts = all.filter_map(|(name, range)| Some((name, range.into_text()?)));
    Ok(texts.collect())
}

/// The pairs without those whose key follows again.
fn last_of_each<'t, V>(pairs: Vec<(Str<'t>, V)>) -> Vec<(Str<'t>, V)> {
    // Bun writes keys in order, and no key of such a list is repeated.
    if pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
        return pairs;
    }
    let mut seen = HashSet::with_capacity_and_hasher(pairs.len(), RandomState::default());
    if pairs.iter().all(|(key, _)| seen.insert(&**key)) {
        return pairs;
    }
    let mut kept: Vec<(Str<'t>, V)> = Vec::new();
    let mut seen: HashSet<Str<'t>, RandomState> = HashSet::default();
    let last_first = pairs.into_iter().rev();
    kept.extend(last_first.filter(|(key, _)| seen.insert(key.clone())));
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests;
