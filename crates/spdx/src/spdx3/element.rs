//! One element as it is printed: the fields of every class that is used, in one value. Which are filled decides who makes it.

use serde::Serialize;

/// An element of `@graph`.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "fields are named as the specification names them"
)]
pub(super) struct Element<'d> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) spdx_id: String,
    pub(super) creation_info: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) external_identifier: Vec<ExternalIdentifier<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) external_ref: Vec<ExternalRef<'d>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) verified_using: Vec<Hash>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) originated_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) supplied_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) valid_until_time: Option<String>,
    #[serde(
        rename = "software_primaryPurpose",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) purpose: Option<&'static str>,
    #[serde(
        rename = "software_additionalPurpose",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(super) additional_purpose: Vec<&'static str>,
    #[serde(
        rename = "software_packageVersion",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) version: Option<&'d str>,
    #[serde(
        rename = "software_packageUrl",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) purl: Option<&'d str>,
    #[serde(
        rename = "software_downloadLocation",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) location: Option<String>,
    #[serde(rename = "software_homePage", skip_serializing_if = "Option::is_none")]
    pub(super) home_page: Option<&'d str>,
    #[serde(
        rename = "simplelicensing_licenseExpression",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) expression: Option<&'d str>,
    #[serde(
        rename = "simplelicensing_customIdToUri",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(super) custom_ids: Vec<DictionaryEntry>,
    #[serde(
        rename = "simplelicensing_licenseText",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) license_text: Option<&'d str>,
    #[serde(rename = "build_buildType", skip_serializing_if = "Option::is_none")]
    pub(super) build_type: Option<&'d str>,
    #[serde(rename = "build_buildId", skip_serializing_if = "Option::is_none")]
    pub(super) build_id: Option<&'d str>,
    #[serde(
        rename = "build_configSourceUri",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(super) config_source: Vec<&'d str>,
    #[serde(
        rename = "build_configSourceEntrypoint",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub(super) entrypoint: Vec<&'d str>,
    #[serde(rename = "build_parameter", skip_serializing_if = "Vec::is_empty")]
    pub(super) parameters: Vec<DictionaryEntry>,
    #[serde(rename = "build_environment", skip_serializing_if = "Vec::is_empty")]
    pub(super) environment: Vec<DictionaryEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) annotation_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relationship_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) completeness: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) to: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) profile_conformance: Vec<&'static str>,
    #[serde(rename = "software_sbomType", skip_serializing_if = "Vec::is_empty")]
    pub(super) sbom_type: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) root_element: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) element: Vec<String>,
}

/// A name for the element elsewhere.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "fields are named as the specification names them"
)]
pub(super) struct ExternalIdentifier<'d> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) external_identifier_type: &'static str,
    pub(super) identifier: &'d str,
}

/// Something about the element elsewhere.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "fields are named as the specification names them"
)]
pub(super) struct ExternalRef<'d> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) external_ref_type: &'static str,
    pub(super) locator: [&'d str; 1],
}

/// A digest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "fields are named as the specification names them"
)]
pub(super) struct Hash {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) algorithm: &'static str,
    pub(super) hash_value: String,
}

/// A value by its name: what a licence reference stands for, or a parameter of a build.
#[derive(Serialize)]
pub(super) struct DictionaryEntry {
    #[serde(rename = "type")]
    kind: &'static str,
    key: String,
    value: String,
}

impl DictionaryEntry {
    /// The value of a key.
    pub(super) fn new(key: &str, value: String) -> Self {
        Self {
            kind: "DictionaryEntry",
            key: key.to_owned(),
            value,
        }
    }
}

/// Who made the elements, and when.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreationInfo<'d> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: &'static str,
    pub(super) spec_version: &'static str,
    pub(super) created: &'d str,
    pub(super) created_by: [String; 1],
    pub(super) created_using: [String; 1],
}
