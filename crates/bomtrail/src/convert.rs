//! A document in another format: over the graph, or within one format as it is, so that what the graph has no place for
//! survives. Says what is lost; decides nothing about files it writes to.

use std::io::{self, Write};
use std::path::Path;

use bomtrail_graph::{Bom, Diagnostics, Graph, Input, WriteError, Writer, link};

use crate::inputs::Found;
use crate::project;
use crate::scan::{ScanError, ScanOptions};

/// The property that a reader keeps a document's time under.
const TIMESTAMP: &str = "bomtrail:document:timestamp";

/// A document that was read to be written in other formats.
///
/// ```no_run
/// use bomtrail::{Bom, Diagnostics, Document, TOOL};
///
/// let document = Document::open("app.cdx.json".as_ref())?;
/// let mut lost = Diagnostics::new();
/// let bom = Bom::new(document.graph(), TOOL).timestamp(document.timestamp());
/// document.write(bomtrail::writer("spdx-json")?, &bom, &mut std::io::stdout(), &mut lost)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Document {
    graph: Graph,
    diagnostics: Diagnostics,
    reader: &'static str,
    bytes: Vec<u8>,
}

impl Document {
    /// Reads one file: an SBOM, or any other input.
    ///
    /// # Errors
    /// [`ScanError`] when it is no input, or nothing could be read from it.
    pub fn open(path: &Path) -> Result<Self, ScanError> {
        let mut diagnostics = Diagnostics::new();
        let options = ScanOptions::default();
        let (disk, mut found) = project::find(path, &options, &mut diagnostics)?;
        let (Some(input), true) = (found.pop(), found.is_empty()) else {
            return Err(ScanError::NotOneFile {
                path: path.to_path_buf(),
            });
        };
        let Found {
            path,
            bytes,
            reader,
        } = input;
        let input = Input {
            path: &path,
            bytes: &bytes,
            files: &disk,
        };
        let fragment = reader.read(&input, &mut diagnostics);
        if fragment.components.is_empty()
            && diagnostics.worst() == Some(bomtrail_graph::Level::Error)
        {
            return Err(project::nothing_read(&[path], diagnostics));
        }
        let graph = link(vec![fragment], &mut diagnostics);
        Ok(Self {
            graph,
            diagnostics,
            reader: reader.name(),
            bytes,
        })
    }

    /// What it says, as a graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// What is odd about it, and what of it the graph has no place for.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// When it was made, in its own words.
    pub fn timestamp(&self) -> Option<&str> {
        let inputs = self.graph.inputs().iter();
        let mut properties = inputs.flat_map(|it| &it.properties);
        let found = properties.find(|(name, _)| &**name == TIMESTAMP);
        found.map(|(_, time)| &**time)
    }

    /// Writes it in the format of `writer`. Within one format, everything that the other version can say stays, known to
    /// the graph or not; then `bom` only says whether it is compact. Otherwise `bom` is printed, and `diagnostics` gets
    /// what reading left aside too.
    ///
    /// # Errors
    /// [`WriteError`] as for [`Writer::write`].
    pub fn write(
        &self,
        writer: &dyn Writer,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), WriteError> {
        let format = writer.format();
        if let ("cyclonedx/json", "cyclonedx-json") = (self.reader, format.name)
            && let Some(version) = bomtrail_cyclonedx::SpecVersion::from_name(format.version)
        {
            return bomtrail_cyclonedx::write_in_version(
                &self.bytes,
                version,
                bom.document.compact,
                out,
                diagnostics,
            );
        }
        if let ("spdx/json", "spdx-json", "2.3") = (self.reader, format.name, format.version)
            && let Some(document) = spdx_2_3(&self.bytes)
        {
            return print(&document, bom.document.compact, out);
        }
        diagnostics.append(self.left_aside());
        writer.write(bom, out, diagnostics)
    }

    fn left_aside(&self) -> Diagnostics {
        let mut left = Diagnostics::new();
        for it in &self.diagnostics {
            if it.code.id.ends_with("/not-kept") {
                left.push(it.clone());
            }
        }
        left
    }
}

/// The document as one of SPDX 2.3, which says everything that 2.2 does; `None` for one of 3.
fn spdx_2_3(bytes: &[u8]) -> Option<serde_json::Value> {
    let mut value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let version = value.get_mut("spdxVersion")?;
    version.as_str()?.strip_prefix("SPDX-2.")?;
    *version = "SPDX-2.3".into();
    Some(value)
}

fn print(value: &serde_json::Value, compact: bool, out: &mut dyn Write) -> Result<(), WriteError> {
    let printed = if compact {
        serde_json::to_writer(&mut *out, value)
    } else {
        serde_json::to_writer_pretty(&mut *out, value)
    };
    printed.map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
