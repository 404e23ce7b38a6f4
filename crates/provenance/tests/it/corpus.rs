//! The provenance corpus next to the project, and its bundles.

use std::path::{Path, PathBuf};

use bomtrail_graph::{Hash, HashAlgorithm};
use serde_json::Value;

/// The corpus; `None` when it is absent.
pub(crate) fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/provenance");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: there is no corpus at {}", path.display());
    None
}

/// One attestation of a file: the type its wrapper says, and the bundle.
pub(crate) fn entry(file: &Path, index: Option<usize>) -> (Option<String>, String) {
    let text = std::fs::read_to_string(file).unwrap();
    let Some(index) = index else {
        return (None, text);
    };
    let answer: Value = serde_json::from_str(&text).unwrap();
    let entry = &answer["attestations"][index];
    let wrapper = entry["predicateType"].as_str().map(str::to_owned);
    (wrapper, entry["bundle"].to_string())
}

/// A digest as the command line writes it.
pub(crate) fn digest(text: &str) -> Option<Hash> {
    let (algorithm, hex) = text.split_once(':')?;
    Hash::from_hex(HashAlgorithm::from_name(algorithm)?, hex)
}
