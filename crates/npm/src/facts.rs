//! Package metadata in all the shapes npm packages have used: licences, people, repositories, funding, platforms.

use bomtrail_graph::{Details, Fact, License, Patch, Person, Text};

use crate::integrity;
use crate::paths;
use crate::source::Url;
use crate::vcs::GitUrl;
use crate::wire::{Entry, Extras, Value};

/// The declared licences: `license` as a string, object or list, else the legacy `licenses`.
pub(crate) fn licenses(entry: &Entry<'_>) -> Fact<Box<[License]>> {
    let legacy = entry.extras.as_ref().map(|it| &it.licenses);
    let stated = [Some(&entry.license), legacy]
        .into_iter()
        .flatten()
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

/// The rarer facts of an entry; `None` when it has none.
pub(crate) fn details(extras: &Extras<'_>) -> Option<Box<Details>> {
    let repository = extras
        .repository
        .get("url")
        .or(Some(&extras.repository))
        .and_then(Value::text)
        .and_then(repository);
    let details = Details {
        description: text(&extras.description),
        authors: person(&extras.author).into_iter().collect(),
        homepage: extras.homepage.text().and_then(web),
        repository,
        bugs: extras
            .bugs
            .get("url")
            .or(Some(&extras.bugs))
            .and_then(Value::text)
            .and_then(web),
        funding: funding(&extras.funding),
        deprecated: deprecated(&extras.deprecated),
        engines: engines(&extras.engines),
        os: list(&extras.os),
        cpu: list(&extras.cpu),
        libc: list(&extras.libc),
        bundled_by: None,
        patches: patch(&extras.patched).into_iter().collect(),
        properties: Vec::new(),
    };
    (details != Details::default()).then(|| Box::new(details))
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

/// A web address, credentials removed; `None` for anything else.
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

/// A deprecation message; npm has written `true` where there is none.
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

/// The name of the extension that added a dependency of that name, where one did (lockfile version 4).
pub(crate) fn added_by(extras: &Extras<'_>, name: &str) -> Option<Text> {
    let fields = [
        "dependencies",
        "optionalDependencies",
        "peerDependencies",
        "peerDependenciesMeta",
    ];
    [
        (&extras.package_extensions, "selector"),
        (&extras.npm_extension, "extensionPoint"),
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
