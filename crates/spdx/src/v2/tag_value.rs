//! SPDX 2.3 as tags and values (annex of SPDX 2.3 on serialization): the views of the JSON encoding, printed line by line.
//! Only maps fields to tags.

use std::io::{self, BufWriter, Write};

use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};
use serde::Serialize;
use serde::ser::{Error as _, SerializeSeq};
use serde_json::{Map, Value};

use super::context::Context;
use super::document::Document;
use super::{package, relationship};
use crate::diags;
use crate::encode::{self, BUFFER};
use crate::loss::report;

/// Writes SPDX 2.3 in tags and values. Line breaks in one-line values, and the end mark
/// of a text inside it, cannot be written: they are replaced and reported.
///
/// A document needs a time: [`Bom::timestamp`], else [`Bom::now`]; without either, writing fails with
/// [`WriteError::Requires`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spdx23TagValue;

impl Writer for Spdx23TagValue {
    fn format(&self) -> Format {
        Format {
            name: "spdx-tag-value",
            version: "2.3",
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let created = encode::created(bom, "SPDX 2.3")?;
        let context = Context::new(bom, created);
        let mut out = BufWriter::with_capacity(BUFFER, out);
        let mut lines = TagLines {
            out: &mut out,
            replaced: 0,
        };
        let head = Document::new(&context).head().map_err(io::Error::from)?;
        lines.document(&head)?;
        let graph = context.graph;
        for node in graph.nodes() {
            let value = package::value(&context, node).map_err(io::Error::from)?;
            lines.package(&value)?;
        }
        relationship::fill(&context, Sequence(&mut lines)).map_err(io::Error::from)?;
        lines.licenses(&head)?;
        let replaced = lines.replaced;
        out.flush()?;
        drop(out);
        report("2.3", bom, diagnostics);
        if replaced > 0 {
            let input = graph.inputs().first().map_or("", |it| &*it.path);
            let what = "a line break in a value of one line, or the end mark of a text in it";
            diagnostics.push(diags::lossy(
                (input, "2.3"),
                replaced,
                what,
                "it is replaced",
            ));
        }
        Ok(())
    }
}

/// The fields of a package in the order of the specification, with the tag of each.
const PACKAGE: [(&str, &str); 8] = [
    ("name", "PackageName"),
    ("SPDXID", "SPDXID"),
    ("versionInfo", "PackageVersion"),
    ("packageFileName", "PackageFileName"),
    ("supplier", "PackageSupplier"),
    ("originator", "PackageOriginator"),
    ("downloadLocation", "PackageDownloadLocation"),
    ("filesAnalyzed", "FilesAnalyzed"),
];
/// Those that come after the checksums.
const PACKAGE_REST: [(&str, &str); 7] = [
    ("homepage", "PackageHomePage"),
    ("licenseConcluded", "PackageLicenseConcluded"),
    ("licenseDeclared", "PackageLicenseDeclared"),
    ("copyrightText", "PackageCopyrightText"),
    ("primaryPackagePurpose", "PrimaryPackagePurpose"),
    ("validUntilDate", "ValidUntilDate"),
    ("releaseDate", "ReleaseDate"),
];

/// A sink for tags and values.
struct TagLines<'w> {
    out: &'w mut dyn Write,
    replaced: usize,
}

