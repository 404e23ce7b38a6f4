//! Objects and the values in them, each of the type that is asked for.

use crate::{Json, Members, Session};

/// An object and its place.
#[derive(Clone, Debug)]
pub struct Object<'v> {
    map: &'v Members<'v>,
    pointer: String,
}

impl<'v> Object<'v> {
    /// The whole document, if it is an object.
    #[must_use]
    pub fn document(value: &'v Json<'v>) -> Option<Self> {
        let map = value.as_object()?;
        let pointer = String::new();
        Some(Self { map, pointer })
    }

    /// The pointer of the object.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The pointer of one of its values.
    #[must_use]
    pub fn at(&self, key: &str) -> String {
        [&self.pointer, "/", key].concat()
    }

    /// The names of its values.
    pub fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.map.keys()
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
            session.invalid(&self.pointer, &format!("`{key}` is missing"));
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
        let value = self.map.get(key)?;
        let Some(map) = value.as_object() else {
            self.wrong(key, "an object", value, session);
            return None;
        };
        let pointer = self.at(key);
        Some(Object { map, pointer })
    }

    /// The objects of a list; anything else is reported and left out.
    pub fn objects(&self, key: &str, session: &mut Session<'_>) -> Vec<Object<'v>> {
        let mut found = Vec::new();
        for (index, value) in self.items(key, session).iter().enumerate() {
            let pointer = format!("{}/{key}/{index}", self.pointer);
            match value.as_object() {
                Some(map) => found.push(Object { map, pointer }),
                None => session.invalid(&pointer, &instead("an object", value)),
            }
        }
        found
    }

    /// The strings of a list with their positions; anything else is reported and left out.
    pub fn texts(&self, key: &str, session: &mut Session<'_>) -> Vec<(usize, &'v str)> {
        let mut found = Vec::new();
        for (index, value) in self.items(key, session).iter().enumerate() {
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
