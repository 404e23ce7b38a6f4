//! One edge of the JSON graph.

use bomtrail_graph::{EdgeRef, Override, Problem};
use serde::Serialize;

use super::References;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EdgeView<'g> {
    from: &'g str,
    to: Option<&'g str>,
    name: &'g str,
    range: Option<&'g str>,
    phase: &'static str,
    need: &'static str,
    alias: Option<&'g str>,
    #[serde(rename = "override")]
    overridden: Option<OverrideView<'g>>,
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added_by: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'g str>,
}

#[derive(Serialize)]
struct OverrideView<'g> {
    rule: &'g str,
    effective: &'g str,
}

impl<'g> EdgeView<'g> {
    pub(super) fn new(edge: EdgeRef<'g>, references: &'g References<'g>) -> Self {
        let detail = edge.detail();
        let overridden = detail.and_then(|it| it.overridden.as_ref());
        Self {
            from: edge
                .from()
                .map_or("", |node| references.get(node.id().index())),
            to: edge.to().map(|node| references.get(node.id().index())),
            name: edge.name(),
            range: edge.range(),
            phase: edge.phase().name(),
            need: edge.need().name(),
            alias: detail.and_then(|it| it.alias.as_deref()),
            overridden: overridden
                .map(|Override { rule, effective }| OverrideView { rule, effective }),
            error: edge.problem().map(Problem::name),
            added_by: detail.and_then(|it| it.added_by.as_deref()),
            condition: detail.and_then(|it| it.condition.as_deref()),
        }
    }
}
