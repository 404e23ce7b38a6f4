//! SPDX 2.3 in tag-value form: prints values in the shape of the JSON encoding line by line, as the table of the specification
//! says. What the form cannot hold is replaced and counted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use bomtrail_document::{Json, Members};

use super::spec::{
    ANNOTATION, CREATION_INFO, Class, DOCUMENT, EXTERNAL_REF, EXTRACTED_LICENSE, FILE, Field,
    PACKAGE, RELATIONSHIP, REVIEW, SNIPPET, Tag,
};

/// A sink for tags and values.
pub(super) struct TagLines<'w> {
    out: &'w mut dyn Write,
    /// How many values had characters that tag-value form cannot hold.
    pub(super) replaced: usize,
    /// How many fields tag-value form has no tag for, by name.
    pub(super) untagged: BTreeMap<String, usize>,
}

/// Fields that are written in another way than by a tag of their own.
const ELSEWHERE: [&str; 10] = [
    "annotations",
    "creationInfo",
    "documentDescribes",
    "files",
    "hasExtractedLicensingInfos",
    "hasFiles",
    "packages",
    "relationships",
    "revieweds",
    "snippets",
];

impl<'w> TagLines<'w> {
    /// Lines for `out`.
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Self {
            out,
            replaced: 0,
            untagged: BTreeMap::new(),
        }
    }

    /// The document, its creation, its annotations and its reviews.
    pub(super) fn document(&mut self, document: &Members<'_>) -> io::Result<()> {
        self.fields(document, &DOCUMENT)?;
        if let Some(info) = document.get("creationInfo").and_then(Json::as_object) {
            self.fields(info, &CREATION_INFO)?;
        }
        self.annotations(document)?;
        for it in objects(document, "revieweds") {
            self.fields(it, &REVIEW)?;
        }
        Ok(())
    }

    /// A package with its annotations.
    pub(super) fn package(&mut self, package: &Members<'_>) -> io::Result<()> {
        self.element(package, &PACKAGE)
    }

    /// A file with its annotations.
    pub(super) fn file(&mut self, file: &Members<'_>) -> io::Result<()> {
        self.element(file, &FILE)
    }

    /// A snippet with its annotations.
    pub(super) fn snippet(&mut self, snippet: &Members<'_>) -> io::Result<()> {
        self.element(snippet, &SNIPPET)
    }

    /// A relationship.
    pub(super) fn relationship(&mut self, relationship: &Members<'_>) -> io::Result<()> {
        let words = ["spdxElementId", "relationshipType", "relatedSpdxElement"];
        let words = words.map(|key| text(relationship, key));
        self.line("Relationship", &words.join(" "))?;
        self.fields(relationship, &RELATIONSHIP)
    }

    /// An empty line.
    pub(super) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// The licences of a document.
    pub(super) fn licenses(&mut self, document: &Members<'_>) -> io::Result<()> {
        for it in objects(document, "hasExtractedLicensingInfos") {
            self.gap()?;
            self.fields(it, &EXTRACTED_LICENSE)?;
        }
        Ok(())
    }

    fn element(&mut self, element: &Members<'_>, class: &Class) -> io::Result<()> {
        self.gap()?;
        self.fields(element, class)?;
        self.annotations(element)
    }

    fn annotations(&mut self, element: &Members<'_>) -> io::Result<()> {
        for it in objects(element, "annotations") {
            for field in ANNOTATION.fields {
                if field.key == "comment" {
                    self.line("SPDXREF", text(element, "SPDXID"))?;
                }
                self.field(it, field)?;
            }
        }
        Ok(())
    }

    fn fields(&mut self, map: &Members<'_>, class: &Class) -> io::Result<()> {
        for field in class.fields {
            self.field(map, field)?;
        }
        let is_written = |key: &str| match class.field(key) {
            Some(field) => field.tag.name().is_some() || is_part_of_line(class, key),
            None => false,
        };
        for key in map.keys() {
            if !is_written(key) && !ELSEWHERE.contains(&key) {
                *self.untagged.entry(format!("`{key}`")).or_default() += 1;
            }
        }
        Ok(())
    }

    fn field(&mut self, map: &Members<'_>, field: &Field) -> io::Result<()> {
        match map.get(field.key) {
            Some(Json::Array(all)) => all.iter().try_for_each(|it| self.value(it, &field.tag)),
            Some(value) => self.value(value, &field.tag),
            None => Ok(()),
        }
    }

    fn value(&mut self, value: &Json<'_>, tag: &Tag) -> io::Result<()> {
        let words = words(value);
        match tag {
            Tag::None => Ok(()),
            Tag::Line("SnippetByteRange") if is_line_range(value) => {
                self.line("SnippetLineRange", &words)
            }
            Tag::Line(name) => {
                self.line(name, &words)?;
                match value.as_object() {
                    Some(map) if *name == "ExternalRef" => self.fields(map, &EXTERNAL_REF),
                    _ => Ok(()),
                }
            }
            Tag::Free(name) if matches!(&*words, "NONE" | "NOASSERTION") => self.line(name, &words),
            Tag::Text(name) | Tag::Free(name) => self.paragraph(name, &words),
        }
    }

    /// A value on one line.
    fn line(&mut self, tag: &str, value: &str) -> io::Result<()> {
        let plain = self.plain(value, false);
        writeln!(self.out, "{tag}: {plain}")
    }

    /// A value on any number of lines.
    fn paragraph(&mut self, tag: &str, value: &str) -> io::Result<()> {
        let plain = self.plain(value, true);
        writeln!(self.out, "{tag}: <text>{plain}</text>")
    }

    /// A value without what the form cannot hold (line breaks in one line, the marks of a text in a text) and without what
    /// programs that show it would act on: control and bidirectional characters, and commands of build servers.
    fn plain<'t>(&mut self, value: &'t str, several_lines: bool) -> Cow<'t, str> {
        // Most values have nothing that the marks below begin with.
        let is_simple = |it: u8| matches!(it, b' '..=b'~') && !matches!(it, b'<' | b'#');
        if value.bytes().all(is_simple) {
            return Cow::Borrowed(value);
        }
        let is_safe = |c: char| {
            let is_break = matches!(c, '\n' | '\t') && several_lines;
            is_break || !(c.is_control() || is_bidirectional(c))
        };
        let marks = ["<text>", "</text>", "##[", "##vso["];
        let is_plain = value.chars().all(is_safe)
            && !marks.iter().any(|it| value.contains(it))
            && !value
                .lines()
                .skip(1)
                .any(|it| it.trim_start().starts_with("::"));
        if is_plain {
            return Cow::Borrowed(value);
        }
        self.replaced += 1;
        let mut plain = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                c if is_safe(c) => plain.push(c),
                '\n' | '\r' | '\t' => plain.push(' '),
                c => plain.extend(c.escape_unicode()),
            }
        }
        for mark in marks {
            let (first, rest) = mark.split_at_checked(1).unwrap_or((mark, ""));
            plain = plain.replace(mark, &[first, " ", rest].concat());
        }
        // The first line of a value has its tag before it.
        let lines = plain.split('\n').enumerate().map(|(number, line)| {
            let start = line.len() - line.trim_start().len();
            match line.split_at_checked(start) {
                Some((space, rest)) if number > 0 && rest.starts_with("::") => {
                    [space, ": ", rest].concat()
                }
                _ => line.to_owned(),
            }
        });
        Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// Characters that change the direction in which text is shown.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for a field of an object that is written on one line as a whole.
