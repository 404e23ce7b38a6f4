//! Licences as `licenses`. An expression may stand beside nothing else before 1.7, and an identifier must be on the list
//! that the schema pins; what does not fit is kept as a name.

use bomtrail_graph::License as Declared;

use crate::spec::SpecVersion;
use crate::write::loss::{Loss, Losses};
use crate::write::wire::{License, LicenseChoice};

/// The declared licences of one component, in the order they are stated.
pub(crate) fn choices<'g>(
    declared: &'g [Declared],
    version: SpecVersion,
    losses: &Losses,
) -> Vec<LicenseChoice<'g>> {
    let stated = declared.iter().filter(|it| !it.text().is_empty());
    let alone = stated.clone().count() == 1;
    let acknowledgement = (version >= SpecVersion::V1_6).then_some("declared");
    let choice = |it: &'g Declared| {
        if acknowledgement.is_none() {
            losses.add(Loss::Acknowledgement);
        }
        let name = |name| License {
            name: Some(name),
            acknowledgement,
            ..License::default()
        };
        let license = match it {
            Declared::Id(id) if is_listed(id) => License {
                id: Some(id),
                acknowledgement,
                ..License::default()
            },
            Declared::Id(id) => {
                losses.add(Loss::LicenseId);
                name(id)
            }
            Declared::Expression(expression) if alone || version >= SpecVersion::V1_7 => {
                return LicenseChoice {
                    expression: Some(expression),
                    acknowledgement,
                    ..LicenseChoice::default()
                };
            }
            Declared::Expression(expression) => {
                losses.add(Loss::Expression);
                name(expression)
            }
            Declared::Named(text) => name(text),
        };
        LicenseChoice {
            license: Some(license),
            ..LicenseChoice::default()
        }
    };
    stated.map(choice).collect()
}

/// A licence that somebody concluded (1.6 and later).
pub(crate) fn concluded(text: &str) -> LicenseChoice<'_> {
    let acknowledgement = Some("concluded");
    let license = match Declared::declared(text) {
        Some(Declared::Id(id)) if *id == *text && is_listed(text) => License {
            id: Some(text),
            acknowledgement,
            ..License::default()
        },
        Some(Declared::Expression(_)) => {
            return LicenseChoice {
                expression: Some(text),
                acknowledgement,
                ..LicenseChoice::default()
            };
        }
        _ => License {
            name: Some(text),
            acknowledgement,
            ..License::default()
        },
    };
    LicenseChoice {
        license: Some(license),
        ..LicenseChoice::default()
    }
}

/// Identifiers of the SPDX list 3.29 (which the `spdx` crate carries) that the list 3.28 (which the CycloneDX schemas pin)
/// does not hold, sorted; and `NOASSERTION`, which that crate counts as an identifier.
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

/// True for an identifier that the schema's list holds, in the list's own spelling.
fn is_listed(id: &str) -> bool {
    if matches!(id, "MIT" | "ISC" | "Apache-2.0" | "BSD-3-Clause") {
        return true; // What most packages state.
    }
    // Looked up here and not by the crate's own function, which takes `X+` for `X`.
    let known = spdx::identifiers::LICENSES.binary_search_by(|it| it.name.cmp(id));
    known.is_ok() && NEWER.binary_search(&id).is_err()
}

#[cfg(test)]
mod tests;
