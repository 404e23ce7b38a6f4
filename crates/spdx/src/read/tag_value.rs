//! SPDX 2 in tag-value form, converted to the shape of its JSON encoding as the table of the specification says. Lines with an
//! unknown tag are counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_document::{Json, Members};

use crate::v2::spec::{
    ANNOTATION, CHECKSUM, CREATION_INFO, Class, DOCUMENT, EXTERNAL_DOCUMENT_REF, EXTRACTED_LICENSE,
    FILE, Field, Kind, PACKAGE, RELATIONSHIP, REVIEW, SNIPPET, VERIFICATION_CODE,
};

/// A document in the shape of JSON, and the number of skipped lines by tag.
pub(crate) struct Parsed<'t> {
    pub(crate) value: Json<'t>,
    pub(crate) unknown: BTreeMap<String, usize>,
}

/// Why a document cannot be read.
pub(crate) struct Problem {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// A document in the course of reading.
#[derive(Default)]
struct Reading<'t> {
    document: Members<'t>,
    creation: Members<'t>,
    packages: Vec<Members<'t>>,
    files: Vec<Members<'t>>,
    snippets: Vec<Members<'t>>,
    licenses: Vec<Members<'t>>,
    relationships: Vec<Members<'t>>,
    annotations: Vec<Members<'t>>,
    /// The identifiers of the elements that the annotations are about.
    annotated: Vec<Cow<'t, str>>,
    reviews: Vec<Members<'t>>,
    element: Element,
    /// Files that follow a package, with the number of the package.
    contained: Vec<(usize, usize)>,
    unknown: BTreeMap<String, usize>,
}

/// The element that the lines describe.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Element {
    #[default]
    Document,
    Package,
    File,
    Snippet,
    License,
}

/// Reads a document.
pub(crate) fn document(text: &str) -> Result<Parsed<'_>, Problem> {
    let mut reading = Reading::default();
    let mut lines = text.lines().zip(1_usize..);
    while let Some((line, number)) = lines.next() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let (tag, value) = line.split_once(':').ok_or_else(|| Problem {
            line: number,
            message: "expected a tag, a colon and a value".to_owned(),
        })?;
        let mut value = value.trim_start();
        if !value.starts_with("<text>") || value.contains("</text>") {
            value = value.trim_end();
        }
        let mut value = Cow::Borrowed(value);
        if let Some(rest) = value.strip_prefix("<text>") {
            let mut whole = rest.to_owned();
            while !whole.ends_with("</text>") {
                let (more, _) = lines.next().ok_or_else(|| Problem {
                    line: number,
                    message: "`<text>` has no `</text>`".to_owned(),
                })?;
                whole.push('\n');
                // Anything after the end of a text is ignored.
                whole.push_str(if more.contains("</text>") {
                    more.trim_end()
                } else {
                    more
                });
            }
            whole.truncate(whole.len().saturating_sub("</text>".len()));
            value = whole.into();
        }
        reading.take(tag.trim(), value);
    }
    Ok(reading.finish())
}

impl<'t> Reading<'t> {
    fn take(&mut self, tag: &str, value: Cow<'t, str>) {
        match tag {
            "PackageName" => self.start(Element::Package),
            "FileName" => self.start(Element::File),
            "SnippetSPDXID" => self.start(Element::Snippet),
            "LicenseID" => self.start(Element::License),
            "Annotator" => {
                self.annotations.push(Members::new());
                self.annotated.push(Cow::default());
            }
            "Reviewer" => self.reviews.push(Members::new()),
            "Relationship" => return self.relationship(value),
            "SPDXREF" => {
                if let Some(of) = self.annotated.last_mut() {
                    *of = value;
                }
                return;
            }
            "SnippetLineRange" => return self.range(&value, "lineNumber"),
            "SnippetByteRange" => return self.range(&value, "offset"),
            "ExternalRefComment" => return self.reference_comment(value),
            _ => {}
        }
        let classes = [
            self.class(),
            &CREATION_INFO,
            &ANNOTATION,
            &REVIEW,
            &RELATIONSHIP,
        ];
        let found = classes
            .into_iter()
            .find_map(|class| Some((class, class.tagged(tag)?)));
        let Some((class, field)) = found else {
            return self.count(tag);
        };
        match self.map(class) {
            Some(map) => put(map, field, value),
            None => self.count(tag),
        }
    }

