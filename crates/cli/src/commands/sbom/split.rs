//! One SBOM for each workspace member, in files named after the members.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bomtrail::formats::ending_of_format;
use bomtrail::source::discovery::Discovery;
use bomtrail::write::make_folder;
use bomtrail::{Diagnostics, Scan, WriteError, Writer};

use super::{Arguments, Head, plan};
use crate::error::CliError;
use crate::output::{self, Sink};
use crate::report::{self, Verbosity};
use crate::text::count;

/// Files that are prepared, with their places.
type Staged = Vec<(Sink, Option<bomtrail::write::Staged>)>;

/// The most characters of a file name, so that it fits on every system with its number and its ending.
const LONGEST: usize = 150;

/// Names that Windows reserves for devices, with any extension.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

impl Arguments {
    pub(super) fn split(
        &self,
        folder: &Path,
        head: &Head,
        verbosity: Verbosity,
    ) -> Result<ExitCode, CliError> {
        let formats = plan::formats(&self.format)?;
        if let Some(found) = self.part.discovery(verbosity)? {
            return self.split_projects(&found, folder, (head, &formats), verbosity);
        }
        let project = self.part.open(&self.archives)?;
        if project.members().is_empty() {
            let message = "the project has no workspace members, so --split cannot be used";
            return Err(CliError::Usage(message.to_owned()));
        }
        let folder = NewFolder::make(folder)?;
        let mut diagnostics = project.diagnostics().clone();
        let mut taken = BTreeSet::new();
        let mut staged = Vec::new();
        let members = project.members();
        let selection = self.part.selection();
        let scans = project.scan_members(members, &selection);
        let mut scans = members.iter().zip(scans);
        let written: Result<(), CliError> = scans.try_for_each(|(member, scan)| {
            let scan = scan?;
            append_new(&mut diagnostics, scan.diagnostics());
            let stem = free_name(member, &mut taken);
            let part = (&scan, stem.as_str());
            self.stage(part, &folder, (head, &formats), &mut diagnostics)
                .map(|files| staged.extend(files))
        });
        verbosity.report(&diagnostics);
        written?;
        Self::finish(staged, verbosity)?;
        Ok(report::exit_code(self.strict, diagnostics.worst()))
    }

    /// One SBOM for each project; one that cannot be read is reported, and the others are written.
    fn split_projects(
        &self,
        found: &Discovery,
        folder: &Path,
        shared: (&Head, &[&'static dyn Writer]),
        verbosity: Verbosity,
    ) -> Result<ExitCode, CliError> {
        let folder = NewFolder::make(folder)?;
        let mut diagnostics = Diagnostics::new();
        let mut taken = BTreeSet::new();
        let mut staged = Vec::new();
        let mut failed = 0;
        for project in &found.projects {
            let options = self.archives.add_to(self.part.scan_options());
            let scan = match Scan::with(found.source(project), &options) {
                Ok(scan) => scan,
                Err(error) => {
                    let place = found.path(project);
                    report::error(&format!("`{}`: {error}", place.display()));
                    failed += 1;
                    continue;
                }
            };
            append_new(&mut diagnostics, scan.diagnostics());
            let name = if project.folder.is_empty() {
                "root"
            } else {
                &project.folder
            };
            let stem = free_name(name, &mut taken);
            staged.extend(self.stage((&scan, &stem), &folder, shared, &mut diagnostics)?);
        }
        verbosity.report(&diagnostics);
        Self::finish(staged, verbosity)?;
        if failed > 0 {
            let (failed, all) = (count(failed, "project"), found.projects.len());
            let message = format!("{failed} of {all} could not be read");
            return Err(CliError::Usage(message));
        }
        Ok(report::exit_code(self.strict, diagnostics.worst()))
    }

    /// Prepares the files of one part, whose names begin with `stem`.
    fn stage(
        &self,
        (scan, stem): (&Scan, &str),
        folder: &NewFolder<'_>,
        (head, formats): (&Head, &[&'static dyn Writer]),
        diagnostics: &mut Diagnostics,
    ) -> Result<Staged, CliError> {
        let verified = self.attested.verified(scan.graph())?;
        append_new(diagnostics, &verified.diagnostics());
        let mut staged = Vec::new();
        for writer in formats {
            let path = folder.join(format!("{stem}{}", ending(*writer, formats)));
            let mut problems = Diagnostics::new();
            let sink = Sink::File(path);
            let file = output::stage(&sink, |out| {
                let bom = head.of(scan).tables(verified.of(scan.tables()));
                writer.write(&bom, out, &mut problems)
            })?;
            append_new(diagnostics, &problems);
            staged.push((sink, file));
        }
        Ok(staged)
    }

    /// All files are written, so all of them are moved to their places.
    fn finish(staged: Staged, verbosity: Verbosity) -> Result<(), CliError> {
        for (sink, file) in staged {
            output::finish(&sink, file)?;
            verbosity.say(&format!("wrote {sink}"));
        }
        Ok(())
    }
}

/// The folder of the documents; it is removed again if it is new and nothing was written.
struct NewFolder<'a> {
    path: &'a Path,
}

impl<'a> NewFolder<'a> {
    fn make(path: &'a Path) -> Result<Self, CliError> {
        make_folder(path).map_err(|error| CliError::Write {
            to: format!("`{}`", path.display()),
            error: WriteError::Sink(error),
        })?;
        Ok(Self { path })
    }

    fn join(&self, name: String) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for NewFolder<'_> {
    fn drop(&mut self) {
        // This fails unless the folder is empty.
        drop(std::fs::remove_dir(self.path));
    }
}

/// Adds diagnostics without duplicates: members share packages.
fn append_new(all: &mut Diagnostics, more: &Diagnostics) {
    for it in more {
        if !all.iter().any(|known| known == it) {
            all.push(it.clone());
        }
    }
}

/// The ending of a format's files; it contains the version if two formats would have the same ending.
fn ending(writer: &dyn Writer, formats: &[&'static dyn Writer]) -> String {
    let format = writer.format();
    let ending = ending_of_format(format.name);
    let alike = formats.iter().filter(|it| it.format().name == format.name);
    if alike.count() > 1 {
        format!("-{}{ending}", format.version)
    } else {
        ending.to_owned()
    }
}

/// A unique file name for a member that is valid on all systems: `@scope/name` becomes `scope-name`.
fn free_name(member: &str, taken: &mut BTreeSet<String>) -> String {
    let safe: String = member
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-') {
                it
            } else {
                '-'
            }
        })
        .collect();
    let short: String = safe.chars().take(LONGEST).collect();
    let trimmed = short.trim_matches(['-', '.']);
    let stem = trimmed.split('.').next().unwrap_or_default();
    let base = if trimmed.is_empty() || RESERVED.contains(&stem.to_ascii_lowercase().as_str()) {
        format!("workspace-{trimmed}")
    } else {
        trimmed.to_owned()
    };
    let mut name = base.clone();
    let mut number = 2;
    while !taken.insert(name.to_ascii_lowercase()) {
        name = format!("{base}-{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests;
