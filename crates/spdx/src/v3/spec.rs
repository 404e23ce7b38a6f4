//! The classes and fields of SPDX 3.0.1, read once from the table in `spec.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// A class.
#[derive(Debug)]
pub(super) struct Class {
    parent: Option<&'static str>,
    /// How its objects are identified.
    pub(super) identity: Identity,
    /// Its own fields, without those of its parents.
    pub(super) fields: Vec<Field>,
    /// The fields of its parents and its own, in the order in which most documents have them.
    all_fields: Vec<Field>,
    /// Those of them that every object has, from the class on.
    pub(super) required: Vec<Field>,
    /// Individuals that may take the place of an object of it.
    individuals: Vec<&'static str>,
}

/// How the objects of a class are identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// By an IRI in `spdxId`, which every element has.
    Element,
    /// By an optional `@id`.
    Object,
    /// The class has no objects of its own.
    Abstract,
}

/// A field of a class.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its name.
    pub(super) key: &'static str,
    /// True for a field that every object has.
    pub(super) is_required: bool,
    /// The least number of values of a list; `None` for a field with one value.
    pub(super) list: Option<usize>,
    /// The type of a value.
    pub(super) kind: Kind,
}

/// The type of a value.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A string.
    Text,
    /// A time in UTC, to the second.
    Time,
    /// A media type.
    Media,
    /// A semantic version.
    Version,
    /// A number, or a string with one.
    Decimal,
    /// A whole number, at least this.
    Integer(u64),
    /// `true` or `false`.
    Truth,
    /// One of these strings.
    OneOf(Vec<&'static str>),
    /// An object of a class, or a reference to one.
    Object(&'static str),
}

/// The classes by name.
#[derive(Debug, Default)]
pub(super) struct Spec(HashMap<&'static str, Class, RandomState>);

/// The classes of SPDX 3.0.1.
pub(super) static SPEC: LazyLock<Spec> = LazyLock::new(|| Spec::parse(include_str!("spec.txt")));

impl Spec {
    fn parse(table: &'static str) -> Self {
        let mut spec = Self::default();
        let mut class = "";
        for line in table.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["class", name, parent, identity] => {
                    class = name;
                    spec.0.insert(name, Class::new(parent, identity));
                }
                ["field", key, need, number, kind] => {
                    if let Some(class) = spec.0.get_mut(class) {
                        class.fields.push(Field::new(key, need, number, kind));
                    }
                }
                ["individuals", name, all] => {
                    if let Some(class) = spec.0.get_mut(name) {
                        class.individuals = all.split(',').collect();
                    }
                }
                _ => {}
            }
        }
        let inherited = |name: &&'static str| -> (&'static str, Vec<Vec<Field>>) {
            let fields = spec.lineage(name).map(|(_, it)| it.fields.clone());
            (*name, fields.collect())
        };
        let all: Vec<_> = spec.0.keys().map(inherited).collect();
        for (name, fields) in all {
            if let Some(class) = spec.0.get_mut(name) {
                let required = fields.iter().flatten().filter(|it| it.is_required);
                class.required = required.cloned().collect();
                class.all_fields = fields.into_iter().rev().flatten().collect();
            }
        }
        spec
    }

    /// The class with a name.
    pub(super) fn class(&self, name: &str) -> Option<&Class> {
        self.0.get(name)
    }

    /// A class and its parents, from the class on; nothing for an unknown class.
    pub(super) fn lineage<'s>(&'s self, name: &str) -> impl Iterator<Item = (&'s str, &'s Class)> {
        let first = self.0.get_key_value(name);
        std::iter::successors(first, |(_, class)| self.0.get_key_value(class.parent?))
            .map(|(name, class)| (*name, class))
    }

    /// True when `name` is the class `parent` or derived from it.
    pub(super) fn is(&self, name: &str, parent: &str) -> bool {
        self.lineage(name).any(|(it, _)| it == parent)
    }

    /// True for an individual that may take the place of an object of a class.
    pub(super) fn is_individual(&self, class: &str, word: &str) -> bool {
        let class = self.0.get(class);
        class.is_some_and(|it| it.individuals.contains(&word))
    }
}

impl Class {
    fn new(parent: &'static str, identity: &str) -> Self {
        Self {
            parent: Some(parent).filter(|it| *it != "-"),
            identity: match identity {
                "element" => Identity::Element,
                "object" => Identity::Object,
                _ => Identity::Abstract,
            },
            fields: Vec::new(),
            all_fields: Vec::new(),
            required: Vec::new(),
            individuals: Vec::new(),
        }
    }

    /// A field of it or of a parent. `next` is the position after the field that was asked for before, where the search begins.
    pub(super) fn field_after(&self, next: &mut usize, key: &str) -> Option<&Field> {
        let (before, after) = self.all_fields.split_at_checked(*next)?;
        let mut fields = after.iter().chain(before);
        let at = fields.position(|it| it.key == key)? + before.len();
        *next = at % self.all_fields.len() + 1;
        self.all_fields.get(*next - 1)
    }
}

impl Field {
    fn new(key: &'static str, need: &str, number: &str, kind: &'static str) -> Self {
        let (name, rest) = kind.split_once(':').unwrap_or((kind, ""));
        let list = number.strip_prefix("list:");
        Self {
            key,
            is_required: need == "required",
            list: list.map(|it| it.parse().unwrap_or_default()),
            kind: match name {
                "time" => Kind::Time,
                "media" => Kind::Media,
                "version" => Kind::Version,
                "decimal" => Kind::Decimal,
                "integer" => Kind::Integer(rest.parse().unwrap_or_default()),
                "truth" => Kind::Truth,
                "enum" => Kind::OneOf(rest.split(',').collect()),
                "object" => Kind::Object(rest),
                _ => Kind::Text,
            },
        }
    }
}