    fn start(&mut self, element: Element) {
        self.element = element;
        match element {
            Element::Document => {}
            Element::Package => self.packages.push(Members::new()),
            Element::File => {
                if let Some(package) = self.packages.len().checked_sub(1) {
                    self.contained.push((self.files.len(), package));
                }
                self.files.push(Members::new());
            }
            Element::Snippet => self.snippets.push(Members::new()),
            Element::License => self.licenses.push(Members::new()),
        }
    }

    /// The class of the element that the lines describe.
    fn class(&self) -> &'static Class {
        match self.element {
            Element::Document => &DOCUMENT,
            Element::Package => &PACKAGE,
            Element::File => &FILE,
            Element::Snippet => &SNIPPET,
            Element::License => &EXTRACTED_LICENSE,
        }
    }

    /// The present object of a class.
    fn map(&mut self, class: &'static Class) -> Option<&mut Members<'t>> {
        let is = |other: &'static Class| std::ptr::eq(class, other);
        if is(&CREATION_INFO) {
            return Some(&mut self.creation);
        }
        if is(&ANNOTATION) {
            return self.annotations.last_mut();
        }
        if is(&REVIEW) {
            return self.reviews.last_mut();
        }
        if is(&RELATIONSHIP) {
            return self.relationships.last_mut();
        }
        match self.element {
            Element::Document => Some(&mut self.document),
            Element::Package => self.packages.last_mut(),
            Element::File => self.files.last_mut(),
            Element::Snippet => self.snippets.last_mut(),
            Element::License => self.licenses.last_mut(),
        }
    }

    fn relationship(&mut self, value: Cow<'t, str>) {
        let keys = ["spdxElementId", "relationshipType", "relatedSpdxElement"];
        let relationship = line(value, |value| {
            let words = keys.into_iter().zip(value.split_whitespace());
            Json::Object(words.map(|(key, word)| (key.into(), word.into())).collect())
        });
        if let Json::Object(relationship) = relationship {
            self.relationships.push(relationship);
        }
    }

    /// A range of a snippet: `310:420`, in bytes or lines.
    fn range(&mut self, value: &str, unit: &'static str) {
        let Some(snippet) = self.snippets.last_mut() else {
            return self.count("SnippetByteRange");
        };
        let file = snippet.get("snippetFromFile").cloned();
        let file = file.unwrap_or_else(|| "".into());
        let end = |text: &str| {
            let number = text.trim().parse().map_or(Json::Null, |it: u64| it.into());
            object_of([("reference", file.clone()), (unit, number)])
        };
        let (start, last) = value.split_once(':').unwrap_or((value, ""));
        let range = object_of([("startPointer", end(start)), ("endPointer", end(last))]);
        snippet.append("ranges", range);
    }

    fn reference_comment(&mut self, value: Cow<'t, str>) {
        let package = self.packages.last_mut();
        let references = package.and_then(|it| it.get_mut("externalRefs")?.as_array_mut());
        let last = references.and_then(|it| it.last_mut()?.as_object_mut());
        match last {
            Some(reference) => reference.insert("comment", value),
            None => self.count("ExternalRefComment"),
        }
    }

    fn count(&mut self, tag: &str) {
        *self.unknown.entry(format!("lines of `{tag}`")).or_default() += 1;
    }

    fn finish(mut self) -> Parsed<'t> {
        for (file, package) in std::mem::take(&mut self.contained) {
            let id = self
                .files
                .get(file)
                .and_then(|it| it.get("SPDXID"))
                .cloned();
            if let (Some(id), Some(package)) = (id, self.packages.get_mut(package)) {
                package.append("hasFiles", id);
            }
        }
        let mut notes: BTreeMap<Cow<'t, str>, Vec<Json<'t>>> = BTreeMap::new();
        for (of, annotation) in self.annotated.into_iter().zip(self.annotations) {
            notes.entry(of).or_default().push(Json::Object(annotation));
        }
        let elements = self.packages.iter_mut().chain(&mut self.files);
        for element in elements.chain(&mut self.snippets) {
            let id = element.get("SPDXID").and_then(Json::as_str);
            if let Some(notes) = id.and_then(|it| notes.remove(it)) {
                element.insert("annotations", notes);
            }
        }
        let mut document = self.document;
        document.insert("creationInfo", self.creation);
        let rest: Vec<Json<'t>> = notes.into_values().flatten().collect();
        let objects = |all: Vec<Members<'t>>| all.into_iter().map(Json::Object).collect();
        let lists: [(&'static str, Vec<Json<'t>>); 7] = [
            ("annotations", rest),
            ("packages", objects(self.packages)),
            ("files", objects(self.files)),
            ("snippets", objects(self.snippets)),
            ("relationships", objects(self.relationships)),
            ("hasExtractedLicensingInfos", objects(self.licenses)),
            ("revieweds", objects(self.reviews)),
        ];
        for (key, list) in lists {
            if !list.is_empty() {
                document.insert(key, list);
            }
        }
        Parsed {
            value: Json::Object(document),
            unknown: self.unknown,
        }
    }
}

