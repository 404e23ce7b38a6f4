//! The XML encoding: the same views as the JSON encoding, printed element by element in the order that the schema asks for,
//! and read back into the shape of JSON. One table (`shape`) serves both directions.

mod parse;
mod print;
mod shape;

use std::io::{self, BufWriter, Write};

use bomtrail_graph::{Bom, Diagnostics, Format, Fragment, Input, WriteError, Writer};
use serde::Serialize;
use serde_json::Value;

use crate::diags;
use crate::read;
use crate::spec::SpecVersion;
use crate::write::document::Document;
use crate::write::wire::Definitions;
use print::Printer;
use shape::{
    ANNOTATION, CITATION, COMPONENT, COMPOSITION, DECLARATIONS, DEFINITIONS, DEPENDENCY, FORMULA,
    METADATA, SERVICE,
};

const NAME: &str = "cyclonedx-xml";
/// What begins the name of every version's name space.
const NAMESPACE: &str = "http://cyclonedx.org/schema/bom/";

/// Bytes collected before the sink sees them.
const BUFFER: usize = 64 * 1024;

/// Writes CycloneDX as XML (ECMA-424, `bom-1.x.xsd`): UTF-8, LF, a final newline. Characters that XML 1.0 cannot hold are
/// replaced by U+FFFD, and told.
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
            diagnostics.push(diags::not_said(NAME, self.version, &what, count));
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
        printer.object("metadata", &METADATA, &value(&document.metadata())?)?;
        let components = document.components().map(|it| value(&it));
        printer.list("components", "component", &COMPONENT, components)?;
        if let Some(services) = document.services() {
            let services = services.map(|it| value(&it));
            printer.list("services", "service", &SERVICE, services)?;
        }
        let dependencies = document.dependencies().map(|it| value(&it));
        printer.list("dependencies", "dependency", &DEPENDENCY, dependencies)?;
        let compositions = document.compositions().map(|it| value(&it));
        printer.list("compositions", "composition", &COMPOSITION, compositions)?;
        opinions(document, printer)?;
        printer.close("bom")
    }
}

/// What is said of the components, and who said what.
fn opinions(document: &Document<'_>, printer: &mut Printer<'_>) -> io::Result<()> {
    if let Some(annotations) = document.annotations() {
        let annotations = annotations.iter().map(value);
        printer.list("annotations", "annotation", &ANNOTATION, annotations)?;
    }
    if let Some(formulation) = document.formulation() {
        let formulas = formulation.iter().map(value);
        printer.list("formulation", "formula", &FORMULA, formulas)?;
    }
    if let Some((declarations, standards)) = document.declarations() {
        let definitions = Definitions { standards };
        printer.object("declarations", &DECLARATIONS, &value(&declarations)?)?;
        printer.object("definitions", &DEFINITIONS, &value(&definitions)?)?;
    }
    if let Some(citations) = document.citations() {
        let citations = citations.map(|it| value(&it));
        printer.list("citations", "citation", &CITATION, citations)?;
    }
    Ok(())
}

/// One part of the document in the shape of JSON; dropped when it is printed.
fn value(part: &impl Serialize) -> io::Result<Value> {
    Ok(serde_json::to_value(part)?)
}

/// Reads CycloneDX in XML, versions 1.2 to 1.7.
///
/// A document with a type definition (`<!DOCTYPE`) is refused, because entities of its own are what billion-laughs attacks
/// are made of; so is one that is nested deeper than 100 elements or larger than [`crate::SIZE_LIMIT`].
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
        match parse::document(input.bytes) {
            Ok(parsed) => {
                for (what, count) in parsed.unknown {
                    diagnostics.push(diags::CODES.not_kept(input.path, &what, count));
                }
                read::read_value(input.path, &parsed.value, diagnostics)
            }
            Err(problem) => {
                diagnostics.push(diags::not_xml(input.path, problem.line, &problem.message));
                read::empty(input.path)
            }
        }
    }
}
