//! The XML encoding: the same views as the JSON encoding, printed element by element in the order that the schema asks for,
//! and read back into the shape of JSON. The table of the specification serves both directions.

mod convert;
mod print;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use bomtrail_document::{Json, Members, without_mark};
use bomtrail_graph::{Bom, Diagnostics, Format, Fragment, Input, Place, WriteError, Writer};
use serde::Serialize;

use crate::diags;
use crate::read::{self, check_version};
use crate::shape::{Losses, Parsed};
use crate::spec::{Encoding, SpecVersion, schema_address};
use crate::write::document::Document;
use crate::write::wire::Definitions;
use print::Printer;
use tree::Lines;

const NAME: &str = "cyclonedx-xml";
/// The prefix of the namespace of every version.
const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";

/// Bytes collected before the sink sees them.
const BUFFER: usize = 64 * 1024;

/// Writes CycloneDX as XML (ECMA-424, `bom-1.x.xsd`): UTF-8, LF, a final newline. Characters that XML 1.0 cannot hold are
/// replaced by U+FFFD, and reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xml {
    /// The version of the specification.
    pub version: SpecVersion,
}

impl Writer for Xml {
    fn format(&self) -> Format {
        Format {
            name: NAME,
            version: self.version.name(),
        }
    }

    fn write(
        &self,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let document = Document::new(bom, NAME, self.version);
        let mut out = BufWriter::with_capacity(BUFFER, out);
        let mut printer = Printer::new(&mut out, bom.document.compact);
        self.print(&document, &mut printer)?;
        let lost = printer.finish()?;
        out.flush()?;
        drop(out);
        document.report(diagnostics);
        for (what, count) in lost {
            diagnostics.push(diags::not_kept_in(NAME, self.version, &what, count));
        }
        Ok(())
    }
}

impl Xml {
    fn print(self, document: &Document<'_>, printer: &mut Printer<'_>) -> io::Result<()> {
        let namespace = [NAMESPACE, self.version.name()].concat();
        let serial = document.serial_number();
        let version = document.bom_version().to_string();
        let head = [
            ("xmlns", namespace.as_str()),
            ("serialNumber", &serial),
            ("version", &version),
        ];
        printer.open("bom", &head)?;
        printer.part("metadata", &value(&document.metadata())?)?;
        printer.list("components", document.components().map(|it| value(&it)))?;
        if let Some(services) = document.services() {
            printer.list("services", services.map(|it| value(&it)))?;
        }
        let dependencies = document.dependencies().map(|it| value(&it));
        printer.list("dependencies", dependencies)?;
        let compositions = document.compositions().map(|it| value(&it));
        printer.list("compositions", compositions)?;
        statements(document, printer)?;
        printer.close("bom")
    }
}

/// Annotations, formulation, declarations and citations.
fn statements(document: &Document<'_>, printer: &mut Printer<'_>) -> io::Result<()> {
    if let Some(annotations) = document.annotations() {
        printer.list("annotations", annotations.iter().map(value))?;
    }
    if let Some(formulation) = document.formulation() {
        printer.list("formulation", formulation.iter().map(value))?;
    }
    if let Some((declarations, standards)) = document.declarations() {
        printer.part("declarations", &value(&declarations)?)?;
        printer.part("definitions", &value(&Definitions { standards })?)?;
    }
    if let Some(citations) = document.citations() {
        printer.list("citations", citations.map(|it| value(&it)))?;
    }
    Ok(())
}

/// One part of the document in the shape of JSON; dropped when it is printed.
fn value(part: &impl Serialize) -> io::Result<Json<'static>> {
    Ok(serde_json::to_value(part)?.into())
}

/// Reads CycloneDX in XML, versions 1.2 to 1.7.
///
/// Elements of other namespaces are extensions and are not read. A document with a type definition (`<!DOCTYPE`) is refused,
/// because its entities allow billion-laughs attacks; so is one that is nested deeper than 100 elements or larger than
/// [`crate::SIZE_LIMIT`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct XmlReader;

