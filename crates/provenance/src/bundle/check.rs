//! Checks one bundle: its signature, and everything that a signature verifier leaves to its caller.

use bomtrail_graph::{Attestation, Evidence, EvidenceState, Hash, hex};
use sha2::{Digest as _, Sha256};

use crate::bundle::build_level;
use crate::bundle::consistency;
use crate::bundle::outcome::{Outcome, Signer};
use crate::bundle::predicate::said;
use crate::bundle::request::Request;
use crate::bundle::shape;
use crate::bundle::sigstore::{Certificate, Material, Parsed, Proof, Refusal};
use crate::bundle::statement::{PUBLISH, Statement};
use crate::bundle::trust::{FoundKey, Lookup, Trust, Usage};

/// Verifies one bundle (JSON) and compares it with what is asked. Never fails: what is wrong is in the outcome.
pub fn check(trust: &Trust, bundle: &str, request: &Request<'_>) -> Outcome {
    match checked(trust, bundle, request) {
        Ok(outcome) => outcome,
        Err(refusal) => Outcome::refused(refusal, request.wrapper),
    }
}

fn checked(trust: &Trust, bundle: &str, request: &Request<'_>) -> Result<Outcome, Refusal> {
    shape::media_type(bundle)?;
    let parsed = Parsed::read(bundle).map_err(Refusal::Failed)?;
    let Some(envelope) = parsed.envelope() else {
        shape::bare(request)?;
        let proof = prove(trust, &parsed, request, None)?;
        return Ok(plain(proof));
    };
    shape::payload_type(&envelope)?;
    let statement = Statement::parse(envelope.payload).map_err(Refusal::Failed)?;
    let outcome = prove(trust, &parsed, request, Some(&statement))
        .and_then(|proved| about(trust, proved, &parsed, (&statement, request)));
    let mut outcome = outcome
        .unwrap_or_else(|refusal| Outcome::refused(refusal, Some(&statement.predicate_type)));
    outcome.attestation.payload_sha256 = hex(&Sha256::digest(envelope.payload)).into();
    Ok(outcome)
}

/// A proof and its signer.
struct Proved {
    proof: Proof,
    signer: Signer,
}

/// Everything that is verified before the statement counts.
fn prove(
    trust: &Trust,
    parsed: &Parsed,
    request: &Request<'_>,
    statement: Option<&Statement>,
) -> Result<Proved, Refusal> {
    let material = parsed
        .material()
        .ok_or_else(|| Refusal::Unverifiable("the kind of signer is not known".to_owned()))?;
    if let Some(statement) = statement {
        shape::statement(statement, request)?;
    }
    let proved = match (material, request.key) {
        (Material::Certificate, None) => by_certificate(trust, parsed, request),
        (Material::Certificate, Some(_)) => Err(Refusal::Failed(
            "it is signed with a certificate, not with the key that was given".to_owned(),
        )),
        (Material::Key { hint }, Some(key)) => {
            no_identity(request)?;
            shape::key_hint(parsed, hint, false)?;
            if !key.is_usable() {
                let why = "the key that was given is damaged, or of a kind that is not known";
                return Err(Refusal::Failed(why.to_owned()));
            }
            let proof = parsed.verify_with_key(&trust.root, key, request.subject)?;
            let signer = Signer::GivenKey;
            Ok(Proved { proof, signer })
        }
        (Material::Key { hint }, None) => by_registry(trust, parsed, hint, request),
    }?;
    if let Some(statement) = statement {
        shape::signer(statement, &proved.signer)?;
    }
    Ok(proved)
}

fn by_certificate(
    trust: &Trust,
    parsed: &Parsed,
    request: &Request<'_>,
) -> Result<Proved, Refusal> {
    shape::no_key_id(parsed)?;
    let proof = parsed.verify(&trust.root, request.subject)?;
    let certificate = proof
        .certificate
        .as_ref()
        .ok_or_else(|| Refusal::Failed("it has no certificate".to_owned()))?;
    wanted(certificate, request)?;
    let signer = Signer::Certificate(Box::new(certificate.identity.clone()));
    Ok(Proved { proof, signer })
}

/// Whether the signer is the one that was asked for.
fn wanted(certificate: &Certificate, request: &Request<'_>) -> Result<(), Refusal> {
    let identity = &certificate.identity;
    let asked = [
        ("signer", request.identity, &identity.signer),
        ("issuer", request.issuer, &identity.issuer),
    ];
    for (what, wanted, found) in asked {
        if let Some(wanted) = wanted.filter(|it| **it != **found) {
            let why = format!("the {what} is `{found}`, not `{wanted}`");
            return Err(Refusal::Failed(why));
        }
    }
    Ok(())
}

