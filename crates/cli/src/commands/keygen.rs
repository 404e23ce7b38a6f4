//! `bomtrail keygen`: a key pair for `attest`. The private key is written to a file and nowhere else.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::WriteError;
use bomtrail::provenance::{KeyKind, PrivateKey};
use bomtrail::write::create_private;
use clap::{Args, ValueEnum};

use crate::error::CliError;
use crate::output::{self, Sink};
use crate::report::Verbosity;

/// Create a key pair for `bomtrail attest`: NAME.key, readable only by you, and NAME.pub
#[derive(Args)]
pub(crate) struct Arguments {
    /// File name of the keys, without extension
    #[arg(value_name = "NAME", default_value = "bomtrail")]
    name: PathBuf,
    /// Kind of key
    #[arg(long, value_name = "KIND", value_enum, default_value_t = Kind::EcdsaP256)]
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    EcdsaP256,
    Ed25519,
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let kind = match self.kind {
            Kind::EcdsaP256 => KeyKind::EcdsaP256,
            Kind::Ed25519 => KeyKind::Ed25519,
        };
        let failed = |error: bomtrail::provenance::KeyError| CliError::Usage(error.to_string());
        let key = PrivateKey::generate(kind).map_err(failed)?;
        let secret = key.to_private_pem().map_err(failed)?;
        let (private, public) = (
            with_ending(&self.name, "key"),
            with_ending(&self.name, "pub"),
        );
        if public.exists() {
            let message = format!("`{}` already exists; choose another name", public.display());
            return Err(CliError::Usage(message));
        }
        create_private(&private, secret.as_bytes()).map_err(|error| CliError::Write {
            to: format!("`{}`", private.display()),
            error: WriteError::Sink(error),
        })?;
        output::write(&Sink::File(public.clone()), |out| {
            out.write_all(key.to_public_pem().as_bytes())?;
            Ok(())
        })?;
        verbosity.say(&format!(
            "wrote `{}` (keep it secret) and `{}`; the key id in bundles is {}",
            private.display(),
            public.display(),
            key.hint()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

/// `name.ending`, also for a name that contains dots.
fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    path.into()
}
