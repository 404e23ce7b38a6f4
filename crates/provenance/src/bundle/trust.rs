//! Trust material: the authorities and logs of a Sigstore instance, and the keys of the npm registry. Both come with the
//! program and can be replaced; every result names the material that was used.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{Timestamp, hex};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::bundle::sigstore::{EMBEDDED_ROOT, PublicKey, Root};
#[cfg(feature = "openpgp")]
use crate::cpan::openpgp::Keyring;

/// The registry's keys that come with the program; `data/README.md` says where they are from.
const EMBEDDED_KEYS: &str = include_str!("../../data/npm-keys.json");
/// When the embedded material was published.
const EMBEDDED_DATE: &str = "2026-08-21";

/// Why trust material cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// The trusted root is invalid.
    #[error("the trusted root cannot be used: {0}")]
    Root(String),
    /// The file of registry keys is invalid.
    #[error("the registry's keys cannot be used: {0}")]
    Keys(String),
    /// The file of CPAN keys is invalid.
    #[cfg(feature = "openpgp")]
    #[error("the keys of CPAN cannot be used: {0}")]
    CpanKeys(String),
}

/// Which trust material was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// When it was published (a date), for what comes with the program; `None` for what was given.
    pub date: Option<&'static str>,
}

/// The permitted use of a registry key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Usage {
    Signatures,
    Attestations,
}

struct NpmKey {
    id: Box<str>,
    usage: Option<Usage>,
    key: PublicKey,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

/// Trust material for all checks.
pub struct Trust {
    pub(crate) root: Root,
    keys: Vec<NpmKey>,
    /// Which trusted root.
    pub root_material: Material,
    /// Which registry keys.
    pub keys_material: Material,
    /// The keys that sign for CPAN and their material; `None` when no keys were given.
    #[cfg(feature = "openpgp")]
    pub(crate) cpan_keys: Option<(Keyring, Material)>,
}

/// How the search for a registry key ended.
pub(crate) enum Lookup<'t> {
    /// It may be used.
    Found(FoundKey<'t>),
    /// It is known, and not for this use.
    WrongUse,
    /// It is not known.
    Unknown,
}

/// A registry key and its periods of validity.
pub(crate) struct FoundKey<'t>(Vec<&'t NpmKey>);

impl FoundKey<'_> {
    /// The key itself.
    pub(crate) fn key(&self) -> Option<&PublicKey> {
        self.0.first().map(|it| &it.key)
    }

    /// True when it was valid at `time`.
    pub(crate) fn is_valid_at(&self, time: Timestamp) -> bool {
        self.0.iter().any(|it| {
            it.start.is_none_or(|start| start <= time) && it.end.is_none_or(|end| time < end)
        })
    }
}

impl FoundKey<'_> {
    /// True when it was no longer valid at `time`.
    pub(crate) fn ended_by(&self, time: Timestamp) -> bool {
        self.0
            .iter()
            .all(|it| it.end.is_some_and(|end| end <= time))
    }

    /// True when its validity ends.
    pub(crate) fn ends(&self) -> bool {
        self.0.iter().all(|it| it.end.is_some())
    }
}

impl Trust {
    /// Trust in what is given, and in what comes with the program where nothing is.
    ///
    /// # Errors
    /// [`TrustError`] when one of the files is not what it should be.
    pub fn new(trusted_root: Option<&str>, npm_keys: Option<&str>) -> Result<Self, TrustError> {
        let root = trusted_root.unwrap_or(EMBEDDED_ROOT);
        let keys = npm_keys.unwrap_or(EMBEDDED_KEYS);
        Ok(Self {
            root: Root::parse(root).map_err(TrustError::Root)?,
            keys: read_keys(keys)?,
            root_material: material(root, trusted_root.is_none()),
            keys_material: material(keys, npm_keys.is_none()),
            #[cfg(feature = "openpgp")]
            cpan_keys: None,
        })
    }

