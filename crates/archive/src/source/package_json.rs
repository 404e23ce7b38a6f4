//! What tools that publish to npm change in a `package.json`, and what only its author changes.

use serde_json::{Map, Value};

use crate::manifest::npm::without_mark;

/// Fields that publishing tools add.
const ADDED: [&str; 7] = [
    "gitHead",
    "_id",
    "_from",
    "_resolved",
    "_integrity",
    "readmeFilename",
    "_nodeVersion",
];
/// Fields that publishing tools remove, because only developers need them.
const REMOVED: [&str; 8] = [
    "devDependencies",
    "scripts",
    "workspaces",
    "publishConfig",
    "private",
    "files",
    "packageManager",
    "resolutions",
];
/// Ranges of a workspace that a publishing tool replaces.
const LOCAL_RANGES: [&str; 4] = ["workspace:", "catalog:", "file:", "link:"];
const DEPENDENCIES: [&str; 4] = [
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
];

/// How an archive's `package.json` differs from the one in the source.
pub(super) enum Difference {
    /// Only in what publishing tools change; what they changed.
    Explained(Vec<String>),
    /// Also in these fields.
    Unexplained(Vec<String>),
}

/// Compares two manifests; `None` when one is not a JSON object.
pub(super) fn difference(source: &[u8], archived: &[u8]) -> Option<Difference> {
    let source = object(source)?;
    let archived = object(archived)?;
    let (mut explained, mut unexplained) = (Vec::new(), Vec::new());
    let mut keys: Vec<&String> = source.keys().chain(archived.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let (old, new) = (source.get(key), archived.get(key));
        if old == new {
            continue;
        }
        match changed(key, old, new, source.get("publishConfig")) {
            Ok(what) => explained.push(what),
            Err(mut fields) => unexplained.append(&mut fields),
        }
    }
    Some(if unexplained.is_empty() {
        Difference::Explained(explained)
    } else {
        Difference::Unexplained(unexplained)
    })
}

fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(without_mark(bytes)).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// What a tool did with a field, or the fields that no tool changes.
fn changed(
    key: &str,
    old: Option<&Value>,
    new: Option<&Value>,
    published: Option<&Value>,
) -> Result<String, Vec<String>> {
    let named = || format!("`{key}`");
    match (old, new) {
        (_, Some(new)) if published.and_then(|it| it.get(key)) == Some(new) => {
            Ok(format!("`{key}` taken from `publishConfig`"))
        }
        (None, Some(_)) if ADDED.contains(&key) => Ok(format!("`{key}` added")),
        (Some(_), None) if REMOVED.contains(&key) => Ok(format!("`{key}` removed")),
        (_, Some(Value::String(_))) if key == "version" => Ok("`version` set".to_owned()),
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let fields = entries(key, old, new);
            if fields.is_empty() {
                Ok(format!("`{key}` adapted"))
            } else {
                Err(fields)
            }
        }
        _ => Err(vec![named()]),
    }
}

/// The entries of an object that no tool changes.
fn entries(key: &str, old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<String> {
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let differs = |name: &&String| {
        let (before, after) = (old.get(*name), new.get(*name));
        let is_removed_script = key == "scripts" && after.is_none();
        let is_replaced = DEPENDENCIES.contains(&key) && is_published(before, after);
        before != after && !is_removed_script && !is_replaced
    };
    let names = names.into_iter().filter(differs);
    names.map(|it| format!("`{key}.{it}`")).collect()
}

/// Whether a publishing tool makes the one range of the other: the version of a package of the workspace or of a catalog, or the
/// alias that was asked for. Any other address is another package.
fn is_published(before: Option<&Value>, after: Option<&Value>) -> bool {
    let (Some(before), Some(after)) = (text(before), text(after)) else {
        return false;
    };
    let Some(local) = LOCAL_RANGES.iter().find_map(|it| before.strip_prefix(it)) else {
        return false;
    };
    match after
        .strip_prefix("npm:")
        .and_then(|it| it.rsplit_once('@'))
    {
        Some((name, _)) => local.rsplit_once('@').is_some_and(|(it, _)| it == name),
        None => !after.contains([':', '/']),
    }
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}
