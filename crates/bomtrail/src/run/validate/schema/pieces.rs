//! A document in pieces, each of which is a small document of the same kind: one list with a few of its items, and everything else
//! without items.

use serde_json::{Map, Value};

/// How many items of a list are in one piece.
const ITEMS: usize = 8;

/// A part of a document, as a document of its own.
pub(super) struct Piece {
    pub(super) document: Value,
    /// The list that has items, and the number of the first of them in the whole document.
    list: Option<(String, usize)>,
}

impl Piece {
    /// The pointer in the whole document for one in the piece.
    pub(super) fn pointer(&self, pointer: &str) -> String {
        let moved = || {
            let (key, first) = self.list.as_ref()?;
            let rest = pointer.strip_prefix('/')?.strip_prefix(key.as_str())?;
            let rest = rest.strip_prefix('/')?;
            let (number, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let number = number.parse::<usize>().ok()? + first;
            Some(format!("/{key}/{number}{rest}"))
        };
        moved().unwrap_or_else(|| pointer.to_owned())
    }
}

/// The pieces of a document: first what is not an item of a list.
pub(super) fn pieces(document: &Value) -> impl Iterator<Item = Piece> {
    let map = document.as_object();
    let frame = map.map_or_else(|| document.clone(), |it| Value::Object(frame(it)));
    let whole = Piece {
        document: frame.clone(),
        list: None,
    };
    let lists = map.into_iter().flatten();
    let lists = lists.filter_map(|(key, value)| Some((key, value.as_array()?)));
    let items = lists.flat_map(move |(key, items)| {
        let frame = frame.clone();
        let chunks = items.chunks(ITEMS).enumerate();
        chunks.map(move |(number, chunk)| {
            let mut document = frame.clone();
            if let Some(map) = document.as_object_mut() {
                map.insert(key.clone(), chunk.into());
            }
            Piece {
                document,
                list: Some((key.clone(), number * ITEMS)),
            }
        })
    });
    [whole].into_iter().chain(items)
}

/// A document with the first item of each of its lists: a list may need one.
fn frame(document: &Map<String, Value>) -> Map<String, Value> {
    let first = |value: &Value| match value {
        Value::Array(items) => items.get(..1).unwrap_or_default().into(),
        other => other.clone(),
    };
    let all = document.iter();
    all.map(|(key, value)| (key.clone(), first(value)))
        .collect()
}
