//! The entries of a lockfile by place, as npm reads them: `packages` from version 2 on, else `dependencies`.

use std::collections::BTreeMap;

use bomtrail_graph::Files as _;
use serde_json::{Map, Value};

use super::InstallError;
use crate::source::Disk;

/// The folder of installed packages, as a part of a place.
const MODULES: &str = "node_modules/";

/// What a lockfile says about one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name of the package there.
    pub(super) name: String,
    /// Its version; `None` where the lockfile has an address in its place.
    pub(super) version: Option<String>,
    pub(super) resolved: Option<String>,
    pub(super) integrity: Option<String>,
    pub(super) is_link: bool,
    pub(super) is_bundled: bool,
    /// Development, optional and peer packages may be left out of an installation.
    pub(super) may_be_absent: bool,
}

impl Entry {
    /// Whether every installation has it.
    pub(super) fn is_required(&self) -> bool {
        !self.is_link && !self.may_be_absent
    }

    /// Name and version, for messages.
    pub(super) fn label(&self) -> String {
        label(&self.name, self.version.as_deref())
    }
}

/// Name and version, for messages.
pub(super) fn label(name: &str, version: Option<&str>) -> String {
    match version {
        Some(version) => format!("{name}@{version}"),
        None => name.to_owned(),
    }
}

/// The entries of a lockfile by place; the project itself is left out.
pub(super) fn read(
    disk: &Disk,
    path: &'static str,
) -> Result<BTreeMap<String, Entry>, InstallError> {
    let bytes = disk.read(path).unwrap_or_default();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let lock: Value = serde_json::from_slice(text).map_err(|_| InstallError::Lockfile { path })?;
    let is_new = lock.get("lockfileVersion").and_then(Value::as_f64) >= Some(2.0);
    Ok(match lock.get("packages") {
        Some(Value::Object(packages)) if is_new => places(packages),
        _ => tree(&lock),
    })
}

fn places(packages: &Map<String, Value>) -> BTreeMap<String, Entry> {
    let all = packages.iter().filter(|(place, _)| !place.is_empty());
    all.map(|(place, value)| {
        let name = text(value, "name").unwrap_or_else(|| name_of(place).to_owned());
        let entry = Entry {
            version: text(value, "version"),
            ..entry(name, value, "inBundle")
        };
        (place.clone(), entry)
    })
    .collect()
}

/// The places of a lockfile of version 1, which has them as a tree.
fn tree(lock: &Value) -> BTreeMap<String, Entry> {
    let mut found = BTreeMap::new();
    let mut open = vec![(String::new(), lock)];
    while let Some((above, value)) = open.pop() {
        let Some(Value::Object(all)) = value.get("dependencies") else {
            continue;
        };
        for (name, value) in all {
            let place = format!("{above}{MODULES}{name}");
            found.insert(place.clone(), of_version_1(name, value));
            open.push((format!("{place}/"), value));
        }
    }
    found
}

fn of_version_1(name: &str, value: &Value) -> Entry {
    let version = text(value, "version").unwrap_or_default();
    let alias = version
        .strip_prefix("npm:")
        .and_then(|it| it.rsplit_once('@'));
    let (name, version) = alias.unwrap_or((name, &version));
    let is_address = version.contains([':', '/']);
    Entry {
        version: Some(version.to_owned()).filter(|_| !is_address && !version.is_empty()),
        is_link: version.starts_with("file:"),
        ..entry(name.to_owned(), value, "bundled")
    }
}

fn entry(name: String, value: &Value, bundled: &str) -> Entry {
    let flag = |key: &str| value.get(key).is_some_and(is_true);
    Entry {
        name,
        version: None,
        resolved: text(value, "resolved"),
        integrity: text(value, "integrity"),
        is_link: flag("link"),
        is_bundled: flag(bundled),
        may_be_absent: ["dev", "optional", "devOptional", "peer"]
            .into_iter()
            .any(flag),
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// Whether JavaScript takes a value for true.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(it) => it.as_f64() != Some(0.0),
        Value::String(it) => !it.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The name of the package at a place: what follows the last `node_modules/`, else the last part.
pub(super) fn name_of(place: &str) -> &str {
    match place.rsplit_once(MODULES) {
        Some((_, name)) => name,
        None => place.rsplit('/').next().unwrap_or(place),
    }
}

/// Whether a place is in a `node_modules`.
pub(super) fn is_installed(place: &str) -> bool {
    place.split('/').any(|it| it == "node_modules")
}
