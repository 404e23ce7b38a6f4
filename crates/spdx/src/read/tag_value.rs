//! SPDX 2 in tag-value form, converted to the shape of its JSON encoding. Lines about files and snippets are counted and
//! skipped.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A document in the shape of JSON, and the number of skipped lines by tag.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) unknown: BTreeMap<String, usize>,
}

/// Why a document cannot be read.
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: String,
}

/// The element that the lines describe.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Document,
    Package,
    License,
    /// A file or a snippet.
    Other,
}

/// Tags whose value is a field without conversion.
const FIELDS: [(&str, About, &str); 27] = [
    ("SPDXVersion", About::Document, "spdxVersion"),
    ("DataLicense", About::Document, "dataLicense"),
    ("DocumentName", About::Document, "name"),
    ("DocumentNamespace", About::Document, "documentNamespace"),
    ("DocumentComment", About::Document, "comment"),
    ("PackageVersion", About::Package, "versionInfo"),
    ("PackageFileName", About::Package, "packageFileName"),
    ("PackageSupplier", About::Package, "supplier"),
    ("PackageOriginator", About::Package, "originator"),
    (
        "PackageDownloadLocation",
        About::Package,
        "downloadLocation",
    ),
    ("PackageHomePage", About::Package, "homepage"),
    ("PackageSourceInfo", About::Package, "sourceInfo"),
    (
        "PackageLicenseConcluded",
        About::Package,
        "licenseConcluded",
    ),
    ("PackageLicenseDeclared", About::Package, "licenseDeclared"),
    ("PackageLicenseComments", About::Package, "licenseComments"),
    ("PackageCopyrightText", About::Package, "copyrightText"),
    ("PackageSummary", About::Package, "summary"),
    ("PackageDescription", About::Package, "description"),
    ("PackageComment", About::Package, "comment"),
    ("PackageAttributionText", About::Package, "attributionText"),
    (
        "PrimaryPackagePurpose",
        About::Package,
        "primaryPackagePurpose",
    ),
    ("BuiltDate", About::Package, "builtDate"),
    ("ReleaseDate", About::Package, "releaseDate"),
    ("ValidUntilDate", About::Package, "validUntilDate"),
    ("ExtractedText", About::License, "extractedText"),
    ("LicenseName", About::License, "name"),
    ("LicenseComment", About::License, "comment"),
];

/// The document so far.
struct Reading {
    document: Map<String, Value>,
    creation: Map<String, Value>,
    packages: Vec<Value>,
    licenses: Vec<Value>,
    relationships: Vec<Value>,
    annotations: Vec<(String, Map<String, Value>)>,
    about: About,
    unknown: BTreeMap<String, usize>,
}

