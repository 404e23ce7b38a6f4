//! `bomtrail validate`: whether a file is a valid SBOM, or all SBOMs below a folder are.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::validate::{
    DocumentValidation, SchemaUsed, Validation, write_validations_json, write_validations_sarif,
};
use bomtrail::{Diagnostic, Level, TOOL, WriteError, validate};
use clap::{Args, ValueEnum};

use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::many::search;
use crate::output::{self, Sink};
use crate::part::source;
use crate::report::Verbosity;
use crate::style;
use bomtrail::views::printable;

/// Validate an SBOM against its specification, and check rules beyond any schema
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOM file
    #[arg(required_unless_present = "all")]
    file: Option<PathBuf>,
    /// Validate every SBOM below this folder, by the names of the files
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    all: Option<PathBuf>,
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
        let Some(file) = &self.file else {
            return self.validate_all(format, &sink, verbosity);
        };
        Inputs::given([file])
            .and(self.schema.clone())
            .protect([&sink])?;
        let found = validate(source(file)?, self.schema.as_deref())?;
        let valid = self.is_valid(&found);
        match format {
            Form::Text => coloured(&sink, |out| text(&found, valid, verbosity, out)),
            Form::Json => output::write(&sink, |out| Ok(found.write_json(out)?)),
            Form::Sarif => output::write(&sink, |out| Ok(found.write_sarif(out)?)),
        }?;
        let has_errors = found.diagnostics.worst() >= Some(Level::Error);
        Ok(match (valid, has_errors || found.is_compared()) {
            (true, _) => ExitCode::SUCCESS,
            (false, true) => ExitCode::FAILURE,
            (false, false) => ExitCode::from(2),
        })
    }
}

impl Arguments {
    /// True when the document is valid, as strictly as is asked for.
    fn is_valid(&self, found: &Validation) -> bool {
        let is_odd = found.diagnostics.worst() >= Some(Level::Warning);
        found.is_valid() && !(self.strict && is_odd)
    }

    /// Validates every SBOM below a folder. The exit code is that of the worst one.
    fn validate_all(
        &self,
        format: Form,
        sink: &Sink,
        verbosity: Verbosity,
    ) -> Result<ExitCode, CliError> {
        let folder = self.all.as_deref().unwrap_or(Path::new("."));
        let found = search(folder)?;
        if found.documents.is_empty() {
            let folder = folder.display();
            let message = format!("there is no SBOM below `{folder}`");
            return Err(CliError::Usage(message));
        }
        let paths = found.documents.iter().map(|it| folder.join(it));
        Inputs::given(paths)
            .and(self.schema.clone())
            .protect([sink])?;
        let documents = found.documents.iter().map(|path| {
            let outcome = validate(folder.join(path), self.schema.as_deref());
            DocumentValidation {
                path: path.clone(),
                outcome: outcome.map_err(|error| error.to_string()),
            }
        });
        let documents: Vec<DocumentValidation> = documents.collect();
        match format {
            Form::Text => coloured(sink, |out| self.texts(&documents, verbosity, out)),
            Form::Json => output::write(sink, |out| {
                Ok(write_validations_json(&documents, TOOL, out)?)
            }),
            Form::Sarif => output::write(sink, |out| {
                Ok(write_validations_sarif(&documents, TOOL, out)?)
            }),
        }?;
        let open = |it: &DocumentValidation| match &it.outcome {
            Ok(found) => !found.is_compared() && found.diagnostics.worst() < Some(Level::Error),
            Err(_) => true,
        };
        let is_valid = |it: &DocumentValidation| match &it.outcome {
            Ok(found) => self.is_valid(found),
            Err(_) => false,
        };
        Ok(if documents.iter().any(open) {
            ExitCode::from(2)
        } else if documents.iter().all(is_valid) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn texts(
        &self,
        documents: &[DocumentValidation],
        verbosity: Verbosity,
        out: &mut dyn Write,
    ) -> Result<(), WriteError> {
        for it in documents {
            writeln!(out, "== {}", printable(&it.path))?;
            match &it.outcome {
                Ok(found) => text(found, self.is_valid(found), verbosity, out)?,
                Err(reason) => writeln!(out, "not validated: {}", printable(reason))?,
            }
        }
        Ok(())
    }
}

/// Writes a text with the levels of its diagnostics and its verdicts in colours.
fn coloured(
    sink: &Sink,
    text: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<(), CliError> {
    output::write_text(sink, |out| {
        let mut plain = Vec::new();
        text(&mut plain)?;
        let text = style::verdict(&String::from_utf8_lossy(&plain));
        Ok(out.write_all(text.as_bytes())?)
    })
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
