//! A document in another format: over the graph, or within one format as it is, so that what the graph has no place for
//! survives. Says what is lost; decides nothing about files it writes to.

use std::io::Write;
use std::path::PathBuf;

#[cfg(any(feature = "cyclonedx", feature = "spdx"))]
use bomtrail_graph::Format;
use bomtrail_graph::{Bom, Diagnostics, Graph, Selection, WriteError, Writer};

use crate::project::{Project, Scan, ScanError, ScanOptions};
#[cfg(any(feature = "cyclonedx", feature = "spdx"))]
use crate::source::ReadError;
use crate::source::Source;

/// The property that a reader keeps a document's time under.
const TIMESTAMP: &str = "bomtrail:document:timestamp";

/// A document that was read to be written in other formats.
///
/// ```
/// use bomtrail::{Bom, Diagnostics, Document, TOOL};
///
/// let document = Document::open("../../fixtures/npm/basic/package-lock.json")?;
/// let mut losses = Diagnostics::new();
/// let mut converted = Vec::new();
/// let time = document.timestamp().or(Some("2026-11-21T00:00:00Z"));
/// let bom = Bom::new(document.graph(), TOOL).timestamp(time);
/// document.write(bomtrail::writer("spdx-json")?, &bom, &mut converted, &mut losses)?;
/// assert!(converted.starts_with(b"{"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Document {
    scan: Scan,
    /// The reader and the path of an SBOM; `None` for the inputs of a package manager. Its bytes are only loaded again for
    /// another version or encoding of its own format: they would need as much memory as the graph.
    #[cfg(any(feature = "cyclonedx", feature = "spdx"))]
    sbom: Option<(&'static str, String)>,
}

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// It has no graph.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// One file is needed, and the path is that of a folder.
    #[error("`{}` is a folder; give one file", path.display())]
    NotOneFile {
        /// The path, as it was given.
        path: PathBuf,
    },
}

impl Document {
    /// Reads one file: an SBOM, or any other input. The graph is that of a scan of the same file, except that a `bomtrail.toml`
    /// next to an SBOM is ignored, because it need not be about it.
    ///
    /// # Errors
    /// [`ConvertError`] when it is not an input, or nothing could be read from it.
    pub fn open(source: impl Into<Source>) -> Result<Self, ConvertError> {
        let source = source.into();
        if let Source::Folder(path) = source {
            return Err(ConvertError::NotOneFile { path });
        }
        let options = ScanOptions::default();
        let mut project = Project::without_settings(source, &options)?;
        let sbom = project.sbom().map(|(name, path)| (name, path.to_owned()));
        if sbom.is_none() {
            project = project.with_settings()?;
        }
        Ok(Self {
            scan: project.into_scan(&Selection::default())?,
            #[cfg(any(feature = "cyclonedx", feature = "spdx"))]
            sbom,
        })
    }

    /// What it says, as a graph.
    pub fn graph(&self) -> &Graph {
        self.scan.graph()
    }

    /// What it says, with what the project it belongs to states.
    pub fn scan(&self) -> &Scan {
        &self.scan
    }

    /// What is odd about it, and what of it the graph has no place for.
    pub fn diagnostics(&self) -> &Diagnostics {
        self.scan.diagnostics()
    }

    /// When it was made, in its own words.
    pub fn timestamp(&self) -> Option<&str> {
        let inputs = self.graph().inputs().iter();
        let mut properties = inputs.flat_map(|it| &it.properties);
        let found = properties.find(|(name, _)| &**name == TIMESTAMP);
        found.map(|(_, time)| &**time)
    }

    /// Writes it in the format of `writer`. Within one format, everything that the other version can say stays, known to
    /// the graph or not; then `bom` only says whether it is compact. Otherwise `bom` is printed, and `diagnostics` gets
    /// the losses of reading too.
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
        #[cfg(any(feature = "cyclonedx", feature = "spdx"))]
        if self.rewrite(writer.format(), bom, out, diagnostics)? {
            return Ok(());
        }
        diagnostics.append(self.losses_of_reading());
        writer.write(bom, out, diagnostics)
    }

    /// Writes an SBOM within its own format; false where `format` is another one, and nothing was written.
    #[cfg(any(feature = "cyclonedx", feature = "spdx"))]
    fn rewrite(
        &self,
        format: Format,
        bom: &Bom<'_>,
        out: &mut dyn Write,
        diagnostics: &mut Diagnostics,
    ) -> Result<bool, WriteError> {
        match &self.sbom {
            #[cfg(feature = "cyclonedx")]
            Some(("cyclonedx/json" | "cyclonedx/xml", path)) => {
                let Some(to) = dialect(format) else {
                    return Ok(false);
                };
                let compact = bom.document.compact;
                bomtrail_cyclonedx::rewrite(&self.bytes(path)?, to, compact, out, diagnostics)?;
                Ok(true)
            }
            #[cfg(feature = "spdx")]
            Some(("spdx/json" | "spdx/tag-value", path)) if format.version == "2.3" => {
                let encoding = match format.name {
                    "spdx-tag-value" => bomtrail_spdx::Encoding::TagValue,
                    _ => bomtrail_spdx::Encoding::Json,
                };
                let input = bomtrail_graph::Input {
                    path: self.graph().inputs().first().map_or("", |it| &*it.path),
                    bytes: &self.bytes(path)?,
                    files: &bomtrail_graph::NoFiles,
                };
                bomtrail_spdx::write_in_2_3(&input, encoding, bom, out, diagnostics)
            }
            #[cfg(feature = "spdx")]
            Some(("spdx/json", path)) if format.version == "3.0.1" => {
                bomtrail_spdx::write_in_3_0_1(&self.bytes(path)?, bom, out)
            }
            _ => Ok(false),
        }
    }

    /// The bytes of the SBOM.
    #[cfg(any(feature = "cyclonedx", feature = "spdx"))]
    fn bytes(&self, path: &str) -> Result<Vec<u8>, WriteError> {
        let files = self.scan.files().ok_or(ReadError::NotFound);
        let bytes = files.and_then(|it| it.load(path));
        bytes.map_err(|cause| WriteError::Source(std::io::Error::other(cause)))
    }

    fn losses_of_reading(&self) -> Diagnostics {
        let mut losses = Diagnostics::new();
        for it in self.diagnostics() {
            if it.code.id.ends_with("/not-kept") {
                losses.push(it.clone());
            }
        }
        losses
    }
}

/// The version and encoding of a format of CycloneDX.
#[cfg(feature = "cyclonedx")]
fn dialect(format: Format) -> Option<bomtrail_cyclonedx::Dialect> {
    let encoding = match format.name {
        "cyclonedx-json" => bomtrail_cyclonedx::Encoding::Json,
        "cyclonedx-xml" => bomtrail_cyclonedx::Encoding::Xml,
        _ => return None,
    };
    let version = bomtrail_cyclonedx::SpecVersion::from_name(format.version)?;
    Some(bomtrail_cyclonedx::Dialect { version, encoding })
}
