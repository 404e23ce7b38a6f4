//! Checks of a bundle besides its signature: its parts fit together, and are about the requested subject.

use bomtrail_graph::{Hash, HashAlgorithm};
use bomtrail_purl::Purl;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest as _, Sha256, Sha512};

use crate::bundle::outcome::Signer;
use crate::bundle::request::Request;
use crate::bundle::sigstore::{Envelope, Parsed, Refusal, Subject};
use crate::bundle::statement::{
    PAYLOAD_TYPE, PUBLISH, SLSA_V1, SLSA_V02, StatedSubject, Statement,
};

fn failed<T>(why: String) -> Result<T, Refusal> {
    Err(Refusal::Failed(why))
}

/// The outermost keys. For a duplicate key, the parser of bundles takes the first value where others take the last; duplicates
/// are refused here.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "mediaType")]
    media_type: Option<String>,
    #[serde(rename = "dsseEnvelope")]
    _envelope: Option<IgnoredAny>,
    #[serde(rename = "messageSignature")]
    _signature: Option<IgnoredAny>,
    #[serde(rename = "verificationMaterial")]
    _material: Option<MaterialHead>,
}

#[derive(Deserialize)]
struct MaterialHead {
    #[serde(rename = "certificate")]
    _certificate: Option<IgnoredAny>,
    #[serde(rename = "x509CertificateChain")]
    _chain: Option<IgnoredAny>,
    #[serde(rename = "publicKey")]
    _key: Option<IgnoredAny>,
    #[serde(rename = "tlogEntries")]
    _entries: Option<IgnoredAny>,
    #[serde(rename = "timestampVerificationData")]
    _times: Option<IgnoredAny>,
}

/// A bundle says which version it is of; the parser would take one without for the first.
pub(crate) fn media_type(bundle: &str) -> Result<(), Refusal> {
    let head: Head = serde_json::from_str(bundle)
        .map_err(|error| Refusal::Failed(format!("not readable as JSON: {error}")))?;
    let Some(found) = head.media_type else {
        return failed("the bundle has no `mediaType`".to_owned());
    };
    let known = [
        "application/vnd.dev.sigstore.bundle+json;version=0.1",
        "application/vnd.dev.sigstore.bundle+json;version=0.2",
        "application/vnd.dev.sigstore.bundle+json;version=0.3",
        "application/vnd.dev.sigstore.bundle.v0.3+json",
    ];
    if known.contains(&found.as_str()) {
        return Ok(());
    }
    let why = format!("`{found}` is not a supported bundle version");
    Err(Refusal::Unverifiable(why))
}

/// Only in-toto statements are understood.
pub(crate) fn payload_type(envelope: &Envelope<'_>) -> Result<(), Refusal> {
    if envelope.payload_type == PAYLOAD_TYPE {
        return Ok(());
    }
    failed(format!(
        "the payload is of type `{}`, not an in-toto statement",
        envelope.payload_type
    ))
}

/// A certificate comes with the bundle: a key id as well is a leftover of another bundle.
pub(crate) fn no_key_id(parsed: &Parsed) -> Result<(), Refusal> {
    match parsed.envelope() {
        Some(envelope) if !envelope.key_id.is_empty() => failed(format!(
            "it has a certificate, and names the key `{}` all the same",
            envelope.key_id
        )),
        _ => Ok(()),
    }
}

/// The key is named twice; both must be one. `strict` asks for both.
pub(crate) fn key_hint(parsed: &Parsed, hint: &str, strict: bool) -> Result<(), Refusal> {
    let Some(envelope) = parsed.envelope() else {
        return Ok(());
    };
    let agrees = envelope.key_id == hint || (!strict && envelope.key_id.is_empty());
    if agrees {
        return Ok(());
    }
    failed(format!(
        "the signature names the key `{}`, and the bundle `{hint}`",
        envelope.key_id
    ))
}

/// A signature over the bytes themselves names no package, and says nothing of how they came about.
pub(crate) fn bare(request: &Request<'_>) -> Result<(), Refusal> {
    if request.wrapper.is_none() && request.package.is_none() {
        return Ok(());
    }
    failed("it is a signature over the bytes alone, and no attestation".to_owned())
}

/// The statement is of the type the answer says it is.
pub(crate) fn statement(statement: &Statement, request: &Request<'_>) -> Result<(), Refusal> {
    let found = statement.predicate_type.as_str();
    match request.wrapper {
        Some(wrapper) if wrapper != found => {
            return failed(format!(
                "the answer says `{wrapper}`, and the statement says `{found}`"
            ));
        }
        // For a package, other types prove nothing that was requested here in any case.
        None if request.package.is_none() => return Ok(()),
        Some(_) | None => {}
    }
    if [PUBLISH, SLSA_V02, SLSA_V1].contains(&found) {
        return Ok(());
    }
    let why = format!("`{found}` is not a supported type of attestation");
    Err(Refusal::Unverifiable(why))
}

