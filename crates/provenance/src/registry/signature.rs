//! The registry's signature over name, version and digest of a package (ECDSA over `name@version:integrity`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{Evidence, EvidenceState, Hash, Timestamp};

use crate::bundle::trust::{Lookup, Trust, Usage};
use crate::combine;
use crate::registry::sidecar::Published;

/// Evidence from the signatures in a registry's metadata for the bytes that a lockfile pins.
pub(crate) fn evidence(trust: &Trust, published: &Published, pinned: &Hash) -> Evidence {
    if published.signatures.is_empty() {
        return Evidence::default();
    }
    let expected = format!("sha512-{}", STANDARD.encode(pinned.digest()));
    let integrity = published.integrity.as_deref().unwrap_or(&expected);
    if integrity != expected {
        let why = "the digest in the registry's metadata differs from the pinned one";
        return Evidence::new(EvidenceState::Failed, why);
    }
    let package = &published.package;
    let message = format!("{}@{}:{integrity}", package.name, package.version);
    let verdicts: Vec<Evidence> = published
        .signatures
        .iter()
        .map(|(id, signature)| one(trust, id, (&message, signature), published.time.as_deref()))
        .collect();
    combine::combine(&verdicts)
}

fn one(
    trust: &Trust,
    id: &str,
    (message, signature): (&str, &str),
    time: Option<&str>,
) -> Evidence {
    let failed = |why: &str| Evidence::new(EvidenceState::Failed, why);
    let found = match trust.npm_key(id, Usage::Signatures) {
        Lookup::Found(found) => found,
        Lookup::WrongUse => return failed(&format!("the key `{id}` is not for signatures")),
        Lookup::Unknown => {
            let why = format!("the key `{id}` is not known; the trust material may be too old");
            return Evidence::new(EvidenceState::Unverifiable, &why);
        }
    };
    let holds = STANDARD
        .decode(signature)
        .ok()
        .zip(found.key())
        .is_some_and(|(signature, key)| key.verifies(message.as_bytes(), &signature));
    if !holds {
        return failed(&format!("the signature does not match the key `{id}`"));
    }
    // The time is not signed; without one, it is unknown whether a retired key was still valid.
    match time.map(Timestamp::parse) {
        Some(None) => failed("the publication time is not a valid time"),
        Some(Some(time)) if found.ended_by(time) => {
            failed(&format!("the key `{id}` was no longer valid at {time}"))
        }
        Some(Some(_)) => Evidence::new(EvidenceState::Verified, ""),
        // A key without an end is valid at any time.
        None if !found.ends() => Evidence::new(EvidenceState::Verified, ""),
        None => {
            let why =
                "it is unknown whether the key was still valid: the publication time is missing";
            Evidence::new(EvidenceState::Unverifiable, why)
        }
    }
}
