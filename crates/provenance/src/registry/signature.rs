//! The registry's signature over name, version and digest of a package (ECDSA over `name@version:integrity`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_graph::{Evidence, EvidenceState, Hash};

use crate::bundle::trust::{Lookup, Trust, Usage};
use crate::combine;
use crate::registry::sidecar::Published;
use crate::time::Instant;

/// What the signatures in a registry's metadata prove of the bytes that a lockfile pins.
pub(crate) fn evidence(trust: &Trust, published: &Published, pinned: &Hash) -> Evidence {
    if published.signatures.is_empty() {
        return Evidence::default();
    }
    let expected = format!("sha512-{}", STANDARD.encode(pinned.digest()));
    let integrity = published.integrity.as_deref().unwrap_or(&expected);
    if integrity != expected {
        let why = "the registry's metadata is about other bytes";
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
        return failed(&format!("the signature is not one of the key `{id}`"));
    }
    // The time is not signed; without one, a key that was retired cannot be told from one that still held.
    match time.map(Instant::parse) {
        Some(None) => failed("the time of the publication is no time"),
        Some(Some(time)) if found.ended_by(&time) => failed(&format!(
            "the key `{id}` was not valid any more at {}",
            time.as_str()
        )),
        Some(Some(_)) => Evidence::new(EvidenceState::Verified, ""),
        // A key without an end holds whenever it was.
        None if !found.ends() => Evidence::new(EvidenceState::Verified, ""),
        None => {
            let why = "whether the key was still valid is not known: the time of the publication is not given";
            Evidence::new(EvidenceState::Unverifiable, why)
        }
    }
}