/// Which signer may make which statement: the registry about publications, a build about itself.
pub(crate) fn signer(statement: &Statement, signer: &Signer) -> Result<(), Refusal> {
    let is_publication = statement.predicate_type == PUBLISH;
    match signer {
        Signer::Certificate(identity) if is_publication => failed(format!(
            "a publication is attested by the registry's key, not by `{}`",
            identity.signer
        )),
        Signer::Registry(id) if !is_publication => failed(format!(
            "the registry's key `{id}` attests to publications, not to `{}`",
            statement.predicate_type
        )),
        Signer::GivenKey | Signer::Certificate(_) | Signer::Registry(_) => Ok(()),
    }
}

/// True when a statement is about an npm package, whose rules are stricter.
fn is_npm(statement: &Statement, request: &Request<'_>) -> bool {
    request.package.is_some()
        || request.wrapper.is_some()
        || statement.predicate_type == PUBLISH
        || statement
            .subjects
            .iter()
            .any(|it| it.name.starts_with("pkg:npm/"))
}

/// The statement is about the bytes, and about the package, that were asked for.
pub(crate) fn subject(statement: &Statement, request: &Request<'_>) -> Result<(), Refusal> {
    if !is_npm(statement, request) {
        let fits = |it: &StatedSubject| is_about(it, request.subject);
        return if statement.subjects.iter().any(fits) {
            Ok(())
        } else {
            failed("no subject of the statement is the artifact".to_owned())
        };
    }
    let [only] = statement.subjects.as_slice() else {
        let count = statement.subjects.len();
        return failed(format!(
            "the statement is about {count} things instead of one"
        ));
    };
    if only.hash(HashAlgorithm::Sha512).is_none() {
        return failed("the statement's subject has no SHA-512".to_owned());
    }
    if !is_about(only, request.subject) {
        return failed("the statement is about other bytes".to_owned());
    }
    match request.package {
        Some(package) if !is_package(&only.name, package) => {
            let (name, version) = package;
            failed(format!(
                "the statement is about `{}`, not about `{name}` {version}",
                only.name
            ))
        }
        _ => Ok(()),
    }
}

/// Whether a subject's digests are those of the bytes. One that is stated and differs speaks against it.
fn is_about(stated: &StatedSubject, subject: Subject<'_>) -> bool {
    match subject {
        Subject::Digest(hash) => stated.hash(hash.algorithm()) == Some(hash),
        Subject::Bytes(bytes) => {
            let digests = [
                Hash::new(HashAlgorithm::Sha256, &Sha256::digest(bytes)),
                Hash::new(HashAlgorithm::Sha512, &Sha512::digest(bytes)),
            ];
            let mut digests = digests.iter().flatten();
            !stated.hashes.is_empty()
                && digests.all(|it| {
                    stated
                        .hash(it.algorithm())
                        .is_none_or(|stated| stated == it)
                })
        }
    }
}

/// The npm package that a Package URL names, as name and version.
pub(crate) fn package_of(purl: &str) -> Option<(String, String)> {
    let purl = Purl::parse(purl).ok()?;
    let is_part = purl.qualifiers().next().is_some() || purl.subpath().is_some();
    if purl.package_type() != "npm" || is_part {
        return None;
    }
    let version = purl.version()?.into_owned();
    let name = match purl.namespace() {
        Some(scope) => format!("{scope}/{}", purl.name()),
        None => purl.name().into_owned(),
    };
    Some((name, version))
}

fn is_package(purl: &str, (name, version): (&str, &str)) -> bool {
    package_of(purl).is_some_and(|it| it.0 == name && it.1 == version)
}

/// The published package is the subject; with a key of the public registry, the registry is the public one.
pub(crate) fn publication(statement: &Statement, public: bool) -> Result<(), Refusal> {
    let said = |key: &str| statement.predicate.get(key).and_then(|it| it.as_str());
    let (Some(name), Some(version)) = (said("name"), said("version")) else {
        return failed("the attestation of the publication names no package".to_owned());
    };
    let subject = statement.subjects.first();
    if !subject.is_some_and(|it| is_package(&it.name, (name, version))) {
        return failed(format!(
            "the publication is of `{name}` {version}, and the subject is another"
        ));
    }
    match said("registry") {
        Some(registry) if public && !is_public_registry(registry) => failed(format!(
            "the publication is to `{registry}`, whose key this is not"
        )),
        _ => Ok(()),
    }
}

/// True for an address at the public registry, which is known by its domain.
fn is_public_registry(address: &str) -> bool {
    let place = address.strip_prefix("https://").unwrap_or_default();
    let host = place.split('/').next().unwrap_or_default();
    host == "npmjs.org" || host.ends_with(".npmjs.org")
}
