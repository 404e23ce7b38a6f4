//! What every part of a document of version 2 needs: the graph, the identifiers of its packages, and the notes about them.

use std::borrow::Cow;

use bomtrail_graph::{Approval, Bom, Graph, NodeRef};
use serde::Serialize;

use crate::containment::Containment;
use crate::identifier::Identifiers;
use crate::license::Extracted;
use crate::notes::document::{approval, archive, provenance};
use crate::product;

/// The identifier of the document itself.
pub(crate) const DOCUMENT: &str = "SPDXRef-DOCUMENT";
/// What all parts of a document share.
pub(super) struct Context<'g> {
    pub(super) graph: &'g Graph,
    pub(super) bom: Bom<'g>,
    pub(super) ids: Identifiers,
    pub(super) containment: Containment,
    pub(super) created: &'g str,
    pub(super) tool: String,
    pub(super) author: Option<String>,
    /// Licences outside the SPDX list.
    pub(super) extracted: Extracted<'g>,
}

impl<'g> Context<'g> {
    pub(super) fn new(bom: &Bom<'g>, created: &'g str) -> Self {
        Self {
            graph: bom.graph,
            bom: *bom,
            ids: Identifiers::new(bom.graph),
            containment: Containment::of(bom.graph),
            created,
            tool: format!("Tool: {}-{}", bom.tool.name, bom.tool.version),
            author: product::author(bom),
            extracted: Extracted::of(bom),
        }
    }

    /// The notes about a package: its facts, its provenance, and the project's decision about it.
    pub(super) fn annotations(
        &self,
        node: NodeRef<'_>,
        facts: Option<String>,
    ) -> Vec<Annotation<'_>> {
        let decided = self.bom.tables.approvals.and_then(|it| it.get(node.id()));
        let table = self.bom.tables.provenance;
        let proved = table.and_then(|it| it.get(node.id())).and_then(provenance);
        let shown = self.bom.tables.archives;
        let shown = shown.and_then(|it| it.get(node.id())).and_then(archive);
        let notes = facts.into_iter().chain(proved).chain(shown);
        let notes = notes.map(|it| self.annotation(it));
        notes
            .chain(decided.and_then(|it| self.decision(it)))
            .collect()
    }

    /// The project's decision: a review if a person made it, else a note of this program.
    fn decision(&self, decided: &Approval) -> Option<Annotation<'_>> {
        let note = self.annotation(approval(decided)?);
        let Some((by, on)) = decided.review() else {
            return Some(note);
        };
        let (name, address) = match by.split_once(" <") {
            Some((name, address)) => (name, address.trim_end_matches('>')),
            None => (by, ""),
        };
        Some(Annotation {
            date: Cow::Owned([on, "T00:00:00Z"].concat()),
            kind: "REVIEW",
            annotator: Cow::Owned(["Person: ", name, " (", address, ")"].concat()),
            ..note
        })
    }

    /// A note of this program about an element.
    pub(super) fn annotation(&self, comment: String) -> Annotation<'_> {
        Annotation {
            date: Cow::Borrowed(self.created),
            kind: "OTHER",
            annotator: Cow::Borrowed(&self.tool),
            comment,
        }
    }
}

/// A note about an element (clause 12).
#[derive(Serialize)]
pub(super) struct Annotation<'d> {
    #[serde(rename = "annotationDate")]
    date: Cow<'d, str>,
    #[serde(rename = "annotationType")]
    kind: &'static str,
    annotator: Cow<'d, str>,
    comment: String,
}