/// A bare key has no identity and no issuer: an expected one is never met.
fn no_identity(request: &Request<'_>) -> Result<(), Refusal> {
    if request.identity.is_none() && request.issuer.is_none() {
        return Ok(());
    }
    let why = "it is signed with a key, which has no identity and no issuer";
    Err(Refusal::Failed(why.to_owned()))
}

fn by_registry(
    trust: &Trust,
    parsed: &Parsed,
    hint: &str,
    request: &Request<'_>,
) -> Result<Proved, Refusal> {
    shape::key_hint(parsed, hint, true)?;
    no_identity(request)?;
    let found = match trust.npm_key(hint, Usage::Attestations) {
        Lookup::Found(found) => found,
        Lookup::WrongUse => {
            let why = format!("the key `{hint}` is not for attestations");
            return Err(Refusal::Failed(why));
        }
        Lookup::Unknown => {
            let why = format!("the key `{hint}` is not known; the trust material may be too old");
            return Err(Refusal::Unverifiable(why));
        }
    };
    let key = found
        .key()
        .ok_or_else(|| Refusal::Unverifiable(format!("the key `{hint}` is not known")))?;
    let proof = parsed.verify_with_key(&trust.root, key, request.subject)?;
    in_time(&proof, &found, hint)?;
    let signer = Signer::Registry(hint.into());
    Ok(Proved { proof, signer })
}

/// A key that was retired may be in other hands: what it signs later proves nothing.
fn in_time(proof: &Proof, key: &FoundKey<'_>, hint: &str) -> Result<(), Refusal> {
    let Some(time) = proof.signed_at else {
        let why = "no log and no time-stamping authority says when it was signed";
        return Err(Refusal::Unverifiable(why.to_owned()));
    };
    if key.is_valid_at(time) {
        return Ok(());
    }
    let why = format!("the key `{hint}` was not valid at {time}");
    Err(Refusal::Failed(why))
}

/// A verified signature over the artifact itself, which says nothing more.
fn plain(proved: Proved) -> Outcome {
    let signed_at = proved.proof.signed_at.map(|it| it.to_string().into());
    Outcome {
        attestation: Attestation {
            evidence: Evidence::new(EvidenceState::Verified, ""),
            signed_at,
            ..Attestation::default()
        },
        signer: Some(proved.signer),
        consistency: None,
        build_level: None,
    }
}

/// A verified statement: is it about what was asked, and what does it say?
fn about(
    trust: &Trust,
    proved: Proved,
    parsed: &Parsed,
    (statement, request): (&Statement, &Request<'_>),
) -> Result<Outcome, Refusal> {
    shape::subject(statement, request)?;
    if statement.predicate_type == PUBLISH {
        // Keys that were given are some other registry's.
        let public = trust.keys_material.date.is_some() && proved.signer != Signer::GivenKey;
        shape::publication(statement, public)?;
    }
    let log_index = parsed.log_index().filter(|_| proved.proof.logged);
    let certificate = proved.proof.certificate.clone();
    let mut outcome = plain(proved);
    outcome.attestation.predicate_type = statement.predicate_type.as_str().into();
    outcome.attestation.log_index = log_index;
    if let Some(certificate) = certificate.filter(|_| outcome.attestation.is_build()) {
        let said = said(statement);
        let agrees = consistency::with_certificate(&certificate, said.as_ref());
        let all = consistency::with_package(&agrees, &certificate.identity, request.repository);
        let basis = if all.state == EvidenceState::Failed {
            &all
        } else {
            &agrees
        };
        outcome.build_level = Some(build_level::verified(&certificate, said.as_ref(), basis));
        outcome.consistency = Some(all);
    }
    Ok(outcome)
}

/// The npm package that a bundle says it is about, before anything is verified.
pub(crate) fn subject_package(bundle: &str) -> Option<(String, String)> {
    let parsed = Parsed::read(bundle).ok()?;
    let statement = Statement::parse(parsed.envelope()?.payload).ok()?;
    shape::package_of(&statement.subjects.first()?.name)
}

/// The digest that npm's attestations are about, for those who have the archive.
pub fn sha512(bytes: &[u8]) -> Option<Hash> {
    Hash::new(
        bomtrail_graph::HashAlgorithm::Sha512,
        &sha2::Sha512::digest(bytes),
    )
}
