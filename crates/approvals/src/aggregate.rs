//! Several lists as one, to publish for others to extend: what any of them approves and none of them denies.

use bomtrail_version::compare;
use serde_json::{Map, Value, json};

use crate::document::Document;
use crate::edit::EditError;
use crate::key::Stated;
use crate::load::parse;
use crate::text::pretty;

type Entries = Map<String, Value>;

/// The sections of the aggregate.
#[derive(Default)]
struct Whole {
    packages: Entries,
    denied: Entries,
    reviews: Entries,
}

/// The text of one list with the entries of several (each with its name); descriptions come from the first list that has them.
/// Keys of the authors' own (`x-…`) are left out.
///
/// # Errors
/// [`EditError`] when one of them is not valid or extends others (which would be lost), or when two pin different digests.
pub fn aggregate(lists: &[(String, String)]) -> Result<String, EditError> {
    let mut whole = Whole::default();
    for (name, text) in lists {
        let document = parse(name, text).map_err(EditError::Invalid)?;
        if !document.extends.is_empty() {
            return Err(EditError::Extends(name.clone()));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut list: Entries =
            serde_json::from_str(text).map_err(|_| EditError::NotText(name.clone()))?;
        let mut section = |name: &str| match list.remove(name) {
            Some(Value::Object(entries)) => entries,
            _ => Entries::new(),
        };
        for (key, value) in section("packages") {
            unite(whole.packages.entry(key).or_insert(json!([])), value);
        }
        for (key, value) in section("denied") {
            match whole.denied.get_mut(&key) {
                Some(known) => refuse(known, value),
                None => drop(whole.denied.insert(key, value)),
            }
        }
        for (key, value) in section("reviews") {
            match whole.reviews.get_mut(&key) {
                Some(known) => review(&key, known, value)?,
                None => drop(whole.reviews.insert(key, value)),
            }
        }
    }
    whole.written()
}

impl Whole {
    /// The text, without the versions that are both approved and denied.
    fn written(mut self) -> Result<String, EditError> {
        const NAME: &str = "the aggregate";
        let all = parse(NAME, &self.text()).map_err(EditError::Invalid)?;
        for (name, versions) in &mut self.packages {
            if let Value::Array(versions) = versions {
                versions.retain(|it| !it.as_str().is_some_and(|it| is_refused(&all, name, it)));
            }
        }
        self.packages
            .retain(|_, versions| versions != &Value::Array(Vec::new()));
        let text = self.text();
        parse(NAME, &text).map_err(EditError::Invalid)?;
        Ok(text)
    }

    fn text(&self) -> String {
        let mut list = json!({ "version": 1, "packages": self.packages });
        if let Value::Object(list) = &mut list {
            for (name, section) in [("denied", &self.denied), ("reviews", &self.reviews)] {
                if !section.is_empty() {
                    list.insert(name.to_owned(), Value::Object(section.clone()));
                }
            }
        }
        pretty(&list)
    }
}

fn is_refused(all: &Document, name: &str, version: &str) -> bool {
    let Ok(stated) = Stated::parse(name) else {
        return false;
    };
    let mut denied = all.denied.iter().filter(|it| it.key == stated.key);
    denied.any(|it| it.covers(version))
}

/// Adds the texts of one array that another lacks.
fn unite(known: &mut Value, more: Value) {
    let (Value::Array(known), Value::Array(more)) = (known, more) else {
        return;
    };
    for it in more {
        if !known.contains(&it) {
            known.push(it);
        }
    }
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    known.sort_by(|a, b| compare(None, &text(a), &text(b)));
}

/// Two denials of one package: a denial of all versions wins, otherwise the union of both.
fn refuse(known: &mut Value, more: Value) {
    const NARROWER: [&str; 2] = ["versions", "ranges"];
    let (Value::Object(known), Value::Object(more)) = (known, more) else {
        return;
    };
    let all = |it: &Entries| !NARROWER.iter().any(|name| it.contains_key(*name));
    if all(known) || all(&more) {
        known.retain(|name, _| !NARROWER.contains(&name.as_str()));
    } else {
        for name in NARROWER {
            if let Some(texts) = more.get(name) {
                unite(known.entry(name).or_insert(json!([])), texts.clone());
            }
        }
    }
    describe(known, more, &NARROWER);
}

/// Two reviews of one version: the limits of both apply.
fn review(key: &str, known: &mut Value, more: Value) -> Result<(), EditError> {
    let (Value::Object(known), Value::Object(more)) = (known, more) else {
        return Ok(());
    };
    let pins = |it: &Entries| {
        let mut pins: Vec<String> = texts(it, "integrity");
        pins.sort_unstable();
        pins
    };
    let (here, there) = (pins(known), pins(&more));
    if !here.is_empty() && !there.is_empty() && here != there {
        return Err(EditError::Digests(key.to_owned()));
    }
    let first = |name: &str| {
        let both = [known.get(name), more.get(name)];
        let days = both.into_iter().flatten().filter_map(Value::as_str);
        days.min().map(str::to_owned)
    };
    let expires = first("expires");
    let dev_only = [&*known, &more].into_iter().any(|it| {
        let scope = texts(it, "scope");
        !scope.is_empty() && !scope.iter().any(|it| it == "prod")
    });
    let refused = [&*known, &more]
        .into_iter()
        .any(|it| it.get("installScripts") == Some(&Value::Bool(false)));
    describe(known, more, &[]);
    if let Some(day) = expires {
        known.insert("expires".to_owned(), Value::String(day));
    }
    if dev_only {
        known.insert("scope".to_owned(), json!(["dev"]));
    }
    if refused {
        known.insert("installScripts".to_owned(), Value::Bool(false));
    }
    Ok(())
}

fn texts(entry: &Entries, name: &str) -> Vec<String> {
    let array = entry.get(name).and_then(Value::as_array);
    let texts = array.into_iter().flatten().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}

/// Adds the fields of `more` that `known` lacks, except for some.
fn describe(known: &mut Entries, more: Entries, but: &[&str]) {
    for (name, value) in more {
        if !but.contains(&name.as_str()) {
            known.entry(name).or_insert(value);
        }
    }
}

#[cfg(test)]
mod tests;
