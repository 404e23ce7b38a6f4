//! Objects and the values in them, each of the type that is asked for.

use std::fmt;
use std::rc::Rc;

use crate::{Json, Members, Session};

/// An object and its place.
#[derive(Clone, Debug)]
pub struct Object<'v> {
    map: &'v Members<'v>,
    pointer: Pointer<'v>,
    /// The marks of its keys: a key whose mark is not among them is not there. All marks for an object of few members.
    marks: u64,
}

/// The number of members from which marks are made: a search of fewer is as fast.
const MANY: usize = 6;

/// The mark of a key, which others may share.
fn mark(key: &str) -> u64 {
    let last = key.as_bytes().last().copied().unwrap_or_default();
    1 << ((key.len() + 7 * usize::from(last)) % 64)
}

/// Where an object is in its document: a JSON pointer (RFC 6901) that is written when a problem needs it. Keys are not escaped.
#[derive(Clone, Debug, Default)]
pub struct Pointer<'v> {
    /// The object around it.
    parent: Option<Rc<Pointer<'v>>>,
    /// Its key there; empty for the document.
    key: &'v str,
    /// Its position, in a list of that key.
    index: Option<usize>,
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = Vec::new();
        let mut inner = self;
        // The document has no step.
        while let Some(around) = &inner.parent {
            steps.push(inner);
            inner = around;
        }
        for step in steps.iter().rev() {
            write!(f, "/{}", step.key)?;
            if let Some(index) = step.index {
                write!(f, "/{index}")?;
            }
        }
        Ok(())
    }
}

impl<'v> Object<'v> {
    /// The whole document, if it is an object.
    #[must_use]
    pub fn document(value: &'v Json<'v>) -> Option<Self> {
        let map = value.as_object()?;
        Some(Self::of(map, Pointer::default()))
    }

    fn of(map: &'v Members<'v>, pointer: Pointer<'v>) -> Self {
        let marks = if map.len() < MANY {
            u64::MAX
        } else {
            map.keys().fold(0, |all, key| all | mark(key))
        };
        Self {
            map,
            pointer,
            marks,
        }
    }

    /// A key with its value.
    fn pair(&self, key: &str) -> Option<(&'v str, &'v Json<'v>)> {
        if self.marks & mark(key) == 0 {
            return None;
        }
        self.map.get_pair(key)
    }

    /// The pointer of the object.
    #[must_use]
    pub fn pointer(&self) -> &Pointer<'v> {
        &self.pointer
    }

    /// The pointer of one of its values.
    #[must_use]
    pub fn at(&self, key: &str) -> String {
        format!("{}/{key}", self.pointer)
    }

    /// The names of its values.
    pub fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.map.keys()
    }

    /// The names and the values, in the order of the text.
    pub fn members(&self) -> impl Iterator<Item = (&'v str, &'v Json<'v>)> {
        self.map.iter()
    }

    /// True when there is a value of this name.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.pair(key).is_some()
    }

    /// True when a value is this string; something else is not reported.
    #[must_use]
    pub fn is(&self, key: &str, text: &str) -> bool {
        self.get(key).and_then(Json::as_str) == Some(text)
    }

    /// A string.
    pub fn text(&self, key: &str, session: &mut Session<'_>) -> Option<&'v str> {
        let value = self.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            self.wrong(key, "a string", value, session);
        }
        text
    }

    /// A string that must be there.
    pub fn required(&self, key: &str, session: &mut Session<'_>) -> Option<&'v str> {
        if !self.has(key) {
            session.invalid(&self.pointer.to_string(), &format!("`{key}` is missing"));
        }
        self.text(key, session)
    }

    /// A truth value; false when it is absent.
    pub fn flag(&self, key: &str, session: &mut Session<'_>) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|| {
            self.wrong(key, "true or false", value, session);
            false
        })
    }

    /// An object.
    pub fn object(&self, key: &str, session: &mut Session<'_>) -> Option<Object<'v>> {
        let (key, value) = self.pair(key)?;
        let Some(map) = value.as_object() else {
            self.wrong(key, "an object", value, session);
            return None;
        };
        let pointer = Pointer {
            parent: Some(Rc::new(self.pointer.clone())),
            key,
            index: None,
        };
        Some(Object::of(map, pointer))
    }

    /// The objects of a list; anything else is reported and left out.
    pub fn objects(&self, key: &str, session: &mut Session<'_>) -> Vec<Object<'v>> {
        let Some((key, value)) = self.pair(key) else {
            return Vec::new();
        };
        let items = self.items_of(key, value, session);
        if items.is_empty() {
            return Vec::new();
        }
        let parent = Some(Rc::new(self.pointer.clone()));
        let mut found = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            let pointer = Pointer {
                parent: parent.clone(),
                key,
                index: Some(index),
            };
            match value.as_object() {
                Some(map) => found.push(Object::of(map, pointer)),
                None => session.invalid(&pointer.to_string(), &instead("an object", value)),
            }
        }
        found
    }

    /// The strings of a list with their positions; anything else is reported and left out.
    pub fn texts(&self, key: &str, session: &mut Session<'_>) -> Vec<(usize, &'v str)> {
        let items = self.items(key, session);
        let mut found = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            if let Some(text) = value.as_str() {
                found.push((index, text));
            } else {
                let pointer = format!("{}/{key}/{index}", self.pointer);
                session.invalid(&pointer, &instead("a string", value));
            }
        }
        found
    }

    /// A value of any type.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'v Json<'v>> {
        self.pair(key).map(|(_, it)| it)
    }

    /// Counts the values that are not among `kept`, as values of `what`; of a list, each item.
    pub fn rest(&self, what: &str, kept: &[&str], session: &mut Session<'_>) {
        // Most documents have their fields in the order of the list.
        let mut next = 0;
        let mut is_kept = |key: &str| {
            let (before, after) = kept.split_at_checked(next).unwrap_or_default();
            let found = after.iter().position(|it| *it == key);
            let found = found.map(|it| it + before.len());
            let found = found.or_else(|| before.iter().position(|it| *it == key));
            next = found.map_or(next, |it| it + 1);
            found.is_some()
        };
        for (key, value) in self.map.iter().filter(|(key, _)| !is_kept(key)) {
            let count = value.as_array().map_or(1, Vec::len);
            session.unkept_many(&format!("`{key}` of {what}"), count);
        }
    }

    fn items(&self, key: &str, session: &mut Session<'_>) -> &'v [Json<'v>] {
        self.get(key)
            .map_or(&[][..], |it| self.items_of(key, it, session))
    }

    fn items_of(
        &self,
        key: &str,
        value: &'v Json<'v>,
        session: &mut Session<'_>,
    ) -> &'v [Json<'v>] {
        value.as_array().map_or_else(
            || {
                self.wrong(key, "a list", value, session);
                &[][..]
            },
            Vec::as_slice,
        )
    }

    fn wrong(&self, key: &str, wanted: &str, found: &Json<'_>, session: &mut Session<'_>) {
        session.invalid(&self.at(key), &instead(wanted, found));
    }
}

fn instead(wanted: &str, found: &Json<'_>) -> String {
    let found = match found {
        Json::Null => "null",
        Json::Bool(_) => "a truth value",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    format!("{wanted} belongs here, not {found}")
}
