//! The answer of `arborist.json`, npm's own view of a project, which the corpus of npm projects holds.

use serde::Deserialize;

use super::{Answer, Node, Role, Row};

#[derive(Deserialize)]
struct View {
    #[serde(default)]
    nodes: Vec<Entry>,
    #[serde(default)]
    edges: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Entry {
    location: String,
    name: String,
    #[serde(rename = "packageName")]
    package_name: Option<String>,
    version: Option<String>,
    #[serde(default)]
    root: bool,
    #[serde(default)]
    link: bool,
}

#[derive(Deserialize)]
struct Dependency {
    from: String,
    to: Option<String>,
    #[serde(rename = "toTarget")]
    target: Option<String>,
    #[serde(rename = "type")]
    kind: String,
}

/// Reads `arborist.json`. A project that npm refuses has no answer.
pub(in super::super) fn parse(text: &str) -> serde_json::Result<Option<Answer>> {
    let view: View = serde_json::from_str(text)?;
    if view.nodes.is_empty() {
        return Ok(None);
    }
    let nodes = view.nodes.into_iter().filter(|it| !it.link).map(node);
    let rows = view.edges.into_iter().filter_map(|edge| {
        Some(Row {
            to: edge.target.or(edge.to)?,
            from: edge.from,
            soft: edge.kind.starts_with("peer"),
        })
    });
    Ok(Some(Answer::new(nodes.collect(), rows.collect())))
}

fn node(entry: Entry) -> Node {
    let name = entry.package_name.unwrap_or(entry.name);
    let key = format!("{name}@{}", entry.version.unwrap_or_default());
    let role = if entry.root {
        Role::Root
    } else if entry.location.starts_with("node_modules/")
        || entry.location.contains("/node_modules/")
    {
        Role::Package
    } else {
        Role::Member
    };
    Node {
        place: entry.location,
        role,
        name,
        key,
    }
}
