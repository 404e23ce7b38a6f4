//! The arguments that select one project or every project below a folder, for the commands that can read many.

use std::path::{Path, PathBuf};

use bomtrail::source::Source;
use bomtrail::source::discovery::{Discovery, SkipReason};
use bomtrail::{Project, Scan, ScanError, ScanOptions, Selection, discovery_options, scan_all};
use clap::Args;

use crate::archives::ArchiveArgs;
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::part::ProjectArgs;
use crate::report::Verbosity;
use crate::text::count;

/// One project, or every project below a folder.
#[derive(Args)]
pub(crate) struct ManyArgs {
    #[command(flatten)]
    one: ProjectArgs,
    /// Read every project below this folder, without installed packages, build output and what .gitignore names
    #[arg(long, value_name = "DIR", conflicts_with_all = ["path", "workspace"])]
    all: Option<PathBuf>,
}

impl ManyArgs {
    /// The one project.
    pub(crate) fn one(&self) -> Result<&ProjectArgs, CliError> {
        if self.all.is_some() {
            let message = "this needs one project; give its folder in place of --all";
            return Err(CliError::Usage(message.to_owned()));
        }
        Ok(&self.one)
    }

    /// The whole project, with the archives of packages.
    pub(crate) fn open(&self, archives: &ArchiveArgs) -> Result<Project, CliError> {
        self.one()?.open(archives)
    }

    /// The path as given on the command line.
    pub(crate) fn path(&self) -> &Path {
        self.all.as_deref().unwrap_or(self.one.path())
    }

    /// Where the one project is read from.
    pub(crate) fn source(&self) -> Result<Source, CliError> {
        self.one()?.source()
    }

    /// The folder on the disk.
    pub(crate) fn folder(&self) -> PathBuf {
        self.all.clone().unwrap_or_else(|| self.one.folder())
    }

    /// How to read the selected part.
    pub(crate) fn scan_options(&self) -> ScanOptions {
        self.one.scan_options()
    }

    /// Which part of the project is selected.
    pub(crate) fn selection(&self) -> Selection {
        self.one.selection()
    }

    /// The graph of the selected part; the files that are read are added to `inputs`.
    pub(crate) fn scan_noting(
        &self,
        inputs: &Inputs,
        verbosity: Verbosity,
    ) -> Result<Scan, CliError> {
        match self.discovery(verbosity)? {
            Some(found) => {
                let options = self.scan_options().recorder(Some(inputs.recorder()));
                Ok(scan_all(&found, &options)?)
            }
            None => self.one.scan_noting(inputs),
        }
    }

    /// The same with the archives of packages.
    pub(crate) fn scan_archives(
        &self,
        inputs: &Inputs,
        archives: &ArchiveArgs,
        verbosity: Verbosity,
    ) -> Result<Scan, CliError> {
        let Some(found) = self.discovery(verbosity)? else {
            return self.one.scan_archives(inputs, archives);
        };
        let options = archives.add_to(self.scan_options());
        let options = options.recorder(Some(inputs.recorder()));
        Ok(scan_all(&found, &options)?)
    }

    /// True for all projects below a folder.
    pub(crate) fn is_of_many(&self) -> bool {
        self.all.is_some()
    }

    /// The projects below the folder of `--all`, after a table of what is read and what is not; `None` without `--all`.
    pub(crate) fn discovery(&self, verbosity: Verbosity) -> Result<Option<Discovery>, CliError> {
        let Some(folder) = &self.all else {
            return Ok(None);
        };
        let found = search(folder)?;
        found_table(&found, verbosity);
        if found.projects.is_empty() {
            let folder = folder.display();
            return Err(CliError::Usage(format!(
                "there is no project below `{folder}`"
            )));
        }
        Ok(Some(found))
    }
}

/// What is below a folder, without what its `bomtrail.toml` excludes.
pub(crate) fn search(folder: &Path) -> Result<Discovery, CliError> {
    let options = discovery_options(folder)?;
    let found = Discovery::below(folder, &options);
    Ok(found.map_err(|cause| ScanError::Unreachable {
        path: folder.to_path_buf(),
        cause,
    })?)
}

/// What was found, one line each: what is read, and what is not and why. Members of workspaces are shown with the notes.
fn found_table(found: &Discovery, verbosity: Verbosity) {
    let folder = found.folder.display();
    let count = count(found.projects.len(), "project");
    verbosity.say(&format!("{count} below `{folder}`"));
    let width = found.projects.iter().map(|it| it.folder.len()).max();
    let width = width.unwrap_or(1).clamp(1, 48);
    for it in &found.projects {
        let folder = if it.folder.is_empty() {
            "."
        } else {
            &it.folder
        };
        verbosity.say(&format!(
            "  read      {folder:width$}  {}",
            it.inputs.join(", ")
        ));
    }
    for it in &found.skipped {
        let is_note = matches!(it.reason, SkipReason::Member(_));
        if !is_note || verbosity.shows_notes() {
            let path = if it.path.is_empty() { "." } else { &it.path };
            verbosity.say(&format!("  not read  {path:width$}  {}", it.reason));
        }
    }
}
