//! Where documents go: standard output, or a file that is written whole or not at all.

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use bomtrail::{Sizes, WriteError, write_atomic};
use clap::Args;

use crate::error::CliError;

/// Where a document goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sink {
    Stdout,
    File(PathBuf),
}

impl Sink {
    /// The sink of a file name as it was given; nothing and `-` are standard output.
    pub(crate) fn named(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path != Path::new("-") => Self::File(path.to_path_buf()),
            Some(_) | None => Self::Stdout,
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
    /// No line breaks and indentation
    #[arg(long)]
    pub(crate) compact: bool,
    /// Write nothing when the document would be larger, and tell which sections make it so
    #[arg(long, value_name = "N")]
    pub(crate) max_bytes: Option<u64>,
}

/// Writes a document.
pub(crate) fn write(
    sink: &Sink,
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    let written = match sink {
        Sink::Stdout => to_stdout(document),
        Sink::File(path) => write_atomic(path, document),
    };
    written.map_err(|error| CliError::Write {
        to: sink.to_string(),
        error,
    })
}

/// Writes to standard output.
pub(crate) fn print(
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    write(&Sink::Stdout, document)
}

fn to_stdout(
    document: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    // A buffer of our own: the standard one is flushed at every line.
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    document(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Writes a document, unless it would be larger than `limit` bytes: then nothing is written, and the failure says which
/// sections make it so. The document is made twice.
pub(crate) fn write_within(
    limit: Option<u64>,
    sink: &Sink,
    mut document: impl FnMut(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    if let Some(limit) = limit {
        let mut sizes = Sizes::default();
        document(&mut sizes).map_err(|error| CliError::Write {
            to: sink.to_string(),
            error,
        })?;
        if sizes.total() > limit {
            let message = format!("{sink} would be larger than {limit} bytes: {sizes}");
            return Err(CliError::Usage(message));
        }
    }
    write(sink, document)
}
