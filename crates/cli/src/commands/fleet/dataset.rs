//! `bomtrail fleet export` and `import`: the store as a Parquet dataset for other engines.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail_fleet::{DatasetError, Layout};
use clap::Args;

use super::Place;
use crate::error::CliError;
use crate::text::count;
use crate::timestamp;

/// Write the store as a Parquet dataset, for DuckDB, Spark, Trino, Athena and BigQuery
#[derive(Args)]
pub(super) struct Export {
    /// Folder of the dataset; the months of an earlier export are replaced
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Write one file for each SBOM, which never changes, so that many machines write to one dataset; SBOMs that are there are
    /// left alone
    #[arg(long)]
    per_sbom: bool,
}

impl Export {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let layout = if self.per_sbom {
            Layout::Sbom
        } else {
            Layout::Month
        };
        let exported = place.read()?.export(&self.folder, layout)?;
        let folder = self.folder.display();
        let known = match exported.known {
            0 => String::new(),
            known => format!(", {known} there already"),
        };
        let sboms = count(exported.sboms, "SBOM");
        place
            .verbosity
            .say(&format!("`{folder}`: {sboms} written{known}"));
        Ok(ExitCode::SUCCESS)
    }
}

/// Add the SBOMs of a Parquet dataset to the store
#[derive(Args)]
pub(super) struct Import {
    /// Folder of the dataset
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Import {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let now = timestamp::by_default()?.unwrap_or_default();
        let imported = place.create()?.import(&self.folder, &now)?;
        for it in &imported.rejected {
            place
                .verbosity
                .say(&format!("not added: `{}`: {}", it.source, it.reason));
        }
        place.verbosity.say(&format!(
            "added {}, {} known already, {} not added",
            count(imported.added, "SBOM"),
            imported.known,
            imported.rejected.len()
        ));
        Ok(if imported.rejected.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

impl From<DatasetError> for CliError {
    fn from(error: DatasetError) -> Self {
        Self::Usage(error.to_string())
    }
}
