//! Licences as `licenses`. Before 1.7 an expression is the only item, and an identifier must be on the list of the schema; what
//! does not fit is written as a name.

use bomtrail_graph::License as Declared;

use crate::spec::table::{LICENSE, LICENSES};
use crate::spec::{SpecVersion, is_listed_license as is_listed};
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
    let acknowledgement = LICENSE
        .has("acknowledgement", version)
        .then_some("declared");
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
            Declared::Expression(expression) if alone || LICENSES.can_mix(version) => {
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

/// A concluded licence (1.6 and later).
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
