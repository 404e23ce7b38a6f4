//! A strict view of `bun.lock`: everything in it that Bun itself never writes, and entries whose parts are not about one package.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::jsonc;
use super::package::Kind;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;
use crate::text;

/// The most deviations that are reported for one file.
const MOST: usize = 20;

/// The keys of the file.
const TOP: [&str; 9] = [
    "lockfileVersion",
    "configVersion",
    "workspaces",
    "trustedDependencies",
    "patchedDependencies",
    "overrides",
    "catalog",
    "catalogs",
    "packages",
];

/// The keys of a workspace, and those of the requirements of a package.
const WORKSPACE: [&str; 10] = [
    "name",
    "version",
    "bin",
    "binDir",
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
    "optionalPeers",
    "trustedDependencies",
];
const INFO: [&str; 12] = [
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
    "optionalPeers",
    "os",
    "cpu",
    "libc",
    "bin",
    "binDir",
    "bundled",
    "hasInstallScript",
];

/// What Bun does not write: the entry it is about (empty for the file), and the message.
pub(super) type Deviation = (String, String);

/// Everything that Bun does not write.
pub(super) fn deviations(text: &str) -> Vec<Deviation> {
    let mut found = Vec::new();
    let mut file = |message: &str| found.push((String::new(), message.to_owned()));
    if text::all_conflict_markers(text).is_some() {
        file("it has conflict markers");
    }
    if jsonc::has_comments(text) {
        file("it has comments");
    }
    let plain = jsonc::plain(text);
    let lock: Value<'_> = match serde_json::from_str(&plain) {
        Ok(lock) => lock,
        Err(error) => {
            file(&format!("Bun writes no such JSON: {error}"));
            return found;
        }
    };
    repeated(&lock, &mut found);
    keys("", &lock, &TOP, &mut found);
    let version = lock.get("lockfileVersion");
    if !matches!(version, Some(Value::Number(it)) if [0.0, 1.0, 2.0, 3.0].contains(it)) {
        found.push((
            String::new(),
            "`lockfileVersion` is not 0, 1, 2 or 3".to_owned(),
        ));
    }
    if let Some(Value::Map(workspaces)) = lock.get("workspaces") {
        for (folder, workspace) in workspaces {
            keys(folder, workspace, &WORKSPACE, &mut found);
            lists(folder, workspace, &mut found);
        }
    } else {
        found.push((String::new(), "the file has no `workspaces`".to_owned()));
    }
    if let Some(Value::Map(packages)) = lock.get("packages") {
        for (key, value) in packages {
            if found.len() >= MOST {
                break;
            }
            entry(key, value, &mut found);
            found.extend(leads_to_root(key, value, &lock));
        }
    }
    found.truncate(MOST);
    found
}

