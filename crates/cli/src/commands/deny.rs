//! `bomtrail unapprove`, `deny` and `undeny`: remove approvals, and add and remove denials.

use std::process::ExitCode;

use bomtrail::approvals::{self, Refusal, Wanted};
use clap::Args;

use super::approve::Record;
use super::list::{ListLocation, ListOptions};
use crate::error::CliError;
use crate::report::Verbosity;
use crate::text::count;
use crate::today;

/// Remove approvals from the list; without a version, all versions of a package
#[derive(Args)]
pub(crate) struct Unapprove {
    /// Package URLs, names or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    #[command(flatten)]
    list: ListOptions,
}

/// The package that a name means in the project, which may have no lockfile.
fn wanted(list: ListLocation<'_>, text: &str) -> Result<Wanted, CliError> {
    let text = &list.meant(text);
    Wanted::parse(text)
        .map_err(|why| CliError::Usage(format!("`{text}` is not a valid package name: {why}")))
}

/// As [`wanted`]; a bare name is the package of every author.
fn wanted_of_any_author(list: ListLocation<'_>, text: &str) -> Result<Wanted, CliError> {
    let wanted = wanted(list, text)?;
    Ok(if text.starts_with("pkg:") {
        wanted
    } else {
        wanted.of_any_author()
    })
}

impl Unapprove {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let location = self.list.location();
        let list = location.file()?;
        let mut all = Vec::new();
        for text in &self.packages {
            let wanted = wanted(location, text)?;
            all.push((wanted.name, wanted.version));
        }
        list.change(|name, text| approvals::unapprove(name, text, &all))?;
        verbosity.say(&format!("removed from {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Deny packages, even if a list approves them; without a version, all present and future versions
#[derive(Args)]
pub(crate) struct Deny {
    /// Package URLs, names or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    /// Reason as one word, such as malware, unmaintained or license
    #[arg(long, value_name = "WORD")]
    reason: String,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    record: Record,
}

impl Deny {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let on = today::or_now(self.record.date)?;
        let location = self.list.location();
        let list = location.file()?;
        let by = self.record.by(location);
        let mut refusals = Vec::new();
        for text in &self.packages {
            let wanted = wanted_of_any_author(location, text)?;
            let mut refusal = Refusal::new(wanted.name, self.reason.clone(), on);
            refusal.versions.extend(wanted.version);
            refusal.by.clone_from(&by);
            refusal.note.clone_from(&self.record.note);
            refusals.push(refusal);
        }
        list.change(|name, text| approvals::deny(name, text, &refusals))?;
        let packages = count(refusals.len(), "package");
        verbosity.say(&format!("{packages} denied in {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Remove denials; this does not approve the packages
#[derive(Args)]
pub(crate) struct Undeny {
    /// Package URLs, names or `name@version`
    #[arg(value_name = "PURL|NAME[@VERSION]", required = true)]
    packages: Vec<String>,
    #[command(flatten)]
    list: ListOptions,
}

impl Undeny {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let location = self.list.location();
        let list = location.file()?;
        let mut packages = Vec::with_capacity(self.packages.len());
        for text in &self.packages {
            packages.push(wanted_of_any_author(location, text)?);
        }
        list.change(|name, text| approvals::undeny(name, text, &packages))?;
        verbosity.say(&format!("no longer denied in {}", list.name()));
        Ok(ExitCode::SUCCESS)
    }
}
