//! The SLSA build level that the evidence supports, with the reason why it is not higher.
//! Follows <https://slsa.dev/spec/v1.0/levels>: 1 provenance exists, 2 signed by a hosted platform, 3 signed outside
//! the control of the build's own steps.

use bomtrail_graph::{BuildLevel, Evidence, EvidenceState};

use crate::bundle::predicate::Said;
use crate::bundle::sigstore::Certificate;

/// The builders that isolate signing from the build's own steps, before the file name.
const TRUSTED_REPOSITORY: &str =
    "https://github.com/slsa-framework/slsa-github-generator/.github/workflows/";
/// Their workflows that sign for npm packages.
const TRUSTED_WORKFLOWS: [&str; 3] = [
    "delegator_generic_slsa3.yml",
    "delegator_lowperms-generic_slsa3.yml",
    "builder_nodejs_slsa3.yml",
];

/// The level of a bundle whose signature was not verified; a failed one supports nothing.
pub(crate) fn unverified(state: EvidenceState) -> BuildLevel {
    match state {
        EvidenceState::Unverifiable => level(1, false, "its signature could not be verified"),
        EvidenceState::Failed => none("its verification failed"),
        EvidenceState::Absent | EvidenceState::Claimed | EvidenceState::Verified => none(""),
    }
}

/// The level of a build attestation with a valid signature, by whether it agrees with its certificate (and does not
/// contradict the package).
pub(crate) fn verified(
    certificate: &Certificate,
    said: Option<&Said>,
    agrees: &Evidence,
) -> BuildLevel {
    match agrees.state {
        EvidenceState::Failed => return none(&agrees.reason),
        EvidenceState::Verified => {}
        EvidenceState::Absent | EvidenceState::Claimed | EvidenceState::Unverifiable => {
            return level(1, true, &agrees.reason);
        }
    }
    let hosted = match certificate.identity.runner.as_deref() {
        Some("github-hosted" | "gitlab-hosted") => true,
        Some(_) => false,
        None => {
            let why = "the certificate does not say where the build ran; level 2 if it was hosted";
            return level(1, true, why);
        }
    };
    if !hosted {
        return level(1, true, "the build ran on a self-hosted runner");
    }
    let builder = said.and_then(|it| it.builder.as_deref());
    if is_trusted_builder(certificate, builder.unwrap_or_default()) {
        level(3, true, "")
    } else {
        let why = "the provenance is written inside the job that builds";
        level(2, true, why)
    }
}

/// True when a released version of a trusted builder signed for another repository, and the predicate names it.
fn is_trusted_builder(certificate: &Certificate, builder: &str) -> bool {
    let signer = &*certificate.identity.signer;
    let trusted = |uri: &str| -> Option<String> {
        let (file, git_ref) = uri.strip_prefix(TRUSTED_REPOSITORY)?.split_once('@')?;
        let tag = git_ref.strip_prefix("refs/tags/v")?;
        TRUSTED_WORKFLOWS.contains(&file).then(|| tag.to_owned())
    };
    let signer_tag = trusted(signer);
    let same_release = signer_tag.is_some() && signer_tag == trusted(builder);
    let repository = certificate.identity.repository.as_deref();
    same_release && repository.is_some_and(|it| !signer.starts_with(&format!("{it}/")))
}

fn none(reason: &str) -> BuildLevel {
    BuildLevel {
        level: None,
        verified: false,
        reason: reason.into(),
    }
}

fn level(level: u8, verified: bool, reason: &str) -> BuildLevel {
    BuildLevel {
        level: Some(level),
        verified,
        reason: reason.into(),
    }
}
