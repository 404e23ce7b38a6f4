//! The JSON encoding: prints the views of a document in order.

use std::io::Write;

use bomtrail_document::{Layout, print};
use bomtrail_graph::{Bom, Diagnostics, Format, WriteError, Writer};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::spec::SpecVersion;
use crate::write::document::Document;
use crate::write::wire::{Definitions, Each};

const NAME: &str = "cyclonedx-json";

/// Writes CycloneDX as JSON (ECMA-424, `bom-1.x.schema.json`): UTF-8, LF, a final newline; pretty unless
/// [`Bom::compact`] is set. The same graph gives the same bytes.
///
/// `metadata.component` is the only root, or the product that the project names when there are several roots. It is absent
/// when there are several roots and no name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json {
    /// The version of the specification.
    pub version: SpecVersion,
}

impl Json {
    /// A writer of one version.
    pub const fn new(version: SpecVersion) -> Self {
        Self { version }
    }
}

impl Writer for Json {
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
        let view = View {
            document: &document,
            version: self.version,
        };
        print(&view, Layout::of(bom), out)?;
        document.report(diagnostics);
        Ok(())
    }
}

/// The whole document.
struct View<'a, 'g> {
    document: &'a Document<'g>,
    version: SpecVersion,
}

impl Serialize for View<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.document;
        let mut bom = serializer.serialize_struct("bom", 8)?;
        bom.serialize_field("bomFormat", "CycloneDX")?;
        bom.serialize_field("specVersion", self.version.name())?;
        bom.serialize_field("serialNumber", &document.serial_number())?;
        bom.serialize_field("version", &document.bom_version())?;
        bom.serialize_field("metadata", &document.metadata())?;
        bom.serialize_field("components", &Each(|| document.components()))?;
        if document.services().is_some() {
            let services = || document.services().into_iter().flatten();
            bom.serialize_field("services", &Each(services))?;
        }
        bom.serialize_field("dependencies", &Each(|| document.dependencies()))?;
        bom.serialize_field("compositions", &Each(|| document.compositions()))?;
        opinions(document, &mut bom)?;
        bom.end()
    }
}

/// Annotations, formulation, citations and declarations.
fn opinions<S: SerializeStruct>(document: &Document<'_>, bom: &mut S) -> Result<(), S::Error> {
    if let Some(annotations) = document.annotations() {
        bom.serialize_field("annotations", &annotations)?;
    }
    if let Some(formulation) = document.formulation() {
        bom.serialize_field("formulation", &formulation)?;
        let citations = || document.citations().into_iter().flatten();
        bom.serialize_field("citations", &Each(citations))?;
    }
    if let Some((declarations, standards)) = document.declarations() {
        bom.serialize_field("declarations", &declarations)?;
        bom.serialize_field("definitions", &Definitions { standards })?;
    }
    Ok(())
}
