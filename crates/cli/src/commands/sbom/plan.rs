//! Which format is written to which output.

use std::path::{Path, PathBuf};

use bomtrail::{Writer, format_of_file_name, writer};

use crate::error::CliError;
use crate::output::Sink;

/// The default format.
const DEFAULT: &str = "cyclonedx-json";

/// Pairs formats and outputs in order. Without outputs, one format goes to standard output; without formats, the file name
/// of each output selects its format.
pub(super) fn pair(
    formats: &[&'static dyn Writer],
    outputs: &[PathBuf],
) -> Result<Vec<(&'static dyn Writer, Sink)>, CliError> {
    let sinks = outputs.iter().map(|path| Sink::named(Some(path)));
    let documents: Vec<_> = match (formats.len(), outputs.len()) {
        (0, 0) => vec![(pick(DEFAULT)?, Sink::Stdout)],
        (1, 0) => formats
            .iter()
            .map(|format| (*format, Sink::Stdout))
            .collect(),
        (0, _) => {
            let formats: Result<Vec<_>, CliError> =
                outputs.iter().map(|path| infer(path)).collect();
            formats?.into_iter().zip(sinks).collect()
        }
        (asked, given) if asked == given => formats.iter().copied().zip(sinks).collect(),
        (asked, given) => {
            return Err(CliError::Usage(format!(
                "{asked} formats and {given} outputs: give one format for each output, or none"
            )));
        }
    };
    let mut seen: Vec<&Sink> = Vec::with_capacity(documents.len());
    for (_, sink) in &documents {
        if seen.contains(&sink) {
            return Err(CliError::Usage("the same output is given twice".to_owned()));
        }
        seen.push(sink);
    }
    Ok(documents)
}

/// The formats that `--split` writes: the given ones, else the default.
pub(super) fn formats(asked: &[&'static dyn Writer]) -> Result<Vec<&'static dyn Writer>, CliError> {
    if asked.is_empty() {
        Ok(vec![pick(DEFAULT)?])
    } else {
        Ok(asked.to_vec())
    }
}

fn infer(path: &Path) -> Result<&'static dyn Writer, CliError> {
    let name = path.file_name().and_then(|name| name.to_str());
    pick(name.and_then(format_of_file_name).unwrap_or(DEFAULT))
}

fn pick(format: &str) -> Result<&'static dyn Writer, CliError> {
    writer(format).map_err(|error| CliError::Usage(error.to_string()))
}
