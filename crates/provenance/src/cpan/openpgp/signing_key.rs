//! One key of a keyring, a primary one or one below it, and whether it was fit to sign.

use pgp::composed::{SignedPublicKey, SignedPublicSubKey};
use pgp::crypto::public_key::PublicKeyAlgorithm;
use pgp::packet::{RevocationCode, Signature, SignatureConfig, SignatureType, SubpacketData};
use pgp::ser::Serialize;
use pgp::types::{Duration, KeyDetails, PublicParams, Tag, Timestamp};

/// The bytes that an RSA key of 2048 bits needs for its modulus, with its length.
const RSA_2048: usize = 2 + 256;

/// A key that may have signed.
#[derive(Clone, Copy)]
pub(super) struct SigningKey<'k> {
    primary: &'k SignedPublicKey,
    /// Absent where the primary key itself signs.
    sub: Option<&'k SignedPublicSubKey>,
}

impl<'k> SigningKey<'k> {
    /// A primary key and all below it.
    pub(super) fn all(primary: &'k SignedPublicKey) -> impl Iterator<Item = Self> {
        let below = primary.public_subkeys.iter();
        let below = below.map(move |sub| Self {
            primary,
            sub: Some(sub),
        });
        std::iter::once(Self { primary, sub: None }).chain(below)
    }

    /// Its id, in hexadecimal.
    pub(super) fn name(self) -> String {
        let id = match self.sub {
            Some(it) => it.legacy_key_id(),
            None => self.primary.legacy_key_id(),
        };
        format!("{id}").to_ascii_uppercase()
    }

    /// True when a signature says that it is this key's.
    pub(super) fn is_named_by(self, signature: &Signature) -> bool {
        let (id, fingerprint) = match self.sub {
            Some(it) => (it.legacy_key_id(), it.fingerprint()),
            None => (self.primary.legacy_key_id(), self.primary.fingerprint()),
        };
        let mut ids = signature.issuer_key_id().into_iter();
        let mut fingerprints = signature.issuer_fingerprint().into_iter();
        ids.any(|it| *it == id) || fingerprints.any(|it| *it == fingerprint)
    }

    /// True when the key made this signature over a text.
    pub(super) fn verifies(self, signature: &Signature, text: &str) -> bool {
        let verified = match self.sub {
            Some(it) => signature.verify(&it.key, text.as_bytes()),
            None => signature.verify(&self.primary.primary_key, text.as_bytes()),
        };
        verified.is_ok()
    }

    /// True for a kind or size of key that is too weak today.
    pub(super) fn is_weak(self) -> bool {
        let (algorithm, params) = match self.sub {
            Some(it) => (it.algorithm(), it.public_params()),
            None => (self.primary.algorithm(), self.primary.public_params()),
        };
        match params {
            PublicParams::RSA(it) => it.write_len() < RSA_2048,
            _ => algorithm == PublicKeyAlgorithm::DSA,
        }
    }

    /// Whether the key could sign at the time that a signature states.
    ///
    /// # Errors
    /// Why not, to follow the key's name.
    pub(super) fn may_sign(self, signature: &Signature) -> Result<(), &'static str> {
        let made = signature.created().ok_or("signed without saying when")?;
        let own = latest(self.self_signatures());
        let own = own.ok_or("has no signature of its own that says what it is for")?;
        holds_at(self.primary.created_at(), own, made)?;
        if self.key_revocations().any(|it| undoes(it, made)) {
            return Err("was revoked");
        }
        let Some(sub) = self.sub else {
            return may(own);
        };
        let primary = &self.primary.primary_key;
        let bound = |it: &&Signature| it.verify_subkey_binding(primary, &sub.key).is_ok();
        let of = |kind| {
            let all = sub.signatures.iter();
            all.filter(move |it| it.typ() == Some(kind)).filter(bound)
        };
        let binding = latest(of(SignatureType::SubkeyBinding));
        let binding = binding.ok_or("is not bound to its primary key")?;
        may(binding)?;
        let back = binding.embedded_signature();
        if back.is_none_or(|it| it.verify_primary_key_binding(&sub.key, primary).is_err()) {
            return Err("does not say itself that it belongs to its primary key");
        }
        holds_at(sub.created_at(), binding, made)?;
        if of(SignatureType::SubkeyRevocation).any(|it| undoes(it, made)) {
            return Err("was revoked");
        }
        Ok(())
    }

    /// The self-signatures of the primary key.
    fn self_signatures(self) -> impl Iterator<Item = &'k Signature> {
        let key = &self.primary.primary_key;
        let users = self.primary.details.users.iter().flat_map(move |user| {
            let all = user.signatures.iter();
            all.filter(move |it| it.typ() != Some(SignatureType::CertRevocation))
                .filter(move |it| it.verify_certification(key, Tag::UserId, &user.id).is_ok())
        });
        let direct = self.primary.details.direct_signatures.iter();
        users.chain(direct.filter(move |it| it.verify_key(key).is_ok()))
    }

    fn key_revocations(self) -> impl Iterator<Item = &'k Signature> {
        let key = &self.primary.primary_key;
        let all = self.primary.details.revocation_signatures.iter();
        all.filter(move |it| it.verify_key(key).is_ok())
    }
}

fn latest<'k>(all: impl Iterator<Item = &'k Signature>) -> Option<&'k Signature> {
    all.max_by_key(|it| it.created())
}

/// Whether what a key says of itself lets it sign; old keys say nothing, and may.
fn may(own: &Signature) -> Result<(), &'static str> {
    let is_flag = |it: &SubpacketData| matches!(it, SubpacketData::KeyFlags(_));
    let mut said = own
        .config()
        .into_iter()
        .flat_map(SignatureConfig::hashed_subpackets);
    if own.key_flags().sign() || !said.any(|it| is_flag(&it.data)) {
        Ok(())
    } else {
        Err("is not for signatures")
    }
}

fn holds_at(created: Timestamp, own: &Signature, made: Timestamp) -> Result<(), &'static str> {
    if made < created {
        return Err("signed before it was made");
    }
    let life = own.key_expiration_time().map_or(0, Duration::as_secs);
    let age = made.as_secs().saturating_sub(created.as_secs());
    if life != 0 && age >= life {
        return Err("was not valid any more");
    }
    Ok(())
}

/// A key that was merely replaced keeps what it signed before; one that may be in other hands keeps nothing.
fn undoes(revocation: &Signature, made: Timestamp) -> bool {
    let is_soft = matches!(
        revocation.revocation_reason_code(),
        Some(RevocationCode::KeySuperseded | RevocationCode::KeyRetired)
    );
    !is_soft || revocation.created().is_none_or(|since| since <= made)
}
