//! Package metadata in all the shapes that npm packages have used: licences, people, repositories, funding, platforms.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use bomtrail_graph::{Details, Fact, License, Licenses, Patch, Person, Text};
use foldhash::fast::RandomState;

use crate::package::entry::{Entry, Field};
use crate::package::integrity;
use crate::package::stated::Facts;
use crate::package::url::Url;
use crate::package::value::{Str, Value};
use crate::package::vcs::GitUrl;
use crate::paths;

/// The declared licences: `license` as a string, object or list, else the legacy `licenses`.
pub(crate) fn licenses(entry: &Entry<'_>) -> Fact<Licenses> {
    let stated = [&entry.license, entry.fact(Field::Licenses)]
        .into_iter()
        .map(stated_licenses)
        .find(|it| !it.is_empty());
    stated.map_or(Fact::Unknown, |it| Fact::Known(it.into()))
}

fn stated_licenses(value: &Value<'_>) -> Vec<License> {
    let one = |value: &Value<'_>| {
        let named = || {
            value
                .get("type")
                .or_else(|| value.get("name"))
                .and_then(Value::text)
        };
        value.text().or_else(named).and_then(License::declared)
    };
    match value {
        Value::List(items) => items.iter().filter_map(one).collect(),
        single => one(single).into_iter().collect(),
    }
}

/// Facts that many entries share (one range of engines, one funding address), made once and kept once.
#[derive(Default)]
pub(crate) struct Shared<'a> {
    /// By the address of facts that are kept once, which they keep as long as they are here.
    by_address: HashMap<usize, (Facts<'a>, Option<Arc<Details>>), RandomState>,
    details: HashMap<Facts<'a>, Option<Arc<Details>>, RandomState>,
    licenses: HashMap<Str<'a>, Licenses, RandomState>,
}

impl<'a> Shared<'a> {
    /// The rarer facts of an entry; `None` when it has none.
    pub(crate) fn details(&mut self, entry: &Entry<'a>) -> Option<Arc<Details>> {
        if entry.facts.is_empty() {
            return None;
        }
        let Facts::Shared(shared) = &entry.facts else {
            return self.details_of(entry);
        };
        let address = Rc::as_ptr(shared).addr();
        if let Some((_, known)) = self.by_address.get(&address) {
            return known.clone();
        }
        let new = self.details_of(entry);
        let kept = (entry.facts.clone(), new.clone());
        self.by_address.insert(address, kept);
        new
    }

    fn details_of(&mut self, entry: &Entry<'a>) -> Option<Arc<Details>> {
        if let Some(known) = self.details.get(&entry.facts) {
            return known.clone();
        }
        let new = details(entry).map(Arc::new);
        self.details.insert(entry.facts.clone(), new.clone());
        new
    }

    /// The declared licences of an entry.
    pub(crate) fn licenses(&mut self, entry: &Entry<'a>) -> Fact<Licenses> {
        let text = match &entry.license {
            Value::Text(text) => text,
            Value::Null if entry.facts.is_empty() => return Fact::Unknown,
            _ => return licenses(entry),
        };
        if let Some(known) = self.licenses.get(text) {
            return Fact::Known(known.clone());
        }
        let Some(license) = License::declared(text) else {
            return licenses(entry);
        };
        let licenses = Licenses::from([license]);
        self.licenses.insert(text.clone(), licenses.clone());
        Fact::Known(licenses)
    }
}

/// The rarer facts of an entry; `None` when it has none.
pub(crate) fn details(entry: &Entry<'_>) -> Option<Details> {
    if entry.facts.is_empty() {
        return None;
    }
    let repository = entry
        .fact(Field::Repository)
        .get("url")
        .or(Some(entry.fact(Field::Repository)))
        .and_then(Value::text)
        .and_then(repository);
    let details = Details::default().with(|it| {
        it.description = text(entry.fact(Field::Description));
        it.authors = person(entry.fact(Field::Author)).into_iter().collect();
        it.homepage = entry.fact(Field::Homepage).text().and_then(web);
        it.repository = repository;
        it.bugs = entry
            .fact(Field::Bugs)
            .get("url")
            .or(Some(entry.fact(Field::Bugs)))
            .and_then(Value::text)
            .and_then(web);
        it.funding = funding(entry.fact(Field::Funding));
        it.deprecated = deprecated(entry.fact(Field::Deprecated));
        it.engines = engines(entry.fact(Field::Engines));
        it.os = list(entry.fact(Field::Os));
        it.cpu = list(entry.fact(Field::Cpu));
        it.libc = list(entry.fact(Field::Libc));
        it.patches = patch(entry.fact(Field::Patched)).into_iter().collect();
        it.properties = Vec::new();
    });
    (details != Details::default()).then_some(details)
}

