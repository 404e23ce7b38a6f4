//! Why a bundle is not verified: because it is wrong, or because it cannot be told.

use sigstore_verify::{CertificateError, Error, TransparencyLogError};

const TOO_OLD: &str = "the trust material may be too old";

/// Why a bundle is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is wrong.
    Failed(String),
    /// It may be right: what would be needed to tell is not at hand.
    Unverifiable(String),
}

impl Refusal {
    /// A log or an authority that the trusted root does not have, and whatever the verifier does not know, is no proof of
    /// a wrong bundle: the trust material may be too old.
    pub(super) fn of(error: &Error, knows_logs: bool) -> Self {
        let text = error.to_string();
        match error {
            Error::TransparencyLog(TransparencyLogError::InclusionPromise(_)) if !knows_logs => {
                Self::Unverifiable(format!("{text}; {TOO_OLD}"))
            }
            Error::TransparencyLog(TransparencyLogError::UnknownLog { .. })
            | Error::Certificate(CertificateError::NoValidAuthority { .. }) => {
                Self::Unverifiable(format!("{text}; {TOO_OLD}"))
            }
            Error::UnsupportedBundle(_)
            | Error::UnsupportedArtifact(_)
            | Error::InvalidTrustRoot(_)
            | Error::TrustRoot(_)
            | Error::TrustedCertificate(_)
            | Error::ArtifactRead(_) => Self::Unverifiable(text),
            _ => Self::Failed(text),
        }
    }
}
