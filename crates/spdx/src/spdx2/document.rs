//! The document around the packages: who made it, when, from which inputs (SPDX 2.3 clauses 6 and 12).

use std::borrow::Cow;

use bomtrail_graph::{Approval, Bom, Graph, Lifecycle, NodeRef, Provenance, Source};
use serde::Serialize;

use super::package::Packages;
use super::relationship::Relationships;
use crate::identifier::{Identifiers, Plain};
use crate::license::Extracted;
use crate::lines::Lines;
use crate::product;

/// The identifier of the document itself.
pub(crate) const DOCUMENT: &str = "SPDXRef-DOCUMENT";
/// What names documents are made under (the form that SPDX 2.3 clause 6.5 recommends).
const NAMESPACE: &str = "https://spdx.org/spdxdocs/";

/// What every part of a document needs to know.
pub(super) struct Context<'g> {
    pub(super) graph: &'g Graph,
    pub(super) bom: Bom<'g>,
    pub(super) ids: Identifiers,
    created: &'g str,
    tool: String,
    author: Option<String>,
}

impl<'g> Context<'g> {
    pub(super) fn new(bom: &Bom<'g>, created: &'g str) -> Self {
        Self {
            graph: bom.graph,
            bom: *bom,
            ids: Identifiers::new(bom.graph),
            created,
            tool: format!("Tool: {}-{}", bom.tool.name, bom.tool.version),
            author: product::author(bom),
        }
    }

    /// The notes about a package: its facts, what is proved of its origin, and what the project's approvals say of it.
    pub(super) fn annotations(
        &self,
        node: NodeRef<'_>,
        facts: Option<String>,
    ) -> Vec<Annotation<'_>> {
        let approval = self.bom.approvals.and_then(|it| it.get(node.id()));
        let table = self.bom.provenance;
        let proved = table.and_then(|it| it.get(node.id())).and_then(provenance);
        let notes = facts.into_iter().chain(proved);
        let notes = notes.map(|it| self.annotation(it));
        notes
            .chain(approval.and_then(|it| self.decision(it)))
            .collect()
    }

    /// What the approvals say: a review where a person decided, else a note of this program.
    fn decision(&self, approval: &Approval) -> Option<Annotation<'_>> {
        let note = self.annotation(self::approval(approval)?);
        let Some((by, on)) = approval.review() else {
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

/// A whole document.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'d> {
    #[serde(rename = "SPDXID")]
    id: &'static str,
    spdx_version: &'static str,
    data_license: &'static str,
    name: String,
    #[serde(rename = "documentNamespace")]
    namespace: String,
    creation_info: CreationInfo<'d>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<Annotation<'d>>,
    packages: Packages<'d>,
    relationships: Relationships<'d>,
    #[serde(skip_serializing_if = "Extracted::is_empty")]
    has_extracted_licensing_infos: Extracted<'d>,
}

#[derive(Serialize)]
struct CreationInfo<'d> {
    created: &'d str,
    creators: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'static str>,
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

impl<'d> Document<'d> {
    /// All of it but packages and relationships, as a value.
    pub(super) fn head(&self) -> serde_json::Result<serde_json::Value> {
        Ok(serde_json::json!({
            "SPDXID": self.id,
            "spdxVersion": self.spdx_version,
            "dataLicense": self.data_license,
            "name": self.name,
            "documentNamespace": self.namespace,
            "creationInfo": serde_json::to_value(&self.creation_info)?,
            "annotations": serde_json::to_value(&self.annotations)?,
            "hasExtractedLicensingInfos": serde_json::to_value(&self.has_extracted_licensing_infos)?,
        }))
    }

    pub(super) fn new(context: &'d Context<'_>) -> Self {
        let graph = context.graph;
        let name = name(graph);
        // The program is a part of what the document is made of: another version may write the same graph otherwise.
        let uuid = graph.uuid(&format!(
            "SPDX-2.3 JSON, {}{}{}",
            context.tool,
            context.bom.provenance_text(),
            context.bom.stated()
        ));
        let words = Plain(&name).to_string();
        let namespace = if words.is_empty() {
            format!("{NAMESPACE}{uuid}")
        } else {
            format!("{NAMESPACE}{words}-{uuid}")
        };
        let inputs = graph.inputs().iter().filter_map(input);
        let inputs = inputs.chain(basis(context.bom.provenance_basis));
        Self {
            id: DOCUMENT,
            spdx_version: "SPDX-2.3",
            data_license: "CC0-1.0",
            name,
            namespace,
            creation_info: CreationInfo {
                created: context.created,
                creators: context
                    .author
                    .iter()
                    .chain([&context.tool])
                    .map(|it| &**it)
                    .collect(),
                comment: sbom_type(graph.inputs()),
            },
            annotations: inputs.map(|it| context.annotation(it)).collect(),
            packages: Packages(context),
            relationships: Relationships(context),
            has_extracted_licensing_infos: Extracted::of(&context.bom),
        }
    }
}

/// What the document is about: the project where there is one, else the first input.
pub(crate) fn name(graph: &Graph) -> String {
    let mut roots = graph.roots();
    if let (Some(root), None) = (roots.next(), roots.next())
        && !root.name().is_empty()
    {
        return match root.version() {
            Some(version) => format!("{}-{version}", root.name()),
            None => root.name().to_owned(),
        };
    }
    let input = graph.inputs().first().map(|it| &*it.path);
    input
        .filter(|it| !it.is_empty())
        .unwrap_or("sbom")
        .to_owned()
}

/// The kind of SBOM in the words of CISA's "Types of Software Bill of Materials", as the 2.3 profiles look for it.
fn sbom_type(inputs: &[Source]) -> Option<&'static str> {
    let has = |wanted| inputs.iter().any(|it| it.lifecycle == wanted);
    match (has(Lifecycle::PreBuild), has(Lifecycle::Build)) {
        (true, true) => Some("SBOM Type: Source, Build"),
        (true, false) => Some("SBOM Type: Source"),
        (false, true) => Some("SBOM Type: Build"),
        (false, false) => None,
    }
}

/// What the verdicts on provenance rest on.
pub(crate) fn basis(basis: &[String]) -> Option<String> {
    let mut lines = Lines::default();
    for it in basis {
        lines.add("provenance-basis", it);
    }
    lines.finish()
}

/// What is proved of a package.
pub(crate) fn provenance(provenance: &Provenance) -> Option<String> {
    let mut lines = Lines::default();
    for (name, text) in provenance.statements() {
        lines.add(&format!("provenance-{name}"), &text);
    }
    lines.finish()
}

/// What the project's approvals say of a package.
pub(crate) fn approval(approval: &Approval) -> Option<String> {
    let mut lines = Lines::default();
    for (name, text) in approval.statements() {
        lines.add(&format!("approval-{name}"), &text);
    }
    lines.finish()
}

/// What is noted of an input.
pub(crate) fn input(source: &Source) -> Option<String> {
    let mut lines = Lines::default();
    lines.add("input", &source.path);
    lines.add("lifecycle", source.lifecycle.name());
    for (name, value) in &source.properties {
        lines.add_property(name, value);
    }
    lines.finish()
}
