//! What `cargo metadata` states, in one form with what the readers make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use bomtrail_cargo::{CargoLock, CargoMetadata};
use bomtrail_graph::{Diagnostics, Files, Graph, Input, Reader, Role, link};
use bomtrail_testkit::Folder;
use serde_json::Value;

/// Packages as `name@version`, and dependencies between them with their purposes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) packages: BTreeSet<String>,
    pub(crate) edges: BTreeMap<(String, String), BTreeSet<String>>,
    /// The packages of the workspace.
    pub(crate) own: BTreeSet<String>,
}

/// The output of `cargo metadata` in a folder, without the network; `None` when it fails.
pub(crate) fn metadata(folder: &Path) -> Option<Vec<u8>> {
    let args = [
        "metadata",
        "--format-version=1",
        "--offline",
        "--all-features",
    ];
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    output.status.success().then_some(output.stdout)
}

/// What `cargo metadata` states.
pub(crate) fn stated(metadata: &[u8]) -> Facts {
    let value: Value = serde_json::from_slice(metadata).unwrap();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let label = |it: &Value| format!("{}@{}", text(&it["name"]), text(&it["version"]));
    let packages = value["packages"].as_array().unwrap();
    let labels: BTreeMap<String, String> = packages
        .iter()
        .map(|it| (text(&it["id"]), label(it)))
        .collect();
    let mut facts = Facts::default();
    for member in value["workspace_members"].as_array().unwrap() {
        facts.own.insert(labels[&text(member)].clone());
    }
    for node in value["resolve"]["nodes"].as_array().unwrap() {
        let from = &labels[&text(&node["id"])];
        facts.packages.insert(from.clone());
        for dependency in node["deps"].as_array().unwrap() {
            let to = &labels[&text(&dependency["pkg"])];
            let kinds = dependency["dep_kinds"].as_array().unwrap().iter();
            let kinds = kinds.map(|it| match it["kind"].as_str() {
                None => "runtime".to_owned(),
                Some("dev") => "develop".to_owned(),
                Some(kind) => kind.to_owned(),
            });
            if from != to {
                let edge = facts.edges.entry((from.clone(), to.clone())).or_default();
                edge.extend(kinds);
            }
        }
    }
    facts
}

/// What a reader makes of a file in a folder.
pub(crate) fn read(
    reader: &dyn Reader,
    folder: &Path,
    path: &str,
    bytes: &[u8],
) -> (Facts, Diagnostics) {
    let files = Folder::new(folder);
    let input = Input {
        path,
        bytes,
        files: &files,
    };
    let mut diagnostics = Diagnostics::new();
    let fragment = reader.read(&input, &mut diagnostics);
    let graph = link(vec![fragment], &mut diagnostics);
    (of_graph(&graph), diagnostics)
}

fn of_graph(graph: &Graph) -> Facts {
    let mut facts = Facts::default();
    for node in graph.nodes() {
        let it = node.component();
        let label = format!("{}@{}", it.name, it.version.as_deref().unwrap_or("0.0.0"));
        // The root of several packages is a folder, of which Cargo does not speak.
        if it.role == Role::Root && it.version.is_none() {
            continue;
        }
        if matches!(it.role, Role::Root | Role::Member) {
            facts.own.insert(label.clone());
        }
        for edge in node.edges() {
            let to = edge.to().unwrap().component();
            let to = format!("{}@{}", to.name, to.version.as_deref().unwrap_or("0.0.0"));
            let kinds = facts.edges.entry((label.clone(), to)).or_default();
            kinds.insert(edge.phase().name().to_owned());
        }
        facts.packages.insert(label);
    }
    facts
}

/// Asserts that both readers agree with `cargo metadata` in a folder that has a lockfile.
pub(crate) fn assert_equal(folder: &Path, metadata: &[u8]) {
    let stated = stated(metadata);
    let (read_metadata, _) = read(&CargoMetadata, folder, "cargo-metadata.json", metadata);
    assert_eq!(
        read_metadata,
        stated,
        "cargo metadata of {}",
        folder.display()
    );
    let lock = Folder::new(folder).read("Cargo.lock").unwrap();
    let (mut locked, diagnostics) = read(&CargoLock, folder, "Cargo.lock", &lock);
    let odd: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    let odd: Vec<&String> = odd
        .iter()
        .filter(|it| !it.contains("[cargo/kinds-unknown]"))
        .collect();
    assert!(odd.is_empty(), "{odd:#?}");
    assert_eq!(locked.own, stated.own, "{}", folder.display());
    // A lockfile also has what features of features might need, which Cargo itself does not use.
    let unused = unused(&locked, &stated);
    locked.packages.retain(|it| !unused.contains(it));
    locked.edges.retain(|(from, _), _| !unused.contains(from));
    let kinds = |facts: &Facts, own: bool| -> BTreeMap<(String, String), BTreeSet<String>> {
        let all = facts.edges.clone().into_iter();
        all.filter(|((from, _), _)| facts.own.contains(from) == own)
            .collect()
    };
    assert_eq!(locked.packages, stated.packages, "{}", folder.display());
    assert_eq!(
        kinds(&locked, true),
        kinds(&stated, true),
        "{}",
        folder.display()
    );
    let ends = |facts| kinds(facts, false).into_keys().collect::<BTreeSet<_>>();
    let (locked, stated) = (ends(&locked), ends(&stated));
    let lost: Vec<_> = stated.difference(&locked).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

/// The packages that only a lockfile has.
fn unused(locked: &Facts, stated: &Facts) -> BTreeSet<String> {
    locked
        .packages
        .difference(&stated.packages)
        .cloned()
        .collect()
}
