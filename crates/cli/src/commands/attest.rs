//! `bomtrail attest`: a signed statement that an SBOM describes an artifact.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::provenance::{AttestQuestion, Form, TypeForm, attest};
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::output::{self, Sink};

/// Sign the statement that an SBOM describes an artifact; no network is used
#[derive(Args)]
pub(crate) struct Arguments {
    /// The SBOM (CycloneDX or SPDX in JSON)
    #[arg(value_name = "SBOM")]
    sbom: PathBuf,
    /// The artifact that it describes; may be repeated
    #[arg(long, value_name = "ARTIFACT", required = true)]
    subject: Vec<PathBuf>,
    /// The private key (PEM, PKCS #8), as `bomtrail keygen` makes it
    #[arg(long, value_name = "FILE", required_unless_present = "emit_statement")]
    key: Option<PathBuf>,
    /// A Sigstore bundle or a bare DSSE envelope
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t = Kind::Bundle)]
    format: Kind,
    /// Print the in-toto statement unsigned, for another program to sign
    #[arg(long, conflicts_with_all = ["key", "format"])]
    emit_statement: bool,
    /// Name the predicate as cosign does (for SPDX without the version)
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
        output::write(&sink, |out| {
            out.write_all(document.as_bytes())?;
            out.write_all(b"\n")?;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
