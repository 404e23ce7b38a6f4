//! The check of every project below a folder: one result after another, and the worst of them as the exit code.

use std::io::Write;
use std::process::ExitCode;

use bomtrail::check::{CheckFormat, Checked, ProjectCheck, summary_markdown, write_checks};
use bomtrail::graph::Files;
use bomtrail::source::Recorder;
use bomtrail::source::discovery::{Discovery, FoundProject};
use bomtrail::views::printable;
use bomtrail::{TOOL, WriteError};

use super::{Arguments, append_summary, text};
use crate::error::CliError;
use crate::npm;
use crate::output::{self, Sink};
use crate::report::{self, Verbosity};
use crate::text::count;

impl Arguments {
    /// Checks every project against its own approvals and policy. A check that was not completed is not passed: the exit code is
    /// then 2.
    pub(super) fn check_all(
        &self,
        found: &Discovery,
        format: CheckFormat,
        sink: &Sink,
        verbosity: Verbosity,
    ) -> Result<ExitCode, CliError> {
        if self.attest.is_some() {
            let message = "--attest needs one project; give its folder in place of --all";
            return Err(CliError::Usage(message.to_owned()));
        }
        let read = Recorder::of_paths();
        let mut all = Vec::new();
        for project in &found.projects {
            let folder = found.path(project).display().to_string();
            let outcome = self.check_one(found, project, &read);
            let outcome = outcome.map_err(|error| {
                report::error(&format!("`{folder}`: {error}"));
                error.to_string()
            });
            if let Ok(checked) = &outcome {
                verbosity.report(checked.scan.diagnostics());
            }
            let folder = if project.folder.is_empty() {
                "."
            } else {
                &project.folder
            };
            all.push((folder, outcome));
        }
        self.inputs(&read).protect([sink])?;
        if format != CheckFormat::Text {
            for (folder, outcome) in &mut all {
                place(folder, outcome);
            }
        }
        let checks: Vec<ProjectCheck<'_>> = all.iter().map(project_check).collect();
        if format == CheckFormat::Text {
            output::write_text(sink, |out| write_text(&checks, out))?;
        } else {
            output::write(sink, |out| Ok(write_checks(format, &checks, TOOL, out)?))?;
        }
        if format == CheckFormat::Github {
            append_summaries(&checks);
        }
        let failed = checks
            .iter()
            .filter(|it| it.outcome.is_ok_and(|it| it.failed));
        let (failed, open) = (
            failed.count(),
            checks.iter().filter(|it| it.outcome.is_err()).count(),
        );
        let number = count(checks.len(), "project");
        verbosity.say(&format!(
            "{number} checked: {failed} failed, {open} not completed"
        ));
        Ok(match (open, failed) {
            (0, 0) => ExitCode::SUCCESS,
            (0, _) => ExitCode::FAILURE,
            _ => ExitCode::from(2),
        })
    }

    fn check_one(
        &self,
        found: &Discovery,
        project: &FoundProject,
        read: &Recorder,
    ) -> Result<Checked, CliError> {
        let commit = self.basis.commit_in(&found.path(project))?;
        let files = commit.as_ref().map(|it| it as &dyn Files);
        let mut options = self.basis.options(files)?;
        let npm = Some(npm::environment(None));
        let scan = self.archives.add_to(self.part.scan_options().npm(npm));
        options.scan = scan.recorder(Some(read.clone()));
        options.recorder = Some(read.clone());
        Ok(Checked::run(found.source(project), &options)?)
    }
}

/// A project's folder, and its check or why that was not completed.
type Outcome<'f> = (&'f str, Result<Checked, String>);

fn project_check<'a>((folder, outcome): &'a Outcome<'_>) -> ProjectCheck<'a> {
    ProjectCheck {
        folder,
        outcome: outcome.as_ref().map(Checked::report).map_err(|it| &**it),
    }
}

/// Makes the places of findings relative to the folder of all projects, as the readers of the other formats need them.
fn place(folder: &str, outcome: &mut Result<Checked, String>) {
    let Ok(checked) = outcome else { return };
    for finding in &mut checked.findings {
        let path = &mut finding.place.path;
        if !path.is_empty() && folder != "." {
            *path = [folder, "/", path].concat();
        }
    }
}

/// Writes the texts of all checks with colours, each after its folder.
fn write_text(checks: &[ProjectCheck<'_>], out: &mut dyn Write) -> Result<(), WriteError> {
    for it in checks {
        writeln!(out, "== {}", printable(it.folder))?;
        match &it.outcome {
            Ok(check) => text(check, out)?,
            Err(_) => writeln!(out, "not completed")?,
        }
        writeln!(out)?;
    }
    Ok(())
}

fn append_summaries(checks: &[ProjectCheck<'_>]) {
    for it in checks {
        let body = match &it.outcome {
            Ok(check) => summary_markdown(check),
            Err(_) => "### bomtrail check: not completed\n".to_owned(),
        };
        append_summary(&format!("\n## `{}`\n\n{body}", printable(it.folder)));
    }
}
