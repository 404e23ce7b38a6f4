//! What is proved of a node, as names and texts: the same words in every format.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Axis, BuildIdentity, Evidence, EvidenceState, Provenance};
use crate::tables::Tables;

impl Provenance {
    /// Everything that is to be said of it, as `(name, text)` in a fixed order; a name may occur several times. Holds
    /// nothing that is not verified, but for verdicts that say so themselves.
    pub fn statements(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut all = vec![("level", Cow::Borrowed(self.level().name()))];
        for axis in Axis::ALL {
            let evidence = self.evidence(axis);
            if evidence.state != EvidenceState::Absent {
                all.push((axis.name(), verdict(evidence)));
            }
        }
        if let Some(level) = self.build_level.level {
            let certain = if self.build_level.verified {
                ""
            } else {
                " (unverified)"
            };
            all.push(("slsa-build-level", Cow::Owned(format!("{level}{certain}"))));
        }
        for it in &self.attestations {
            let verdict = verdict(&it.evidence);
            let kind = &it.predicate_type;
            let text = format!("{kind} payload sha256:{} {verdict}", it.payload_sha256);
            all.push(("attestation", Cow::Owned(text)));
            let time = it.signed_at.as_deref().filter(|_| it.is_build());
            all.extend(time.map(|time| ("signed-at", Cow::Borrowed(time))));
        }
        let claims = self.build.iter().flat_map(|it| claims(it));
        all.extend(claims.map(|(name, text)| (name, Cow::Borrowed(text))));
        let remarks = self.registry_remarks.iter();
        all.extend(remarks.map(|it| ("registry-remark", Cow::Borrowed(&**it))));
        all.retain(|(_, text)| !text.is_empty());
        all
    }
}

impl Tables<'_> {
    /// All verdicts and what they rest on as one text, so that documents that differ in them have different identities;
    /// empty when nothing was checked.
    pub(crate) fn provenance_text(&self) -> String {
        let mut text = self.provenance_basis.join("\n");
        for (id, it) in self.provenance.iter().flat_map(|it| it.iter()) {
            for (name, statement) in it.statements() {
                // Writing to a string cannot fail.
                let _: Result<(), std::fmt::Error> =
                    write!(text, "\n{} {name} {statement:?}", id.index());
            }
        }
        text
    }
}

fn verdict(evidence: &Evidence) -> Cow<'_, str> {
    let state = evidence.state.name();
    if evidence.reason.is_empty() {
        Cow::Borrowed(state)
    } else {
        Cow::Owned(format!("{state}: {}", evidence.reason))
    }
}

/// What the certificate states, with the name of each.
fn claims(build: &BuildIdentity) -> impl Iterator<Item = (&'static str, &str)> {
    let optional = [
        ("repository", &build.repository),
        ("repository-id", &build.repository_id),
        ("owner", &build.owner),
        ("owner-id", &build.owner_id),
        ("commit", &build.commit),
        ("ref", &build.git_ref),
        ("build-config", &build.build_config),
        ("trigger", &build.trigger),
        ("run", &build.run),
        ("runner", &build.runner),
        ("visibility", &build.visibility),
    ];
    let required = [("issuer", &*build.issuer), ("signer", &*build.signer)];
    let optional = optional
        .into_iter()
        .filter_map(|(name, it)| Some((name, it.as_deref()?)));
    required.into_iter().chain(optional)
}
