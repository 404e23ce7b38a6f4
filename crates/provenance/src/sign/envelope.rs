//! Bare DSSE envelopes: a signed statement without the material of a bundle.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of the bundles made here.
pub(crate) const MEDIA_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "payloadType")]
    payload_type: Option<String>,
    payload: Option<String>,
    signatures: Option<Vec<Signature>>,
}

#[derive(Deserialize)]
struct Signature {
    #[serde(default)]
    keyid: String,
}

/// A bundle for a signature by a key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyBundle<'a> {
    pub(crate) media_type: &'static str,
    pub(crate) verification_material: KeyMaterial<'a>,
    pub(crate) dsse_envelope: &'a RawValue,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyMaterial<'a> {
    pub(crate) public_key: KeyHint<'a>,
}

#[derive(Serialize)]
pub(crate) struct KeyHint<'a> {
    pub(crate) hint: &'a str,
}

/// The bundle (JSON) of a bare envelope; `None` for anything else.
pub fn envelope_bundle(bytes: &[u8]) -> Option<String> {
    let raw: &RawValue = serde_json::from_slice(bytes).ok()?;
    let envelope: Envelope = serde_json::from_str(raw.get()).ok()?;
    let (Some(_), Some(_)) = (&envelope.payload_type, &envelope.payload) else {
        return None;
    };
    let hint = envelope.signatures?.into_iter().next().map(|it| it.keyid);
    bundle(raw, hint.as_deref().unwrap_or_default())
}

/// The bundle (JSON) of an envelope and the hint on its key.
pub(crate) fn bundle(envelope: &RawValue, hint: &str) -> Option<String> {
    let bundle = KeyBundle {
        media_type: MEDIA_TYPE,
        verification_material: KeyMaterial {
            public_key: KeyHint { hint },
        },
        dsse_envelope: envelope,
    };
    serde_json::to_string(&bundle).ok()
}
