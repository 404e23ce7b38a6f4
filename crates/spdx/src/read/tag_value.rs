//! SPDX 2 in tag-value form, converted to the shape of its JSON encoding as the table of the specification says. Lines with an
//! unknown tag are counted.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::v2::spec::{
    ANNOTATION, CHECKSUM, CREATION_INFO, Class, DOCUMENT, EXTERNAL_DOCUMENT_REF, EXTRACTED_LICENSE,
    FILE, Field, Kind, PACKAGE, RELATIONSHIP, REVIEW, SNIPPET, VERIFICATION_CODE,
};

/// A document in the shape of JSON, and the number of skipped lines by tag.
pub(crate) struct Parsed {
    pub(crate) value: Value,
    pub(crate) unknown: BTreeMap<String, usize>,
}

/// Why a document cannot be read.
pub(crate) struct Problem {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// A document in the course of reading.
#[derive(Default)]
struct Reading {
    document: Map<String, Value>,
    creation: Map<String, Value>,
    packages: Vec<Map<String, Value>>,
    files: Vec<Map<String, Value>>,
    snippets: Vec<Map<String, Value>>,
    licenses: Vec<Map<String, Value>>,
    relationships: Vec<Map<String, Value>>,
    annotations: Vec<Map<String, Value>>,
    /// The identifiers of the elements that the annotations are about.
    annotated: Vec<String>,
    reviews: Vec<Map<String, Value>>,
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
pub(crate) fn document(text: &str) -> Result<Parsed, Problem> {
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
        let mut value = value.to_owned();
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
            value = whole;
        }
        reading.take(tag.trim(), value);
    }
    Ok(reading.finish())
}

