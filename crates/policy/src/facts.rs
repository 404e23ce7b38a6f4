//! What is known of packages beside what inputs say: a file that a pipeline makes (`--facts`), so that checking needs no network.

use std::collections::BTreeMap;

use bomtrail_graph::{Date, Diagnostics, Purl};
use serde_json::Value;

use crate::diags;

/// What is known of one package version. What is not there is not known, which is not the same as no.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageFacts {
    /// The day it was published.
    pub published: Option<Date>,
    /// Whether its provenance was verified.
    pub provenance: Option<bool>,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: Option<bool>,
}

/// Facts by package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<String, PackageFacts>);

impl Facts {
    /// Reads a facts file: `{"version": 1, "packages": {"pkg:npm/a@1.0.0": {"published": "2026-11-21", …}}}`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        let wrong = |message: String| {
            let mut all = Diagnostics::new();
            all.push(diags::facts(path, message));
            all
        };
        let value: Value = serde_json::from_str(text)
            .map_err(|error| wrong(format!("not readable as JSON: {error}")))?;
        let object = value.as_object();
        let version = object.and_then(|it| it.get("version"));
        if version.and_then(Value::as_u64) != Some(1) {
            return Err(wrong("`version` must be the number 1".to_owned()));
        }
        let packages = object
            .and_then(|it| it.get("packages"))
            .and_then(Value::as_object)
            .ok_or_else(|| wrong("`packages` must be an object".to_owned()))?;
        let mut all = BTreeMap::new();
        for (name, value) in packages {
            let purl = Purl::parse(name).map_err(|error| wrong(format!("`{name}`: {error}")))?;
            let facts = package(value).map_err(|why| wrong(format!("`{name}`: {why}")))?;
            all.insert(purl.identity().into_owned(), facts);
        }
        Ok(Self(all))
    }

    /// What is known of a package version.
    pub fn get(&self, purl: &Purl) -> Option<&PackageFacts> {
        self.0.get(&*purl.identity())
    }
}

fn package(value: &Value) -> Result<PackageFacts, String> {
    let object = value.as_object().ok_or("must be an object")?;
    let mut facts = PackageFacts::default();
    for (key, value) in object {
        match (key.as_str(), value) {
            ("published", Value::String(text)) => {
                let date = Date::parse(text);
                facts.published =
                    Some(date.ok_or("`published` must be a date, as in `2026-11-21`")?);
            }
            ("license", Value::String(text)) => facts.license = Some(text.clone()),
            ("provenance", Value::Bool(it)) => facts.provenance = Some(*it),
            ("deprecated", Value::Bool(it)) => facts.deprecated = Some(*it),
            ("deprecated", Value::String(_)) => facts.deprecated = Some(true),
            ("maintainers", _) => {}
            (other, _) if other.starts_with("x-") => {}
            (other, _) => return Err(format!("`{other}` is no fact, or of the wrong type")),
        }
    }
    Ok(facts)
}
