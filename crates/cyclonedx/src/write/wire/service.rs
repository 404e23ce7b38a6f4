//! The values of services.

use serde::Serialize;

use super::Entity;

/// `service`.
#[derive(Serialize)]
pub(crate) struct Service<'g> {
    #[serde(rename = "bom-ref")]
    pub(crate) bom_ref: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<Entity<'g>>,
    pub(crate) name: &'g str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<&'g str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) endpoints: Vec<&'g str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) authenticated: Option<bool>,
    #[serde(rename = "x-trust-boundary", skip_serializing_if = "Option::is_none")]
    pub(crate) trust_boundary: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) data: Vec<DataFlow<'g>>,
}

/// `serviceData`.
#[derive(Serialize)]
pub(crate) struct DataFlow<'g> {
    pub(crate) flow: &'g str,
    pub(crate) classification: &'g str,
}
