//! Answers on install scripts, taken over from the project's manifest.

use bomtrail_graph::{Approval, ApprovalStatus, Flags, Graph, NodeMap, Purl};
use bomtrail_policy::{Script, manifest_allows};

/// What a manifest answers on install scripts of locked packages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptAnswers {
    /// The Package URLs of approved packages that have such scripts, and whether they may run.
    pub approved: Vec<(String, bool)>,
    /// Answers about packages that are not approved: the list has no entry to record them in.
    pub open: Vec<String>,
}

/// What `scripts` answer on the packages of a graph; `table` is what the present list says of them.
pub fn script_answers(
    graph: &Graph,
    table: &NodeMap<Approval>,
    scripts: &[Script],
) -> ScriptAnswers {
    let mut answers = ScriptAnswers::default();
    for node in graph.nodes() {
        let has_script = node.flags().has(Flags::INSTALL_SCRIPT);
        let answer = manifest_allows(scripts, node).filter(|_| has_script);
        let (Some(allowed), Some(purl)) = (answer, node.purl().map(Purl::as_str)) else {
            continue;
        };
        let status = table.get(node.id()).map(Approval::status);
        if status == Some(ApprovalStatus::Approved) {
            answers.approved.push((purl.to_owned(), allowed));
        } else {
            answers.open.push(purl.to_owned());
        }
    }
    answers.approved.dedup();
    answers
}
