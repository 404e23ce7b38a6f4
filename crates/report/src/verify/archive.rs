//! What the archive of a package shows, as JSON.

use bomtrail_graph::{ArchiveFacts, Graph, NodeMap, NodeRef};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArchiveView<'a> {
    #[serde(rename = "ref")]
    reference: String,
    /// What was compared.
    archive: &'static str,
    archive_checked: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_matched: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradictions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    swhids: Vec<&'a str>,
}

#[derive(Serialize)]
struct Verdict {
    state: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: Box<str>,
}

impl From<bomtrail_graph::Evidence> for Verdict {
    fn from(evidence: bomtrail_graph::Evidence) -> Self {
        Self {
            state: evidence.state.name(),
            reason: evidence.reason,
        }
    }
}

/// All archives, in the order of the graph.
pub(super) fn views<'a>(
    graph: &'a Graph,
    table: Option<&'a NodeMap<ArchiveFacts>>,
) -> Option<Vec<ArchiveView<'a>>> {
    let all = table?.iter();
    Some(
        all.filter_map(|(id, it)| Some(view(graph.node(id)?, it)))
            .collect(),
    )
}

fn view<'a>(node: NodeRef<'a>, facts: &'a ArchiveFacts) -> ArchiveView<'a> {
    let source = facts.source.as_deref();
    ArchiveView {
        reference: node.reference().into_owned(),
        archive: facts.state.name(),
        archive_checked: facts.evidence().into(),
        source_matched: source.map(|it| it.evidence().into()),
        commit: source.map(|it| &*it.commit).filter(|it| !it.is_empty()),
        contradictions: facts
            .contradictions
            .iter()
            .map(ToString::to_string)
            .collect(),
        swhids: facts.swhids.iter().map(|it| &**it).collect(),
    }
}
