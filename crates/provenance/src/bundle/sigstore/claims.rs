//! The claims of a Fulcio certificate, in the terms of the graph. Older certificates have them in other extensions.

use bomtrail_graph::BuildIdentity;
use sigstore_verify::SubjectAltName;
use sigstore_verify::crypto::{CertificateInfo, FulcioCiClaims};

/// The claims of a verified certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certificate {
    /// Who, where and what.
    pub(crate) identity: BuildIdentity,
    /// True when the signer is named by a URI (a workflow), not by an e-mail address.
    pub(crate) is_workload: bool,
    /// The workflow that signed, where the certificate names it apart.
    pub(crate) build_signer: Option<Box<str>>,
}

impl From<&CertificateInfo> for Certificate {
    fn from(info: &CertificateInfo) -> Self {
        let signer = info.identity.as_ref();
        Self {
            identity: identity(info),
            is_workload: matches!(signer, Some(SubjectAltName::Uri(_))),
            build_signer: info.ci_claims.build_signer_uri.as_deref().map(Into::into),
        }
    }
}

fn identity(info: &CertificateInfo) -> BuildIdentity {
    let claims = &info.ci_claims;
    let old = &claims.deprecated_github;
    let text = |value: &Option<String>| value.as_deref().map(Into::into);
    let either = |new: &Option<String>, old: &Option<String>| text(new).or_else(|| text(old));
    BuildIdentity {
        issuer: info.issuer.as_deref().unwrap_or_default().into(),
        signer: info
            .identity
            .as_ref()
            .map_or_else(Box::default, |it| it.as_str().into()),
        repository: repository(claims),
        commit: either(&claims.source_repository_digest, &old.workflow_sha),
        git_ref: either(&claims.source_repository_ref, &old.workflow_ref),
        repository_id: text(&claims.source_repository_identifier),
        owner: text(&claims.source_repository_owner_uri),
        owner_id: text(&claims.source_repository_owner_identifier),
        build_config: text(&claims.build_config_uri),
        trigger: either(&claims.build_trigger, &old.workflow_trigger),
        run: text(&claims.run_invocation_uri),
        runner: text(&claims.runner_environment),
        visibility: text(&claims.source_repository_visibility_at_signing),
    }
}

/// The repository; the old extension has no host, and only certificates of one platform have it.
fn repository(claims: &FulcioCiClaims) -> Option<Box<str>> {
    if let Some(url) = &claims.source_repository_uri {
        return Some(url.as_str().into());
    }
    let name = claims.deprecated_github.workflow_repository.as_deref()?;
    Some(format!("https://github.com/{name}").into())
}
