//! One bundle on its own: is it an authentic attestation of these bytes?

use std::io;
use std::path::PathBuf;

use bomtrail_graph::{Diagnostics, Hash, WriteError};
use bomtrail_provenance::{
    Material, Outcome, PublicKey, Request, Sidecar, Subject, Trust, Wrapped, check, envelope_bundle,
};

use super::{ProvenanceError, load, load_text, trust};

/// The bytes that a bundle must be about.
#[derive(Clone, Debug)]
pub enum Artifact {
    /// A file that is read.
    File(PathBuf),
    /// Their digest (SHA-256 or SHA-512).
    Digest(Hash),
}

/// Where a bundle is.
#[derive(Clone, Debug)]
pub struct BundleFile {
    /// The file.
    pub path: PathBuf,
    /// Which one of several, from 0.
    pub entry: Option<usize>,
}

/// What is asked of a bundle.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BundleQuestion {
    /// The bundle.
    pub bundle: BundleFile,
    /// The bytes it must be about.
    pub artifact: Artifact,
    /// A `trusted_root.json` instead of the embedded one.
    pub trusted_root: Option<PathBuf>,
    /// A file of the registry's keys instead of the embedded one.
    pub npm_keys: Option<PathBuf>,
    /// A public key (PEM) that must have signed it.
    pub key: Option<PathBuf>,
    /// Who must have signed it (URI or e-mail address).
    pub identity: Option<String>,
    /// Who must vouch for the signer (URL).
    pub issuer: Option<String>,
}

impl BundleQuestion {
    /// Is it an attestation of this artifact, by whomever?
    pub fn new(bundle: BundleFile, artifact: Artifact) -> Self {
        Self {
            bundle,
            artifact,
            trusted_root: None,
            npm_keys: None,
            key: None,
            identity: None,
            issuer: None,
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

    /// With a public key (PEM) that must have signed it.
    #[must_use]
    pub fn key(mut self, path: Option<PathBuf>) -> Self {
        self.key = path;
        self
    }

    /// With the URI or e-mail address of who must have signed it.
    #[must_use]
    pub fn identity(mut self, identity: Option<String>) -> Self {
        self.identity = identity;
        self
    }

    /// With the URL of who must vouch for the signer.
    #[must_use]
    pub fn issuer(mut self, issuer: Option<String>) -> Self {
        self.issuer = issuer;
        self
    }
}

/// What came of a bundle.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BundleVerdict {
    /// The verdict, and what is proved.
    pub outcome: Outcome,
    /// Which authorities and logs were trusted.
    pub trusted_root: Material,
    /// Which keys of the registry were trusted.
    pub npm_keys: Material,
}

/// Verifies one bundle. No network is used.
///
/// # Errors
/// [`ProvenanceError`] when a file cannot be read, or several attestations are in it and none is chosen.
pub fn verify_bundle(question: &BundleQuestion) -> Result<BundleVerdict, ProvenanceError> {
    let trust = trust(
        question.trusted_root.as_deref(),
        question.npm_keys.as_deref(),
    )?;
    let key = question.key.as_ref().map(|path| {
        PublicKey::from_pem(&load_text(path)?)
            .ok_or_else(|| ProvenanceError::NotAKey { path: path.clone() })
    });
    let key = key.transpose()?;
    let bytes = load(&question.bundle.path)?;
    let (artifact, digest) = match &question.artifact {
        Artifact::File(path) => (load(path)?, None),
        Artifact::Digest(hash) => (Vec::new(), Some(hash)),
    };
    let subject = digest.map_or(Subject::Bytes(&artifact), Subject::Digest);
    let mut request = Request::new(subject);
    request.key = key.as_ref();
    request.identity = question.identity.as_deref();
    request.issuer = question.issuer.as_deref();
    let outcome = judge(&question.bundle, &bytes, &trust, &request)?;
    Ok(BundleVerdict {
        outcome,
        trusted_root: trust.root_material,
        npm_keys: trust.keys_material,
    })
}

fn judge(
    file: &BundleFile,
    bytes: &[u8],
    trust: &Trust,
    request: &Request<'_>,
) -> Result<Outcome, ProvenanceError> {
    if let Some(bundle) = envelope_bundle(bytes) {
        return Ok(check(trust, &bundle, request));
    }
    let name = file.path.display().to_string();
    let mut diagnostics = Diagnostics::new();
    let sidecar = Sidecar::read(&name, bytes, &mut diagnostics);
    let bundles: Vec<&Wrapped<'_>> = sidecar.answers.iter().flat_map(|it| &it.bundles).collect();
    let choose = |advice| ProvenanceError::Choose {
        path: file.path.clone(),
        count: bundles.len(),
        advice,
    };
    let chosen = match (file.entry, bundles.as_slice()) {
        (None, []) => None,
        (None, [only]) => Some(*only),
        (None, _) => return Err(choose("choose one with --entry, from 0")),
        (Some(index), all) => match all.get(index) {
            Some(it) => Some(*it),
            None if all.is_empty() => None,
            None => return Err(choose("they are counted from 0")),
        },
    };
    let Some(chosen) = chosen else {
        // A file that is not a bundle proves nothing; the check gives the reason.
        let text = String::from_utf8_lossy(bytes);
        return Ok(check(trust, &text, request));
    };
    let request = Request {
        wrapper: chosen.predicate_type.as_deref(),
        ..*request
    };
    Ok(check(trust, chosen.bundle, &request))
}

impl BundleVerdict {
    /// Writes it as `bomtrail/bundle-verdict/v1`.
    ///
    /// # Errors
    /// [`WriteError`] when the sink refuses.
    pub fn write_json(&self, out: &mut dyn io::Write) -> Result<(), WriteError> {
        bomtrail_report::write_bundle(
            &self.outcome,
            &self.trusted_root,
            &self.npm_keys,
            crate::TOOL,
            out,
        )
    }
}
