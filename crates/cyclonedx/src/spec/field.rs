//! How the table of the specification writes a field.

use crate::spec::model::{Choice, Field, Format, Kind, Type, Words, Xml};
use crate::spec::version::SpecVersion;

/// A field that is an element in XML.
pub(crate) const fn value(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        many: false,
        xml: Xml::Element,
        element: name,
        since: SpecVersion::OLDEST,
        required: None,
        required_in_xml: false,
        unique: false,
        filled: false,
        or_single: false,
    }
}

/// Any string.
pub(crate) const fn plain(name: &'static str) -> Field {
    text(name, Format::Plain)
}

/// A string of a format.
pub(crate) const fn text(name: &'static str, format: Format) -> Field {
    value(name, Kind::Text(format))
}

/// One of some words.
pub(crate) const fn words(name: &'static str, words: &'static Words) -> Field {
    value(name, Kind::Word(words))
}

/// True or false.
pub(crate) const fn flag(name: &'static str) -> Field {
    value(name, Kind::Flag)
}

/// An object.
pub(crate) const fn object(name: &'static str, of: &'static Type) -> Field {
    value(name, Kind::Object(of))
}

/// One of several kinds.
pub(crate) const fn one_of(name: &'static str, choice: &'static Choice) -> Field {
    value(name, Kind::OneOf(choice))
}

/// A list: in XML an element that holds items of a name.
pub(crate) const fn list(name: &'static str, item: &'static str, kind: Kind) -> Field {
    let mut field = value(name, kind);
    field.many = true;
    field.xml = Xml::List(item);
    field
}

/// A list: in XML one element for each item.
pub(crate) const fn each(name: &'static str, kind: Kind) -> Field {
    let mut field = value(name, kind);
    field.many = true;
    field.xml = Xml::Each;
    field
}

/// A list of references: in XML an element that holds items with an attribute `ref`.
pub(crate) const fn references(name: &'static str, item: &'static str) -> Field {
    let mut field = value(name, Kind::Text(Format::Ref));
    field.many = true;
    field.xml = Xml::References(item);
    field
}

/// A list of references: in XML one element with an attribute `ref` for each.
pub(crate) const fn each_reference(name: &'static str, element: &'static str) -> Field {
    let mut field = references(name, "");
    field.xml = Xml::EachReference;
    field.element = element;
    field
}

impl Field {
    pub(crate) const fn attribute(mut self) -> Self {
        self.xml = Xml::Attribute;
        self
    }

    pub(crate) const fn content(mut self) -> Self {
        self.xml = Xml::Content;
        self
    }

    pub(crate) const fn absent(mut self) -> Self {
        self.xml = Xml::Absent;
        self
    }

    pub(crate) const fn inline(mut self, of: &'static Type) -> Self {
        self.xml = Xml::Inline(of);
        self.element = of.name;
        self
    }

    pub(crate) const fn or_item(mut self, other: &'static str, of: &'static Type) -> Self {
        if let Xml::List(item) = self.xml {
            self.xml = Xml::ListOr(item, other, of);
        }
        self
    }

    pub(crate) const fn element_name(mut self, name: &'static str) -> Self {
        self.element = name;
        self
    }

    pub(crate) const fn since(mut self, version: SpecVersion) -> Self {
        self.since = version;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = Some((SpecVersion::OLDEST, SpecVersion::NEWEST));
        self
    }

    pub(crate) const fn required_since(mut self, version: SpecVersion) -> Self {
        self.required = Some((version, SpecVersion::NEWEST));
        self
    }

    pub(crate) const fn required_until(mut self, version: SpecVersion) -> Self {
        self.required = Some((SpecVersion::OLDEST, version));
        self
    }

    pub(crate) const fn required_in_xml(mut self) -> Self {
        self.required_in_xml = true;
        self
    }

    pub(crate) const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    pub(crate) const fn filled(mut self) -> Self {
        self.filled = true;
        self
    }

    pub(crate) const fn or_single(mut self) -> Self {
        self.or_single = true;
        self
    }
}
