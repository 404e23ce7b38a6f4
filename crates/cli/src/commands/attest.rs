//! `bomtrail attest`: signs the statement that an SBOM describes an artifact.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::provenance::{AttestQuestion, Form, TypeForm, attest};
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};

/// Sign a statement that an SBOM describes an artifact
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOM file (CycloneDX or SPDX JSON)
    #[arg(value_name = "SBOM")]
    sbom: PathBuf,
    /// Artifact that the SBOM describes; repeatable
    #[arg(long, value_name = "ARTIFACT", required = true)]
    subject: Vec<PathBuf>,
    /// Private key (PEM, PKCS #8), as written by `bomtrail keygen`
    #[arg(long, value_name = "FILE", required_unless_present = "emit_statement")]
    key: Option<PathBuf>,
    /// Write a Sigstore bundle or a DSSE envelope
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t = Kind::Bundle)]
    format: Kind,
    /// Write the unsigned in-toto statement, for signing with another program
    #[arg(long, conflicts_with_all = ["key", "format"])]
    emit_statement: bool,
    /// Use cosign's predicate types (for SPDX, without the version)
    #[arg(long)]
    cosign_types: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Bundle,
    Dsse,
}

impl Arguments {
    pub(crate) fn run(&self) -> Result<ExitCode, CliError> {
        let mut question = AttestQuestion::new(self.sbom.clone(), self.subject.clone());
        if self.cosign_types {
            question.types = TypeForm::Cosign;
        }
        let form = match (self.emit_statement, self.format) {
            (true, _) => Form::Statement,
            (false, Kind::Bundle) => Form::Bundle,
            (false, Kind::Dsse) => Form::Envelope,
        };
        let made = attest(&question, self.key.as_ref(), form);
        let document = made.map_err(|error| CliError::Usage(error.to_string()))?;
        let sink = Sink::named(self.output.as_deref());
        Inputs::given([&self.sbom])
            .and(&self.subject)
            .and(self.key.clone())
            .protect([&sink])?;
        output::write(&sink, |out| {
            out.write_all(document.as_bytes())?;
            out.write_all(b"\n")?;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
