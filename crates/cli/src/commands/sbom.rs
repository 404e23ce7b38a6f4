//! `bomtrail sbom`: the document, or one for each workspace member.

mod identity;
mod plan;
mod split;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::approvals::{Approval, Date};
use bomtrail::check::{CheckOptions, statuses};
use bomtrail::compliance::Profile;
use bomtrail::{Bom, Diagnostics, NodeMap, Scan, TOOL, Writer};
use clap::Args;

use self::identity::IdentityArguments;
use super::verify::AttestationArgs;
use crate::error::CliError;
use crate::output::{self, OutputArgs};
use crate::part::ProjectArgs;
use crate::report::{self, Verbosity};
use crate::timestamp::{self, Times};
use crate::today;

/// Print an SBOM of a project
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    attested: AttestationArgs,
    /// The format, such as cyclonedx-json (the default), spdx-json or, to pin a version, cyclonedx-json@1.5; repeated, the
    /// n-th format goes to the n-th output
    #[arg(short, long, value_name = "FORMAT", value_parser = bomtrail::writer)]
    format: Vec<&'static dyn Writer>,
    /// Write to this file, `-` for standard output; without a format, the name's ending tells it (.cdx.json, .spdx.json)
    #[arg(short, long, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// Write one SBOM for each workspace member into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["workspace", "output"])]
    split: Option<PathBuf>,
    /// Exit with 1 when there is any warning or error; the SBOM is written all the same
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    approval: ApprovalArguments,
    /// The time of the document (RFC 3339) [default: `SOURCE_DATE_EPOCH`, else none]
    #[arg(long, value_name = "TIME", value_parser = timestamp::parse)]
    timestamp: Option<String>,
    #[command(flatten)]
    extent: OutputArgs,
    #[command(flatten)]
    identity: IdentityArguments,
    /// Say what this profile asks for: `bsi` adds the properties of TR-03183-2 to CycloneDX 1.6 and later
    #[arg(long, value_name = "PROFILE", value_parser = crate::commands::report::profile)]
    profile: Option<&'static Profile>,
}

/// Whether the document says what is approved.
#[derive(Args)]
struct ApprovalArguments {
    /// Say of each package whether the project's approvals approve it, and why (see `bomtrail check`)
    #[arg(long, conflicts_with = "split")]
    statuses: bool,
    /// The approvals list [default: what package.json names, else package-approvals.json]
    #[arg(long, value_name = "FILE", requires = "statuses")]
    approvals: Option<String>,
    /// The day that reviews run out by [default: today]
    #[arg(long, value_name = "DATE", value_parser = today::parse, requires = "statuses")]
    date: Option<Date>,
    /// Say the approvals as annotations too, by reviewer and day (CycloneDX 1.5 and later)
    #[arg(long, requires = "statuses")]
    annotations: bool,
    /// Say approvals (--statuses) and provenance (--attestations) as claims with evidence and counter-claims (CycloneDX 1.6
    /// and later)
    #[arg(long)]
    declarations: bool,
}

impl ApprovalArguments {
    /// What the approvals say, where that is asked for.
    fn of(&self, part: &ProjectArgs, scan: &Scan) -> Result<Option<NodeMap<Approval>>, CliError> {
        if !self.statuses {
            return Ok(None);
        }
        let mut options = CheckOptions::on(today::or_now(self.date)?);
        options.approvals.clone_from(&self.approvals);
        let table = statuses(part.path(), scan.graph(), &options)?;
        Ok(Some(table))
    }
}

/// What every document of one run has in common.
struct Head {
    bsi: bool,
    times: Times,
    compact: bool,
    version: u32,
    serial: Option<String>,
    annotations: bool,
    declarations: bool,
}

impl Head {
    fn of<'g>(&'g self, scan: &'g Scan) -> Bom<'g> {
        scan.bom(TOOL)
            .extras(if self.bsi { &["bsi"] } else { &[] })
            .timestamp(self.times.said.as_deref())
            .now(self.times.now.as_deref())
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
        let documents = plan::pair(&self.format, &self.output)?;
        let scan = self.part.scan()?;
        let mut diagnostics = scan.diagnostics().clone();
        let proved = self.attested.proved(scan.graph())?;
        diagnostics.append(proved.diagnostics());
        let approvals = self.approval.of(&self.part, &scan)?;
        let tables = proved.of(scan.tables()).approvals(approvals.as_ref());
        let bom = head.of(&scan).tables(tables);
        let written = documents.iter().try_for_each(|(writer, sink)| {
            let mut told = Diagnostics::new();
            let written = output::write_within(self.extent.max_bytes, sink, |out| {
                told = Diagnostics::new();
                writer.write(&bom, out, &mut told)
            });
            diagnostics.append(told);
            written
        });
        verbosity.report(&diagnostics);
        written?;
        // The process ends here: giving every string back first is a tenth of its time.
        std::mem::forget(scan);
        Ok(report::exit_code(self.strict, diagnostics.worst()))
    }

    /// Whether there are declarations, which take something to declare.
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
            bsi: self.profile.is_some_and(|it| it.id == "bsi"),
            times: Times::of(self.timestamp.clone())?,
            compact: self.extent.compact,
            version,
            serial,
            annotations: self.approval.annotations,
            declarations: self.declarations()?,
        })
    }
}
