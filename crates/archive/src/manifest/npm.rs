//! The `package.json` of an archive, read as npm reads it: the last of several equal keys counts, and a field of another type
//! than expected is ignored.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::value::{Manifest, RequirementKind};
use crate::contents::{Contents, FileKind};

/// The manifest of a package.
pub(crate) const PATH: &str = "package.json";
/// The build description that npm builds without being asked to.
const GYP: &str = "binding.gyp";
/// The scripts that an installation runs, in their order.
const INSTALL: [&str; 3] = ["preinstall", "install", "postinstall"];

/// The manifest of an archive; `None` when it has none that is a JSON object.
pub(crate) fn manifest(contents: &Contents) -> Option<Manifest> {
    let bytes = contents.content(PATH)?;
    let mut manifest = parse(bytes)?;
    add_implicit_build(&mut manifest, contents, bytes);
    if manifest.commands.is_empty() {
        manifest.commands = commands_in_folder(contents, bytes);
    }
    manifest.embedded = embedded(contents);
    Some(manifest)
}

/// A manifest from the bytes of a `package.json`.
pub(crate) fn parse(bytes: &[u8]) -> Option<Manifest> {
    let value: Value = serde_json::from_slice(without_mark(bytes)).ok()?;
    let root = value.as_object()?;
    let text = |key: &str| root.get(key).and_then(Value::as_str).map(str::to_owned);
    let scripts = texts(root.get("scripts"));
    let name = text("name");
    Some(Manifest {
        path: PATH.to_owned(),
        version: text("version"),
        requirements: Some(requirements(root)),
        commands: commands(root, name.as_deref()),
        install_scripts: install_scripts(&scripts),
        scripts,
        bundled: bundled(root),
        embedded: BTreeSet::new(),
        engines: texts(root.get("engines")),
        licenses: licenses(root),
        commit: text("gitHead").filter(|it| is_commit(it)),
        repository: repository(root, "url"),
        directory: repository(root, "directory"),
        entry_points: entry_points(root),
        name,
    })
}

/// Bytes without a byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// npm builds a package with a `binding.gyp` that states no script for it.
fn add_implicit_build(manifest: &mut Manifest, contents: &Contents, bytes: &[u8]) {
    let value: Option<Value> = serde_json::from_slice(without_mark(bytes)).ok();
    let gypfile = value.as_ref().and_then(|it| it.get("gypfile"));
    let is_off = gypfile == Some(&Value::Bool(false));
    let states = |name: &str| manifest.scripts.contains_key(name);
    if contents.files.contains_key(GYP) && !is_off && !states("install") && !states("preinstall") {
        let command = "node-gyp rebuild".to_owned();
        manifest.scripts.insert("install".to_owned(), command);
        manifest.install_scripts = install_scripts(&manifest.scripts);
    }
}

fn install_scripts(scripts: &BTreeMap<String, String>) -> Vec<String> {
    let names = INSTALL.into_iter();
    let stated = names.filter(|it| scripts.get(*it).is_some_and(|it| !it.is_empty()));
    stated.map(str::to_owned).collect()
}

/// The texts of an object; what is not a text is ignored.
fn texts(value: Option<&Value>) -> BTreeMap<String, String> {
    let pairs = value.and_then(Value::as_object).into_iter().flatten();
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    pairs.filter_map(text).collect()
}

/// What the package asks for. npm takes an optional dependency over a required one, and both over a peer.
fn requirements(root: &Map<String, Value>) -> BTreeMap<String, (RequirementKind, String)> {
    let kinds = [
        ("peerDependencies", RequirementKind::Peer),
        ("dependencies", RequirementKind::Required),
        ("optionalDependencies", RequirementKind::Optional),
    ];
    let all = kinds.into_iter().flat_map(|(field, kind)| {
        let pairs = texts(root.get(field)).into_iter();
        pairs.map(move |(name, range)| (name, (kind, range)))
    });
    all.collect()
}

/// The commands of a package: an object, or one file for a command with the package's name.
fn commands(root: &Map<String, Value>, name: Option<&str>) -> BTreeMap<String, String> {
    let bare = name.and_then(|it| it.rsplit('/').next());
    let all = match root.get("bin") {
        Some(Value::String(path)) => bare
            .map(|it| (it.to_owned(), path.clone()))
            .into_iter()
            .collect(),
        other => texts(other),
    };
    let plain = |(name, path): (String, String)| {
        let name = name.rsplit(['/', '\\', ':']).next()?.to_owned();
        Some((name, plain_path(&path)?))
    };
    all.into_iter().filter_map(plain).collect()
}

