//! `OpenPGP` signatures over clear-signed text, by keys that are given. No clock: the validity of a key is checked at
//! the time that the signature states, and the expiry of the signature itself is ignored. The user decides whether a key
//! belongs to its owner.

mod signing_key;

use bomtrail_graph::{Evidence, EvidenceState};
use pgp::composed::{Deserializable, DetachedSignature, SignedPublicKey};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{Signature, SignatureType};

use crate::combine;
use crate::cpan::cleartext::Cleartext;
use signing_key::SigningKey;

const BLOCK: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

/// Public keys of signers.
#[derive(Clone, Debug)]
pub struct Keyring(Vec<SignedPublicKey>);

impl Keyring {
    /// Reads public keys, in armor (any number of blocks) or binary.
    ///
    /// # Errors
    /// The reason why the bytes hold no key, as a fragment.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut keys = Vec::new();
        let mut why = "the file has no public key".to_owned();
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains(BLOCK) => {
                for block in text.split(BLOCK).skip(1) {
                    let block = [BLOCK, block].concat();
                    match SignedPublicKey::from_string_many(&block) {
                        Ok((found, _)) => keys.extend(found),
                        Err(error) => why = error.to_string(),
                    }
                }
            }
            _ => match SignedPublicKey::from_bytes_many(bytes) {
                Ok(found) => keys.extend(found),
                Err(error) => why = error.to_string(),
            },
        }
        let mut good = Vec::new();
        for key in keys {
            match key {
                Ok(key) => good.push(key),
                Err(error) => why = error.to_string(),
            }
        }
        if good.is_empty() {
            Err(why)
        } else {
            Ok(Self(good))
        }
    }

    /// Evidence from the signatures of a text. A failed signature outweighs a verified one.
    pub(crate) fn judge(&self, text: &Cleartext) -> Evidence {
        let parsed = DetachedSignature::from_string_many(&text.armor);
        let signatures: Result<Vec<_>, _> =
            parsed.and_then(|(found, _)| found.collect::<Result<Vec<_>, _>>());
        let signatures = match signatures {
            Ok(found) if !found.is_empty() => found,
            Ok(_) => return failed("its OpenPGP signature is empty"),
            Err(error) => return failed(&format!("its OpenPGP signature is damaged: {error}")),
        };
        // The signed text has CRLF line ends, and none after the last line.
        let signed = text.lines.join("\r\n");
        let verdicts: Vec<Evidence> = signatures
            .iter()
            .map(|it| self.one(&it.signature, &signed))
            .collect();
        combine::combine(&verdicts)
    }

    fn one(&self, signature: &Signature, signed: &str) -> Evidence {
        let Some(key) = self.key(signature) else {
            let id = signature.issuer_key_id().into_iter().next();
            let id = id.map_or_else(String::new, |it| format!(" {it}").to_ascii_uppercase());
            let why = format!("its OpenPGP signature is by the key{id}, which was not given");
            return Evidence::new(EvidenceState::Unverifiable, &why);
        };
        let name = key.name();
        if signature.typ() != Some(SignatureType::Text) {
            return failed("its OpenPGP signature is not one over a text");
        }
        if !key.verifies(signature, signed) {
            return failed(&format!(
                "its OpenPGP signature does not match the key {name}"
            ));
        }
        if let Err(why) = key.may_sign(signature) {
            return failed(&format!("the OpenPGP key {name} {why}"));
        }
        let weak = match signature.hash_alg() {
            Some(HashAlgorithm::Md5) => {
                let why = "its OpenPGP signature is by MD5, which proves nothing";
                return Evidence::new(EvidenceState::Unverifiable, why);
            }
            Some(HashAlgorithm::Sha1 | HashAlgorithm::Ripemd160) => {
                ", with a weak digest algorithm"
            }
            _ if key.is_weak() => ", which is weak",
            _ => "",
        };
        let why = format!("signed with the OpenPGP key {name}{weak}");
        Evidence::new(EvidenceState::Verified, &why)
    }

    /// The key that a signature names.
    fn key(&self, signature: &Signature) -> Option<SigningKey<'_>> {
        let all = self.0.iter().flat_map(SigningKey::all);
        let mut fit = all.filter(|it| it.is_named_by(signature));
        fit.next()
    }
}

fn failed(why: &str) -> Evidence {
    Evidence::new(EvidenceState::Failed, why)
}