fn text(value: &Value<'_>) -> Option<Text> {
    value
        .text()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .map(Text::from)
}

fn list(value: &Value<'_>) -> Vec<Text> {
    value.texts().into_iter().map(Text::from).collect()
}

/// A web address without credentials; `None` for any other text.
pub(crate) fn web(text: &str) -> Option<Text> {
    Url::parse(text.trim()).map(|url| url.without_credentials().into())
}

/// A repository in any form, as an address other tools understand.
fn repository(text: &str) -> Option<Text> {
    let text = text.trim();
    match GitUrl::parse(text) {
        Some(git) => Some(git.address().into()),
        None => web(text),
    }
}

/// A deprecation message; npm has written `true` instead of an empty one.
fn deprecated(value: &Value<'_>) -> Option<Text> {
    match value {
        Value::Text(message) if !message.is_empty() => Some(message.as_ref().into()),
        Value::Bool(true) => Some("deprecated".into()),
        _ => None,
    }
}

/// `engines` as an object, or as the legacy list (`["node >= 0.6"]`).
fn engines(value: &Value<'_>) -> Vec<(Text, Text)> {
    match value {
        Value::Map(pairs) => pairs
            .iter()
            .filter_map(|(name, range)| Some((name.as_ref().into(), range.text()?.into())))
            .collect(),
        Value::List(items) => {
            let split = |text: &str| {
                let (name, range) = text.trim().split_once(' ').unwrap_or((text.trim(), "*"));
                (Text::from(name), Text::from(range.trim()))
            };
            items.iter().filter_map(Value::text).map(split).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => Vec::new(),
    }
}

fn funding(value: &Value<'_>) -> Vec<Text> {
    let one = |value: &Value<'_>| {
        value
            .text()
            .or_else(|| value.get("url").and_then(Value::text))
            .and_then(web)
    };
    match value {
        Value::List(items) => items.iter().filter_map(one).collect(),
        single => one(single).into_iter().collect(),
    }
}

/// `Name <mail> (page)`, or an object with those fields.
fn person(value: &Value<'_>) -> Option<Person> {
    if let Value::Map(_) = value {
        let field = |key| value.get(key).and_then(text);
        let person = Person {
            name: field("name").unwrap_or_default(),
            email: field("email"),
            url: field("url"),
        };
        return (person != Person::default()).then_some(person);
    }
    let whole = value.text()?.trim();
    let between = |open, close| {
        let (_, after) = whole.split_once(open)?;
        Some(after.split_once(close)?.0.trim())
            .filter(|it| !it.is_empty())
            .map(Text::from)
    };
    let name = whole.split(['<', '(']).next().unwrap_or_default().trim();
    let person = Person {
        name: name.into(),
        email: between('<', '>'),
        url: between('(', ')'),
    };
    (person != Person::default()).then_some(person)
}

fn patch(value: &Value<'_>) -> Option<Patch> {
    let path = value.get("path").and_then(Value::text)?;
    let hashes = value
        .get("integrity")
        .and_then(Value::text)
        .map(|it| integrity::parse(it).0.into_vec());
    let path = paths::join("", path).unwrap_or_else(|| paths::folder_name(path).to_owned());
    Some(Patch {
        path: path.into(),
        hashes: hashes.unwrap_or_default(),
    })
}

/// The name of the package extension that added a dependency (lockfile version 4).
pub(crate) fn added_by(entry: &Entry<'_>, name: &str) -> Option<Text> {
    if entry.facts.is_empty() {
        return None;
    }
    let fields = [
        "dependencies",
        "optionalDependencies",
        "peerDependencies",
        "peerDependenciesMeta",
    ];
    [
        (entry.fact(Field::PackageExtensionsApplied), "selector"),
        (entry.fact(Field::NpmExtensionApplied), "extensionPoint"),
    ]
    .into_iter()
    .find(|(applied, _)| {
        fields
            .iter()
            .filter_map(|it| applied.get(it))
            .any(|names| names.texts().contains(&name))
    })
    .and_then(|(applied, key)| applied.get(key).and_then(Value::text))
    .map(Text::from)
}
