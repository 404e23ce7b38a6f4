//! The answer of `npm ls --all --json --long --package-lock-only`, for a project without an answer next to it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::{Answer, Node, Role, Row};

#[derive(Deserialize)]
struct Item {
    name: Option<String>,
    version: Option<String>,
    resolved: Option<String>,
    #[serde(default)]
    missing: Option<bool>,
    #[serde(default)]
    dependencies: BTreeMap<String, Item>,
    #[serde(default, rename = "peerDependencies")]
    peers: Value,
}

/// Reads what `npm ls` prints. Packages that it calls missing are left out.
pub(in super::super) fn parse(text: &str) -> serde_json::Result<Answer> {
    let root: Item = serde_json::from_str(text)?;
    let name = root.name.clone().unwrap_or_default();
    let mut nodes = vec![Node {
        place: String::new(),
        role: Role::Root,
        name,
        key: String::new(),
    }];
    let mut rows = Vec::new();
    let mut open = vec![(String::new(), root)];
    while let Some((from, item)) = open.pop() {
        for (asked, child) in item.dependencies {
            if child.missing == Some(true) {
                continue;
            }
            let node = node(&asked, &child);
            rows.push(Row {
                from: from.clone(),
                to: node.place.clone(),
                soft: item.peers.get(&asked).is_some(),
            });
            open.push((node.place.clone(), child));
            nodes.push(node);
        }
    }
    Ok(Answer::new(nodes, rows))
}

fn node(asked: &str, item: &Item) -> Node {
    let name = item.name.clone().unwrap_or_else(|| asked.to_owned());
    let key = format!("{name}@{}", item.version.as_deref().unwrap_or_default());
    let archive = |it: &str| Path::new(it).extension().is_some_and(|it| it == "tgz");
    let folder = |it: &str| it.starts_with("file:") && !archive(it);
    let role = if item.resolved.as_deref().is_some_and(folder) {
        Role::Member
    } else {
        Role::Package
    };
    Node {
        place: key.clone(),
        role,
        name,
        key,
    }
}