    /// The same, and for signatures of CPAN these `OpenPGP` keys (in armor or binary).
    ///
    /// # Errors
    /// [`TrustError::CpanKeys`] when the bytes hold no public key.
    #[cfg(feature = "openpgp")]
    pub fn cpan_keys(mut self, keys: &[u8]) -> Result<Self, TrustError> {
        let ring = Keyring::read(keys).map_err(TrustError::CpanKeys)?;
        let material = Material {
            sha256: hex(&Sha256::digest(keys)),
            date: None,
        };
        self.cpan_keys = Some((ring, material));
        Ok(self)
    }

    /// The material of the keys that sign for CPAN; `None` when no keys were given, or in a build without `OpenPGP`.
    pub fn cpan_material(&self) -> Option<&Material> {
        #[cfg(feature = "openpgp")]
        let found = self.cpan_keys.as_ref().map(|(_, material)| material);
        #[cfg(not(feature = "openpgp"))]
        let found = None;
        found
    }

    /// The registry's key of an id.
    pub(crate) fn npm_key(&self, id: &str, usage: Usage) -> Lookup<'_> {
        let mut known = self.keys.iter().filter(|it| &*it.id == id).peekable();
        if known.peek().is_none() {
            return Lookup::Unknown;
        }
        let fit: Vec<&NpmKey> = known
            .filter(|it| it.usage.is_none_or(|found| found == usage))
            .collect();
        if fit.is_empty() {
            Lookup::WrongUse
        } else {
            Lookup::Found(FoundKey(fit))
        }
    }
}

fn material(text: &str, embedded: bool) -> Material {
    Material {
        sha256: hex(&Sha256::digest(text.as_bytes())),
        date: embedded.then_some(EMBEDDED_DATE),
    }
}

/// The keys as TUF publishes them (`keyId`, `publicKey`) and as the registry answers (`keyid`, `key`, `expires`).
#[derive(Deserialize)]
struct KeysFile {
    keys: Vec<KeyEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyEntry {
    #[serde(alias = "keyid")]
    key_id: String,
    key_usage: Option<String>,
    public_key: Option<KeyBody>,
    key: Option<String>,
    expires: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyBody {
    raw_bytes: String,
    valid_for: Option<Validity>,
}

#[derive(Deserialize)]
struct Validity {
    start: Option<String>,
    end: Option<String>,
}

fn read_keys(text: &str) -> Result<Vec<NpmKey>, TrustError> {
    let file: KeysFile =
        serde_json::from_str(text).map_err(|error| TrustError::Keys(error.to_string()))?;
    // A key for a use that is not ours, or of a kind that is not known, does no harm.
    let keys: Result<Vec<Option<NpmKey>>, TrustError> =
        file.keys.into_iter().map(read_key).collect();
    Ok(keys?.into_iter().flatten().collect())
}

fn read_key(entry: KeyEntry) -> Result<Option<NpmKey>, TrustError> {
    let usage = match entry.key_usage.as_deref() {
        None => None,
        Some("npm:signatures") => Some(Usage::Signatures),
        Some("npm:attestations") => Some(Usage::Attestations),
        Some(_) => return Ok(None),
    };
    let validity = entry
        .public_key
        .as_ref()
        .and_then(|it| it.valid_for.as_ref());
    let start = validity.and_then(|it| it.start.as_deref());
    let end = validity.and_then(|it| it.end.as_deref());
    let end = end.or(entry.expires.as_deref());
    let body = entry.public_key.as_ref().map(|it| &it.raw_bytes);
    let Some(body) = body.or(entry.key.as_ref()) else {
        return Err(TrustError::Keys(format!("`{}` has no key", entry.key_id)));
    };
    let der = STANDARD
        .decode(body)
        .map_err(|_| TrustError::Keys(format!("`{}` is not base64", entry.key_id)))?;
    let Some(key) = PublicKey::from_der(&der) else {
        return Ok(None);
    };
    let time = |text: Option<&str>| match text {
        None => Ok(None),
        Some(text) => Timestamp::parse(text)
            .map(Some)
            .ok_or_else(|| TrustError::Keys(format!("`{text}` is not a time"))),
    };
    Ok(Some(NpmKey {
        id: entry.key_id.into(),
        usage,
        key,
        start: time(start)?,
        end: time(end)?,
    }))
}

#[cfg(test)]
mod tests;
