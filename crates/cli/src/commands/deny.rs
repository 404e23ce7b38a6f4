//! `bomtrail unapprove`, `deny` and `undeny`: taking back what is on the approvals list, and refusing what must not be.

use std::process::ExitCode;

use bomtrail::approvals::{self, Refusal, Wanted};
use clap::Args;

use super::approve::{Record, Where};
use crate::error::CliError;
use crate::report::Verbosity;
use crate::today;

/// Take versions off the list; without a version, all of a package
#[derive(Args)]
pub(crate) struct Unapprove {
    /// Package URLs, names, or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    #[command(flatten)]
    place: Where,
}

/// What is meant by a name in a project, which need not have anything locked.
fn wanted(place: &Where, text: &str) -> Result<Wanted, CliError> {
    let text = &place.meant(text);
    Wanted::parse(text).map_err(|why| CliError::Usage(format!("`{text}` names no package: {why}")))
}

impl Unapprove {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let list = self.place.list()?;
        let mut all = Vec::new();
        for text in &self.packages {
            let wanted = wanted(&self.place, text)?;
            all.push((wanted.name, wanted.version));
        }
        list.change(|name, text| approvals::unapprove(name, text, &all))?;
        verbosity.say(&format!("taken off {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Refuse packages whatever approves them; without a version, all versions there are and will be
#[derive(Args)]
pub(crate) struct Deny {
    /// Package URLs, names, or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    /// Why, in a word: malware, unmaintained, license, …
    #[arg(long, value_name = "WORD")]
    reason: String,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    record: Record,
}

impl Deny {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let on = today::or_now(self.record.date)?;
        let list = self.place.list()?;
        let by = self.record.by(&self.place);
        let mut refusals = Vec::new();
        for text in &self.packages {
            let wanted = wanted(&self.place, text)?;
            refusals.push(Refusal {
                name: wanted.name,
                versions: wanted.version.into_iter().collect(),
                reason: self.reason.clone(),
                on,
                by: by.clone(),
                note: self.record.note.clone(),
            });
        }
        list.change(|name, text| approvals::deny(name, text, &refusals))?;
        verbosity.say(&format!("{} denied in {}", refusals.len(), list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Take refusals back; this approves nothing
#[derive(Args)]
pub(crate) struct Undeny {
    /// Package URLs, names, or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    #[command(flatten)]
    place: Where,
}

impl Undeny {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let list = self.place.list()?;
        let packages = self.packages.iter().map(|it| self.place.meant(it));
        let packages: Vec<String> = packages.collect();
        list.change(|name, text| approvals::undeny(name, text, &packages))?;
        verbosity.say(&format!("no longer denied in {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}