/// The commands of a package without `bin`: every file below `directories.bin` that is not hidden, by its name.
fn commands_in_folder(contents: &Contents, bytes: &[u8]) -> BTreeMap<String, String> {
    let value: Option<Value> = serde_json::from_slice(without_mark(bytes)).ok();
    let folder = value
        .as_ref()
        .and_then(|it| it.get("directories")?.get("bin")?.as_str());
    let Some(folder) = folder.filter(|it| !it.is_empty()) else {
        return BTreeMap::new();
    };
    let start = plain_path(folder).map_or(String::new(), |it| it + "/");
    let files = contents
        .files
        .iter()
        .filter(|(_, it)| it.kind != FileKind::Folder);
    let commands = files.filter_map(|(path, _)| {
        let mut parts = path.strip_prefix(&start)?.split('/');
        let is_hidden = parts.clone().any(|it| it.starts_with('.'));
        Some((parts.next_back()?.to_owned(), path.clone())).filter(|_| !is_hidden)
    });
    commands.collect()
}

/// The packages whose files are in the archive.
fn embedded(contents: &Contents) -> BTreeSet<String> {
    let files = contents
        .files
        .iter()
        .filter(|(_, it)| it.kind != FileKind::Folder);
    let names = files.filter_map(|(path, _)| {
        let (folder, rest) = path.split_once('/')?;
        let mut parts = rest.split('/');
        let first = parts.next()?;
        let second = parts.next()?;
        let is_package = folder.eq_ignore_ascii_case("node_modules") && !first.starts_with('.');
        let name = if first.starts_with('@') {
            format!("{first}/{second}")
        } else {
            first.to_owned()
        };
        is_package.then_some(name)
    });
    names.collect()
}

/// A path of the package without `.` and `..`; `None` for the package's own folder.
pub(crate) fn plain_path(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

fn bundled(root: &Map<String, Value>) -> Vec<String> {
    let fields = ["bundleDependencies", "bundledDependencies"];
    let value = fields.into_iter().find_map(|it| root.get(it));
    let names: BTreeSet<String> = match value {
        Some(Value::Bool(true)) => texts(root.get("dependencies")).into_keys().collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
        Some(Value::Object(items)) => items.keys().cloned().collect(),
        _ => BTreeSet::new(),
    };
    names.into_iter().collect()
}

fn licenses(root: &Map<String, Value>) -> Vec<String> {
    let one = |value: &Value| {
        let named = || value.get("type").or_else(|| value.get("name"));
        let text = value.as_str().or_else(|| named().and_then(Value::as_str));
        text.map(str::to_owned)
    };
    let stated = ["license", "licenses"].into_iter().map(|field| {
        let value = root.get(field);
        match value {
            Some(Value::Array(items)) => items.iter().filter_map(one).collect::<Vec<_>>(),
            Some(single) => one(single).into_iter().collect(),
            None => Vec::new(),
        }
    });
    stated
        .into_iter()
        .find(|it| !it.is_empty())
        .unwrap_or_default()
}

fn repository(root: &Map<String, Value>, key: &str) -> Option<String> {
    let value = root.get("repository")?;
    let text = match value {
        Value::String(text) if key == "url" => Some(text.as_str()),
        other => other.get(key).and_then(Value::as_str),
    };
    text.filter(|it| !it.is_empty()).map(str::to_owned)
}

/// The files that `main`, `module`, `browser` and `exports` name.
fn entry_points(root: &Map<String, Value>) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Value> = ["main", "module", "browser", "exports", "types"]
        .into_iter()
        .filter_map(|it| root.get(it))
        .collect();
    while let Some(value) = open.pop() {
        match value {
            Value::String(path) => found.extend(plain_path(path)),
            Value::Array(items) => open.extend(items),
            Value::Object(items) => open.extend(items.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    if !root.contains_key("main") {
        found.insert("index.js".to_owned());
    }
    found.into_iter().collect()
}

fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|it| it.is_ascii_hexdigit())
}