impl bomtrail_graph::Reader for XmlReader {
    fn name(&self) -> &'static str {
        "cyclonedx/xml"
    }

    fn claims(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.ends_with(".cdx.xml") || name == "bom.xml"
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start.starts_with('<') && text.contains(NAMESPACE)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        if !diags::CODES.fits(input, diagnostics) {
            return read::empty(input.path);
        }
        match tree::parse(input.bytes) {
            Ok(document) => read_document(input, document, diagnostics),
            Err(problem) => {
                diagnostics.push(diags::not_xml(input.path, problem.line, &problem.message));
                read::empty(input.path)
            }
        }
    }
}

/// A document in the shape of JSON.
///
/// # Errors
/// When it is not readable.
pub(crate) fn parse_document(bytes: &[u8]) -> io::Result<Parsed<'_>> {
    let document = tree::parse(bytes).map_err(|it| io::Error::other(it.message))?;
    let (mut converted, version) = shape(document);
    let address = schema_address(version);
    converted.value.insert_first("$schema", address);
    let lost = converted.unknown.into_iter();
    Ok(Parsed {
        value: converted.value,
        encoding: Encoding::Xml,
        lost: lost
            .map(|(what, count)| (format!("{what} is left out"), count))
            .collect(),
    })
}

/// Prints a document that is in the shape of JSON; returns what XML could not express.
///
/// # Errors
/// When the sink refuses.
pub(crate) fn print_document(
    mut document: Members<'_>,
    version: SpecVersion,
    compact: bool,
    out: &mut dyn Write,
) -> io::Result<Losses> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    for of_json in ["$schema", "bomFormat", "specVersion"] {
        document.remove(of_json);
    }
    let mut printer = Printer::new(&mut out, compact);
    printer.document(&[NAMESPACE, version.name()].concat(), &document)?;
    let lost = printer.finish()?;
    out.flush()?;
    Ok(lost)
}

/// The document in the shape of JSON, and the version whose table it was read with.
fn shape(mut document: tree::Document<'_>) -> (convert::Converted<'_>, SpecVersion) {
    let version = check_version(Some(&document.version)).unwrap_or(SpecVersion::NEWEST);
    let mut converted = convert::convert(&mut document.root, version);
    for (name, count) in &document.foreign {
        let what = format!("`{name}` of another namespace");
        converted.unknown.insert(what, *count);
    }
    converted
        .value
        .insert_first("specVersion", document.version);
    converted.value.insert_first("bomFormat", "CycloneDX");
    (converted, version)
}

fn read_document(
    input: &Input<'_>,
    document: tree::Document<'_>,
    diagnostics: &mut Diagnostics,
) -> Fragment {
    let path = input.path;
    let (converted, version) = shape(document);
    if !converted.problems.is_empty() {
        let lines = Lines::of(without_mark(input.bytes));
        for (start, message) in converted.problems {
            let place = Place::line(path, lines.at(start), None);
            diagnostics.push(diags::invalid(place, &message));
        }
    }
    for (what, count) in converted.unknown {
        diagnostics.push(diags::CODES.not_kept(path, &what, count));
    }
    let places = |pointers: &[&str]| places(input, version, pointers);
    let value = Json::Object(converted.value);
    read::read_value(path, &value, (Encoding::Xml, &places), diagnostics)
}

/// The lines of values; a value without an element of its own is in the one of its parent.
fn places(input: &Input<'_>, version: SpecVersion, pointers: &[&str]) -> Vec<Place> {
    let parents = |pointer: &str| {
        let mut all = vec![pointer.to_owned()];
        while let Some((parent, _)) = all.last().and_then(|it| it.rsplit_once('/')) {
            all.push(parent.to_owned());
        }
        all
    };
    let wanted = pointers.iter().flat_map(|it| parents(it)).collect();
    let lines = Lines::of(without_mark(input.bytes));
    let (root, positions) = match tree::parse(input.bytes) {
        Ok(mut it) => (
            it.root.start,
            convert::positions(&mut it.root, version, wanted),
        ),
        Err(_) => (0, BTreeMap::new()),
    };
    let place = |pointer: &&str| {
        let mut parents = parents(pointer).into_iter();
        let position = parents.find_map(|it| positions.get(&it).copied());
        Place::line(input.path, lines.at(position.unwrap_or(root)), None)
    };
    pointers.iter().map(place).collect()
}

#[cfg(test)]
mod tests;
