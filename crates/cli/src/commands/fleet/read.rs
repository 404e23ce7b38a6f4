//! Reads one input of `bomtrail fleet add`: what becomes of it, and which release it is about.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use bomtrail::approvals::Date;
use bomtrail::check::CheckOptions;
use bomtrail::compliance::Reviewed;
use bomtrail::graph::{Diagnostics, Timestamp};
use bomtrail::source::{DEFAULT_SIZE_LIMIT, Memory, Source};
use bomtrail::{Bom, Document, Graph, Scan, ScanError, TOOL};
use bomtrail_fleet::{Read, Record, Rejected, Release, Stated, digest};

use super::find::{Input, is_sbom_text};
use crate::error::CliError;
use crate::part;

/// How inputs are read, and what is known about their releases.
pub(super) struct Reading {
    /// The digests of documents that are stored.
    pub(super) known: HashSet<String>,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) product: Option<String>,
    pub(super) release: Option<String>,
    pub(super) date: Option<Timestamp>,
    pub(super) commit: Option<String>,
    pub(super) repository: Option<String>,
    pub(super) statuses: bool,
}

impl Reading {
    /// Reads an input; whatever is wrong with it is the reason why it is rejected.
    pub(super) fn read(&self, input: &Input) -> Read {
        let (source, read) = match input {
            Input::Standard => ("-".to_owned(), self.standard()),
            Input::File(path) => (name(path), self.file(path, true)),
            Input::Listed(path) => (name(path), self.file(path, false)),
            Input::Project(path) => (name(path), self.project(path, Source::Folder(path.clone()))),
        };
        read.unwrap_or_else(|Refusal { reason, digest }| {
            let time = self.now.to_string();
            Read::Rejected(Rejected::new(&source, &reason, &time).digest(digest))
        })
    }

    fn standard(&self) -> Result<Read, Refusal> {
        let source = part::source(Path::new("-"))?;
        let document = Document::open(source).map_err(CliError::from)?;
        self.document("-", &document, String::new())
    }

    /// A file; what is not an SBOM may be an input of a package manager when it was named.
    fn file(&self, path: &Path, is_named: bool) -> Result<Read, Refusal> {
        let bytes = bytes(path).map_err(Refusal::because)?;
        let digest = digest(&bytes);
        if self.known.contains(&digest) {
            return Ok(Read::Known);
        }
        let with_digest = |refusal: Refusal| Refusal {
            digest: Some(digest.clone()),
            ..refusal
        };
        if !is_sbom_text(&bytes) && !is_named {
            let refusal = Refusal::because("it is neither CycloneDX nor SPDX");
            return Err(with_digest(refusal));
        }
        if !is_sbom_text(&bytes) {
            let source = Source::File(path.to_path_buf());
            return self.project(path, source).map_err(with_digest);
        }
        let file = path.file_name().map(|it| it.to_string_lossy());
        let memory = Memory::input(&file.unwrap_or_default(), bytes);
        let document = Document::open(memory).map_err(CliError::from);
        let document = document.map_err(|it| with_digest(it.into()))?;
        let read = self.document(&name(path), &document, digest.clone());
        read.map_err(with_digest)
    }

    /// An SBOM. What is wrong with some of its elements, as often with those of other tools, does not refuse the whole.
    fn document(&self, source: &str, document: &Document, digest: String) -> Result<Read, Refusal> {
        let release = self.about(document.graph(), source, digest)?;
        let bom = document.scan().bom(TOOL);
        Ok(Read::Sbom(Box::new(Record::new(&bom, release))))
    }

    fn project(&self, path: &Path, source: Source) -> Result<Read, Refusal> {
        let name = name(path);
        if !self.statuses {
            let scan = bomtrail::scan(source).map_err(CliError::from)?;
            return self.scanned(&name, &scan, scan.bom(TOOL));
        }
        let options = CheckOptions::on(self.today);
        let reviewed = Reviewed::scan(source, &options).map_err(CliError::from)?;
        let scan = &reviewed.scan;
        let tables = scan.tables().approvals(Some(&reviewed.reviews.table));
        self.scanned(&name, scan, scan.bom(TOOL).tables(tables))
    }

    fn scanned(&self, source: &str, scan: &Scan, bom: Bom<'_>) -> Result<Read, Refusal> {
        let mut release = self.about(scan.graph(), source, String::new())?;
        release.tool = Some([TOOL.name, " ", TOOL.version].concat());
        Ok(Read::Sbom(Box::new(Record::new(&bom, release))))
    }

    /// The release that a graph is about: what the options say, else what the document says.
    fn about(&self, graph: &Graph, source: &str, digest: String) -> Result<Release, Refusal> {
        if graph.nodes().len() == 0 {
            return Err(Refusal::because("it has no packages"));
        }
        let stated = Stated::of(graph);
        let product = self.product.clone().or(stated.product);
        let product = product.ok_or_else(|| {
            Refusal::because("it does not say which product it is about; use --product")
        })?;
        let time = self.date.or(stated.time).unwrap_or(self.now);
        Ok(Release::new(&product, time).with(|it| {
            it.release = self.release.clone().or(stated.release);
            it.repository = self.repository.clone().or(stated.repository);
            it.commit.clone_from(&self.commit);
            it.tool = stated.tool;
            it.source = source.to_owned();
            it.digest = digest;
        }))
    }
}

/// Why an input is not stored.
struct Refusal {
    reason: String,
    /// Of a file that was read.
    digest: Option<String>,
}

impl Refusal {
    fn because(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            digest: None,
        }
    }
}

impl From<CliError> for Refusal {
    fn from(error: CliError) -> Self {
        let diagnostics = match &error {
            CliError::Diagnosed(diagnostics)
            | CliError::Scan(
                ScanError::Unreadable { diagnostics, .. } | ScanError::Settings { diagnostics },
            ) => Some(diagnostics),
            CliError::Scan(_)
            | CliError::Usage(_)
            | CliError::Refused { .. }
            | CliError::Write { .. } => None,
        };
        let problem = diagnostics.and_then(worst);
        Self::because(problem.unwrap_or_else(|| error.to_string()))
    }
}

/// The first of the worst problems, with its place.
fn worst(diagnostics: &Diagnostics) -> Option<String> {
    let level = diagnostics.worst();
    let mut all = diagnostics.iter();
    let first = all.find(|it| Some(it.code.level) == level)?;
    Some(format!("{}: {}", first.place, first.message))
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |error: std::io::Error| format!("it cannot be read: {error}");
    let found = path.metadata().map_err(failed)?;
    if !found.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0));
    let file = File::open(path).map_err(failed)?;
    let read = file.take(DEFAULT_SIZE_LIMIT + 1).read_to_end(&mut bytes);
    let read = read.map_err(failed)?;
    if read as u64 > DEFAULT_SIZE_LIMIT {
        return Err(format!(
            "it is larger than the limit of {DEFAULT_SIZE_LIMIT} bytes"
        ));
    }
    Ok(bytes)
}
