//! Why a bundle is not verified: it is invalid, or the check could not be completed.

use sigstore_verify::{CertificateError, Error, TransparencyLogError};

const TOO_OLD: &str = "the trust material may be too old";

/// Why a bundle is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is invalid.
    Failed(String),
    /// The check could not be completed: something that it needs is not available.
    Unverifiable(String),
}

impl Refusal {
    /// An unknown log or authority does not prove that a bundle is invalid, and neither does a form that the verifier does
    /// not support: the trust material may be too old.
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
