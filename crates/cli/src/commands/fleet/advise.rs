//! `bomtrail fleet advisories`: which known vulnerabilities the products have.

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::advisories::{AdvisoryOptions, in_graph};
use bomtrail_fleet::NewMatches;
use clap::Args;

use super::Place;
use super::ask::Page;
use crate::error::CliError;
use crate::text::count;
use crate::timestamp;

/// Find known vulnerabilities in all products, and keep the matches for `where` and `since`
///
/// Records are matched with the distinct packages of the store. Matches of earlier runs are kept, so that a file of new records
/// is enough. Exit codes: 0 done, whatever is found; 2 the command could not be completed.
#[derive(Args)]
pub(super) struct Arguments {
    /// OSV records, folders or zip archives of them, CPANSA feeds, lists of exploited vulnerabilities, or indexes; without any,
    /// the stored matches are shown
    #[arg(value_name = "FILE")]
    sources: Vec<PathBuf>,
    /// Show only matches that this run found first
    #[arg(long, requires = "sources")]
    new: bool,
    /// Forget matches that this run does not find, for a complete set of records
    #[arg(long, requires = "sources")]
    replace: bool,
    #[command(flatten)]
    page: Page,
}

impl Arguments {
    pub(super) fn run(&self, place: &Place) -> Result<ExitCode, CliError> {
        let now = timestamp::by_default()?.unwrap_or_default();
        let mut store = if self.sources.is_empty() {
            place.read()?
        } else {
            place.change()?
        };
        let mut new = NewMatches::default();
        if !self.sources.is_empty() {
            let options = AdvisoryOptions::at(&now)
                .ok_or_else(|| CliError::Usage("the clock has no usable time".to_owned()))?
                .sources(&self.sources);
            let catalogue = store.catalogue()?;
            let (advisories, diagnostics) = in_graph(catalogue.graph(), &options)?;
            place.verbosity.report(&diagnostics);
            let found = advisories.matches.len();
            new = store.store_matches(&catalogue, &advisories, &now, self.replace)?;
            let matches = if found == 1 { "match" } else { "matches" };
            let packages = count(catalogue.graph().nodes().len(), "package");
            place.verbosity.say(&format!(
                "{found} {matches} in {packages}, {} new",
                new.len()
            ));
        }
        let reached = store.reached(&new, self.new)?;
        self.page.write(place, &reached, "no advisory matches")
    }
}
