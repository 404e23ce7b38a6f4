//! The licence identifiers that the CycloneDX schemas accept.

/// Identifiers of the SPDX list 3.29 (in the `spdx` crate) that are not in the list 3.28 (in the CycloneDX schemas), sorted;
/// and `NOASSERTION`, which that crate counts as an identifier.
const NEWER: [&str; 20] = [
    "BSD-2-Clause-pos-unchanged",
    "BSD-3-Clause-OpenWebUI",
    "BSD-Source-Code-no-disclaimer",
    "BSD-Source-alt-GPL",
    "BSD-ask-to-endorse",
    "Brian-Gladman-3-Clause-no-conversion",
    "Bugroff",
    "CC-BY-NC-3.0-IGO",
    "FDK-MPEG-H",
    "GFDL-1.1-invariants",
    "GFDL-1.1-no-invariants",
    "GFDL-1.2-invariants",
    "GFDL-1.2-no-invariants",
    "GFDL-1.3-invariants",
    "GFDL-1.3-no-invariants",
    "Hippocratic-3.0-core",
    "Informatica",
    "MVT-1.1",
    "NOASSERTION",
    "atc-game",
];

/// True for an identifier of the SPDX list in the CycloneDX schemas, in its exact spelling.
pub(crate) fn is_listed_license(id: &str) -> bool {
    if matches!(id, "MIT" | "ISC" | "Apache-2.0" | "BSD-3-Clause") {
        return true; // The most frequent ones.
    }
    // The crate's own function accepts `X+` for `X`.
    let known = spdx::identifiers::LICENSES.binary_search_by(|it| it.name.cmp(id));
    known.is_ok() && NEWER.binary_search(&id).is_err()
}

#[cfg(test)]
mod tests;
