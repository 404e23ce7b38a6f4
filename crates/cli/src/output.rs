//! Where documents go: standard output, or a file that is written completely or not at all.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use bomtrail::formats::Sizes;
use bomtrail::graph::Format;
use bomtrail::write::{Staged, stage as stage_file, write_atomic};
use bomtrail::{DetailLevel, Diagnostics, Graph, Level, WriteError};
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::report::Verbosity;
use crate::text::count;

/// Where a document goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sink {
    Stdout,
    File(PathBuf),
}

impl Sink {
    /// The sink for a file name from the command line; no name and `-` are standard output.
    pub(crate) fn named(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path != Path::new("-") => Self::File(path.to_path_buf()),
            Some(_) | None => Self::Stdout,
        }
    }

    /// Shows that a file was written, and what it holds. Nothing is shown for standard output and devices.
    pub(crate) fn announce(&self, verbosity: Verbosity, content: &str) {
        if let Self::File(path) = self
            && path.is_file()
        {
            verbosity.say(&format!("wrote {self}: {content}"));
        }
    }

    /// Shows that an SBOM was written, and what it holds.
    pub(crate) fn announce_sbom(
        &self,
        verbosity: Verbosity,
        format: &Format,
        (graph, problems): (&Graph, &Diagnostics),
    ) {
        let (name, version) = (format.name, format.version);
        let components = count(graph.nodes().len(), "component");
        let edges = graph.edges().len();
        let dependencies = if edges == 1 {
            "dependency"
        } else {
            "dependencies"
        };
        let problems = problems.iter().filter(|it| it.code.level > Level::Note);
        let problems = match problems.count() {
            0 => String::new(),
            number => [", ", &count(number, "problem")].concat(),
        };
        let content = format!("{name} {version}, {components}, {edges} {dependencies}{problems}");
        self.announce(verbosity, &content);
    }

    /// The name of the file in lower case; `None` for standard output and for devices.
    pub(crate) fn file_name(&self) -> Option<String> {
        match self {
            Self::Stdout => None,
            Self::File(path) => {
                let is_device = path.exists() && !path.is_file() && !path.is_dir();
                let name = path.file_name()?.to_str()?.to_ascii_lowercase();
                (!is_device).then_some(name)
            }
        }
    }
}

impl fmt::Display for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("standard output"),
            Self::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

/// How a document is laid out, and how large it may be.
#[derive(Args)]
pub(crate) struct OutputArgs {
    /// Write without line breaks and indentation
    #[arg(long)]
    pub(crate) compact: bool,
    /// How much is written; `full` adds places, declared ranges and phases, which rebuild the graph [default: lean; full for
    /// `convert` and `merge`]
    #[arg(long, value_name = "LEVEL", value_enum)]
    detail: Option<Detail>,
    /// Fail without writing if the document would be larger than N bytes, and show which sections are largest
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Detail {
    Lean,
    Full,
}

impl OutputArgs {
    /// How much of the graph is written.
    pub(crate) fn detail(&self, default: DetailLevel) -> DetailLevel {
        match self.detail {
            Some(Detail::Lean) => DetailLevel::Lean,
            Some(Detail::Full) => DetailLevel::Full,
            None => default,
        }
    }
}

/// Writes a document.
pub(crate) fn write(
    sink: &Sink,
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    let written = match sink {
        Sink::Stdout => buffered(io::stdout().lock(), document),
        Sink::File(path) => write_atomic(path, document),
    };
    finished(sink, written)
}

/// Writes a document next to its place; [`finish`] moves it there.
pub(crate) fn stage(
    sink: &Sink,
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<Option<Staged>, CliError> {
    match sink {
        Sink::Stdout => write(sink, document).map(|()| None),
        Sink::File(path) => {
            let failed = |error| failed(sink, error);
            stage_file(path, document).map(Some).map_err(failed)
        }
    }
}

/// Moves a document to its place.
pub(crate) fn finish(sink: &Sink, staged: Option<Staged>) -> Result<(), CliError> {
    let finished = staged.map_or(Ok(()), Staged::finish);
    finished.map_err(|error| failed(sink, WriteError::Sink(error)))
}

fn failed(sink: &Sink, error: WriteError) -> CliError {
    let to = sink.to_string();
    CliError::Write { to, error }
}

/// Writes to standard output.
pub(crate) fn print(
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    write(&Sink::Stdout, document)
}

/// Writes text with colours, which are removed where they do not belong.
pub(crate) fn write_text(
    sink: &Sink,
    text: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    match sink {
        Sink::Stdout => finished(sink, buffered(anstream::stdout().lock(), text)),
        Sink::File(_) => {
            let mut plain = anstream::StripStream::new(Vec::new());
            let written = text(&mut plain);
            let bytes = plain.into_inner();
            write(sink, |out| {
                written.and_then(|()| Ok(out.write_all(&bytes)?))
            })
        }
    }
}

/// Writes text with colours to standard output.
pub(crate) fn print_text(
    text: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    write_text(&Sink::Stdout, text)
}

/// Writes through one large buffer, because standard output is flushed after every line.
fn buffered(
    out: impl Write,
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    document(&mut out)?;
    out.flush()?;
    Ok(())
}

/// A reader that closes the pipe ends the output; the command goes on, and its verdict decides the exit code.
fn finished(sink: &Sink, written: Result<(), WriteError>) -> Result<(), CliError> {
    match written {
        Err(WriteError::Sink(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| failed(sink, error)),
    }
}

/// Writes a document unless it would be larger than `limit` bytes; then nothing is written, and the error lists the size of
/// each section. The document is serialized twice.
pub(crate) fn write_within(
    limit: Option<u64>,
    sink: &Sink,
    document: impl FnMut(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    finish(sink, stage_within(limit, sink, document)?)
}

/// As [`write_within`]; [`finish`] moves the document to its place.
pub(crate) fn stage_within(
    limit: Option<u64>,
    sink: &Sink,
    mut document: impl FnMut(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<Option<Staged>, CliError> {
    if let Some(limit) = limit {
        let mut sizes = Sizes::default();
        document(&mut sizes).map_err(|error| failed(sink, error))?;
        if sizes.total() > limit {
            let message = format!("{sink} would be larger than {limit} bytes: {sizes}");
            return Err(CliError::Usage(message));
        }
    }
    stage(sink, document)
}
