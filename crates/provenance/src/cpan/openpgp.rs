//! `OpenPGP` signatures over clear-signed text, by keys that are given. Knows no time of day: whether a key held is judged at
//! the time that the signature states, and a signature's own end is not looked at. Who a key belongs to is for those to know
//! who give it.

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
    /// Why there is no key in it, as a fragment.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut keys = Vec::new();
        let mut why = "there is no public key in it".to_owned();
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

    /// What its keys prove of a text. A signature that does not hold outweighs one that does.
    pub(crate) fn judge(&self, text: &Cleartext) -> Evidence {
        let parsed = DetachedSignature::from_string_many(&text.armor);
        let signatures: Result<Vec<_>, _> =
            parsed.and_then(|(found, _)| found.collect::<Result<Vec<_>, _>>());
        let signatures = match signatures {
            Ok(found) if !found.is_empty() => found,
            Ok(_) => return failed("its OpenPGP signature is empty"),
            Err(error) => return failed(&format!("its OpenPGP signature is damaged: {error}")),
        };
        // What is signed has the line ends of the network, and none after the last line.
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
            let why =
                format!("its OpenPGP signature is by the key{id}, which is none of those given");
            return Evidence::new(EvidenceState::Unverifiable, &why);
        };
        let name = key.name();
        if signature.typ() != Some(SignatureType::Text) {
            return failed("its OpenPGP signature is not one over a text");
        }
        if !key.verifies(signature, signed) {
            return failed(&format!(
                "its OpenPGP signature is not one of the key {name}"
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