impl Reading {
    fn take(&mut self, tag: &str, value: String) {
        match tag {
            "PackageName" => self.start(Element::Package),
            "FileName" => self.start(Element::File),
            "SnippetSPDXID" => self.start(Element::Snippet),
            "LicenseID" => self.start(Element::License),
            "Annotator" => {
                self.annotations.push(Map::new());
                self.annotated.push(String::new());
            }
            "Reviewer" => self.reviews.push(Map::new()),
            "Relationship" => return self.relationship(&value),
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
            Element::Package => self.packages.push(Map::new()),
            Element::File => {
                if let Some(package) = self.packages.len().checked_sub(1) {
                    self.contained.push((self.files.len(), package));
                }
                self.files.push(Map::new());
            }
            Element::Snippet => self.snippets.push(Map::new()),
            Element::License => self.licenses.push(Map::new()),
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
    fn map(&mut self, class: &'static Class) -> Option<&mut Map<String, Value>> {
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

    fn relationship(&mut self, value: &str) {
        let keys = ["spdxElementId", "relationshipType", "relatedSpdxElement"];
        let words = keys.into_iter().zip(value.split_whitespace());
        let words = words.map(|(key, word)| (key.to_owned(), word.into()));
        self.relationships.push(words.collect());
    }

    /// A range of a snippet: `310:420`, in bytes or lines.
    fn range(&mut self, value: &str, unit: &str) {
        let Some(snippet) = self.snippets.last_mut() else {
            return self.count("SnippetByteRange");
        };
        let file = snippet.get("snippetFromFile").cloned();
        let file = file.unwrap_or_else(|| Value::String(String::new()));
        let end = |text: &str| {
            let number: Option<u64> = text.trim().parse().ok();
            json!({ "reference": file, unit: number })
        };
        let (start, last) = value.split_once(':').unwrap_or((value, ""));
        let range = json!({ "startPointer": end(start), "endPointer": end(last) });
        append(snippet, "ranges", range);
    }

    fn reference_comment(&mut self, value: String) {
        let package = self.packages.last_mut();
        let references = package.and_then(|it| it.get_mut("externalRefs")?.as_array_mut());
        let last = references.and_then(|it| it.last_mut()?.as_object_mut());
        match last {
            Some(reference) => drop(reference.insert("comment".to_owned(), value.into())),
            None => self.count("ExternalRefComment"),
        }
    }

    fn count(&mut self, tag: &str) {
        *self.unknown.entry(format!("lines of `{tag}`")).or_default() += 1;
    }

    fn finish(mut self) -> Parsed {
        for (file, package) in std::mem::take(&mut self.contained) {
            let id = self
                .files
                .get(file)
                .and_then(|it| it.get("SPDXID"))
                .cloned();
            if let (Some(id), Some(package)) = (id, self.packages.get_mut(package)) {
                append(package, "hasFiles", id);
            }
        }
        let mut notes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (of, annotation) in self.annotated.into_iter().zip(self.annotations) {
            notes.entry(of).or_default().push(Value::Object(annotation));
        }
        let elements = self.packages.iter_mut().chain(&mut self.files);
        for element in elements.chain(&mut self.snippets) {
            let id = element.get("SPDXID").and_then(Value::as_str);
            if let Some(notes) = id.and_then(|it| notes.remove(it)) {
                element.insert("annotations".to_owned(), notes.into());
            }
        }
        let mut document = self.document;
        document.insert("creationInfo".to_owned(), Value::Object(self.creation));
        let rest: Vec<Value> = notes.into_values().flatten().collect();
        let objects = |all: Vec<Map<String, Value>>| all.into_iter().map(Value::Object).collect();
        let lists: [(&str, Vec<Value>); 7] = [
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
                document.insert(key.to_owned(), list.into());
            }
        }
        Parsed {
            value: Value::Object(document),
            unknown: self.unknown,
        }
    }
}

/// Puts the value of a line into an object, as the type of its field says.
fn put(map: &mut Map<String, Value>, field: &Field, value: String) {
    let key = field.key.to_owned();
    match &field.kind {
        Kind::List(item) | Kind::NonEmpty(item) => {
            let value = match item {
                Kind::Object(class) => object(class, &value),
                _ => value.into(),
            };
            append(map, field.key, value);
        }
        Kind::Object(class) => drop(map.insert(key, object(class, &value))),
        Kind::Boolean if value.eq_ignore_ascii_case("true") => drop(map.insert(key, true.into())),
        Kind::Boolean if value.eq_ignore_ascii_case("false") => drop(map.insert(key, false.into())),
        _ => drop(map.insert(key, value.into())),
    }
}

/// An object in the syntax of its class.
fn object(class: &'static Class, value: &str) -> Value {
    let is = |other: &'static Class| std::ptr::eq(class, other);
    if is(&CHECKSUM) {
        let (algorithm, digest) = value.split_once(':').unwrap_or((value, ""));
        return json!({ "algorithm": algorithm.trim(), "checksumValue": digest.trim() });
    }
    let mut words = value.splitn(3, char::is_whitespace).map(str::trim);
    let mut word = || words.next().unwrap_or_default();
    if is(&EXTERNAL_DOCUMENT_REF) {
        let (id, document, digest) = (word(), word(), word());
        let checksum = object(&CHECKSUM, digest);
        return json!({ "externalDocumentId": id, "spdxDocument": document, "checksum": checksum });
    }
    if is(&VERIFICATION_CODE) {
        let (code, excluded) = value.split_once('(').unwrap_or((value, ""));
        let excluded = excluded.trim_end().trim_end_matches(')');
        let excluded = excluded.trim_start().strip_prefix("excludes:");
        let excluded = excluded.unwrap_or_default().split(',').map(str::trim);
        let excluded: Vec<&str> = excluded.filter(|it| !it.is_empty()).collect();
        let mut code = json!({ "packageVerificationCodeValue": code.trim() });
        if let (false, Some(map)) = (excluded.is_empty(), code.as_object_mut()) {
            map.insert(
                "packageVerificationCodeExcludedFiles".to_owned(),
                excluded.into(),
            );
        }
        return code;
    }
    json!({
        "referenceCategory": word(),
        "referenceType": word(),
        "referenceLocator": word(),
    })
}

fn append(map: &mut Map<String, Value>, key: &str, value: Value) {
    let list = map
        .entry(key.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(items) = list {
        items.push(value);
    }
}
