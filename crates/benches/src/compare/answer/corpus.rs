//! The answer of `expected.json`, which the corpus of lockfiles holds for pnpm, Yarn and Bun.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{Answer, Node, Role, Row};

#[derive(Deserialize)]
struct Expected {
    workspaces: Vec<Workspace>,
    packages: Vec<Package>,
    edges: BTreeMap<String, Vec<Vec<Value>>>,
    #[serde(default)]
    either: Vec<(String, Vec<String>)>,
    #[serde(default)]
    may: Vec<(String, String, Vec<String>)>,
    env: Option<Environment>,
}

#[derive(Deserialize)]
struct Workspace {
    path: String,
    name: Option<String>,
    version: Option<String>,
}

#[derive(Deserialize)]
struct Package {
    key: String,
    source: String,
    version: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    unreachable: bool,
}

#[derive(Deserialize)]
struct Environment {
    #[serde(default)]
    packages: Vec<String>,
}

/// Reads `expected.json`.
pub(in super::super) fn parse(text: &str) -> serde_json::Result<Answer> {
    let expected: Expected = serde_json::from_str(text)?;
    let mut nodes: Vec<Node> = expected.workspaces.iter().map(own).collect();
    nodes.extend(expected.packages.iter().flat_map(packages));
    let environment = expected.env.iter().flat_map(|it| &it.packages);
    nodes.extend(environment.map(|key| package(key, Role::Optional)));
    let mut rows = Vec::new();
    for (from, targets) in &expected.edges {
        rows.extend(targets.iter().filter_map(|target| row(from, target)));
    }
    let may = expected.may.iter().map(|(from, _, to)| (from, to));
    for (from, targets) in expected
        .either
        .iter()
        .map(|(from, to)| (from, to))
        .chain(may)
    {
        rows.extend(targets.iter().map(|to| soft(from, to)));
    }
    let mut answer = Answer::new(nodes, rows);
    for package in expected.packages {
        let version = package.version.as_deref().unwrap_or_default();
        let spelling = format!("{}@{version}", name_of(&package.key));
        for other in package.also.into_iter().chain([spelling]) {
            answer.also(other, package.key.clone());
        }
    }
    Ok(answer)
}

fn own(workspace: &Workspace) -> Node {
    let root = workspace.path == ".";
    let name = workspace.name.as_ref().unwrap_or(&workspace.path);
    let version = workspace.version.as_deref().unwrap_or_default();
    Node {
        place: format!("workspace:{}", workspace.path),
        role: if root { Role::Root } else { Role::Member },
        name: name.clone(),
        key: format!("{name}@{version}"),
    }
}

fn packages(it: &Package) -> Vec<Node> {
    match it.source.as_str() {
        "workspace" => Vec::new(),
        "directory" | "link" => it
            .names
            .iter()
            .map(|name| Node {
                place: it.key.clone(),
                role: Role::Local,
                name: name.clone(),
                key: it.key.clone(),
            })
            .collect(),
        _ if it.unreachable => vec![package(&it.key, Role::Optional)],
        _ => vec![package(&it.key, Role::Package)],
    }
}

fn package(key: &str, role: Role) -> Node {
    Node {
        place: key.to_owned(),
        role,
        name: name_of(key).to_owned(),
        key: key.to_owned(),
    }
}

/// The name in front of `@version`; a scope begins with `@` too.
fn name_of(key: &str) -> &str {
    let scope = usize::from(key.starts_with('@'));
    let end = key.char_indices().skip(scope).find(|(_, it)| *it == '@');
    end.and_then(|(idx, _)| key.get(..idx)).unwrap_or(key)
}

fn row(from: &str, target: &[Value]) -> Option<Row> {
    let to = target.first()?.as_str()?;
    let kind = target.get(1).and_then(Value::as_str);
    Some(Row {
        from: from.to_owned(),
        to: to.to_owned(),
        soft: kind == Some("peerDependencies"),
    })
}

fn soft(from: &str, to: &str) -> Row {
    Row {
        from: from.to_owned(),
        to: to.to_owned(),
        soft: true,
    }
}
