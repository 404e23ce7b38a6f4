//! The forms of a sidecar as one loose document: every form is recognised by its keys.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Package, Wrapped};

/// A document of any form.
#[derive(Deserialize)]
pub(super) struct Document<'a> {
    // A bundle.
    #[serde(borrow, rename = "verificationMaterial")]
    pub(super) verification_material: Option<&'a RawValue>,
    // The registry's answer for one package.
    #[serde(borrow)]
    pub(super) attestations: Option<&'a RawValue>,
    // `npm audit signatures`.
    #[serde(borrow)]
    pub(super) verified: Option<Vec<Verified<'a>>>,
    pub(super) invalid: Option<Vec<Invalid>>,
    missing: Option<Vec<Value>>,
    // A packument.
    #[serde(borrow)]
    pub(super) versions: Option<BTreeMap<String, Manifest<'a>>>,
    pub(super) time: Option<BTreeMap<String, Value>>,
    // A version manifest.
    name: Option<String>,
    version: Option<String>,
    #[serde(borrow)]
    dist: Option<Dist<'a>>,
    integrity: Option<String>,
    signatures: Option<Vec<WireSignature>>,
    repository: Option<Value>,
    #[serde(rename = "_npmUser")]
    npm_user: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Verified<'a> {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    #[serde(borrow, rename = "attestationBundles")]
    pub(super) attestation_bundles: Option<Vec<WireAttestation<'a>>>,
}

#[derive(Deserialize)]
pub(super) struct Invalid {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    pub(super) message: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct WireAttestation<'a> {
    #[serde(rename = "predicateType")]
    predicate_type: Option<String>,
    #[serde(borrow)]
    bundle: &'a RawValue,
}

impl<'a> WireAttestation<'a> {
    pub(super) fn wrapped(&self) -> Wrapped<'a> {
        Wrapped {
            // A missing type counts as a wrong one: npm always states a type.
            predicate_type: Some(self.predicate_type.clone().unwrap_or_default()),
            bundle: self.bundle.get(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Manifest<'a> {
    pub(super) name: Option<String>,
    pub(super) version: Option<String>,
    #[serde(borrow)]
    pub(super) dist: Option<Dist<'a>>,
    pub(super) integrity: Option<String>,
    pub(super) signatures: Option<Vec<WireSignature>>,
    repository: Option<Value>,
    #[serde(rename = "_npmUser")]
    npm_user: Option<Value>,
}

#[derive(Deserialize, Clone)]
pub(super) struct Dist<'a> {
    pub(super) integrity: Option<String>,
    pub(super) signatures: Option<Vec<WireSignature>>,
    #[serde(borrow)]
    pub(super) attestations: Option<&'a RawValue>,
}

#[derive(Deserialize, Clone)]
pub(super) struct WireSignature {
    #[serde(default)]
    pub(super) keyid: String,
    #[serde(default)]
    pub(super) sig: String,
}

impl<'a> Document<'a> {
    /// True for the output of `npm audit signatures`, which may well be empty.
    pub(super) fn is_audit(&self) -> bool {
        self.verified.is_some() || self.invalid.is_some() || self.missing.is_some()
    }

    /// The package the whole document is about.
    pub(super) fn package(&self) -> Option<Package> {
        package(self.name.as_ref(), self.version.as_ref())
    }

    /// The document as the manifest of one version.
    pub(super) fn manifest(&self) -> Manifest<'a> {
        Manifest {
            name: self.name.clone(),
            version: self.version.clone(),
            dist: self.dist.clone(),
            integrity: self.integrity.clone(),
            signatures: self.signatures.clone(),
            repository: self.repository.clone(),
            npm_user: self.npm_user.clone(),
        }
    }
}

impl Manifest<'_> {
    /// The repository it declares.
    pub(super) fn repository_url(&self) -> Option<String> {
        let repository = self.repository.as_ref()?;
        let url = repository
            .as_str()
            .or_else(|| repository.get("url")?.as_str());
        url.map(str::to_owned)
    }

    /// How it was published, sorted.
    pub(super) fn remarks(&self) -> Vec<&'static str> {
        let user = self.npm_user.as_ref();
        let known = [
            ("approver", "staged-approved"),
            ("trustedPublisher", "trusted-publisher"),
        ];
        let is_there = |key: &str| {
            user.and_then(|it| it.get(key))
                .is_some_and(|it| !it.is_null())
        };
        known
            .into_iter()
            .filter(|(key, _)| is_there(key))
            .map(|(_, name)| name)
            .collect()
    }
}

/// Name and version, where both are there.
pub(super) fn package(name: Option<&String>, version: Option<&String>) -> Option<Package> {
    Some(Package {
        name: name?.clone(),
        version: version?.clone(),
    })
}

/// The attestations of a registry's answer.
pub(super) fn bundles(json: &str) -> Result<Vec<Wrapped<'_>>, serde_json::Error> {
    let attestations: Vec<WireAttestation<'_>> = serde_json::from_str(json)?;
    Ok(attestations.iter().map(WireAttestation::wrapped).collect())
}
