//! Files with attestations and registry signatures for a lockfile. Reads their content and verifies nothing.
//!
//! Understood are a CHECKSUMS file of CPAN, the archives it is about, and in JSON: the output of `npm audit signatures --json --include-attestations`, the registry's answer for one
//! package, a Sigstore bundle, a packument or version manifest (for its signatures), a list of these, and any number of
//! them one after the other (JSON lines).

mod wire;

use bomtrail_graph::{Diagnostics, Place};
use serde_json::value::RawValue;

use crate::cpan::archive::Archive;
use crate::cpan::checksums::Checksums;
use crate::diags;
use wire::{Document, Manifest};

/// A package, as a file names it; nothing signs this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Package {
    /// Full name.
    pub name: String,
    /// Exact version.
    pub version: String,
}

/// The attestations of one package.
#[derive(Debug)]
pub struct Answer<'a> {
    /// Where they are.
    pub place: Place,
    /// The package they are filed under, where the file says so.
    pub package: Option<Package>,
    /// Type and bundle of each.
    pub bundles: Vec<Wrapped<'a>>,
}

/// One attestation.
#[derive(Debug)]
pub struct Wrapped<'a> {
    /// The predicate type according to the file.
    pub predicate_type: Option<String>,
    /// The bundle (JSON).
    pub bundle: &'a str,
}

/// A registry's metadata about one version.
#[derive(Debug)]
pub struct Published {
    /// Where it is.
    pub place: Place,
    /// The package.
    pub package: Package,
    /// The digest that was signed (Subresource Integrity), as written.
    pub integrity: Option<String>,
    /// Key id and signature (base64) of each.
    pub signatures: Vec<(String, String)>,
    /// When it was published (RFC 3339); unsigned.
    pub time: Option<String>,
    /// True when the metadata says that there is an attestation.
    pub claims_attestation: bool,
    /// The repository it declares.
    pub repository: Option<String>,
    /// Unsigned remarks on how it was published.
    pub remarks: Vec<&'static str>,
}

/// A package that npm could not verify.
#[derive(Debug, PartialEq, Eq)]
pub struct Objection {
    /// The package.
    pub package: Package,
    /// npm's message.
    pub message: String,
}

/// The content of one file.
#[derive(Debug, Default)]
pub struct Sidecar<'a> {
    /// Attestations.
    pub answers: Vec<Answer<'a>>,
    /// Registry metadata.
    pub published: Vec<Published>,
    /// CHECKSUMS files.
    pub checksums: Vec<Checksums>,
    /// Archives.
    pub archives: Vec<Archive>,
    /// npm's objections.
    pub objections: Vec<Objection>,
}