fn is_part_of_line(class: &Class, key: &str) -> bool {
    match key {
        "spdxElementId" | "relationshipType" | "relatedSpdxElement" => true,
        "referenceCategory" | "referenceType" | "referenceLocator" => {
            class.field("referenceCategory").is_some()
        }
        _ => false,
    }
}

/// The line of a value: a text as it is, an object in the syntax of its class.
fn words<'v>(value: &'v Json<'_>) -> Cow<'v, str> {
    match value {
        Json::String(text) => Cow::Borrowed(text),
        Json::Object(map) => Cow::Owned(object_words(map)),
        other => Cow::Owned(other.to_string()),
    }
}

fn object_words(map: &Members<'_>) -> String {
    let of = |key: &str| text(map, key);
    let digest =
        |map: &Members<'_>| [text(map, "algorithm"), ": ", text(map, "checksumValue")].concat();
    let range = |key: &str| {
        let start = pointer(map, "startPointer", key)?;
        Some(format!("{start}:{}", pointer(map, "endPointer", key)?))
    };
    if map.contains_key("checksumValue") {
        return digest(map);
    }
    if map.contains_key("referenceLocator") {
        let words = ["referenceCategory", "referenceType", "referenceLocator"];
        return words.map(of).join(" ");
    }
    if let Some(checksum) = map.get("checksum").and_then(Json::as_object) {
        let words = [
            of("externalDocumentId"),
            of("spdxDocument"),
            &digest(checksum),
        ];
        return words.join(" ");
    }
    if map.contains_key("packageVerificationCodeValue") {
        let excluded = map.get("packageVerificationCodeExcludedFiles");
        let excluded = excluded.and_then(Json::as_array).into_iter().flatten();
        let excluded: Vec<&str> = excluded.filter_map(Json::as_str).collect();
        let value = of("packageVerificationCodeValue");
        return if excluded.is_empty() {
            value.to_owned()
        } else {
            format!("{value} (excludes: {})", excluded.join(", "))
        };
    }
    range("offset")
        .or_else(|| range("lineNumber"))
        .unwrap_or_default()
}

fn pointer(range: &Members<'_>, end: &str, key: &str) -> Option<u64> {
    range.get(end)?.get(key)?.as_u64()
}

/// True for a range of a snippet in lines.
fn is_line_range(value: &Json<'_>) -> bool {
    let start = value.get("startPointer");
    start.is_some_and(|it| it.get("offset").is_none() && it.get("lineNumber").is_some())
}

/// The objects of a list.
pub(super) fn objects<'v>(
    map: &'v Members<'v>,
    key: &str,
) -> impl Iterator<Item = &'v Members<'v>> {
    let list = map.get(key).and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_object)
}

fn text<'v>(map: &'v Members<'v>, key: &str) -> &'v str {
    map.get(key).and_then(Json::as_str).unwrap_or_default()
}