impl TagLines<'_> {
    fn document(&mut self, head: &Value) -> io::Result<()> {
        let Some(map) = head.as_object() else {
            return Ok(());
        };
        for (key, tag) in [
            ("spdxVersion", "SPDXVersion"),
            ("dataLicense", "DataLicense"),
            ("SPDXID", "SPDXID"),
            ("name", "DocumentName"),
            ("documentNamespace", "DocumentNamespace"),
        ] {
            self.field(map, key, tag)?;
        }
        if let Some(info) = map.get("creationInfo").and_then(Value::as_object) {
            for creator in list(info, "creators") {
                self.line("Creator", text(creator))?;
            }
            self.field(info, "created", "Created")?;
            self.paragraph(info, "comment", "CreatorComment")?;
        }
        self.annotations(map, "SPDXRef-DOCUMENT")
    }

    fn package(&mut self, value: &Value) -> io::Result<()> {
        let Some(map) = value.as_object() else {
            return Ok(());
        };
        writeln!(self.out)?;
        for (key, tag) in PACKAGE {
            self.field(map, key, tag)?;
        }
        for it in list(map, "checksums") {
            let value = [of(it, "algorithm"), ": ", of(it, "checksumValue")].concat();
            self.line("PackageChecksum", &value)?;
        }
        for (key, tag) in PACKAGE_REST {
            self.field(map, key, tag)?;
        }
        self.paragraph(map, "licenseComments", "PackageLicenseComments")?;
        self.paragraph(map, "description", "PackageDescription")?;
        for it in list(map, "externalRefs") {
            let words = ["referenceCategory", "referenceType", "referenceLocator"];
            let value = words.map(|key| of(it, key)).join(" ");
            self.line("ExternalRef", &value)?;
        }
        let id = map.get("SPDXID").map(text).unwrap_or_default();
        self.annotations(map, id)
    }

    fn relationship(&mut self, value: &Value) -> io::Result<()> {
        let Some(map) = value.as_object() else {
            return Ok(());
        };
        let words = ["spdxElementId", "relationshipType", "relatedSpdxElement"];
        self.line("Relationship", &words.map(|key| of(value, key)).join(" "))?;
        self.paragraph(map, "comment", "RelationshipComment")
    }

    fn annotations(&mut self, map: &Map<String, Value>, id: &str) -> io::Result<()> {
        for it in list(map, "annotations") {
            let Some(annotation) = it.as_object() else {
                continue;
            };
            self.field(annotation, "annotator", "Annotator")?;
            self.field(annotation, "annotationDate", "AnnotationDate")?;
            self.field(annotation, "annotationType", "AnnotationType")?;
            self.line("SPDXREF", id)?;
            self.paragraph(annotation, "comment", "AnnotationComment")?;
        }
        Ok(())
    }

    fn licenses(&mut self, head: &Value) -> io::Result<()> {
        let Some(map) = head.as_object() else {
            return Ok(());
        };
        for it in list(map, "hasExtractedLicensingInfos") {
            let Some(license) = it.as_object() else {
                continue;
            };
            writeln!(self.out)?;
            self.field(license, "licenseId", "LicenseID")?;
            self.paragraph(license, "extractedText", "ExtractedText")?;
            self.field(license, "name", "LicenseName")?;
        }
        Ok(())
    }

    fn field(&mut self, map: &Map<String, Value>, key: &str, tag: &str) -> io::Result<()> {
        match map.get(key) {
            Some(Value::Bool(value)) => self.line(tag, if *value { "true" } else { "false" }),
            Some(value) => self.line(tag, text(value)),
            None => Ok(()),
        }
    }

    /// A value on one line.
    fn line(&mut self, tag: &str, value: &str) -> io::Result<()> {
        if !value.contains(char::is_control) {
            return writeln!(self.out, "{tag}: {value}");
        }
        self.replaced += 1;
        let plain: String = value
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        writeln!(self.out, "{tag}: {plain}")
    }

    /// A value on any number of lines.
    fn paragraph(&mut self, map: &Map<String, Value>, key: &str, tag: &str) -> io::Result<()> {
        let Some(value) = map.get(key).map(text) else {
            return Ok(());
        };
        let has_mark = value.contains("<text>") || value.contains("</text>");
        if !has_mark {
            return writeln!(self.out, "{tag}: <text>{value}</text>");
        }
        self.replaced += 1;
        let plain = value
            .replace("<text>", "< text>")
            .replace("</text>", "< /text>");
        writeln!(self.out, "{tag}: <text>{plain}</text>")
    }
}

fn list<'v>(map: &'v Map<String, Value>, key: &str) -> &'v [Value] {
    let list = map.get(key).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn of<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).map(text).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The list of relationships, printed as it is made.
struct Sequence<'l, 'w>(&'l mut TagLines<'w>);

impl SerializeSeq for Sequence<'_, '_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        let value = serde_json::to_value(value)?;
        self.0
            .relationship(&value)
            .map_err(serde_json::Error::custom)
    }

    fn end(self) -> Result<Self::Ok, Self::Error> {
        writeln!(self.0.out).map_err(serde_json::Error::custom)?;
        Ok(())
    }
}
