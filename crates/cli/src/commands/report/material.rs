//! Collects what a report and an evidence pack contain, stage by stage.

use std::path::{Path, PathBuf};

use bomtrail::advisories::Advised;
use bomtrail::approvals::Date;
use bomtrail::check::{CheckOptions, Checked};
use bomtrail::compliance::{Judgement, Reviewed, Reviews, notices};
use bomtrail::diff::Changes;
use bomtrail::evidence::Evidence;
use bomtrail::graph::Files;
use bomtrail::settings::SETTINGS_FILE;
use bomtrail::source::Recorder;
use bomtrail::{Diagnostics, Level, Scan, ScanOptions, diff};

use super::Arguments;
use crate::commands::verify::Verified;
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::Sink;
use crate::part::source;
use crate::progress::Progress;
use crate::report::Verbosity;
use crate::today;

/// What a report contains.
pub(super) struct Material {
    scan: Scan,
    /// The files that were read; recorded only for an evidence pack.
    inputs: Recorder,
    verified: Verified,
    reviews: Option<Reviews>,
    changes: Option<Changes>,
    advised: Option<Advised>,
    pub(super) diagnostics: Diagnostics,
}

impl Arguments {
    pub(super) fn time(&self) -> Result<Option<String>, CliError> {
        self.time.resolve(self.part.path())
    }

