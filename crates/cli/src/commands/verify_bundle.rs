//! `bomtrail verify-bundle`: verifies one attestation for one artifact.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use bomtrail::graph::HashAlgorithm;
use bomtrail::provenance::{
    Artifact, BundleFile, BundleQuestion, BundleVerdict, EvidenceState, ProvenanceError, Signer,
    TrustError, verify_bundle,
};
use bomtrail::{Hash, WriteError};
use clap::Args;

use super::verify::{Format, TrustFiles, trusted};
use crate::error::CliError;
use crate::output;
use crate::report::{self, Verbosity};
use bomtrail::views::printable;

/// Verify one Sigstore bundle or DSSE envelope
///
/// Uses no network. Exit codes: 0 verified, 1 not verified, 2 the verification could not be completed.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Sigstore bundle, DSSE envelope, or registry response with several attestations
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// Index of the attestation if the file has several, starting at 0
    #[arg(long, value_name = "N")]
    entry: Option<usize>,
    /// Digest of the artifact, as sha512:HEX or sha256:HEX
    #[arg(long, value_name = "ALGORITHM:HEX", value_parser = digest, required_unless_present = "artifact")]
    digest: Option<Hash>,
    /// Artifact file
    #[arg(long, value_name = "FILE", conflicts_with = "digest")]
    artifact: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustFiles,
    /// Public key (PEM) that must have signed it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Identity that must have signed it: a workflow URI or an e-mail address
    #[arg(long, value_name = "IDENTITY")]
    identity: Option<String>,
    /// Issuer (URL) that must have certified the identity
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// Output format
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn digest(text: &str) -> Result<Hash, &'static str> {
    let usage = "expected `sha512:` or `sha256:` followed by hexadecimal digits";
    let (algorithm, hex) = text.split_once(':').ok_or(usage)?;
    let algorithm = HashAlgorithm::from_name(algorithm)
        .filter(|it| matches!(it, HashAlgorithm::Sha256 | HashAlgorithm::Sha512))
        .ok_or(usage)?;
    Hash::from_hex(algorithm, hex).ok_or(usage)
}

impl Arguments {
    pub(crate) fn run(&self, verbosity: Verbosity) -> Result<ExitCode, CliError> {
        let verdict = match verify_bundle(&self.question()?) {
            Ok(verdict) => verdict,
            // With unusable trust material, nothing is verified: that is a negative result, not an error.
            Err(ProvenanceError::Trust(error @ TrustError::Root(_))) => {
                report::line(&format!("error: {error}"));
                return Ok(ExitCode::FAILURE);
            }
            Err(error) => return Err(CliError::Usage(error.to_string())),
        };
        output::print(|out| match self.format {
            Format::Json => verdict.write_json(out),
            Format::Text => write(&verdict, out),
        })?;
        let evidence = &verdict.outcome.attestation.evidence;
        match evidence.state {
            EvidenceState::Verified => Ok(ExitCode::SUCCESS),
            EvidenceState::Failed => {
                verbosity.say(&format!("not verified: {}", evidence.reason));
                Ok(ExitCode::FAILURE)
            }
            EvidenceState::Absent | EvidenceState::Claimed | EvidenceState::Unverifiable => Err(
                CliError::Usage(format!("cannot be verified: {}", evidence.reason)),
            ),
        }
    }

    fn question(&self) -> Result<BundleQuestion, CliError> {
        let artifact = match (&self.artifact, &self.digest) {
            (Some(path), _) => Artifact::File(path.clone()),
            (None, Some(hash)) => Artifact::Digest(hash.clone()),
            (None, None) => {
                return Err(CliError::Usage("give --digest or --artifact".to_owned()));
            }
        };
        let bundle = BundleFile {
            path: self.bundle.clone(),
            entry: self.entry,
        };
        Ok(BundleQuestion::new(bundle, artifact)
            .trusted_root(self.trust.trusted_root.clone())
            .npm_keys(self.trust.npm_keys.clone())
            .key(self.key.clone())
            .identity(self.identity.clone())
            .issuer(self.issuer.clone()))
    }
}

fn write(verdict: &BundleVerdict, out: &mut dyn Write) -> Result<(), WriteError> {
    let outcome = &verdict.outcome;
    let attestation = &outcome.attestation;
    writeln!(out, "{}", attestation.evidence.state.name())?;
    let mut say = |what: &str, value: Option<&str>| match value.filter(|it| !it.is_empty()) {
        Some(value) => writeln!(out, "{what}: {}", printable(value)),
        None => Ok(()),
    };
    say("type", Some(&attestation.predicate_type))?;
    say("payload sha256", Some(&attestation.payload_sha256))?;
    say("signed at", attestation.signed_at.as_deref())?;
    let index = attestation.log_index.map(|it| it.to_string());
    say("log index", index.as_deref())?;
    match &outcome.signer {
        Some(Signer::Certificate(build)) => {
            say("signer", Some(&build.signer))?;
            say("issuer", Some(&build.issuer))?;
            say("repository", build.repository.as_deref())?;
            say("commit", build.commit.as_deref())?;
            say("ref", build.git_ref.as_deref())?;
            say("run", build.run.as_deref())?;
            say("runner", build.runner.as_deref())?;
        }
        Some(Signer::Registry(id)) => say("signer", Some(&format!("the registry, key {id}")))?,
        Some(Signer::GivenKey) => say("signer", Some("the given key"))?,
        None => {}
    }
    if let Some(it) = &outcome.consistency {
        let text = format!("{} {}", it.state.name(), it.reason);
        say(
            "consistent with certificate and package",
            Some(text.trim_end()),
        )?;
    }
    if let Some(it) = &outcome.build_level {
        let level = it.level.map_or("none".to_owned(), |it| it.to_string());
        let text = format!("{level} {}", it.reason);
        say("SLSA build level", Some(text.trim_end()))?;
    }
    trusted("trusted root", &verdict.trusted_root, out)?;
    trusted("npm keys", &verdict.npm_keys, out)
}
