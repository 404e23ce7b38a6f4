//! Objects and the values in them, each of the type that is asked for.

use std::fmt;
use std::rc::Rc;

use crate::{Json, Members, Session};

/// An object and its place.
#[derive(Clone, Debug)]
pub struct Object<'v> {
    map: &'v Members<'v>,
    pointer: Pointer<'v>,
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
        let pointer = Pointer::default();
        Some(Self { map, pointer })
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
        self.map.contains_key(key)
    }

    /// True when a value is this string; something else is not reported.
    #[must_use]
    pub fn is(&self, key: &str, text: &str) -> bool {
        self.get(key).and_then(Json::as_str) == Some(text)
    }

    /// A string.
    pub fn text(&self, key: &str, session: &mut Session<'_>) -> Option<&'v str> {
        let value = self.map.get(key)?;
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
        let Some(value) = self.map.get(key) else {
            return false;
        };
        value.as_bool().unwrap_or_else(|| {
            self.wrong(key, "true or false", value, session);
            false
        })
    }

    /// An object.
    pub fn object(&self, key: &str, session: &mut Session<'_>) -> Option<Object<'v>> {
        let (key, value) = self.map.get_pair(key)?;
        let Some(map) = value.as_object() else {
            self.wrong(key, "an object", value, session);
            return None;
        };
        let pointer = Pointer {
            parent: Some(Rc::new(self.pointer.clone())),
            key,
            index: None,
        };
        Some(Object { map, pointer })
    }

    /// The objects of a list; anything else is reported and left out.
    pub fn objects(&self, key: &str, session: &mut Session<'_>) -> Vec<Object<'v>> {
        let items = self.items(key, session);
        let Some((key, _)) = self.map.get_pair(key).filter(|_| !items.is_empty()) else {
            return Vec::new();
        };
        let parent = Some(Rc::new(self.pointer.clone()));
        let mut found = Vec::with_capacity(items.len());
        for (index, value) in items.iter().enumerate() {
            let pointer = Pointer {
                parent: parent.clone(),
                key,
                index: Some(index),
            };
            match value.as_object() {
                Some(map) => found.push(Object { map, pointer }),
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
        self.map.get(key)
    }

    /// Counts the values that are not among `kept`, as values of `what`; of a list, each item.
    pub fn rest(&self, what: &str, kept: &[&str], session: &mut Session<'_>) {
        for (key, value) in self.map.iter().filter(|(key, _)| !kept.contains(key)) {
            let count = value.as_array().map_or(1, Vec::len);
            session.unkept_many(&format!("`{key}` of {what}"), count);
        }
    }

    fn items(&self, key: &str, session: &mut Session<'_>) -> &'v [Json<'v>] {
        let Some(value) = self.map.get(key) else {
            return &[];
        };
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
