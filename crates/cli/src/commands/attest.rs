//! `bomtrail attest`: signs the statement that an SBOM describes an artifact.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::provenance::{AttestQuestion, Form, PrivateKey, TypeForm, attest, load_key};
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Sign a statement that an SBOM describes an artifact
#[derive(Args)]
pub(crate) struct Arguments {
    /// SBOM file (CycloneDX or SPDX JSON)
    #[arg(value_name = "SBOM")]
    sbom: PathBuf,
    /// Artifact that the SBOM describes; repeatable
    #[arg(long, value_name = "ARTIFACT", required = true)]
    subject: Vec<PathBuf>,
    /// Private key (PEM, PKCS #8), as written by `bomtrail keygen`; `env:NAME` reads it from an environment variable, with or
    /// without the header lines
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
    pub(crate) fn run(&self, _: Verbosity) -> Result<ExitCode, CliError> {
        let mut question = AttestQuestion::new(self.sbom.clone(), self.subject.clone());
        if self.cosign_types {
            question.types = TypeForm::Cosign;
        }
        let form = match (self.emit_statement, self.format) {
            (true, _) => Form::Statement,
            (false, Kind::Bundle) => Form::Bundle,
            (false, Kind::Dsse) => Form::Envelope,
        };
        let key = self.key.as_deref().map(load).transpose()?;
        let made = attest(&question, key.as_ref(), form);
        let document = made.map_err(usage)?;
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

fn usage(error: impl Error) -> CliError {
    CliError::Usage(error.to_string())
}

/// The key of a file, or of an environment variable.
fn load(key: &Path) -> Result<PrivateKey, CliError> {
    let Some(name) = key.to_str().and_then(|it| it.strip_prefix("env:")) else {
        return load_key(key).map_err(usage);
    };
    let Some(text) = std::env::var_os(name).and_then(|it| it.into_string().ok()) else {
        let message = format!("the environment variable `{name}` with the key is not set");
        return Err(CliError::Usage(message));
    };
    // Services that mask variables in logs allow no line breaks, so the header lines may be left out.
    let pem = if text.contains("-----BEGIN ") {
        text
    } else {
        format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
    };
    PrivateKey::from_pem(&pem)
        .map_err(|error| CliError::Usage(format!("the environment variable `{name}`: {error}")))
}
