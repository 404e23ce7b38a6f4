//! An element of `@graph` as it is printed: a class and its fields. The code that makes an element decides which fields it has.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

/// An element, or an object within one: its fields in the order in which they are printed.
#[derive(Debug)]
pub(super) struct Element<'d>(Vec<(&'static str, Value<'d>)>);

/// The value of a field.
#[derive(Debug)]
enum Value<'d> {
    Text(Cow<'d, str>),
    Texts(Vec<Cow<'d, str>>),
    Objects(Vec<Element<'d>>),
}

impl<'d> Element<'d> {
    /// An object of a class, without further fields.
    pub(super) fn new(class: &'static str) -> Self {
        Self(vec![("type", Value::Text(Cow::Borrowed(class)))])
    }

    /// Adds a field with one text.
    pub(super) fn text(mut self, key: &'static str, text: impl Into<Cow<'d, str>>) -> Self {
        self.0.push((key, Value::Text(text.into())));
        self
    }

    /// Adds a field with one text, if there is one.
    pub(super) fn known(self, key: &'static str, text: Option<impl Into<Cow<'d, str>>>) -> Self {
        match text {
            Some(text) => self.text(key, text),
            None => self,
        }
    }

    /// Adds a field with a list of texts, unless that is empty.
    pub(super) fn texts<T: Into<Cow<'d, str>>>(
        mut self,
        key: &'static str,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let texts: Vec<_> = texts.into_iter().map(Into::into).collect();
        if !texts.is_empty() {
            self.0.push((key, Value::Texts(texts)));
        }
        self
    }

    /// Adds a field with a list of objects, unless that is empty.
    pub(super) fn objects(
        mut self,
        key: &'static str,
        objects: impl IntoIterator<Item = Self>,
    ) -> Self {
        let objects: Vec<_> = objects.into_iter().collect();
        if !objects.is_empty() {
            self.0.push((key, Value::Objects(objects)));
        }
        self
    }

    /// An entry of a dictionary: the target of a licence reference, or a parameter of a build.
    pub(super) fn entry(key: impl Into<Cow<'d, str>>, value: impl Into<Cow<'d, str>>) -> Self {
        Self::new("DictionaryEntry")
            .text("key", key)
            .text("value", value)
    }

    /// A reference from an element to a place outside the document.
    pub(super) fn external_ref(kind: &'d str, url: impl Into<Cow<'d, str>>) -> Self {
        Self::new("ExternalRef")
            .text("externalRefType", kind)
            .texts("locator", [url])
    }

    /// An identifier of an element outside the document.
    pub(super) fn external_identifier(kind: &'d str, identifier: &'d str) -> Self {
        Self::new("ExternalIdentifier")
            .text("externalIdentifierType", kind)
            .text("identifier", identifier)
    }
}

impl Serialize for Element<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Objects(objects) => objects.serialize(serializer),
        }
    }
}
