//! `bomtrail validate`: whether a file is a valid SBOM.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::validate::{SchemaUsed, Validation};
use bomtrail::{Diagnostic, Level, WriteError, validate};
use clap::{Args, ValueEnum};

use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::part::source;
use crate::report::Verbosity;
use bomtrail::views::printable;

/// Validate an SBOM against its specification, and check rules beyond any schema
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOM file
    file: PathBuf,
    /// Also validate against this JSON schema
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Output format [default: from the ending of the output file, else text]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with code 1 for warnings too
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Sarif,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<Form>] = &[
    (".txt", &[Form::Text]),
    (".log", &[Form::Text]),
    (".json", &[Form::Json, Form::Sarif]),
    (".sarif", &[Form::Sarif]),
    (".sarif.json", &[Form::Sarif]),
];

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = ending::choose(self.format, Form::Text, &sink, ENDINGS)?;
        Inputs::given([&self.file])
            .and(self.schema.clone())
            .protect([&sink])?;
        let found = validate(source(&self.file)?, self.schema.as_deref())?;
        let valid =
            found.is_valid() && !(self.strict && found.diagnostics.worst() >= Some(Level::Warning));
        output::write(&sink, |out| match format {
            Form::Text => text(&found, valid, verbosity, out),
            Form::Json => Ok(found.write_json(out)?),
            Form::Sarif => Ok(found.write_sarif(out)?),
        })?;
        let has_errors = found.diagnostics.worst() >= Some(Level::Error);
        Ok(match (valid, has_errors || found.is_compared()) {
            (true, _) => ExitCode::SUCCESS,
            (false, true) => ExitCode::FAILURE,
            (false, false) => ExitCode::from(2),
        })
    }
}

fn text(
    found: &Validation,
    valid: bool,
    verbosity: Verbosity,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let shown = |it: &&Diagnostic| it.code.level > Level::Note || verbosity.shows_notes();
    for it in found.diagnostics.iter().filter(shown) {
        writeln!(out, "{}", printable(&it.to_string()))?;
    }
    let what = found.claimed.as_ref().map_or_else(
        || "SBOM".to_owned(),
        |it| format!("{} {}", it.format, it.version),
    );
    let schema = match found.schema {
        SchemaUsed::Specification => "validated against the specification",
        SchemaUsed::Given => "validated against the given schema",
        _ => "only checked in part; `--schema FILE` compares it with a JSON schema",
    };
    let has_errors = found.diagnostics.worst() >= Some(Level::Error);
    let verdict = match (valid, has_errors || found.is_compared()) {
        (true, _) => "valid",
        (false, true) => "not valid",
        (false, false) => "not validated",
    };
    writeln!(out, "{verdict}: {}, {schema}", printable(&what))?;
    Ok(())
}
