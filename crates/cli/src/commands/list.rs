//! The arguments that select a project and its approvals list.

use std::path::{Path, PathBuf};

use bomtrail::approvals::{self, Date, EditError, ListError, ListFile};
use bomtrail::check::{CheckOptions, Decided};
use bomtrail::{Scan, ScanOptions};
use clap::Args;

use crate::error::CliError;
use crate::npm;
use crate::part::source;

/// A project and its list, for commands whose argument is the project.
#[derive(Args)]
pub(crate) struct ListArguments {
    /// Project folder or input file
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    list: ListName,
}

/// A project and its list, for commands whose arguments are packages.
#[derive(Args)]
pub(crate) struct ListOptions {
    /// Project folder or input file
    #[arg(long, value_name = "PATH", default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    list: ListName,
}

#[derive(Args)]
struct ListName {
    /// Approvals list [default: the one named in package.json, else package-approvals.json]
    #[arg(long, value_name = "FILE")]
    approvals: Option<String>,
}

impl ListArguments {
    /// Where the list is.
    pub(crate) fn location(&self) -> ListLocation<'_> {
        let approvals = self.list.approvals.as_deref();
        ListLocation {
            path: &self.path,
            approvals,
        }
    }
}

impl ListOptions {
    /// Where the list is.
    pub(crate) fn location(&self) -> ListLocation<'_> {
        let approvals = self.list.approvals.as_deref();
        ListLocation {
            path: &self.path,
            approvals,
        }
    }
}

/// A project and its approvals list.
#[derive(Clone, Copy)]
pub(crate) struct ListLocation<'a> {
    /// The project folder or input file.
    pub(crate) path: &'a Path,
    /// The list as given on the command line.
    pub(crate) approvals: Option<&'a str>,
}

impl ListLocation<'_> {
    /// The list that is edited.
    pub(crate) fn file(self) -> Result<ListFile, CliError> {
        Ok(ListFile::of(self.path, self.approvals)?)
    }

    /// The package that a bare name means in the project, if the project can be read.
    pub(crate) fn meant(self, text: &str) -> String {
        match source(self.path).and_then(|it| Ok(Scan::with(it, &options())?)) {
            Ok(scan) => approvals::meant(scan.graph(), text),
            Err(_) => text.to_owned(),
        }
    }

    /// The project, with what its present list says of each package.
    pub(crate) fn decided(self, date: Date) -> Result<Decided, CliError> {
        // A list that is named and does not exist yet is an empty list.
        let exists = |it: &&str| it.contains("://") || Path::new(it).exists();
        let list = self.approvals.filter(exists).map(str::to_owned);
        let options = CheckOptions::on(date).approvals(list).scan(options());
        Ok(Decided::of(source(self.path)?, &options)?)
    }
}

/// The project as `check` reads it, with the settings of npm on this machine.
fn options() -> ScanOptions {
    ScanOptions::default().npm(Some(npm::environment(None)))
}

impl From<ListError> for CliError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::Locate(error) => error.into(),
            ListError::Edit(EditError::Invalid(problems)) => Self::Diagnosed(problems),
            other => Self::Usage(other.to_string()),
        }
    }
}
