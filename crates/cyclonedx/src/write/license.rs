//! Licences as `licenses`. Before 1.7 an expression is the only item, and an identifier must be on the list of the schema; what
//! does not fit is written as a name.

use bomtrail_graph::{Details, License as Declared, Text};

use crate::names::LICENSE_TEXT;
use crate::spec::table::{LICENSE, LICENSES};
use crate::spec::{SpecVersion, is_listed_license as is_listed};
use crate::write::loss::{Loss, Losses};
use crate::write::wire::{Attachment, ExpressionDetail, License, LicenseChoice, Property};

/// The declared licences of one component, in the order they are stated.
pub(crate) fn choices<'g>(
    declared: &'g [Declared],
    details: Option<&'g Details>,
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
        let text = text_of(it.text(), details);
        let name = |name| License {
            name: Some(name),
            acknowledgement,
            text: text_of(it.text(), details),
            ..License::default()
        };
        let license = match it {
            Declared::Id(id) if is_listed(id) => License {
                id: Some(id),
                acknowledgement,
                text,
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
                    details: details_of(expression, details, version),
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

fn texts(details: Option<&Details>) -> impl Iterator<Item = &(Text, Text)> {
    details.into_iter().flat_map(|it| &it.license_texts)
}

/// The text of a licence that is the only one of its item.
fn text_of<'g>(license: &str, details: Option<&'g Details>) -> Option<Attachment<'g>> {
    let (_, content) = texts(details).find(|(it, _)| **it == *license)?;
    Some(Attachment { content })
}

/// The texts of licences in an expression.
fn details_of<'g>(
    expression: &str,
    details: Option<&'g Details>,
    version: SpecVersion,
) -> Vec<ExpressionDetail<'g>> {
    let all = texts(details).filter(|(it, _)| LICENSES.can_mix(version) && has(expression, it));
    let detail = |(identifier, content): &'g (Text, Text)| ExpressionDetail {
        license_identifier: identifier,
        text: Attachment { content },
    };
    all.map(detail).collect()
}

/// True when an expression names a licence.
fn has(expression: &str, identifier: &str) -> bool {
    let mut words = expression.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    words.any(|it| it == identifier)
}

/// The texts that no item of `licenses` has a place for, as properties.
pub(crate) fn other_texts<'g>(
    declared: &'g [Declared],
    details: Option<&'g Details>,
    version: SpecVersion,
) -> impl Iterator<Item = Property<'g>> {
    let holds = move |it: &Declared, name: &str| match it {
        Declared::Expression(expression) if LICENSES.can_mix(version) => has(expression, name),
        other => other.text() == name,
    };
    let is_there = move |name: &str| declared.iter().any(|it| holds(it, name));
    let others = texts(details).filter(move |(name, _)| !is_there(name));
    others.map(|(name, text)| Property {
        name: LICENSE_TEXT.into(),
        value: [name, "\n", text].concat().into(),
    })
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