/// Reports keys that an object has more than once, at any depth.
fn repeated(lock: &Value<'_>, found: &mut Vec<Deviation>) {
    let mut open: Vec<(&str, &Value<'_>)> = vec![("", lock)];
    while let Some((name, value)) = open.pop() {
        match value {
            Value::List(items) => open.extend(items.iter().map(|it| (name, it))),
            Value::Map(pairs) => {
                let mut seen: HashSet<&str, RandomState> = HashSet::default();
                for (key, value) in pairs {
                    if !seen.insert(key) && found.len() < MOST {
                        found.push((name.to_owned(), format!("the key `{key}` is repeated")));
                    }
                    open.push((key, value));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }
}

fn keys(place: &str, value: &Value<'_>, known: &[&str], found: &mut Vec<Deviation>) {
    let Value::Map(pairs) = value else {
        found.push((place.to_owned(), "it is not an object".to_owned()));
        return;
    };
    let unknown = pairs.iter().filter(|(key, _)| !known.contains(&&**key));
    for (key, _) in unknown.take(MOST) {
        found.push((
            place.to_owned(),
            format!("`{key}` is not a key that Bun writes here"),
        ));
    }
}

/// Reports requirements that are not texts.
fn lists(place: &str, value: &Value<'_>, found: &mut Vec<Deviation>) {
    for list in [
        "dependencies",
        "devDependencies",
        "optionalDependencies",
        "peerDependencies",
    ] {
        let is_right = match value.get(list) {
            None => true,
            Some(Value::Map(pairs)) => pairs.iter().all(|(_, it)| it.text().is_some()),
            Some(_) => false,
        };
        if !is_right {
            found.push((
                place.to_owned(),
                format!("`{list}` is not an object of texts"),
            ));
        }
    }
}

/// Reports an entry of `packages` in a form that Bun does not write.
fn entry(key: &str, value: &Value<'_>, found: &mut Vec<Deviation>) {
    let mut report = |message: String| found.push((key.to_owned(), message));
    let Value::List(elements) = value else {
        report("the entry is not a list".to_owned());
        return;
    };
    let Some(id) = elements.first().and_then(Value::text) else {
        report("the entry does not begin with a name and a version".to_owned());
        return;
    };
    let (name, resolution) = split_name(id);
    if name.is_empty() || resolution.is_empty() || !is_path(key) || !is_path(name) {
        report(format!("`{id}` is not a name and a version"));
        return;
    }
    let rest = elements.get(1..).unwrap_or_default();
    let kind = Kind::of(resolution);
    if !has_form(&kind, rest) {
        report(format!("Bun writes other elements after `{id}`"));
    }
    if kind == Kind::Version && !bomtrail_version::npm::is_version(resolution) {
        report(format!("`{resolution}` is not a version"));
    }
    if let Some(info) = rest.iter().find(|it| matches!(it, Value::Map(_))) {
        keys(key, info, &INFO, found);
        lists(key, info, found);
    }
}

/// An entry that leads to the project itself and has another name than the project.
fn leads_to_root(key: &str, value: &Value<'_>, lock: &Value<'_>) -> Option<Deviation> {
    let Value::List(elements) = value else {
        return None;
    };
    let name = elements.first()?.text()?.strip_suffix("@root:")?;
    let root = lock.get("workspaces").and_then(|it| it.get(""));
    let own = root.and_then(|it| it.get("name")).and_then(Value::text);
    let is_own = own == Some(name) && (key == name || key.ends_with(&["/", name].concat()));
    (!is_own).then(|| {
        let message = format!("`{name}@root:` is not the name of the project");
        (key.to_owned(), message)
    })
}

/// The elements that Bun writes after the first, by what the entry is about.
fn has_form(kind: &Kind<'_>, rest: &[Value<'_>]) -> bool {
    use Value::{Map, Text};
    let is_digest = |it: &Str<'_>| {
        ["sha1-", "sha256-", "sha384-", "sha512-"]
            .iter()
            .any(|known| it.starts_with(known))
    };
    match kind {
        Kind::Workspace(_) => matches!(rest, [] | [Map(_)]),
        Kind::Folder(..) => matches!(rest, [Map(_)]),
        Kind::Git(_) => match rest {
            [Map(_), Text(tag)] => !is_digest(tag),
            [Map(_), Text(tag), Text(digest)] => !is_digest(tag) && is_digest(digest),
            _ => false,
        },
        Kind::Archive(_) => match rest {
            [Map(_)] => true,
            [Map(_), Text(digest)] => is_digest(digest),
            _ => false,
        },
        Kind::Version => {
            matches!(rest, [Text(registry), Map(_), Text(digest)] if !is_digest(registry) && is_digest(digest))
        }
    }
}

/// True for names of packages, joined by slashes.
fn is_path(text: &str) -> bool {
    let is_part = |it: &str| {
        !matches!(it, "" | "." | ".." | "node_modules")
            && it
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "@-_.~!*'()".contains(it))
    };
    text.split('/').all(is_part)
}

#[cfg(test)]
mod tests;
