//! The metadata of a CPAN distribution's archive (`CPAN::Meta::Spec`): of `META.json` what identifies the distribution, of
//! `META.yml` the same, read line by line. Prerequisites are not compared: an installation follows what `Makefile.PL` finds.

use serde_json::Value;

use super::npm::without_mark;
use super::value::Manifest;
use crate::contents::Contents;

const JSON: &str = "META.json";
const YAML: &str = "META.yml";
/// The metadata files, the preferred one first.
pub(crate) const PATHS: [&str; 2] = [JSON, YAML];
/// The scripts that build a distribution, in the order in which a client looks for them.
const BUILDERS: [&str; 2] = ["Build.PL", "Makefile.PL"];

/// The manifest of a distribution; `None` when it has none that is readable.
pub(crate) fn manifest(contents: &Contents) -> Option<Manifest> {
    let stated = contents.content(JSON).and_then(from_json);
    let mut manifest = stated.or_else(|| contents.content(YAML).and_then(from_yaml))?;
    for name in BUILDERS {
        if contents.files.contains_key(name) {
            let script = format!("perl {name}");
            manifest.scripts.insert(name.to_owned(), script);
            manifest.install_scripts.push(name.to_owned());
        }
    }
    let programs = contents.files.keys();
    let programs = programs.filter_map(|it| {
        let name = it
            .strip_prefix("bin/")
            .or_else(|| it.strip_prefix("script/"))?;
        (!name.contains('/')).then(|| (name.to_owned(), it.clone()))
    });
    manifest.commands = programs.collect();
    manifest.entry_points = main_module(&manifest).into_iter().collect();
    Some(manifest)
}

/// The module that a distribution is named after.
fn main_module(manifest: &Manifest) -> Option<String> {
    let name = manifest.name.as_deref()?;
    Some(format!("lib/{}.pm", name.replace('-', "/")))
}

fn from_json(bytes: &[u8]) -> Option<Manifest> {
    let value: Value = serde_json::from_slice(without_mark(bytes)).ok()?;
    let root = value.as_object()?;
    let text = |key: &str| match root.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let repository = root.get("resources").and_then(|it| it.get("repository"));
    let url = repository.and_then(|it| it.get("url").or(it.get("web")));
    let commit = repository.and_then(|it| it.get("x_commit"));
    let commit = commit.or(root.get("x_git_commit"));
    let owned = |it: Option<&Value>| it.and_then(Value::as_str).map(str::to_owned);
    Some(Manifest {
        path: JSON.to_owned(),
        name: text("name"),
        version: text("version"),
        repository: owned(url),
        commit: owned(commit),
        ..Manifest::default()
    })
}

fn from_yaml(bytes: &[u8]) -> Option<Manifest> {
    let text = String::from_utf8_lossy(without_mark(bytes));
    let value = |key: &str| {
        let mut lines = text.lines();
        let value = lines.find_map(|it| it.strip_prefix(key)?.strip_prefix(':'))?;
        let value = value.trim().trim_matches(['\'', '"']);
        (!value.is_empty()).then(|| value.to_owned())
    };
    let name = value("name")?;
    let mut repository = text.lines();
    let repository = repository.find_map(|it| it.trim().strip_prefix("repository:"));
    Some(Manifest {
        path: YAML.to_owned(),
        name: Some(name),
        version: value("version"),
        repository: repository.map(|it| it.trim().trim_matches(['\'', '"']).to_owned()),
        ..Manifest::default()
    })
}
