//! TOML 1.0 as a tree with places.

use toml_edit::{Document, Item, TableLike, Value as TomlValue};

use crate::page::Page;
use crate::tree::{Entries, Entry, Kind, Value};

/// How deep tables may be nested.
const DEEPEST: usize = 64;

impl<'t> Page<'t> {
    /// Reads the text as TOML. `None`, and a problem, where it is not TOML or nested more than 64 deep.
    pub fn toml(&mut self) -> Option<Value<'t>> {
        match Document::parse(self.text()) {
            Ok(document) => {
                let converted = item(document.as_item(), 0, DEEPEST);
                if converted.is_none() {
                    self.syntax(0, "TOML", "it is nested too deep");
                }
                converted
            }
            Err(error) => {
                let at = error.span().map_or(0, |it| it.start);
                let message = error.message().trim().replace('\n', ", ");
                self.syntax(at, "TOML", &message);
                None
            }
        }
    }
}

/// The value of an item. `key` is the offset of its key, for what has no place of its own.
fn item<'t>(item: &Item, key: usize, depth: usize) -> Option<Value<'t>> {
    let kind = match item {
        Item::None => Kind::Null,
        Item::Value(it) => return value(it, key, depth),
        Item::Table(table) => Kind::Entries(entries(table, depth)?),
        Item::ArrayOfTables(tables) => {
            let all = tables.iter().map(|table| {
                let span = table.span().unwrap_or(key..key);
                let kind = Kind::Entries(entries(table, depth)?);
                Some(Value {
                    start: span.start,
                    end: span.end,
                    kind,
                })
            });
            Kind::List(all.collect::<Option<_>>()?)
        }
    };
    let span = item.span().unwrap_or(key..key);
    Some(Value {
        start: span.start,
        end: span.end,
        kind,
    })
}

fn value<'t>(value_of: &TomlValue, key: usize, depth: usize) -> Option<Value<'t>> {
    let deeper = depth.checked_sub(1)?;
    let kind = match value_of {
        TomlValue::String(it) => Kind::Text(it.value().clone().into()),
        TomlValue::Integer(it) => Kind::Number(it.value().to_string().into()),
        TomlValue::Float(it) => Kind::Number(it.value().to_string().into()),
        TomlValue::Boolean(it) => Kind::Bool(*it.value()),
        TomlValue::Datetime(it) => Kind::Date(it.value().to_string()),
        TomlValue::Array(array) => {
            let all = array.iter().map(|it| value(it, key, deeper));
            Kind::List(all.collect::<Option<_>>()?)
        }
        TomlValue::InlineTable(table) => Kind::Entries(entries(table, depth)?),
    };
    let span = value_of.span().unwrap_or(key..key);
    Some(Value {
        start: span.start,
        end: span.end,
        kind,
    })
}

fn entries<'t>(table: &dyn TableLike, depth: usize) -> Option<Entries<'t>> {
    let deeper = depth.checked_sub(1)?;
    let all = table.iter().filter(|(_, it)| !it.is_none());
    let all = all.map(|(key, found)| {
        let span = table.key(key).and_then(toml_edit::Key::span);
        let at = span.or_else(|| found.span()).map_or(0, |it| it.start);
        Some(Entry {
            key: key.to_owned().into(),
            at,
            value: item(found, at, deeper)?,
        })
    });
    Some(Entries(all.collect::<Option<_>>()?))
}
