//! What is decided about a component.

use bomtrail_graph::Approval;
use serde::Serialize;

/// The approval status of a component.
#[derive(Serialize)]
pub(crate) struct ApprovalView<'g> {
    pub(crate) status: &'static str,
    pub(crate) reason: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) detail: &'g str,
    pub(crate) by: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) on: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) nearest: Option<&'g str>,
    /// The lists that lead to the one with the decision.
    pub(crate) source: Vec<&'g str>,
}

impl<'g> ApprovalView<'g> {
    pub(crate) fn new(approval: &'g Approval) -> Self {
        let decision = approval.decision.as_deref();
        Self {
            status: approval.status().name(),
            reason: approval.reason.name(),
            detail: &approval.detail,
            by: decision.map_or_else(Vec::new, |it| it.by.iter().map(|it| &**it).collect()),
            on: decision.and_then(|it| it.on.as_deref()),
            expires: decision.and_then(|it| it.expires.as_deref()),
            basis: decision.and_then(|it| it.basis.as_deref()),
            note: decision.and_then(|it| it.note.as_deref()),
            nearest: approval.nearest.as_deref(),
            source: approval.chain.iter().map(|it| &**it).collect(),
        }
    }

    /// The reason of the status in words.
    pub(crate) fn why(&self) -> String {
        let nearest = self
            .nearest
            .map(|it| ["nearest approved version: ", it].concat());
        let detail = Some(self.detail.to_owned()).filter(|it| !it.is_empty());
        let all = [Some(self.reason.to_owned()), detail, nearest];
        all.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}
