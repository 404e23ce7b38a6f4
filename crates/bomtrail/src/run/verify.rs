//! Provenance of a graph's nodes: loads the files that attestations and keys come in, and has them judged.
//!
//! ```
//! use bomtrail::provenance::{EvidenceLevel, ProvenanceSources, verify};
//!
//! let folder = std::path::Path::new("../../fixtures/provenance/attested");
//! let scan = bomtrail::scan(folder)?;
//! let sources = ProvenanceSources::of(&[folder.join("attestations.json")])
//!     .trusted_root(Some(folder.join("trusted-root.json")))
//!     .npm_keys(Some(folder.join("npm-keys.json")));
//! let verification = verify(scan.graph(), &sources)?;
//! let mut levels = verification.provenance.iter().map(|(_, it)| it.level());
//! assert!(levels.any(|it| it >= EvidenceLevel::E3));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attest;
mod bundle;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use bomtrail_graph::{ArchiveFacts, Diagnostics, Files, Graph, NodeMap, WriteError};
use bomtrail_provenance::{Sidecar, Trust, annotate};

use crate::source::disk::load_file;
use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ReadError};

pub use attest::{AttestQuestion, Form, attest, load_key};
pub use bomtrail_graph::{
    Attestation, Axis, BuildIdentity, BuildLevel, Evidence, EvidenceLevel, EvidenceState,
    Provenance,
};
pub use bomtrail_provenance::{AttestError, KeyError, KeyKind, PrivateKey, TypeForm};
pub use bomtrail_provenance::{Material, Outcome, Signer, TrustError};
pub use bomtrail_provenance::{SignerChange, signer_changes};
pub use bundle::{Artifact, BundleFile, BundleQuestion, BundleVerdict, verify_bundle};

/// Where attestations and trust come from.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ProvenanceSources {
    /// Files, and folders of files, that hold attestations; `-` is standard input.
    pub attestations: Vec<PathBuf>,
    /// A `trusted_root.json` instead of the embedded one.
    pub trusted_root: Option<PathBuf>,
    /// A file of the registry's keys instead of the embedded one.
    pub npm_keys: Option<PathBuf>,
    /// `OpenPGP` keys that sign for CPAN; without them its signatures are not verified.
    #[cfg(feature = "openpgp")]
    pub cpan_keys: Option<PathBuf>,
}

impl ProvenanceSources {
    /// Attestations from these files and folders, judged by what comes with the program.
    pub fn of(attestations: &[PathBuf]) -> Self {
        Self {
            attestations: attestations.to_vec(),
            ..Self::default()
        }
    }

    /// With another `trusted_root.json` than the embedded one.
    #[must_use]
    pub fn trusted_root(mut self, path: Option<PathBuf>) -> Self {
        self.trusted_root = path;
        self
    }

    /// With another file of the registry's keys than the embedded one.
    #[must_use]
    pub fn npm_keys(mut self, path: Option<PathBuf>) -> Self {
        self.npm_keys = path;
        self
    }

    /// With `OpenPGP` keys that sign for CPAN.
    #[cfg(feature = "openpgp")]
    #[must_use]
    pub fn cpan_keys(mut self, path: Option<PathBuf>) -> Self {
        self.cpan_keys = path;
        self
    }
}

/// What is proved of a graph.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Verification {
    /// What is proved of each dependency.
    pub provenance: NodeMap<Provenance>,
    /// What is odd about the files.
    pub diagnostics: Diagnostics,
    /// Which authorities and logs were trusted.
    pub trusted_root: Material,
    /// Which keys of the registry were trusted.
    pub npm_keys: Material,
    /// Which keys were trusted to sign for CPAN; nothing where none were given.
    pub cpan_keys: Option<Material>,
}

impl Verification {
    /// What the verdicts rest on, for documents: one line for each kind of trust material.
    pub fn basis(&self) -> Vec<String> {
        let line = |what: &str, it: &Material| match it.date {
            Some(date) => format!("{what} sha256:{} (embedded, {date})", it.sha256),
            None => format!("{what} sha256:{} (given)", it.sha256),
        };
        let cpan = self.cpan_keys.iter().map(|it| line("cpan-keys", it));
        cpan.chain([
            line("npm-keys", &self.npm_keys),
            line("trusted-root", &self.trusted_root),
        ])
        .collect()
    }
}

/// Writes what is proved of a graph, and what changed since an older one, as `bomtrail/verify/v1`.
///
/// # Errors
/// [`WriteError`] when the sink refuses.
pub fn write_json(
    graph: &Graph,
    verification: &Verification,
    archives: Option<&NodeMap<ArchiveFacts>>,
    changes: &[SignerChange],
    out: &mut dyn io::Write,
) -> Result<(), WriteError> {
    let it = verification;
    let verified = bomtrail_report::Verified {
        graph,
        provenance: &it.provenance,
        diagnostics: &it.diagnostics,
        trusted_root: &it.trusted_root,
        npm_keys: &it.npm_keys,
        cpan_keys: it.cpan_keys.as_ref(),
        archives,
        changes,
        tool: crate::TOOL,
    };
    verified.write_json(out)
}

