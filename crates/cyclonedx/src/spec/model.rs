//! What the table of the specification is made of: types, their fields, and what a field may hold.

use bomtrail_document::Json;

use crate::spec::version::SpecVersion;

/// An object of the specification.
#[derive(Debug)]
pub(crate) struct Type {
    /// The name in messages.
    pub(crate) name: &'static str,
    /// The fields: XML attributes first, then in the order of the XML schema.
    pub(crate) fields: &'static [Field],
    pub(crate) rules: &'static [Rule],
    /// XML allows any attribute.
    pub(crate) any_attribute: bool,
    /// The last version that allows fields of any name in JSON.
    pub(crate) open_until: Option<SpecVersion>,
}

impl Type {
    pub(crate) const fn of(name: &'static str) -> Self {
        Self {
            name,
            fields: &[],
            rules: &[],
            any_attribute: false,
            open_until: None,
        }
    }

    pub(crate) const fn fields(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }

    pub(crate) const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    pub(crate) const fn any_attribute(mut self) -> Self {
        self.any_attribute = true;
        self
    }

    pub(crate) const fn open_until(mut self, version: SpecVersion) -> Self {
        self.open_until = Some(version);
        self
    }

    /// The field of a JSON name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|it| it.name == name)
    }

    /// The field of a JSON name. `next` is the position after the one that was asked for before: most documents have their fields in
    /// the order of the table.
    pub(crate) fn field_after(&self, next: &mut usize, name: &str) -> Option<&'static Field> {
        let (before, after) = self.fields.split_at_checked(*next)?;
        let found = after.iter().position(|it| it.name == name);
        let found = found.map(|it| it + before.len());
        let at = found.or_else(|| before.iter().position(|it| it.name == name))?;
        *next = at + 1;
        self.fields.get(at)
    }

    /// True when the field may hold `word` in `version`.
    pub(crate) fn has_word(&self, name: &str, word: &str, version: SpecVersion) -> bool {
        self.field(name).is_some_and(|it| match it.kind {
            Kind::Word(words) => words.have(word, version),
            _ => false,
        })
    }

    /// True when `version` has a field of this name.
    pub(crate) fn has(&self, name: &str, version: SpecVersion) -> bool {
        self.field(name).is_some_and(|it| it.exists_in(version))
    }
}

/// A field of an object.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a table"
)]
pub(crate) struct Field {
    /// The name in JSON.
    pub(crate) name: &'static str,
    /// What it holds, or what each of its items is.
    pub(crate) kind: Kind,
    /// It is a list.
    pub(crate) many: bool,
    /// The form in XML.
    pub(crate) xml: Xml,
    /// The name of its attribute or element in XML.
    pub(crate) element: &'static str,
    pub(crate) since: SpecVersion,
    /// The versions that require it, first and last.
    pub(crate) required: Option<(SpecVersion, SpecVersion)>,
    /// XML requires it, JSON does not.
    pub(crate) required_in_xml: bool,
    /// No two items are equal.
    pub(crate) unique: bool,
    /// There is at least one item.
    pub(crate) filled: bool,
    /// One value without a list around it is allowed; until 1.5 nothing else is.
    pub(crate) or_single: bool,
}

impl Field {
    /// True when `version` has the field.
    pub(crate) fn exists_in(&self, version: SpecVersion) -> bool {
        self.since <= version
    }

    /// True when `version` requires the field.
    pub(crate) fn is_required(&self, version: SpecVersion) -> bool {
        let within = |(first, last)| first <= version && version <= last;
        self.required.is_some_and(within) && self.exists_in(version)
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A string.
    Text(Format),
    /// One of some words.
    Word(&'static Words),
    /// True or false.
    Flag,
    /// An integer between two bounds.
    Integer(i64, i64),
    /// A number.
    Number,
    /// A number from 0 to 1.
    Share,
    /// An object.
    Object(&'static Type),
    /// A list, as a case of a choice.
    List(&'static Kind),
    /// One of several kinds.
    OneOf(&'static Choice),
}

/// What a string looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Any string.
    Plain,
    /// A bom-ref or a reference to one; since 1.5 it is not empty.
    Ref,
    /// An IRI reference (RFC 3987).
    Iri,
    /// A URI (RFC 3986).
    Uri,
    /// An internationalised e-mail address (RFC 6531).
    Email,
    /// A date and time (RFC 3339; in XML the time zone is optional).
    Time,
    /// A date (RFC 3339).
    Date,
    /// At most 1024 characters since 1.6.
    Version,
    /// 1 to 4096 characters since 1.6, at most 1024 before.
    Range,
    /// At most 1024 characters; before 1.6 it is not empty.
    AffectedVersion,
    /// `urn:uuid:` and a UUID.
    Serial,
    /// A digest in hexadecimal digits.
    Digest,
    /// A language and a country: `en-GB`.
    Locale,
    /// A media type.
    MediaType,
    /// An identifier of the SPDX licence list 3.28.
    LicenseId,
    /// A CPE name of 2.2 or 2.3; any text in JSON.
    Cpe,
    /// `CRE:` and a number.
    OpenCre,
    /// The number of a patent or an application.
    PatentNumber,
    /// A country code of two letters.
    Country,
    /// The address of the schema, fixed in 1.4 and 1.5.
    Schema,
}

/// The words a field may hold.
#[derive(Debug)]
pub(crate) struct Words {
    /// Words separated by `, `, with the version they came with.
    pub(crate) lists: &'static [(SpecVersion, &'static str)],
    /// The replacement for a word in a version that does not have it.
    pub(crate) fallback: Option<&'static str>,
}

impl Words {
    pub(crate) const fn new(lists: &'static [(SpecVersion, &'static str)]) -> Self {
        let fallback = None;
        Self { lists, fallback }
    }

