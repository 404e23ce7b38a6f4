//! `bomtrail verify`: what is verified about the origin of each package.

mod changes;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::provenance::{
    EvidenceLevel, EvidenceState, ProvenanceSources, Verification, verify, write_json,
};
use bomtrail::{Diagnostics, Level, NodeMap, Tables};
use clap::{Args, ValueEnum};

pub(super) use table::trusted;

use crate::archives::{ArchiveArgs, SourceArgs};
use crate::ending::{self, Ending};
use crate::error::CliError;
use crate::inputs::Inputs;
use crate::output::{self, Sink};
use crate::part::ProjectArgs;
use crate::report::Verbosity;

/// Verify the provenance of a project's packages against the digests in its lockfile
///
/// Uses no network. Exit codes: 0 verified, 1 a verification failed or required evidence is missing, 2 the verification could
/// not be completed.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    part: ProjectArgs,
    #[command(flatten)]
    attested: AttestationArgs,
    #[command(flatten)]
    archives: ArchiveArgs,
    #[command(flatten)]
    sources: SourceArgs,
    /// Evidence that every package must have: E1 pinned digest, E2 registry signature, E3 publish attestation, E4 verified
    /// provenance, E5 provenance consistent with certificate and package
    #[arg(long, value_name = "LEVEL", ignore_case = true, value_parser = crate::values::level())]
    require: Option<EvidenceLevel>,
    /// Report packages whose signer, repository or owner changed, or whose evidence level dropped, since this older state:
    /// folder, lockfile, SBOM or git:REF:PATH; any such change makes the exit code 1
    #[arg(long, value_name = "OLD")]
    signer_changes: Option<PathBuf>,
    /// File or folder with attestations of the older state, in addition to --attestations; repeatable
    #[arg(long, value_name = "FILE", requires = "signer_changes")]
    old_attestations: Vec<PathBuf>,
    /// Output format: text or json (schemas/verify-v1.schema.json) [default: from the ending of the output file, else text]
    #[arg(short, long, value_name = "FORMAT", value_enum)]
    format: Option<Format>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// The endings of file names that select a format.
const ENDINGS: &[Ending<Format>] = &[
    (".txt", &[Format::Text]),
    (".log", &[Format::Text]),
    (".json", &[Format::Json]),
];

/// Where attestations are read from, and what is trusted.
#[derive(Args, Clone)]
pub(crate) struct AttestationArgs {
    /// File or folder with attestations: the output of `npm audit signatures --json --include-attestations`, registry
    /// responses, Sigstore bundles or registry metadata; `-` is standard input; repeatable
    #[arg(long, value_name = "FILE")]
    attestations: Vec<PathBuf>,
    #[command(flatten)]
    trust: TrustFiles,
    /// Trust these PGP keys (armored or binary) for CPAN signatures; bomtrail does not check who owns them
    #[cfg(feature = "openpgp")]
    #[arg(long, value_name = "FILE")]
    cpan_keys: Option<PathBuf>,
}

/// Trusted keys to use instead of the built-in ones.
#[derive(Args, Clone)]
pub(crate) struct TrustFiles {
    /// Trust the authorities and logs in this `trusted_root.json` instead of Sigstore's public ones
    #[arg(long, value_name = "FILE")]
    pub(crate) trusted_root: Option<PathBuf>,
    /// Trust the registry keys in this file instead of npm's public ones
    #[arg(long, value_name = "FILE")]
    pub(crate) npm_keys: Option<PathBuf>,
}

/// What is verified about a graph, and the trust material it is based on; empty if no attestations are given.
#[derive(Default)]
pub(crate) struct Verified(Option<(Verification, Vec<String>)>);

impl Verified {
    /// The side tables with the verified provenance.
    pub(crate) fn of<'g>(&'g self, tables: Tables<'g>) -> Tables<'g> {
        match &self.0 {
            Some((verification, basis)) => tables.provenance(&verification.provenance, basis),
            None => tables,
        }
    }

    /// The verification and what it is based on, if attestations are given.
    pub(crate) fn parts(&self) -> Option<(&Verification, &[String])> {
        let parts = self.0.as_ref();
        parts.map(|(verification, basis)| (verification, &**basis))
    }

    /// Problems of the attestation files.
    pub(crate) fn diagnostics(&self) -> Diagnostics {
        let verification = self.0.as_ref();
        verification.map_or_else(Diagnostics::new, |(it, _)| it.diagnostics.clone())
    }
}

impl AttestationArgs {
    /// Verifies a graph with the given attestations; empty without attestations.
    pub(crate) fn verified(&self, graph: &bomtrail::Graph) -> Result<Verified, CliError> {
        let Some(sources) = self.sources() else {
            return Ok(Verified::default());
        };
        let verification = verify_graph(graph, &sources)?;
        let basis = verification.basis();
        Ok(Verified(Some((verification, basis))))
    }

    /// The given attestation and trust files; empty without attestations.
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

    /// Verifies a graph, also if no attestations are given.
    pub(crate) fn verify(&self, graph: &bomtrail::Graph) -> Result<Verification, CliError> {
        verify_graph(graph, &self.all_sources())
    }

    /// The given attestations, if any.
    pub(crate) fn sources(&self) -> Option<ProvenanceSources> {
        (!self.attestations.is_empty()).then(|| self.all_sources())
    }

    fn all_sources(&self) -> ProvenanceSources {
        let sources = ProvenanceSources::of(&self.attestations)
            .trusted_root(self.trust.trusted_root.clone())
            .npm_keys(self.trust.npm_keys.clone());
        #[cfg(feature = "openpgp")]
        let sources = sources.cpan_keys(self.cpan_keys.clone());
        sources
    }
}

fn verify_graph(
    graph: &bomtrail::Graph,
    sources: &ProvenanceSources,
) -> Result<Verification, CliError> {
    verify(graph, sources).map_err(|error| CliError::Usage(error.to_string()))
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let sink = Sink::named(self.output.as_deref());
        let format = ending::choose(self.format, Format::Text, &sink, ENDINGS)?;
        let old = self.signer_changes.iter().map(PathBuf::from);
        let inputs = Inputs::given([self.part.path()])
            .and(self.attested.files())
            .and(self.old_attestations.iter().cloned().chain(old));
        let mut scan = self.part.scan_archives(&inputs, &self.archives)?;
        inputs.protect([&sink])?;
        let verification = self.attested.verify(scan.graph())?;
        self.sources.add_to(&mut scan, Some(&verification))?;
        let graph = scan.graph();
        let archives = scan.archives().map(|it| &it.table);
        let changes = self.changes(graph, &verification)?;
        let written = output::write_text(&sink, |out| match format {
            Format::Json => write_json(graph, &verification, archives, &changes, out),
            Format::Text => {
                table::write(graph, &verification, self.require, out)?;
                table::archives(graph, archives, out)?;
                table::changes(&changes, out)
            }
        });
        verbosity.report(scan.diagnostics().iter().chain(&verification.diagnostics));
        written?;
        let mut shown = archives.into_iter().flat_map(NodeMap::iter);
        let is_archive_wrong = shown.any(|(_, it)| it.evidence().state == EvidenceState::Failed);
        let holds = self.holds(&verification) && !is_archive_wrong;
        Ok(if changes.is_empty() && holds {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn holds(&self, verification: &Verification) -> bool {
        let wanted = self.require.unwrap_or_default();
        let is_fine = verification.diagnostics.worst() < Some(Level::Error);
        let mut packages = verification.provenance.iter();
        is_fine && packages.all(|(_, it)| !it.has_failed() && it.meets(wanted))
    }
}
