//! The check of every project below a folder: one result after another, and the worst of them as the exit code.

use std::process::ExitCode;

use bomtrail::check::{CheckFormat, Checked};
use bomtrail::graph::Files;
use bomtrail::source::Recorder;
use bomtrail::source::discovery::{Discovery, FoundProject};
use bomtrail::views::printable;

use super::{Arguments, text};
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
        if format != CheckFormat::Text || self.attest.is_some() {
            let message = "--all writes text; for another format, check one project at a time";
            return Err(CliError::Usage(message.to_owned()));
        }
        let read = Recorder::of_paths();
        let mut all = Vec::new();
        let (mut failed, mut open) = (0, 0);
        for project in &found.projects {
            let folder = found.path(project).display().to_string();
            let heading = format!("== {}\n", printable(&folder));
            all.extend_from_slice(heading.as_bytes());
            match self.check_one(found, project, &read) {
                Ok(checked) => {
                    text(&checked.report(), &mut all).map_err(|error| CliError::Write {
                        to: sink.to_string(),
                        error,
                    })?;
                    verbosity.report(checked.scan.diagnostics());
                    failed += usize::from(checked.failed);
                }
                Err(error) => {
                    report::error(&format!("`{folder}`: {error}"));
                    all.extend_from_slice(b"not completed\n");
                    open += 1;
                }
            }
            all.push(b'\n');
        }
        self.inputs(&read).protect([sink])?;
        output::write_text(sink, |out| Ok(out.write_all(&all)?))?;
        let number = count(found.projects.len(), "project");
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