    /// The options of the check. Its date is the given one, else that of the document, else today.
    fn check_options(&self, timestamp: Option<&str>) -> Result<CheckOptions<'static>, CliError> {
        let of_document = timestamp.and_then(Date::parse);
        let today = today::or_now(self.review.date.or(of_document))?;
        Ok(CheckOptions::on(today).approvals(self.review.approvals.clone()))
    }

    /// Reads everything that the report covers.
    pub(super) fn material(
        &self,
        timestamp: Option<&str>,
        progress: &mut Progress,
        verbosity: Verbosity,
    ) -> Result<Material, CliError> {
        progress.stage("reading the project");
        let inputs = match &self.evidence {
            Some(_) => Recorder::default(),
            None => Recorder::of_paths(),
        };
        let mut options = self.check_options(timestamp)?;
        let scan = self.archives.add_to(self.part.scan_options());
        options.scan = scan.recorder(Some(inputs.clone()));
        let (mut scan, reviews) = if self.part.is_of_many() {
            // Approvals belong to each project alone.
            let read = Inputs::recorded(inputs.clone());
            (
                self.part.scan_archives(&read, &self.archives, verbosity)?,
                None,
            )
        } else {
            Reviewed::for_report(self.part.source()?, &options)?
        };
        let mut diagnostics = scan.diagnostics().clone();
        if let Some(reviews) = &reviews {
            diagnostics.append(reviews.diagnostics.clone());
        }
        progress.stage("verifying attestations");
        let verified = self.attested.verified(scan.graph())?;
        diagnostics.append(verified.diagnostics());
        let proved = verified.parts().map(|(it, _)| it);
        self.clones.add_to(&mut scan, proved)?;
        progress.stage("looking for known vulnerabilities");
        let advised = self.advised(&scan, &inputs)?;
        let found = advised.iter().flat_map(|it| &it.diagnostics);
        found.for_each(|it| diagnostics.push(it.clone()));
        progress.stage("comparing with the older state");
        let changes = self.changes(&scan, &inputs, &mut diagnostics)?;
        Ok(Material {
            scan,
            inputs,
            verified,
            reviews,
            changes,
            advised,
            diagnostics,
        })
    }

    /// What advisories say about the project, if files of them are given.
    fn advised(&self, scan: &Scan, inputs: &Recorder) -> Result<Option<Advised>, CliError> {
        let Some(options) = self.sources.options()? else {
            return Ok(None);
        };
        let read = self.part.scan_options().recorder(Some(inputs.clone()));
        let advised = Advised::run(self.part.source()?, &options.scan(read))?;
        if advised.scan.graph() == scan.graph() {
            return Ok(Some(advised));
        }
        let message = "the project changed while it was read; try again when nothing writes to it";
        Err(CliError::Usage(message.to_owned()))
    }

    /// All files that are read.
    pub(super) fn inputs(&self, material: &Material) -> Inputs {
        let approvals = self.review.approvals.iter().map(PathBuf::from);
        Inputs::recorded(material.inputs.clone())
            .and([self.part.path()])
            .and(self.since.iter().map(PathBuf::from).chain(approvals))
            .and(self.attested.files())
            .and(self.sources.files())
    }

    fn changes(
        &self,
        scan: &Scan,
        inputs: &Recorder,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Changes>, CliError> {
        let Some(old) = &self.since else {
            return Ok(None);
        };
        let path = Path::new(old);
        let folder = if path.is_file() {
            path.parent()
        } else {
            Some(path)
        };
        let folder = folder.map(Path::to_string_lossy).unwrap_or_default();
        let options = ScanOptions::default().recorder(Some(inputs.under(&folder)));
        let (old, problems) = Scan::with(source(path)?, &options)?.into_parts();
        // Warnings about the older state need no action; errors mean that it was not read completely.
        let errors = problems.iter().filter(|it| it.code.level == Level::Error);
        errors.for_each(|it| diagnostics.push(it.clone()));
        Ok(Some(diff(&old, scan.graph())))
    }

    pub(super) fn judgement<'g>(
        &'g self,
        material: &'g Material,
        timestamp: Option<&'g str>,
    ) -> Judgement<'g> {
        let mut judgement = Judgement::new(&material.scan, self.profile, timestamp)
            .reviews(material.reviews.as_ref())
            .advisories(material.advised.as_ref().map(|it| &it.advisories));
        if let Some((verification, basis)) = material.verified.parts() {
            judgement = judgement.provenance(&verification.provenance, basis);
        }
        match self.since.as_deref().zip(material.changes.as_ref()) {
            Some((old, changes)) => judgement.since(old, changes),
            None => judgement,
        }
    }

    /// The result of the check if there are approvals; `lists` records the files it read.
    fn checked(&self, material: &Material, lists: &Recorder) -> Result<Option<Checked>, CliError> {
        if material.reviews.is_some() {
            let mut options = self.check_options(self.time()?.as_deref())?;
            options.scan = self.archives.add_to(self.part.scan_options());
            options.recorder = Some(lists.clone());
            return Ok(Some(Checked::run(self.part.source()?, &options)?));
        }
        // Without approvals nothing is checked, but the settings file still belongs in the pack.
        if let Some(files) = material.scan.files() {
            drop(files.clone().recorded(Some(lists)).read(SETTINGS_FILE));
        }
        Ok(None)
    }

    /// Writes the pack, and shows the digest of its manifest.
    pub(super) fn write_evidence(
        &self,
        folder: &Path,
        (material, judgement): (&Material, &Judgement<'_>),
        progress: &mut Progress,
        verbosity: Verbosity,
    ) -> Result<(), CliError> {
        self.inputs(material)
            .protect([&Sink::File(folder.to_path_buf())])?;
        self.inputs(material).protect_folder(folder)?;
        let files = self.attested.files();
        if files.iter().any(|it| it == Path::new("-")) {
            let message = "an evidence pack lists the digests of attestation files, so attestations cannot be read from standard input";
            return Err(CliError::Usage(message.to_owned()));
        }
        progress.stage("checking approvals and policy");
        let lists = Recorder::keeping();
        let checked = self.checked(material, &lists)?;
        progress.stage("writing the pack");
        let evidence = Evidence {
            judgement,
            inputs: &material.inputs,
            checked: checked.as_ref(),
            lists: &lists,
            verification: material.verified.parts().map(|(it, _)| it),
            advisories: material.advised.as_ref().map(Advised::report),
            attestations: &files,
            notices: &notices(&material.scan),
        };
        let written = evidence.write(folder);
        progress.end();
        verbosity.report(&material.diagnostics);
        let written = written.map_err(|error| CliError::Usage(error.to_string()))?;
        verbosity.report(&written.diagnostics);
        verbosity.say(&format!(
            "wrote {} files into `{}`; the SHA-256 of its manifest.json is {}",
            written.files,
            folder.display(),
            written.manifest_sha256
        ));
        Ok(())
    }
}