/// Why provenance could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProvenanceError {
    /// A file cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreachable {
        /// The file, as it was given.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ReadError,
    },
    /// A file that must be text is not.
    #[error("`{}` is not text in UTF-8", path.display())]
    NotText {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// The trust material is invalid.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// There is nothing in the files that could be judged.
    #[error("there is nothing to verify in what was given: {why}")]
    NothingToVerify {
        /// The first thing that is odd.
        why: String,
    },
    /// A statement could not be made or signed.
    #[error(transparent)]
    Attest(#[from] AttestError),
    /// A signature was asked for without a key.
    #[error("a signature needs a key")]
    NoKey,
    /// The key is invalid.
    #[error("`{}` holds no public key in PEM", path.display())]
    NotAKey {
        /// The file, as it was given.
        path: PathBuf,
    },
    /// A file has several attestations, and none was chosen, or it has fewer than asked for.
    #[error("`{}` has {count} attestations; {advice}", path.display())]
    Choose {
        /// The file, as it was given.
        path: PathBuf,
        /// How many there are.
        count: usize,
        /// What to do.
        advice: &'static str,
    },
}

/// Judges the attestations of `sources` for the nodes of `graph`, on all cores and without a network.
///
/// # Errors
/// [`ProvenanceError`] when a file cannot be read at all. What cannot be verified is in the result.
pub fn verify(graph: &Graph, sources: &ProvenanceSources) -> Result<Verification, ProvenanceError> {
    let trust = trust(sources.trusted_root.as_deref(), sources.npm_keys.as_deref())?;
    #[cfg(feature = "openpgp")]
    let trust = match &sources.cpan_keys {
        Some(path) => trust.cpan_keys(&load(path)?)?,
        None => trust,
    };
    let mut files = Vec::new();
    for path in &sources.attestations {
        files.append(&mut load_all(path)?);
    }
    let mut diagnostics = Diagnostics::new();
    let sidecars: Vec<Sidecar<'_>> = files
        .iter()
        .map(|(name, bytes)| Sidecar::read(name, bytes, &mut diagnostics))
        .collect();
    if let Some(first) = diagnostics.iter().next().filter(|_| is_empty(&sidecars)) {
        return Err(ProvenanceError::NothingToVerify {
            why: first.to_string(),
        });
    }
    let (provenance, told) = annotate(graph, &sidecars, &trust, 0);
    diagnostics.append(told);
    Ok(Verification {
        provenance,
        diagnostics,
        cpan_keys: trust.cpan_material().cloned(),
        trusted_root: trust.root_material,
        npm_keys: trust.keys_material,
    })
}

fn is_empty(sidecars: &[Sidecar<'_>]) -> bool {
    sidecars.iter().all(Sidecar::is_empty)
}

fn trust(root: Option<&Path>, keys: Option<&Path>) -> Result<Trust, ProvenanceError> {
    let root = root.map(load_text).transpose()?;
    let keys = keys.map(load_text).transpose()?;
    Ok(Trust::new(root.as_deref(), keys.as_deref())?)
}

/// A file, or every file in a folder (sorted, without those in folders below it), by the names to show.
pub(crate) fn load_all(path: &Path) -> Result<Vec<(String, Vec<u8>)>, ProvenanceError> {
    let shown = path.display().to_string();
    if !path.is_dir() {
        return Ok(vec![(shown, load(path)?)]);
    }
    let disk = Disk::open(path, DEFAULT_SIZE_LIMIT).map_err(|cause| unreachable(path, cause))?;
    let mut files = Vec::new();
    for name in disk.list("") {
        if name.starts_with('.') || disk.is_dir(&name) {
            continue;
        }
        let bytes = disk
            .load(&name)
            .map_err(|cause| unreachable(&path.join(&name), cause))?;
        files.push((format!("{}/{name}", shown.trim_end_matches('/')), bytes));
    }
    Ok(files)
}

fn unreachable(path: &Path, cause: ReadError) -> ProvenanceError {
    ProvenanceError::Unreachable {
        path: path.to_path_buf(),
        cause,
    }
}

/// The bytes of a file anywhere on the disk, or of standard input.
fn load(path: &Path) -> Result<Vec<u8>, ProvenanceError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin()
            .lock()
            .take(DEFAULT_SIZE_LIMIT)
            .read_to_end(&mut bytes);
        return match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(unreachable(path, error.into())),
        };
    }
    load_file(path, DEFAULT_SIZE_LIMIT).map_err(|cause| unreachable(path, cause))
}

fn load_text(path: &Path) -> Result<String, ProvenanceError> {
    String::from_utf8(load(path)?).map_err(|_| ProvenanceError::NotText {
        path: path.to_path_buf(),
    })
}
