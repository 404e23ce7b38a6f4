//! How packages match their source repositories: as text, as JSON and as Markdown.

mod json;
mod markdown;
mod text;

use std::io::Write;

use bomtrail_archive::FileMatch;
use bomtrail_graph::{FileVerdict, SourceMatch, Tool, WriteError};

/// How one package matches its source.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SourceReport {
    /// The package's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its Package URL; empty for an archive that no project names.
    pub purl: String,
    /// The name of its archive.
    pub archive: String,
    /// SWHIDs of the archive and of what it unpacks to.
    pub swhids: Vec<String>,
    /// What was found, in numbers.
    pub found: SourceMatch,
    /// What else is to be known, as lower-case fragments.
    pub notes: Vec<String>,
    /// Every file, those that need a look first.
    pub files: Vec<FileMatch>,
}

impl SourceReport {
    /// Sets fields by name.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// True when the package was compared, and all code in it is explained.
    pub fn is_explained(&self) -> bool {
        self.found.reason.is_empty() && self.found.unexplained_code.is_empty()
    }

    fn label(&self) -> String {
        if self.version.is_empty() {
            return self.name.clone();
        }
        format!("{}@{}", self.name, self.version)
    }

    /// The files that differ from the source.
    fn different(&self) -> impl Iterator<Item = &FileMatch> {
        let files = self.files.iter();
        files.filter(|it| it.verdict != FileVerdict::Same)
    }
}

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceFormat {
    /// For a terminal.
    Text,
    /// `bomtrail/source/v1`.
    Json,
    /// For a page.
    Markdown,
}

/// Writes how packages match their source.
///
/// # Errors
/// [`WriteError`] when the sink refuses.
pub fn write_sources(
    reports: &[SourceReport],
    format: SourceFormat,
    tool: Tool<'_>,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    match format {
        SourceFormat::Text => text::write(reports, out),
        SourceFormat::Json => json::write(reports, tool, out),
        SourceFormat::Markdown => markdown::write(reports, out),
    }
}

/// What is to be said about a file, as a fragment.
fn remark(file: &FileMatch) -> String {
    let mut words = Vec::new();
    if let Some((added, removed)) = file.lines {
        words.push(format!("+{added} -{removed}"));
    }
    if !file.detail.is_empty() {
        words.push(file.detail.clone());
    }
    words.join(", ")
}