/// Puts the value of a line into an object, as the type of its field says.
fn put<'t>(map: &mut Members<'t>, field: &Field, value: Cow<'t, str>) {
    match &field.kind {
        Kind::List(item) | Kind::NonEmpty(item) => {
            let value = match item {
                Kind::Object(class) => line(value, |it| object(class, it)),
                _ => value.into(),
            };
            map.append(field.key, value);
        }
        Kind::Object(class) => map.insert(field.key, line(value, |it| object(class, it))),
        Kind::Boolean if value.eq_ignore_ascii_case("true") => map.insert(field.key, true),
        Kind::Boolean if value.eq_ignore_ascii_case("false") => map.insert(field.key, false),
        _ => map.insert(field.key, value),
    }
}

/// What `read` makes of a value; a part of the text where the value is one.
fn line(value: Cow<'_, str>, read: impl Fn(&str) -> Json<'_>) -> Json<'_> {
    match value {
        Cow::Borrowed(value) => read(value),
        Cow::Owned(value) => read(&value).into_owned(),
    }
}

/// An object in the syntax of its class.
fn object<'t>(class: &'static Class, value: &'t str) -> Json<'t> {
    let is = |other: &'static Class| std::ptr::eq(class, other);
    if is(&CHECKSUM) {
        let (algorithm, digest) = value.split_once(':').unwrap_or((value, ""));
        return object_of([
            ("algorithm", algorithm.trim().into()),
            ("checksumValue", digest.trim().into()),
        ]);
    }
    let mut words = value.splitn(3, char::is_whitespace).map(str::trim);
    let mut word = || -> &'t str { words.next().unwrap_or_default() };
    if is(&EXTERNAL_DOCUMENT_REF) {
        return object_of([
            ("externalDocumentId", word().into()),
            ("spdxDocument", word().into()),
            ("checksum", object(&CHECKSUM, word())),
        ]);
    }
    if is(&VERIFICATION_CODE) {
        return verification_code(value);
    }
    object_of([
        ("referenceCategory", word().into()),
        ("referenceType", word().into()),
        ("referenceLocator", word().into()),
    ])
}

fn verification_code(value: &str) -> Json<'_> {
    let (code, excluded) = value.split_once('(').unwrap_or((value, ""));
    let excluded = excluded.trim_end().trim_end_matches(')');
    let excluded = excluded.trim_start().strip_prefix("excludes:");
    let excluded = excluded.unwrap_or_default().split(',').map(str::trim);
    let excluded: Vec<Json<'_>> = excluded
        .filter(|it| !it.is_empty())
        .map(Json::from)
        .collect();
    let mut members = Members::new();
    members.insert("packageVerificationCodeValue", code.trim());
    if !excluded.is_empty() {
        members.insert("packageVerificationCodeExcludedFiles", excluded);
    }
    members.into()
}

fn object_of<'t, const N: usize>(members: [(&'static str, Json<'t>); N]) -> Json<'t> {
    let members = members.into_iter();
    Json::Object(members.map(|(key, it)| (key.into(), it)).collect())
}
