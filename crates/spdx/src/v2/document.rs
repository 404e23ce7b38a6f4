//! The document around the packages: its creator, time and inputs (SPDX 2.3 clauses 6 and 12).

use bomtrail_graph::{Lifecycle, Source};
use serde::Serialize;

use super::context::{Annotation, Context, DOCUMENT};
use super::package::Packages;
use super::relationship::Relationships;
use crate::identifier::Plain;
use crate::license::Extracted;
use crate::notes::document::{basis, input};
use crate::product::document_name;

/// The base of document namespaces (the form that SPDX 2.3 clause 6.5 recommends).
const NAMESPACE: &str = "https://spdx.org/spdxdocs/";

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
    has_extracted_licensing_infos: &'d Extracted<'d>,
}

#[derive(Serialize)]
struct CreationInfo<'d> {
    created: &'d str,
    creators: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'static str>,
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
            "hasExtractedLicensingInfos": serde_json::to_value(self.has_extracted_licensing_infos)?,
        }))
    }

    pub(super) fn new(context: &'d Context<'_>) -> Self {
        let graph = context.graph;
        let name = document_name(graph);
        let uuid = context.bom.uuid("SPDX", "2.3");
        let words = Plain(&name).to_string();
        let namespace = if words.is_empty() {
            format!("{NAMESPACE}{uuid}")
        } else {
            format!("{NAMESPACE}{words}-{uuid}")
        };
        let inputs = graph.inputs().iter().filter_map(input);
        let inputs = inputs.chain(basis(context.bom.tables.provenance_basis));
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
            has_extracted_licensing_infos: &context.extracted,
        }
    }
}

/// The kind of SBOM in the terms of CISA's "Types of Software Bill of Materials", as the 2.3 profiles look for it.
fn sbom_type(inputs: &[Source]) -> Option<&'static str> {
    let has = |wanted| inputs.iter().any(|it| it.lifecycle == wanted);
    match (has(Lifecycle::PreBuild), has(Lifecycle::Build)) {
        (true, true) => Some("SBOM Type: Source, Build"),
        (true, false) => Some("SBOM Type: Source"),
        (false, true) => Some("SBOM Type: Build"),
        (false, false) => None,
    }
}
