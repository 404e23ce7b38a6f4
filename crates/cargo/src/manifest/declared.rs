//! The dependencies that a manifest declares, in all its tables.

use bomtrail_document::{Kind, Value};
use bomtrail_graph::Phase;

use crate::toml;

/// The tables of dependencies, in both spellings, and what each is for.
const TABLES: [(&str, Phase); 5] = [
    ("dependencies", Phase::Runtime),
    ("build-dependencies", Phase::Build),
    ("build_dependencies", Phase::Build),
    ("dev-dependencies", Phase::Develop),
    ("dev_dependencies", Phase::Develop),
];

/// A declared dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declared {
    /// The name that the code uses.
    pub(crate) key: String,
    /// The name of the package.
    pub(crate) package: String,
    /// The range, where one is stated.
    pub(crate) range: Option<String>,
    /// What it is for.
    pub(crate) phase: Phase,
    pub(crate) is_optional: bool,
    /// The targets it is for, as written: a triple or `cfg(…)`.
    pub(crate) target: Option<String>,
    /// The folder it is in, relative to the manifest that states it.
    pub(crate) path: Option<String>,
    /// True when the workspace states the folder.
    pub(crate) is_inherited: bool,
}

/// The dependencies of a manifest. `inherited` are those of its workspace.
pub(super) fn all(manifest: &Value<'_>, inherited: &[Declared]) -> Vec<Declared> {
    let mut found = Vec::new();
    for (name, phase) in TABLES {
        found.extend(of_phase(manifest, name, phase, inherited));
    }
    for (target, tables) in toml::entries(manifest, "target") {
        for (name, phase) in TABLES {
            let of_target = of_phase(tables, name, phase, inherited).map(|mut it| {
                it.target = Some(target.to_owned());
                it
            });
            found.extend(of_target);
        }
    }
    found
}

fn of_phase<'i>(
    value: &Value<'_>,
    name: &str,
    phase: Phase,
    inherited: &'i [Declared],
) -> impl Iterator<Item = Declared> + use<'i> {
    let all = table(value, name, inherited).into_iter();
    all.map(move |mut it| {
        it.phase = phase;
        it
    })
}

/// The dependencies of one table, for running.
pub(super) fn table(value: &Value<'_>, name: &str, inherited: &[Declared]) -> Vec<Declared> {
    let entries = toml::entries(value, name);
    entries.map(|(key, it)| one(key, it, inherited)).collect()
}

fn one(key: &str, value: &Value<'_>, inherited: &[Declared]) -> Declared {
    let text = |key| toml::text(value, key).map(str::to_owned);
    let flag = |key| toml::get(value, key).is_some_and(is_true);
    let is_optional = flag("optional");
    let of_workspace = inherited.iter().find(|it| it.key == key);
    if let Some(found) = of_workspace.filter(|_| is_of_workspace(value)) {
        return Declared {
            is_optional,
            is_inherited: true,
            ..found.clone()
        };
    }
    Declared {
        key: key.to_owned(),
        package: text("package").unwrap_or_else(|| key.to_owned()),
        range: value
            .as_text()
            .map(str::to_owned)
            .or_else(|| text("version")),
        phase: Phase::Runtime,
        is_optional,
        target: None,
        path: text("path"),
        is_inherited: false,
    }
}

/// True for a table with `workspace = true`.
pub(super) fn is_of_workspace(value: &Value<'_>) -> bool {
    toml::get(value, "workspace").is_some_and(is_true)
}

fn is_true(value: &Value<'_>) -> bool {
    matches!(value.kind, Kind::Bool(true))
}

pub(super) fn is_false(value: &Value<'_>) -> bool {
    matches!(value.kind, Kind::Bool(false))
}
