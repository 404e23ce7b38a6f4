//! The verdict about one bundle as JSON.

use std::io;

use bomtrail_graph::{Tool, WriteError};
use bomtrail_provenance::{Material, Outcome, Signer};
use serde::Serialize;

use super::{AttestationView, BuildLevelView, BuildView, EvidenceView, TrustView};
use crate::wire::{ToolView, print};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VerdictView<'a> {
    schema: &'static str,
    tool: ToolView<'a>,
    trusted_root: TrustView<'a>,
    npm_keys: TrustView<'a>,
    verdict: AttestationView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_with_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<BuildView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consistency: Option<EvidenceView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    build_level: Option<BuildLevelView<'a>>,
}

/// Writes the verdict about one bundle as `bomtrail/bundle-verdict/v1`, which `schemas/bundle-verdict-v1.schema.json`
/// describes.
///
/// # Errors
/// [`WriteError`] when the sink refuses.
pub fn write_bundle(
    outcome: &Outcome,
    trusted_root: &Material,
    npm_keys: &Material,
    tool: Tool<'_>,
    out: &mut dyn io::Write,
) -> Result<(), WriteError> {
    let (key, build) = match &outcome.signer {
        Some(Signer::Certificate(build)) => (None, Some(BuildView::from(&**build))),
        Some(Signer::Registry(id)) => (Some(&**id), None),
        Some(Signer::GivenKey) => (Some("the key that was given"), None),
        None => (None, None),
    };
    let view = VerdictView {
        schema: "bomtrail/bundle-verdict/v1",
        tool: tool.into(),
        trusted_root: trusted_root.into(),
        npm_keys: npm_keys.into(),
        verdict: (&outcome.attestation).into(),
        signed_with_key: key,
        build,
        consistency: outcome.consistency.as_ref().map(EvidenceView::from),
        build_level: outcome.build_level.as_ref().map(BuildLevelView::from),
    };
    Ok(print(&view, out)?)
}
