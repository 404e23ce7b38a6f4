//! A document as values that know where they are: what JSON and TOML have in common.

use std::borrow::Cow;

/// A value and the bytes of the text it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'t> {
    /// The offset of its first byte.
    pub start: usize,
    /// The offset after its last byte.
    pub end: usize,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    /// `null`, which only JSON has.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written.
    Number(Cow<'t, str>),
    /// A string, without its quotes and escapes.
    Text(Cow<'t, str>),
    /// A date or time, which only TOML has, as it is written.
    Date(String),
    /// An array, or a TOML list of tables.
    List(Vec<Value<'t>>),
    /// An object or a TOML table.
    Entries(Entries<'t>),
}

/// The entries of an object or a table, in the order of the text. No two have the same key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries<'t>(pub Vec<Entry<'t>>);

/// One entry of an object or a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key, without its quotes and escapes.
    pub key: Cow<'t, str>,
    /// The offset of the key.
    pub at: usize,
    /// The value.
    pub value: Value<'t>,
}

impl<'t> Entries<'t> {
    /// The entry of a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&Entry<'t>> {
        self.0.iter().find(|it| it.key == key)
    }
}

impl<'t> Value<'t> {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a string or a number as it is written, if it is one of them.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            _ => None,
        }
    }

    /// True for the value `true`.
    #[must_use]
    pub fn is_true(&self) -> bool {
        self.kind == Kind::Bool(true)
    }

    /// True for the value `false`.
    #[must_use]
    pub fn is_false(&self) -> bool {
        self.kind == Kind::Bool(false)
    }

    /// The value of a key, if it is an object or a table that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<'t>> {
        self.as_entries()?.find(key).map(|it| &it.value)
    }

    /// The entries of an object or a table; none for any other value.
    #[must_use]
    pub fn pairs(&self) -> &[Entry<'t>] {
        self.as_entries().map_or(&[], |it| &it.0)
    }

    /// The values, if it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value<'t>]> {
        match &self.kind {
            Kind::List(values) => Some(values),
            _ => None,
        }
    }

    /// The entries, if it is an object or a table.
    #[must_use]
    pub fn as_entries(&self) -> Option<&Entries<'t>> {
        match &self.kind {
            Kind::Entries(entries) => Some(entries),
            _ => None,
        }
    }

    /// The number, if it is a whole one that fits.
    #[must_use]
    pub fn as_count(&self) -> Option<u32> {
        match &self.kind {
            Kind::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}
