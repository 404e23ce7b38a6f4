//! The types of values that npm writes into the fields of an entry.

use crate::package::command::command_name;
use crate::package::value::Value;

/// A type of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text that is not empty.
    Text,
    /// `true`.
    True,
    /// A text that is not empty, or `true`.
    TextOrTrue,
    /// A text that is not empty, or `false`.
    TextOrFalse,
    /// An object whose keys are package names and whose values are texts.
    Dependencies,
    /// An object whose keys are command names and whose values are texts.
    Commands,
    /// An object of objects.
    Objects,
    /// An object.
    Object,
    /// A list of texts.
    List,
    /// A list of texts, or one text.
    Texts,
    /// An object, a list or a text.
    Anything,
}

impl Shape {
    /// True when npm writes values like this one.
    pub(super) fn fits(self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Text | Self::TextOrTrue | Self::TextOrFalse | Self::Texts, Value::Text(it)) => {
                !it.is_empty()
            }
            (Self::True | Self::TextOrTrue, Value::Bool(it)) => *it,
            (Self::TextOrFalse, Value::Bool(it)) => !*it,
            (Self::Dependencies, Value::Map(pairs)) => pairs
                .iter()
                .all(|(name, it)| is_dependency_name(name) && it.text().is_some()),
            (Self::Commands, Value::Map(pairs)) => pairs
                .iter()
                .all(|(name, it)| is_command_name(name) && it.text().is_some()),
            (Self::Objects, Value::Map(pairs)) => {
                pairs.iter().all(|(_, it)| matches!(it, Value::Map(_)))
            }
            (Self::Object, Value::Map(_))
            | (Self::Anything, Value::Map(_) | Value::List(_) | Value::Text(_)) => true,
            (Self::List | Self::Texts, Value::List(items)) => {
                items.iter().all(|it| it.text().is_some())
            }
            _ => false,
        }
    }
}

fn is_dependency_name(name: &str) -> bool {
    !name.is_empty() && name != "__proto__"
}

/// npm writes the names under which it installs the commands.
fn is_command_name(name: &str) -> bool {
    command_name(name) == Some(name)
}

/// A message about a value of a type that npm does not write into a field.
pub(super) fn message(key: &str, value: &Value<'_>) -> String {
    let shown = match value {
        Value::Null => "`null`",
        Value::Bool(true) => "`true`",
        Value::Bool(false) => "`false`",
        Value::Number(_) => "a number",
        Value::Text(it) if it.is_empty() => "an empty text",
        Value::Text(_) => "a text",
        Value::List(_) => "a list of such values",
        Value::Map(_) => "an object with such keys or values",
    };
    format!("`{key}` is {shown}, which npm never writes there")
}
