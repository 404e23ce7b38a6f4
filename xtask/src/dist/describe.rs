//! What a release says about itself: the SBOM of the program, how it was built, and the digests of all files.

use std::error::Error;
use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Asset;
use super::payload::Payload;
use super::release::Release;

/// The SBOM of the program, made by the program from the lockfile that it was built with.
pub(crate) fn sbom(release: &Release, payload: &Payload) -> Result<Asset, Box<dyn Error>> {
    let document: Value = serde_json::from_slice(&payload.sbom)?;
    let components = document.get("components").and_then(Value::as_array);
    if components.is_none_or(Vec::is_empty) {
        return Err("the SBOM of the program has no components".into());
    }
    Ok(Asset::new(release.stem() + ".cdx.json", &*payload.sbom))
}

/// An in-toto statement with SLSA's description of a build. It is not signed; the release workflow has it signed.
pub(crate) fn statement(release: &Release, assets: &[Asset]) -> Result<Asset, Box<dyn Error>> {
    let subjects: Vec<Value> = assets
        .iter()
        .map(|it| json!({"name": it.name, "digest": {"sha256": digest(it)}}))
        .collect();
    let source = release.commit.as_ref();
    let source = source.map(|it| json!({"name": "source", "digest": {"gitCommit": it}}));
    let statement = json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subjects,
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://slsa.dev/provenance/v1?build=cargo-xtask-dist",
                "externalParameters": {"target": release.target.triple, "version": release.version},
                "resolvedDependencies": source.into_iter().collect::<Vec<_>>(),
            },
            "runDetails": {
                "builder": {"id": "cargo xtask dist"},
                "metadata": {"finishedOn": release.time()?},
            },
        },
    });
    let text = serde_json::to_vec_pretty(&statement)?;
    Ok(Asset::new(release.stem() + ".intoto.json", text))
}

/// `SHA256SUMS`, as `sha256sum --check` reads it. Each target has its own, so that no release job overwrites another's.
pub(crate) fn checksums(release: &Release, assets: &[Asset]) -> Asset {
    let rows = assets
        .iter()
        .map(|it| format!("{}  {}\n", digest(it), it.name));
    let name = ["SHA256SUMS-", release.target.triple].concat();
    Asset::new(name, rows.collect::<String>())
}

fn digest(asset: &Asset) -> String {
    hex(&Sha256::digest(&asset.bytes))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
