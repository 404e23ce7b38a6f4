//! The specification that metadata follows, found as `CPAN::Meta::Converter` does.

use bomtrail_graph::Diagnostics;

use crate::formats::diags;
use crate::formats::value::Value;

/// A specification of CPAN metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spec {
    /// `CPAN::Meta::Spec` 2.
    V2,
    /// An older one, by its number.
    V1(&'static str),
}

/// The versions before 2, and their numbers.
const OLD: [(&str, f64); 5] = [
    ("1.0", 1.0),
    ("1.1", 1.1),
    ("1.2", 1.2),
    ("1.3", 1.3),
    ("1.4", 1.4),
];

impl Spec {
    /// Its number.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V2 => "2",
            Self::V1(name) => name,
        }
    }

    /// The specification that metadata names, or else the one that has its keys.
    pub(crate) fn of(value: &Value, path: &str, diagnostics: &mut Diagnostics) -> Self {
        let Some(stated) = value.get("meta-spec").map() else {
            return Self::V1("1.0");
        };
        let stated = stated.get("version").and_then(Value::text);
        if let Some(found) = stated.and_then(named) {
            return found;
        }
        let guess = if !value.get("prereqs").is_null() {
            Self::V2
        } else if !value.get("configure_requires").is_null() {
            Self::V1("1.4")
        } else {
            Self::V1("1.2")
        };
        let stated = stated.unwrap_or_default();
        diagnostics.push(diags::meta_spec(path, stated, guess.name()));
        guess
    }
}

/// The specification of a number; `2.0` is 2.
fn named(text: &str) -> Option<Spec> {
    let (integer, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|c| c.is_ascii_digit());
    if !digits(integer) || !digits(fraction) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    let same = |other: f64| (number - other).abs() < f64::EPSILON;
    if same(2.0) {
        return Some(Spec::V2);
    }
    OLD.iter()
        .find(|(_, it)| same(*it))
        .map(|(name, _)| Spec::V1(name))
}
