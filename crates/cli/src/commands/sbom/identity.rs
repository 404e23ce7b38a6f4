//! The identity of a document: a new one, or the next version of a published one.

use std::path::PathBuf;

use bomtrail::formats::{Published, is_serial, published};
use clap::Args;

use crate::error::CliError;

/// Serial number and version.
#[derive(Args)]
pub(super) struct IdentityArguments {
    /// Version number of the document; increase it for each published version [default: 1, or the next one with --updates]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    bom_version: Option<u32>,
    /// Serial number of the CycloneDX document, to keep the one of an earlier version [default: derived from the content]
    #[arg(long, value_name = "URN", value_parser = serial, conflicts_with = "split")]
    serial_number: Option<String>,
    /// Write the next version of this CycloneDX document (same serial number, version + 1)
    #[arg(long, value_name = "OLD", conflicts_with_all = ["serial_number", "split"])]
    updates: Option<PathBuf>,
}

impl IdentityArguments {
    /// The document of which the next version is written.
    pub(super) fn older(&self) -> Option<PathBuf> {
        self.updates.clone()
    }

    /// The serial number, unless it is derived from the content, and the version.
    pub(super) fn resolve(&self) -> Result<(Option<String>, u32), CliError> {
        let Some(path) = &self.updates else {
            return Ok((self.serial_number.clone(), self.bom_version.unwrap_or(1)));
        };
        let shown = path.display();
        let found = published(path)
            .map_err(|error| CliError::Usage(format!("cannot read `{shown}`: {error}")))?;
        let Some(Published { serial, version }) = found else {
            return Err(CliError::Usage(format!(
                "`{shown}` is not a CycloneDX document with a serial number"
            )));
        };
        let next = self.bom_version.unwrap_or(version.saturating_add(1));
        if next <= version {
            return Err(CliError::Usage(format!(
                "`{shown}` already has version {version}; --bom-version must be greater, but is {next}"
            )));
        }
        Ok((Some(serial), next))
    }
}

fn serial(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    if is_serial(&lower) {
        Ok(lower)
    } else {
        Err("expected `urn:uuid:` followed by a UUID".to_owned())
    }
}
