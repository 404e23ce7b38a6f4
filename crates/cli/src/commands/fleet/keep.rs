//! Looking after a store: removing SBOMs, checking it, giving space back.

use std::process::ExitCode;

use clap::Args;

use super::Place;
use crate::error::CliError;
use crate::text::count;

/// Remove SBOMs from the store
#[derive(Args)]
pub(super) struct Remove {
    /// Products (all their releases), `product@release`, or ids of SBOMs
    #[arg(value_name = "SBOM", required = true)]
    sboms: Vec<String>,
}

impl Remove {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let mut store = place.change()?;
        let mut ids = Vec::new();
        for it in &self.sboms {
            ids.extend(store.selected(it)?);
        }
        ids.sort_unstable();
        ids.dedup();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let removed = store.remove(&ids)?;
        place
            .verbosity
            .say(&format!("removed {}", count(removed, "SBOM")));
        Ok(ExitCode::SUCCESS)
    }
}

/// Check the store: the file itself, and the digest of each SBOM over its rows
#[derive(Args)]
pub(super) struct Verify {}

impl Verify {
    pub(super) fn run(place: &Place) -> Result<ExitCode, CliError> {
        let verified = place.read()?.verify()?;
        for it in &verified.damages {
            let sbom = it.sbom_id.as_deref().unwrap_or("the file");
            crate::report::error(&format!("{sbom}: {}", it.problem));
        }
        let damages = verified.damages.len();
        let sboms = count(verified.sboms, "SBOM");
        place
            .verbosity
            .say(&format!("{sboms} checked, {}", count(damages, "problem")));
        Ok(if damages == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Forget packages that no SBOM has any more, and rewrite the file without free space
#[derive(Args)]
pub(super) struct Compact {}

impl Compact {
    pub(super) fn run(place: &Place) -> Result<ExitCode, CliError> {
        let compacted = place.change()?.compact()?;
        place.verbosity.say(&format!(
            "{} forgotten, {} bytes before, {} bytes after",
            count(compacted.packages, "package"),
            compacted.before,
            compacted.after
        ));
        Ok(ExitCode::SUCCESS)
    }
}
