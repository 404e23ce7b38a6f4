//! Whether a build attestation agrees with the certificate that signed it and with what the package says of its source.
//! Compares words; that the certificate is authentic was proved before.

use bomtrail_graph::{BuildIdentity, Evidence, EvidenceState};

use crate::bundle::predicate::Said;
use crate::bundle::repository;
use crate::bundle::sigstore::Certificate;

/// The identity providers whose tokens name a build, as npm accepts them, with the address their workflows begin with.
const ISSUERS: [(&str, &str); 2] = [
    (
        "https://token.actions.githubusercontent.com",
        "https://github.com/",
    ),
    ("https://gitlab.com", "https://gitlab.com/"),
];

/// Whether the signer is a build of a known platform, and what the predicate says is what the certificate says.
pub(crate) fn with_certificate(certificate: &Certificate, said: Option<&Said>) -> Evidence {
    if let Some(why) = odd_signer(certificate) {
        return Evidence::new(EvidenceState::Failed, &why);
    }
    let Some(said) = said else {
        let why = "the build type is not one whose words can be compared with the certificate";
        return Evidence::new(EvidenceState::Unverifiable, why);
    };
    let claims = pairs(certificate, said);
    let differs = claims.iter().find(|it| it.same == Some(false));
    if let Some(pair) = differs {
        let why = format!(
            "the predicate's {} is `{}`, and the certificate's is `{}`",
            pair.what,
            pair.said.unwrap_or_default(),
            pair.certified.unwrap_or_default()
        );
        return Evidence::new(EvidenceState::Failed, &why);
    }
    let in_both = |what| claims.iter().any(|it| it.what == what && it.same.is_some());
    if in_both("repository") && in_both("commit") {
        Evidence::new(EvidenceState::Verified, "")
    } else {
        let why = "the predicate and the certificate do not both name repository and commit";
        Evidence::new(EvidenceState::Unverifiable, why)
    }
}

/// Whether the build is of the repository that the package declares, given that it agrees with itself.
pub(crate) fn with_package(
    agrees: &Evidence,
    build: &BuildIdentity,
    declared: Option<&str>,
) -> Evidence {
    if agrees.state != EvidenceState::Verified {
        return agrees.clone();
    }
    let (Some(declared), Some(source)) = (declared, build.repository.as_deref()) else {
        let why = "it agrees with its certificate; the repository that the package declares is not known here, so it was \
                   not compared";
        return Evidence::new(EvidenceState::Unverifiable, why);
    };
    if repository::same(declared, source) {
        Evidence::new(EvidenceState::Verified, "")
    } else {
        let why = format!("built from `{source}`, and the package declares `{declared}`");
        Evidence::new(EvidenceState::Failed, &why)
    }
}

fn odd_signer(certificate: &Certificate) -> Option<String> {
    let identity = &certificate.identity;
    if !certificate.is_workload {
        return Some(format!(
            "signed by `{}`, which is not a build workflow",
            identity.signer
        ));
    }
    let Some((_, home)) = ISSUERS.iter().find(|(url, _)| *url == &*identity.issuer) else {
        return Some(format!(
            "`{}` is not an issuer that npm accepts",
            identity.issuer
        ));
    };
    if !identity.signer.starts_with(home) {
        let signer = &identity.signer;
        return Some(format!(
            "the signer `{signer}` is not a workflow of its issuer"
        ));
    }
    let named = certificate.build_signer.as_deref();
    named.filter(|it| **it != *identity.signer).map(|it| {
        format!(
            "the certificate names two signers, `{}` and `{it}`",
            identity.signer
        )
    })
}

/// One claim in both places.
struct Pair<'a> {
    what: &'static str,
    said: Option<&'a str>,
    certified: Option<&'a str>,
    /// `None` when one of the two says nothing.
    same: Option<bool>,
}

fn pair<'a>(
    what: &'static str,
    said: Option<&'a String>,
    certified: Option<&'a str>,
    same: fn(&str, &str) -> bool,
) -> Pair<'a> {
    let said = said.map(String::as_str);
    Pair {
        what,
        said,
        certified,
        same: said
            .zip(certified)
            .map(|(said, certified)| same(said, certified)),
    }
}

fn pairs<'a>(certificate: &'a Certificate, said: &'a Said) -> [Pair<'a>; 10] {
    let identity = &certificate.identity;
    let equal = |one: &str, other: &str| one == other;
    let ends = |said: &str, full: &str| full.ends_with(&format!("/{said}"));
    let runs = |said: &str, full: &str| said == full || is_first_attempt(said, full);
    let of = |value: &'a Option<Box<str>>| value.as_deref();
    [
        pair(
            "repository",
            said.repository.as_ref(),
            of(&identity.repository),
            equal,
        ),
        pair("commit", said.commit.as_ref(), of(&identity.commit), equal),
        pair("ref", said.git_ref.as_ref(), of(&identity.git_ref), equal),
        pair("ref", said.short_ref.as_ref(), of(&identity.git_ref), ends),
        pair(
            "workflow",
            said.workflow.as_ref(),
            of(&identity.build_config),
            is_workflow,
        ),
        pair("run", said.run.as_ref(), of(&identity.run), runs),
        pair("runner", said.runner.as_ref(), of(&identity.runner), equal),
        pair(
            "trigger",
            said.trigger.as_ref(),
            of(&identity.trigger),
            equal,
        ),
        pair(
            "repository id",
            said.repository_id.as_ref(),
            of(&identity.repository_id),
            equal,
        ),
        pair(
            "owner id",
            said.owner_id.as_ref(),
            of(&identity.owner_id),
            equal,
        ),
    ]
}

/// True when `full` is `https://host/owner/repository/PATH@ref` (with `//` before the path on GitLab).
fn is_workflow(path: &str, full: &str) -> bool {
    full.split_once('@')
        .is_some_and(|(file, _)| file.ends_with(&format!("/{path}")))
}

/// Some writers leave out the attempt when it is the first.
fn is_first_attempt(said: &str, full: &str) -> bool {
    full.strip_prefix(said) == Some("/attempts/1")
}

#[cfg(test)]
mod tests;
