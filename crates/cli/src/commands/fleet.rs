//! `bomtrail fleet`: many SBOMs in one store, and the questions asked of all products.

mod add;
mod advise;
mod ask;
mod dataset;
mod find;
mod keep;
mod read;
mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail_fleet::{QueryError, Store, StoreError};
use clap::{Args, Subcommand};

use crate::error::CliError;
use crate::report::Verbosity;

/// The variable that names the store.
const VARIABLE: &str = "BOMTRAIL_FLEET";
/// The store without it.
const DEFAULT: &str = "fleet.db";

/// Keep many SBOMs in one store, and ask which products ship a package, by which path, since when
///
/// Uses no network, except that `serve` answers on this machine. Exit codes: 0 done, 1 some files could not be added or the store
/// is damaged, 2 the command could not be completed.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The store, one SQLite file [default: `BOMTRAIL_FLEET`, else fleet.db]
    #[arg(long, global = true, value_name = "FILE")]
    store: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    Add(add::Arguments),
    Ls(ask::Ls),
    Rm(keep::Remove),
    Where(ask::Where),
    Since(ask::Since),
    Diff(ask::Diff),
    Top(ask::Top),
    Stale(ask::Stale),
    Advisories(advise::Arguments),
    Verify(keep::Verify),
    Compact(keep::Compact),
    Export(dataset::Export),
    Import(dataset::Import),
    Serve(serve::Arguments),
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let variable = std::env::var_os(VARIABLE).filter(|it| !it.is_empty());
        let named = self.store.clone().or_else(|| variable.map(PathBuf::from));
        let store = named.unwrap_or_else(|| PathBuf::from(DEFAULT));
        let place = Place { store, verbosity };
        match &self.command {
            Command::Add(it) => it.run(&place),
            Command::Ls(it) => it.run(&place),
            Command::Rm(it) => it.run(&place),
            Command::Where(it) => it.run(&place),
            Command::Since(it) => it.run(&place),
            Command::Diff(it) => it.run(&place),
            Command::Top(it) => it.run(&place),
            Command::Stale(it) => it.run(&place),
            Command::Advisories(it) => it.run(&place),
            Command::Verify(keep::Verify {}) => keep::Verify::run(&place),
            Command::Compact(keep::Compact {}) => keep::Compact::run(&place),
            Command::Export(it) => it.run(&place),
            Command::Import(it) => it.run(&place),
            Command::Serve(it) => it.run(&place),
        }
    }
}

/// The store of a command, and how much the command shows.
struct Place {
    store: PathBuf,
    verbosity: Verbosity,
}

impl Place {
    fn path(&self) -> &Path {
        &self.store
    }

    /// The store for questions.
    fn read(&self) -> Result<Store, CliError> {
        Ok(Store::read(&self.store)?)
    }

    /// The store for changes; it must exist.
    fn change(&self) -> Result<Store, CliError> {
        Ok(Store::open(&self.store)?)
    }

    /// The store for additions, which make it.
    fn create(&self) -> Result<Store, CliError> {
        Ok(Store::create(&self.store)?)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<QueryError> for CliError {
    fn from(error: QueryError) -> Self {
        Self::Usage(error.to_string())
    }
}
