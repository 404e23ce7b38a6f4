//! The lines of a yarn lockfile as a flat list: what the two formats of yarn have in common.

use crate::package::value::Str;

/// A key and its value, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item<'t> {
    /// The line of the key, from 1.
    pub(crate) line: u32,
    /// How many blocks it is in.
    pub(crate) depth: u8,
    /// True when the next item is another key of the same value.
    pub(crate) shared: bool,
    /// The key.
    pub(crate) key: Str<'t>,
    /// The value.
    pub(crate) value: Scalar<'t>,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar<'t> {
    /// A text.
    Text(Str<'t>),
    /// A number, as JavaScript prints it.
    Number(Str<'t>),
    /// A truth value.
    Bool(bool),
    /// The items that follow and are one level deeper.
    Block,
}

impl<'t> Scalar<'t> {
    /// The text of a value that is not a block, as JavaScript prints it.
    pub(crate) fn into_text(self) -> Option<Str<'t>> {
        match self {
            Self::Text(it) | Self::Number(it) => Some(it),
            Self::Bool(true) => Some(Str::Borrowed("true")),
            Self::Bool(false) => Some(Str::Borrowed("false")),
            Self::Block => None,
        }
    }
}

/// Why a file cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column, from 1.
    pub(crate) column: usize,
    /// What is wrong there.
    pub(crate) why: &'static str,
}