impl<'a> Sidecar<'a> {
    /// True when there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let attested = self.answers.len() + self.published.len() + self.objections.len();
        attested + self.checksums.len() == 0
    }

    /// Reads a file. Content that cannot be used is a diagnostic.
    pub fn read(path: &str, bytes: &'a [u8], diags: &mut Diagnostics) -> Self {
        let mut sidecar = Self::default();
        if let Some(archive) = Archive::of(path, bytes) {
            sidecar.archives.push(archive);
            return sidecar;
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let Ok(text) = std::str::from_utf8(bytes) else {
            diags.push(diags::not_utf8(path));
            return sidecar;
        };
        if Checksums::claims(text) {
            match Checksums::parse(text) {
                Ok(it) => sidecar.checksums.push(it),
                Err(why) => diags.push(diags::bad_checksums(path, &why)),
            }
            return sidecar;
        }
        let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
        let mut count = 0_usize;
        for value in values {
            match value {
                Ok(value) => sidecar.value(path, value.get(), diags),
                Err(error) => {
                    diags.push(diags::not_json(path, &error));
                    break;
                }
            }
            count += 1;
        }
        if count == 0 && diags.is_empty() {
            diags.push(diags::unknown_form(path));
        }
        sidecar
    }

    fn value(&mut self, path: &str, json: &'a str, diags: &mut Diagnostics) {
        if !json.starts_with('[') {
            self.document(path, json, diags);
            return;
        }
        match serde_json::from_str::<Vec<&RawValue>>(json) {
            Ok(items) => {
                for item in items {
                    self.document(path, item.get(), diags);
                }
            }
            Err(error) => diags.push(diags::not_json(path, &error)),
        }
    }

    fn document(&mut self, path: &str, json: &'a str, diags: &mut Diagnostics) {
        let document: Document<'a> = match serde_json::from_str(json) {
            Ok(document) => document,
            Err(error) => {
                diags.push(diags::not_json(path, &error));
                return;
            }
        };
        let before = self.size();
        let is_audit = document.is_audit();
        if document.verification_material.is_some() {
            let bundle = Wrapped {
                predicate_type: None,
                bundle: json,
            };
            self.answer(Place::file(path), None, vec![bundle]);
        }
        self.audit(path, &document);
        if let Some(attestations) = document.attestations {
            match wire::bundles(attestations.get()) {
                Ok(bundles) => {
                    let package = document.package();
                    self.answer(Place::file(path), package, bundles);
                }
                Err(error) => diags.push(diags::not_json(path, &error)),
            }
        }
        if let Some(versions) = &document.versions {
            for (version, manifest) in versions {
                let time = document.time.as_ref().and_then(|it| it.get(version));
                self.manifest(path, manifest, time.and_then(|it| it.as_str()));
            }
        } else {
            self.manifest(path, &document.manifest(), None);
        }
        if self.size() == before && !is_audit {
            diags.push(diags::unknown_form(path));
        }
    }

    fn size(&self) -> usize {
        self.answers.len() + self.published.len() + self.objections.len()
    }

    fn answer(&mut self, place: Place, package: Option<Package>, bundles: Vec<Wrapped<'a>>) {
        self.answers.push(Answer {
            place,
            package,
            bundles,
        });
    }

    fn audit(&mut self, path: &str, document: &Document<'a>) {
        for entry in document.verified.iter().flatten() {
            let package = wire::package(entry.name.as_ref(), entry.version.as_ref());
            let name = entry.name.as_deref().unwrap_or_default();
            let bundles = entry.attestation_bundles.iter().flatten();
            let bundles = bundles.map(wire::WireAttestation::wrapped).collect();
            self.answer(Place::entry(path, name), package, bundles);
        }
        for entry in document.invalid.iter().flatten() {
            if let Some(package) = wire::package(entry.name.as_ref(), entry.version.as_ref()) {
                let message = entry.message.clone().unwrap_or_default();
                self.objections.push(Objection { package, message });
            }
        }
    }

    fn manifest(&mut self, path: &str, manifest: &Manifest<'_>, time: Option<&str>) {
        let Some(package) = wire::package(manifest.name.as_ref(), manifest.version.as_ref()) else {
            return;
        };
        let dist = manifest.dist.as_ref();
        let signatures = dist.and_then(|it| it.signatures.as_ref());
        let signatures = signatures.or(manifest.signatures.as_ref());
        let integrity = dist.and_then(|it| it.integrity.clone());
        if dist.is_none() && signatures.is_none() {
            return;
        }
        let signatures = signatures.into_iter().flatten();
        let signatures = signatures.map(|it| (it.keyid.clone(), it.sig.clone()));
        self.published.push(Published {
            place: Place::entry(path, &package.name),
            package,
            integrity: integrity.or_else(|| manifest.integrity.clone()),
            signatures: signatures.collect(),
            time: time.map(str::to_owned),
            claims_attestation: dist.is_some_and(|it| it.attestations.is_some()),
            repository: manifest.repository_url(),
            remarks: manifest.remarks(),
        });
    }
}

#[cfg(test)]
mod tests;