/// Reads a document.
pub(super) fn document(text: &str) -> Result<Parsed, Problem> {
    let mut reading = Reading {
        document: Map::new(),
        creation: Map::new(),
        packages: Vec::new(),
        licenses: Vec::new(),
        relationships: Vec::new(),
        annotations: Vec::new(),
        about: About::Document,
        unknown: BTreeMap::new(),
    };
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
            "PackageName" => {
                self.about = About::Package;
                self.packages.push(json!({ "name": value }));
            }
            "LicenseID" => {
                self.about = About::License;
                self.licenses.push(json!({ "licenseId": value }));
            }
            "FileName" | "SnippetSPDXID" => {
                self.about = About::Other;
                self.count(tag);
            }
            "Relationship" => self.relationship(&value),
            "RelationshipComment" => set(self.relationships.last_mut(), "comment", value.into()),
            "Annotator" => {
                let mut annotation = Map::new();
                annotation.insert("annotator".to_owned(), value.into());
                self.annotations.push((String::new(), annotation));
            }
            "SPDXREF" => {
                if let Some((of, _)) = self.annotations.last_mut() {
                    *of = value;
                }
            }
            "AnnotationDate" => self.annotation("annotationDate", value),
            "AnnotationType" => self.annotation("annotationType", value),
            "AnnotationComment" => self.annotation("comment", value),
            "Creator" => append(&mut self.creation, "creators", value.into()),
            "Created" => drop(self.creation.insert("created".to_owned(), value.into())),
            "CreatorComment" => drop(self.creation.insert("comment".to_owned(), value.into())),
            "LicenseListVersion" => {
                self.creation
                    .insert("licenseListVersion".to_owned(), value.into());
            }
            tag => self.element(tag, value),
        }
    }

    /// A tag of the element that the lines are about.
    fn element(&mut self, tag: &str, value: String) {
        let about = self.about;
        if let Some((_, of, key)) = FIELDS.iter().find(|(it, of, _)| *it == tag && *of == about) {
            let key = (*key).to_owned();
            match of {
                About::Document => drop(self.document.insert(key, value.into())),
                About::Package => set(self.packages.last_mut(), &key, value.into()),
                About::License => set(self.licenses.last_mut(), &key, value.into()),
                About::Other => {}
            }
            return;
        }
        match (about, tag) {
            (About::Document, "SPDXID") => {
                self.document.insert("SPDXID".to_owned(), value.into());
            }
            (About::Package, "SPDXID") => set(self.packages.last_mut(), "SPDXID", value.into()),
            (About::Package, "FilesAnalyzed") => {
                let truth = value.eq_ignore_ascii_case("true");
                set(self.packages.last_mut(), "filesAnalyzed", truth.into());
            }
            (About::Package, "PackageChecksum") => {
                let (algorithm, digest) = value.split_once(':').unwrap_or((&value, ""));
                let item = json!({ "algorithm": algorithm.trim(), "checksumValue": digest.trim() });
                self.of_package("checksums", item);
            }
            (About::Package, "ExternalRef") => {
                let mut words = value.splitn(3, ' ');
                let mut word = || words.next().unwrap_or_default();
                let item = json!({
                    "referenceCategory": word(),
                    "referenceType": word(),
                    "referenceLocator": word(),
                });
                self.of_package("externalRefs", item);
            }
            (_, tag) => self.count(tag),
        }
    }

    fn relationship(&mut self, value: &str) {
        let mut words = value.split_whitespace();
        let mut word = || words.next().unwrap_or_default();
        self.relationships.push(json!({
            "spdxElementId": word(),
            "relationshipType": word(),
            "relatedSpdxElement": word(),
        }));
    }

    fn annotation(&mut self, key: &str, value: String) {
        if let Some((_, annotation)) = self.annotations.last_mut() {
            annotation.insert(key.to_owned(), value.into());
        }
    }

    fn of_package(&mut self, key: &str, value: Value) {
        if let Some(Value::Object(package)) = self.packages.last_mut() {
            append(package, key, value);
        }
    }

    fn count(&mut self, tag: &str) {
        *self.unknown.entry(format!("lines of `{tag}`")).or_default() += 1;
    }

    fn finish(mut self) -> Parsed {
        let mut notes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (of, annotation) in self.annotations {
            notes.entry(of).or_default().push(Value::Object(annotation));
        }
        for package in &mut self.packages {
            let id = package
                .get("SPDXID")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if let Some(notes) = notes.remove(id) {
                set(Some(package), "annotations", notes.into());
            }
        }
        let rest: Vec<Value> = notes.into_values().flatten().collect();
        let mut document = self.document;
        let parts = [
            ("creationInfo", Value::Object(self.creation)),
            ("annotations", rest.into()),
            ("packages", self.packages.into()),
            ("relationships", self.relationships.into()),
            ("hasExtractedLicensingInfos", self.licenses.into()),
        ];
        document.extend(parts.map(|(key, value)| (key.to_owned(), value)));
        Parsed {
            value: Value::Object(document),
            unknown: self.unknown,
        }
    }
}

fn set(of: Option<&mut Value>, key: &str, value: Value) {
    if let Some(map) = of.and_then(Value::as_object_mut) {
        map.insert(key.to_owned(), value);
    }
}

fn append(map: &mut Map<String, Value>, key: &str, value: Value) {
    let list = map
        .entry(key.to_owned())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(items) = list {
        items.push(value);
    }
}
