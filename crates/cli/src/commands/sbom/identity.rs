//! Which document this is: a new one, or a later version of one that was published.

use std::path::PathBuf;

use bomtrail::{Published, is_serial, published};
use clap::Args;

use crate::error::CliError;

/// Serial number and version.
#[derive(Args)]
pub(super) struct IdentityArguments {
    /// Which version of the same document this is: a number that grows with each that is published [default: 1, with
    /// --updates one more than before]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    bom_version: Option<u32>,
    /// The serial number of the CycloneDX document, to keep that of an earlier version of it [default: made of the content]
    #[arg(long, value_name = "URN", value_parser = serial, conflicts_with = "split")]
    serial_number: Option<String>,
    /// Be the next version of this CycloneDX document: its serial number, and its version plus one
    #[arg(long, value_name = "OLD", conflicts_with_all = ["serial_number", "split"])]
    updates: Option<PathBuf>,
}

impl IdentityArguments {
    /// The serial number, where it is not that of the content, and the version.
    pub(super) fn resolve(&self) -> Result<(Option<String>, u32), CliError> {
        let Some(path) = &self.updates else {
            return Ok((self.serial_number.clone(), self.bom_version.unwrap_or(1)));
        };
        let shown = path.display();
        let found = published(path)
            .map_err(|error| CliError::Usage(format!("cannot read `{shown}`: {error}")))?;
        let Some(Published { serial, version }) = found else {
            return Err(CliError::Usage(format!(
                "`{shown}` is no CycloneDX document with a serial number"
            )));
        };
        let next = self.bom_version.unwrap_or(version.saturating_add(1));
        if next <= version {
            return Err(CliError::Usage(format!(
                "`{shown}` is version {version} already, so --bom-version {next} is not later"
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
        Err("expected `urn:uuid:` and a UUID".to_owned())
    }
}
