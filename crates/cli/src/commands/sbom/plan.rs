//! Which format is written to which output.

use std::path::PathBuf;

use bomtrail::formats::SUBMISSIONS;
use bomtrail::{Writer, writer};

use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::output::Sink;
use crate::text::count;

/// The default format.
const DEFAULT: &str = "cyclonedx-json";

/// Pairs formats and outputs in order. Without outputs, one format goes to standard output; without formats, the file name
/// of each output selects its format.
pub(super) fn pair(
    formats: &[&'static dyn Writer],
    outputs: &[PathBuf],
) -> Result<Vec<(&'static dyn Writer, Sink)>, CliError> {
    let sinks: Vec<Sink> = outputs.iter().map(|it| Sink::named(Some(it))).collect();
    let given = formats.iter().copied().map(Some);
    let documents: Vec<_> = match (formats.len(), outputs.len()) {
        (0, 0) => vec![(pick(DEFAULT)?, Sink::Stdout)],
        (1, 0) => formats
            .iter()
            .map(|format| (*format, Sink::Stdout))
            .collect(),
        (0, _) => with_sinks(std::iter::repeat(None), sinks)?,
        (formats, outputs) if formats == outputs => with_sinks(given, sinks)?,
        (formats, outputs) => {
            let (formats, outputs) = (count(formats, "format"), count(outputs, "output"));
            return Err(CliError::Usage(format!(
                "{formats} and {outputs}: give one format for each output, or none"
            )));
        }
    };
    let files = documents.iter().map(|(_, sink)| sink);
    if files.filter(|it| **it == Sink::Stdout).count() > 1 {
        return Err(CliError::Usage("the same output is given twice".to_owned()));
    }
    Ok(documents)
}

/// Each sink with its format.
fn with_sinks(
    given: impl Iterator<Item = Option<&'static dyn Writer>>,
    sinks: Vec<Sink>,
) -> Result<Vec<(&'static dyn Writer, Sink)>, CliError> {
    let pairs = given.zip(sinks);
    pairs
        .map(|(given, sink)| Ok((format(given, &sink)?, sink)))
        .collect()
}

/// The formats that `--split` writes: the given ones, else the default.
pub(super) fn formats(asked: &[&'static dyn Writer]) -> Result<Vec<&'static dyn Writer>, CliError> {
    let mut names = asked.iter().map(|it| it.format().name);
    if let Some(name) = names.find(|it| SUBMISSIONS.iter().any(|all| all.format().name == *it)) {
        let message = format!("`{name}` is about a whole repository; write it without --split");
        return Err(CliError::Usage(message));
    }
    if asked.is_empty() {
        Ok(vec![pick(DEFAULT)?])
    } else {
        Ok(asked.to_vec())
    }
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<&str>] = &[
    (".cdx.json", &["cyclonedx-json"]),
    (".bom.json", &["cyclonedx-json"]),
    (".spdx.json", &["spdx-json", SPDX_3]),
    (".spdx3.json", &[SPDX_3]),
    (".spdx3", &[SPDX_3]),
    (".jsonld", &[SPDX_3]),
    (
        ".json",
        &["cyclonedx-json", "spdx-json", SPDX_3, "github-snapshot"],
    ),
    (".xml", &["cyclonedx-xml"]),
    (".spdx", &["spdx-tag-value"]),
    (".tag", &["spdx-tag-value"]),
];

/// The version of SPDX whose files have endings of their own.
const SPDX_3: &str = "spdx-json@3.0.1";

/// The format of one output: the given one if its ending fits, else the one that the ending selects.
pub(in crate::commands) fn format(
    given: Option<&'static dyn Writer>,
    sink: &Sink,
) -> Result<&'static dyn Writer, CliError> {
    let class = given.map(|it| match it.format() {
        it if it.name == "spdx-json" && it.version.starts_with('3') => SPDX_3,
        it => it.name,
    });
    let chosen = ending::choose(class, DEFAULT, sink, ENDINGS)?;
    given.map_or_else(|| pick(chosen), Ok)
}

fn pick(format: &str) -> Result<&'static dyn Writer, CliError> {
    writer(format).map_err(|error| CliError::Usage(error.to_string()))
}
