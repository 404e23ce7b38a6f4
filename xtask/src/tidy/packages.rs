//! The workspace's packages and their dependencies, as cargo states them.

use std::error::Error;
use std::process::Command;

use serde_json::Value;

use crate::checkout;

/// One member of the workspace.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) name: String,
    /// The manifest's path from the root.
    pub(super) manifest: String,
    /// What the manifest says.
    pub(super) text: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// One declared dependency.
#[derive(Debug)]
pub(super) struct Dependency {
    /// The package's own name.
    pub(super) name: String,
    /// The name the manifest uses.
    pub(super) alias: String,
    /// Needed by tests only.
    pub(super) dev: bool,
    /// A member of this workspace.
    pub(super) own: bool,
}

impl Package {
    /// The line of the manifest that names a dependency, 1 where it is not found.
    pub(super) fn line_of(&self, dependency: &Dependency) -> usize {
        let alias = dependency.alias.as_str();
        let names = |line: &str| {
            let after = line
                .trim_start()
                .trim_start_matches('"')
                .strip_prefix(alias);
            after.is_some_and(|rest| rest.starts_with(['.', ' ', '=', '"']))
        };
        let heads = |line: &str| line.trim_end().ends_with(&format!("dependencies.{alias}]"));
        self.text
            .lines()
            .position(|line| names(line) || heads(line))
            .map_or(1, |idx| idx + 1)
    }
}

/// Asks cargo, without resolving anything and so without a network.
pub(super) fn of_workspace() -> Result<Vec<Package>, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(checkout::root())
        .output()?;
    if !output.status.success() {
        return Err(format!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        )
        .into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let mut packages: Vec<Package> = list(&metadata, "packages").map(package).collect();
    for package in &mut packages {
        package.text = checkout::read(&checkout::root().join(&package.manifest))?;
    }
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packages)
}

fn package(stated: &Value) -> Package {
    let manifest = std::path::PathBuf::from(string(stated, "manifest_path"));
    let manifest = manifest.strip_prefix(checkout::root()).unwrap_or(&manifest);
    Package {
        name: string(stated, "name").to_owned(),
        manifest: manifest.to_string_lossy().replace('\\', "/"),
        text: String::new(),
        dependencies: list(stated, "dependencies").map(dependency).collect(),
    }
}

fn dependency(stated: &Value) -> Dependency {
    let name = string(stated, "name");
    let alias = stated.get("rename").and_then(Value::as_str).unwrap_or(name);
    Dependency {
        name: name.to_owned(),
        alias: alias.to_owned(),
        dev: string(stated, "kind") == "dev",
        own: stated.get("path").is_some_and(|path| !path.is_null()),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests;
