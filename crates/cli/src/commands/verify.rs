//! `bomtrail verify`: what is proved of where each package comes from.

mod changes;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::provenance::{EvidenceLevel, ProvenanceSources, Verification, verify, write_json};
use bomtrail::{Diagnostics, Level, Tables};
use clap::{Args, ValueEnum};

pub(super) use table::trusted;

use crate::error::CliError;
use crate::output::{self, Sink};
use crate::paint::Paint;
use crate::part::ProjectArgs;
use crate::report::Verbosity;

/// Verify the provenance of a project's packages, bound to the digests of its lockfile; no network is used
///
/// Exit codes: 0 nothing is wrong, 1 a verification failed or what is required is missing, 2 it could not be done.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    attested: AttestationArgs,
    /// The evidence that every package must have: E1 pinned digest, E2 registry signature, E3 attested publication,
    /// E4 verified provenance, E5 provenance that agrees with certificate and package
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    require: Option<EvidenceLevel>,
    /// Tell who signs otherwise than in an older state of the project: a folder, lockfile or SBOM, or git:REF:PATH; any
    /// change of signer, repository or owner, and any lower level, makes the exit code 1
    #[arg(long, value_name = "OLD")]
    signer_changes: Option<String>,
    /// Attestations of the older state, besides those of --attestations
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "signer_changes")]
    old_attestations: Vec<PathBuf>,
    /// text or json (schemas/verify-v1.schema.json)
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// Where attestations are and what is trusted.
#[derive(Args, Clone)]
pub(crate) struct AttestationArgs {
    /// Files or folders of attestations: the output of `npm audit signatures --json --include-attestations`, the
    /// registry's answers, bundles, registry metadata; `-` is standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    attestations: Vec<PathBuf>,
    #[command(flatten)]
    trust: TrustFiles,
    /// Verify the signatures of CPAN with these PGP keys (in armor or binary), whose owners are for you to know
    #[cfg(feature = "openpgp")]
    #[arg(long, value_name = "FILE")]
    cpan_keys: Option<PathBuf>,
}

/// What is trusted instead of what comes with the program.
#[derive(Args, Clone)]
pub(crate) struct TrustFiles {
    /// Trust these authorities and logs (a `trusted_root.json`) instead of Sigstore's public ones
    #[arg(long, value_name = "FILE")]
    pub(crate) trusted_root: Option<PathBuf>,
    /// Trust these keys of the registry instead of npm's
    #[arg(long, value_name = "FILE")]
    pub(crate) npm_keys: Option<PathBuf>,
}

/// What is proved of a graph, and the lines on what that rests on; nothing when nobody asked.
#[derive(Default)]
pub(crate) struct Verified(Option<(Verification, Vec<String>)>);

impl Verified {
    /// The side tables with what is proved.
    pub(crate) fn of<'g>(&'g self, tables: Tables<'g>) -> Tables<'g> {
        match &self.0 {
            Some((verification, basis)) => tables.provenance(&verification.provenance, basis),
            None => tables,
        }
    }

    /// What is proved and what that rests on; nothing when nobody asked.
    pub(crate) fn parts(&self) -> Option<(&Verification, &[String])> {
        let parts = self.0.as_ref();
        parts.map(|(verification, basis)| (verification, &**basis))
    }

    /// What is odd about the files.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        let verification = self.0.as_ref();
        verification.map_or_else(Diagnostics::new, |(it, _)| it.diagnostics.clone())
    }
}

impl AttestationArgs {
    /// What the attestations that were given prove of a graph; nothing where none were.
    pub(crate) fn proved(&self, graph: &bomtrail::Graph) -> Result<Verified, CliError> {
        let Some(sources) = self.sources() else {
            return Ok(Verified::default());
        };
        let verification = judged(graph, &sources)?;
        let basis = verification.basis();
        Ok(Verified(Some((verification, basis))))
    }

    /// The files and folders that were named, those of trust too; none where there is nothing to judge.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        if self.attestations.is_empty() {
            return Vec::new();
        }
        let trust = [&self.trust.trusted_root, &self.trust.npm_keys];
        let trust = trust.into_iter().flatten();
        #[cfg(feature = "openpgp")]
        let trust = trust.chain(&self.cpan_keys);
        self.attestations.iter().chain(trust).cloned().collect()
    }

    /// What they prove of a graph, where there are none, too.
    pub(crate) fn verify(&self, graph: &bomtrail::Graph) -> Result<Verification, CliError> {
        judged(graph, &self.all_sources())
    }

    /// What was given; nothing where no attestations were.
    pub(crate) fn sources(&self) -> Option<ProvenanceSources> {
        (!self.attestations.is_empty()).then(|| self.all_sources())
    }

    fn all_sources(&self) -> ProvenanceSources {
        let mut sources = ProvenanceSources::of(&self.attestations);
        sources.trusted_root.clone_from(&self.trust.trusted_root);
        sources.npm_keys.clone_from(&self.trust.npm_keys);
        #[cfg(feature = "openpgp")]
        sources.cpan_keys.clone_from(&self.cpan_keys);
        sources
    }
}

fn judged(graph: &bomtrail::Graph, sources: &ProvenanceSources) -> Result<Verification, CliError> {
    verify(graph, sources).map_err(|error| CliError::Usage(error.to_string()))
}

fn level(text: &str) -> Result<EvidenceLevel, String> {
    EvidenceLevel::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = EvidenceLevel::NAMES.iter().map(|(_, name)| *name).collect();
        format!("a level is one of {}", names.join(", "))
    })
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let scan = self.part.scan()?;
        let graph = scan.graph();
        let verification = self.attested.verify(graph)?;
        let changes = self.changes(graph, &verification)?;
        let sink = Sink::named(self.output.as_deref());
        let written = output::write(&sink, |out| match self.format {
            Format::Json => write_json(graph, &verification, &changes, out),
            Format::Text => {
                let paint = Paint::for_stdout();
                table::write(graph, &verification, (self.require, paint), out)?;
                table::changes(&changes, paint, out)
            }
        });
        verbosity.report(scan.diagnostics().iter().chain(&verification.diagnostics));
        written?;
        Ok(if changes.is_empty() && self.holds(&verification) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn holds(&self, verification: &Verification) -> bool {
        let wanted = self.require.unwrap_or_default();
        let is_fine = verification.diagnostics.worst() < Some(Level::Error);
        let mut packages = verification.provenance.iter();
        is_fine && packages.all(|(_, it)| !it.has_failed() && it.level() >= wanted)
    }
}
