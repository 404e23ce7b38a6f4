//! `bomtrail sbom`: one SBOM of a project, or one for each workspace member.

mod identity;
mod pipeline;
pub(super) mod plan;
mod split;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, Date};
use bomtrail::check::CheckOptions;
use bomtrail::compliance::{Profile, Reviewed};
use bomtrail::views::Overview;
use bomtrail::{Bom, DetailLevel, Diagnostics, NodeMap, Scan, TOOL, Writer};
use clap::Args;

use self::identity::IdentityArguments;
use self::pipeline::Pipeline;
use super::verify::AttestationArgs;
use crate::archives::{ArchiveArgs, SourceArgs};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::many::ManyArgs;
use crate::output::{self, OutputArgs, Sink};
use crate::report::{self, Verbosity};
use crate::timestamp::TimeArgs;
use crate::today;

/// Write an SBOM of a project
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ManyArgs,
    #[command(flatten)]
    attested: AttestationArgs,
    #[command(flatten)]
    archives: ArchiveArgs,
    #[command(flatten)]
    sources: SourceArgs,
    /// Output format; a version after `@` pins it, as in cyclonedx-json@1.5; repeatable, once for each output [default: from
    /// the ending of the output file, else cyclonedx-json]
    #[arg(short, long, value_name = "FORMAT", value_parser = crate::values::format_or_submission())]
    format: Vec<&'static dyn Writer>,
    /// Write to this file instead of standard output, such as app.cdx.json or app.spdx.json; repeatable
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Write one SBOM for each workspace member, or with --all for each project, into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["workspace", "output", "all_sources"])]
    split: Option<PathBuf>,
    /// Exit with code 1 if there are warnings or errors; the SBOM is still written
    #[arg(long)]
    strict: bool,
    /// Print a table of the components by type, scope and licence, and of the problems; the SBOM is written only to --output
    #[arg(long, conflicts_with = "split")]
    summary: bool,
    #[command(flatten)]
    approval: ApprovalArguments,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    extent: OutputArgs,
    #[command(flatten)]
    identity: IdentityArguments,
    /// Add what this profile requires: `bsi` adds the properties of TR-03183-2 to CycloneDX 1.6 and later
    #[arg(long, value_name = "PROFILE", value_parser = crate::values::profile())]
    profile: Option<&'static Profile>,
    /// Add GitLab's properties to CycloneDX: the lockfile and the category of each package
    #[arg(long)]
    gitlab: bool,
}

/// Whether and how the document contains approvals.
#[derive(Args)]
struct ApprovalArguments {
    /// Add the approval status of each package and its reason (see `bomtrail check`)
    #[arg(long, conflicts_with = "split")]
    statuses: bool,
    /// Approvals list [default: the one named in package.json, else package-approvals.json]
    #[arg(long, value_name = "FILE", requires = "statuses")]
    approvals: Option<String>,
    /// Date used to decide whether approvals have expired [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse, requires = "statuses")]
    date: Option<Date>,
    /// Also write approvals as annotations, by reviewer and date (CycloneDX 1.5 and later)
    #[arg(long, requires = "statuses")]
    annotations: bool,
    /// Write approvals (--statuses) and provenance (--attestations) as claims with evidence and counter-evidence (CycloneDX
    /// 1.6 and later)
    #[arg(long)]
    declarations: bool,
}

impl ApprovalArguments {
    /// The scan of a project, and the approvals of all packages if `--statuses` is given.
    fn scan(
        &self,
        part: &ManyArgs,
        archives: &ArchiveArgs,
        inputs: &Inputs,
        verbosity: Verbosity,
    ) -> Result<(Scan, Option<NodeMap<Approval>>), CliError> {
        if !self.statuses {
            return Ok((part.scan_archives(inputs, archives, verbosity)?, None));
        }
        let options = CheckOptions::on(today::or_now(self.date)?)
            .approvals(self.approvals.clone())
            .recorder(Some(inputs.recorder()))
            .scan(
                archives
                    .add_to(part.scan_options())
                    .recorder(Some(inputs.recorder())),
            );
        let Reviewed { scan, reviews, .. } = Reviewed::scan(part.source()?, &options)?;
        Ok((scan, Some(reviews.table)))
    }
}