    pub(crate) const fn or(mut self, fallback: &'static str) -> Self {
        self.fallback = Some(fallback);
        self
    }

    /// True when `version` has the word.
    pub(crate) fn have(&self, word: &str, version: SpecVersion) -> bool {
        let mut lists = self.lists.iter().filter(|(since, _)| *since <= version);
        lists.any(|(_, words)| {
            let mut words = words.as_bytes().split(|byte| *byte == b',');
            words.any(|it| it.strip_prefix(b" ").unwrap_or(it) == word.as_bytes())
        })
    }

    /// The words of `version`.
    pub(crate) fn of(&self, version: SpecVersion) -> impl Iterator<Item = &'static str> {
        let lists = self
            .lists
            .iter()
            .filter(move |(since, _)| *since <= version);
        lists.flat_map(|(_, words)| words.split(", "))
    }
}

/// A choice between kinds.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) cases: &'static [Case],
    /// A value that fits two cases is refused.
    pub(crate) exactly_one: bool,
    /// All items of a list are of the same case.
    pub(crate) uniform: bool,
    /// The versions in which an item that is not of the first case is the only item.
    pub(crate) first_or_single: Option<(SpecVersion, SpecVersion)>,
}

impl Choice {
    pub(crate) const fn new(cases: &'static [Case]) -> Self {
        Self {
            cases,
            exactly_one: false,
            uniform: false,
            first_or_single: None,
        }
    }

    pub(crate) const fn exactly_one(mut self) -> Self {
        self.exactly_one = true;
        self
    }

    pub(crate) const fn uniform(mut self) -> Self {
        self.uniform = true;
        self
    }

    pub(crate) const fn first_or_single(mut self, first: SpecVersion, last: SpecVersion) -> Self {
        self.first_or_single = Some((first, last));
        self
    }
}

impl Choice {
    /// True when one list of `version` may hold items of different cases, in every encoding.
    pub(crate) fn can_mix(&self, version: SpecVersion) -> bool {
        self.first_or_single.is_none_or(|(_, last)| version > last)
    }

    /// True when `version` has a case that is an object instead of a list.
    pub(crate) fn has_object(&self, version: SpecVersion) -> bool {
        let is_object = |it: &Case| matches!(it.kind, Kind::Object(_)) && it.since <= version;
        self.cases.iter().any(is_object)
    }
}

/// One case of a choice.
#[derive(Debug)]
pub(crate) struct Case {
    /// The element in XML; empty when the element of the field is the value itself.
    pub(crate) element: &'static str,
    /// In JSON the value is in an object under this name.
    pub(crate) under: Option<&'static str>,
    pub(crate) kind: Kind,
    pub(crate) since: SpecVersion,
}

impl Case {
    pub(crate) const fn new(element: &'static str, kind: Kind) -> Self {
        Self {
            element,
            under: None,
            kind,
            since: SpecVersion::OLDEST,
        }
    }

    /// True when a value has the shape of the case: the type, and no field that the case does not have.
    pub(crate) fn holds(&self, value: &Json<'_>) -> bool {
        match (self.under, self.kind, value) {
            (Some(under), ..) => value.get(under).is_some(),
            (None, Kind::Object(of), Json::Object(map)) => {
                map.keys().all(|name| of.field(name).is_some())
            }
            (None, Kind::List(_), value) => value.is_array(),
            (None, Kind::Text(_) | Kind::Word(_), value) => value.is_string(),
            _ => false,
        }
    }

    pub(crate) const fn under(mut self, name: &'static str) -> Self {
        self.under = Some(name);
        self
    }

    pub(crate) const fn since(mut self, version: SpecVersion) -> Self {
        self.since = version;
        self
    }
}

/// What must hold between the fields of an object.
#[derive(Debug)]
pub(crate) enum Rule {
    /// Exactly one of these sets of fields is complete.
    ExactlyOne(&'static [&'static [&'static str]]),
    /// At least one of these sets of fields is complete.
    AtLeastOne(&'static [&'static [&'static str]]),
    /// The first field is only allowed next to the second.
    With(&'static str, &'static str),
    /// The two fields exclude each other.
    Excludes(&'static str, &'static str),
    /// The field is only allowed where `isExternal` is true.
    OnlyExternal(&'static str),
    /// The field is the only one.
    Alone(&'static str),
}

/// The form of a field in XML. What the table calls the element of the field is the name of the attribute, too.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Xml {
    /// XML does not have it.
    Absent,
    Attribute,
    /// The text of the element of the object.
    Content,
    Element,
    /// An element that holds items of this name.
    List(&'static str),
    /// As `List`, where an item of another name and type is allowed instead.
    ListOr(&'static str, &'static str, &'static Type),
    /// One element for each item.
    Each,
    /// An element that holds items of this name with an attribute `ref`.
    References(&'static str),
    /// One element with an attribute `ref` for each item.
    EachReference,
    /// One of several fields of this element, which JSON does not have.
    Inline(&'static Type),
}
