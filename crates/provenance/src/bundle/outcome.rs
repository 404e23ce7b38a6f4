//! The result of checking one bundle.

use bomtrail_graph::{Attestation, BuildIdentity, BuildLevel, Evidence, EvidenceState};

use crate::bundle::build_level;
use crate::bundle::sigstore::Refusal;

/// The signer of a verified bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
    /// The holder of a short-lived certificate.
    Certificate(Box<BuildIdentity>),
    /// The registry, with the key of this id.
    Registry(Box<str>),
    /// The holder of the key that was given.
    GivenKey,
}

/// The result for one bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its type, time and verdict.
    pub attestation: Attestation,
    /// Its signer; only when it is verified.
    pub signer: Option<Signer>,
    /// For a verified build attestation: whether it agrees with its certificate and the package.
    pub consistency: Option<Evidence>,
    /// For a build attestation: the level of SLSA it supports.
    pub build_level: Option<BuildLevel>,
}

impl Outcome {
    /// Whether it is verified.
    pub fn state(&self) -> EvidenceState {
        self.attestation.evidence.state
    }

    /// A bundle that could not be checked.
    pub(crate) fn unverifiable(wrapper: Option<&str>, why: &str) -> Self {
        Self::refused(Refusal::Unverifiable(why.to_owned()), wrapper)
    }

    /// The same result without "verified", for when other bytes than the attested ones may be in use.
    pub(crate) fn doubted(self, why: &str) -> Self {
        if self.state() != EvidenceState::Verified {
            return self;
        }
        let mut doubted = Self::unverifiable(Some(&self.attestation.predicate_type), why);
        doubted.attestation.payload_sha256 = self.attestation.payload_sha256;
        doubted
    }

    /// A bundle that was refused.
    pub(crate) fn refused(refusal: Refusal, wrapper: Option<&str>) -> Self {
        let (state, reason) = match refusal {
            Refusal::Failed(reason) => (EvidenceState::Failed, reason),
            Refusal::Unverifiable(reason) => (EvidenceState::Unverifiable, reason),
        };
        let attestation = Attestation {
            predicate_type: wrapper.unwrap_or_default().into(),
            evidence: Evidence::new(state, &reason),
            ..Attestation::default()
        };
        let build_level = attestation
            .is_build()
            .then(|| build_level::unverified(state));
        Self {
            attestation,
            signer: None,
            consistency: None,
            build_level,
        }
    }
}