/// What all documents of one run have in common.
struct Head {
    /// Sets of further properties, by name.
    extras: &'static [&'static str],
    pipeline: Pipeline,
    time: Option<String>,
    detail: DetailLevel,
    compact: bool,
    version: u32,
    serial: Option<String>,
    annotations: bool,
    declarations: bool,
}

impl Head {
    fn of<'g>(&'g self, scan: &'g Scan) -> Bom<'g> {
        scan.bom(TOOL)
            .extras(self.extras)
            .folder(self.pipeline.folder())
            .build(self.pipeline.build())
            .timestamp(self.time.as_deref())
            .detail(self.detail)
            .compact(self.compact)
            .version(self.version)
            .serial(self.serial.as_deref())
            .annotations(self.annotations)
            .declarations(self.declarations)
    }
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let head = self.head()?;
        if let Some(folder) = &self.split {
            return self.split(folder, &head, verbosity);
        }
        let documents = self.documents()?;
        let inputs = Inputs::given([self.part.path()]).and(self.attested.files());
        let inputs = inputs.and(self.identity.older());
        let scanned = self
            .approval
            .scan(&self.part, &self.archives, &inputs, verbosity);
        let (mut scan, approvals) = scanned?;
        inputs.protect(documents.iter().map(|(_, sink)| sink))?;
        let mut diagnostics = scan.diagnostics().clone();
        let verified = self.attested.verified(scan.graph())?;
        diagnostics.append(verified.diagnostics());
        let proved = verified.parts().map(|(it, _)| it);
        self.sources.add_to(&mut scan, proved)?;
        let tables = verified.of(scan.tables()).approvals(approvals.as_ref());
        let bom = head.of(&scan).tables(tables);
        let staged: Result<Vec<_>, CliError> = documents
            .iter()
            .map(|(writer, sink)| {
                let mut problems = Diagnostics::new();
                let staged = output::stage_within(self.extent.max_bytes, sink, |out| {
                    problems = Diagnostics::new();
                    writer.write(&bom, out, &mut problems)
                });
                diagnostics.append(problems);
                staged.map(|it| (writer.format(), sink, it))
            })
            .collect();
        verbosity.report(&diagnostics);
        // All documents are written, so all of them are moved to their places.
        for (format, sink, document) in staged? {
            output::finish(sink, document)?;
            sink.announce_sbom(verbosity, &format, (scan.graph(), &diagnostics));
        }
        if self.summary {
            let (graph, diagnostics) = (scan.graph(), &diagnostics);
            let overview = Overview { graph, diagnostics };
            output::print(|out| Ok(overview.write(out)?))?;
        }
        // The process ends here, so memory is not released: that takes a tenth of the run time.
        std::mem::forget(scan);
        Ok(report::exit_code(self.strict, diagnostics.worst()))
    }

    /// The formats and outputs. A summary takes the place of a document on standard output.
    fn documents(&self) -> Result<Vec<(&'static dyn Writer, Sink)>, CliError> {
        if self.summary && self.output.is_empty() {
            return Ok(Vec::new());
        }
        let documents = plan::pair(&self.format, &self.output)?;
        if self.summary && documents.iter().any(|(_, sink)| *sink == Sink::Stdout) {
            let message = "--summary prints to standard output; give --output a file name";
            return Err(CliError::Usage(message.to_owned()));
        }
        Ok(documents)
    }

    /// Whether declarations are written; they need approvals or provenance.
    fn declarations(&self) -> Result<bool, CliError> {
        let wanted = self.approval.declarations;
        if wanted && !self.approval.statuses && self.attested.sources().is_none() {
            let message = "--declarations needs --statuses, --attestations or both";
            return Err(CliError::Usage(message.to_owned()));
        }
        Ok(wanted)
    }

    fn head(&self) -> Result<Head, CliError> {
        let (serial, version) = self.identity.resolve()?;
        Ok(Head {
            extras: match (self.profile.is_some_and(|it| it.id == "bsi"), self.gitlab) {
                (true, true) => &["bsi", "gitlab"],
                (true, false) => &["bsi"],
                (false, true) => &["gitlab"],
                (false, false) => &[],
            },
            pipeline: Pipeline::of(&self.part.folder()),
            time: self.time.resolve(self.part.path())?,
            detail: self.extent.detail(DetailLevel::Lean),
            compact: self.extent.compact,
            version,
            serial,
            annotations: self.approval.annotations,
            declarations: self.declarations()?,
        })
    }
}
