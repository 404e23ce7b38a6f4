//! The tree that JSON and YAML files are read into: texts, lists and maps. Numbers keep the text they were written as, because
//! a version that becomes a number is another version (`1.150`).

use std::collections::BTreeMap;

/// A map of a file; the last of duplicate keys counts.
pub(crate) type Map = BTreeMap<String, Value>;

/// The deepest nesting that is read; deeper values are left out.
pub(crate) const MAX_DEPTH: usize = 64;

/// A value of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    #[default]
    Null,
    Text(String),
    List(Vec<Value>),
    Map(Map),
}

/// The value of everything absent.
static NULL: Value = Value::Null;

impl Value {
    /// The value of a key of a map; null for everything else.
    pub(crate) fn get(&self, key: &str) -> &Self {
        self.map().and_then(|it| it.get(key)).unwrap_or(&NULL)
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The text without white space around it, unless it is empty.
    pub(crate) fn filled(&self) -> Option<&str> {
        self.text().map(str::trim).filter(|it| !it.is_empty())
    }

    /// The map, when it is one.
    pub(crate) fn map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            Self::Null | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The texts of a list, or a single text as a list.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::List(list) => list.iter().filter_map(Self::filled).collect(),
            single => single.filled().into_iter().collect(),
        }
    }

    /// True for what is true in Perl: anything but null, an empty text and `0`.
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Text(text) => !matches!(&**text, "" | "0"),
            Self::List(_) | Self::Map(_) => true,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
