//! The values of annotations, declarations and definitions.

use std::borrow::Cow;

use serde::Serialize;

use super::{Component, Contact, Entity};

/// `annotation` (1.5).
#[derive(Serialize)]
pub(crate) struct Annotation<'g> {
    pub(crate) subjects: Vec<Cow<'g, str>>,
    pub(crate) annotator: Annotator<'g>,
    pub(crate) timestamp: String,
    pub(crate) text: String,
}

/// `annotator`: exactly one of these.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Annotator<'g> {
    Organization(Entity<'g>),
    Individual(Contact<'g>),
    Component(Box<Component<'g>>),
}

/// `declarations` (1.6).
#[derive(Serialize)]
pub(crate) struct Declarations<'g> {
    pub(crate) assessors: [Assessor<'g>; 1],
    pub(crate) attestations: Vec<Attestation>,
    pub(crate) claims: Vec<Claim<'g>>,
    pub(crate) evidence: Vec<Evidence<'g>>,
}

/// One of `assessors`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Assessor<'g> {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: String,
    pub(crate) third_party: bool,
    pub(crate) organization: Entity<'g>,
}

/// One of `attestations`.
#[derive(Serialize)]
pub(crate) struct Attestation {
    pub(crate) summary: &'static str,
    pub(crate) assessor: String,
    pub(crate) map: Vec<Mapping>,
}

/// One of `map`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mapping {
    pub(crate) requirement: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) claims: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) counter_claims: Vec<String>,
    pub(crate) conformance: Conformance,
}

/// `conformance`.
#[derive(Serialize)]
pub(crate) struct Conformance {
    /// 0 or 1.
    pub(crate) score: u8,
    pub(crate) rationale: String,
}

/// One of `claims`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Claim<'g> {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: String,
    pub(crate) target: Cow<'g, str>,
    pub(crate) predicate: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) reasoning: Cow<'g, str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) evidence: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) counter_evidence: Vec<String>,
}

/// One of `evidence`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evidence<'g> {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: String,
    pub(crate) property_name: &'static str,
    pub(crate) description: Cow<'g, str>,
    pub(crate) data: Vec<EvidenceData<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reviewer: Option<Contact<'g>>,
}

/// One of `data`.
#[derive(Serialize)]
pub(crate) struct EvidenceData<'g> {
    name: &'static str,
    contents: Contents<'g>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Contents<'g> {
    Attachment { content: Cow<'g, str> },
    Url(String),
}

impl<'g> EvidenceData<'g> {
    /// Evidence as text.
    pub(crate) fn text(name: &'static str, content: Cow<'g, str>) -> Self {
        let contents = Contents::Attachment { content };
        Self { name, contents }
    }

    /// Evidence at another address.
    pub(crate) fn url(name: &'static str, url: String) -> Self {
        let contents = Contents::Url(url);
        Self { name, contents }
    }
}

/// `definitions` (1.6).
#[derive(Serialize)]
pub(crate) struct Definitions {
    pub(crate) standards: Vec<Standard>,
}

/// One of `definitions.standards`. The XML schema requires all fields.
#[derive(Serialize)]
pub(crate) struct Standard {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: String,
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) description: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) requirements: Vec<Requirement>,
}

/// One of `requirements`.
#[derive(Serialize)]
pub(crate) struct Requirement {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: String,
    pub(crate) identifier: &'static str,
    pub(crate) text: &'static str,
}
