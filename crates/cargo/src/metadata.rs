//! What `cargo metadata --format-version 1` prints: every package with its facts, and for each dependency what it is for and on
//! which targets. Checksums are in the lockfile next to it.

mod checksums;
mod links;
mod wire;

use std::collections::BTreeMap;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Input, Lifecycle, LocalId, PackageManager,
    Reader, Role,
};

use self::checksums::Checksums;
use self::wire::{Metadata, Node, Package};
use crate::package::facts::Facts;
use crate::package::source::Source;
use crate::package::{self, OwnPackage};
use crate::{CARGO, diags, paths};

/// Reads the output of `cargo metadata`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CargoMetadata;

impl Reader for CargoMetadata {
    fn name(&self) -> &'static str {
        "cargo/metadata"
    }

    fn claims(&self, path: &str) -> bool {
        paths::file_name(path) == "cargo-metadata.json"
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let has = |key: &str| text.contains(key);
        text.trim_start().starts_with('{')
            && has("\"workspace_members\"")
            && has("\"workspace_root\"")
            && has("\"packages\"")
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARGO)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::PreBuild;
        });
        match serde_json::from_slice::<Metadata>(input.bytes) {
            Ok(metadata) if metadata.packages.is_empty() => {
                diagnostics.push(diags::no_packages(input.path));
            }
            Ok(metadata) => fill(&mut fragment, &metadata, input, diagnostics),
            Err(error) => diagnostics.push(diags::not_json(input.path, &error)),
        }
        fragment
    }
}

fn fill(
    fragment: &mut Fragment,
    metadata: &Metadata,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) {
    let checksums = Checksums::next_to(input);
    let nodes = metadata.resolve.as_ref().map(|it| &*it.nodes);
    let by_id: BTreeMap<&str, &Node> = nodes
        .unwrap_or_default()
        .iter()
        .map(|it| (&*it.id, it))
        .collect();
    let mut ids: BTreeMap<&str, LocalId> = BTreeMap::new();
    let mut members = Vec::new();
    for package in &metadata.packages {
        // Without a resolution every package is listed; with one, only what it reaches.
        let node = by_id.get(&*package.id).copied();
        if nodes.is_some() && node.is_none() {
            continue;
        }
        let mut component = component(metadata, package, node);
        checksums.add(package, &mut component);
        if nodes.is_none() {
            component.dependencies = Completeness::Unknown;
        }
        let role = component.role;
        if let Some(id) = fragment.add(component) {
            ids.insert(&package.id, id);
            if matches!(role, Role::Root | Role::Member) {
                members.push(id);
            }
        }
    }
    if nodes.is_none() {
        diagnostics.push(diags::not_resolved(input.path));
    }
    fragment.links = links::all(metadata, &ids, input.path, diagnostics);
    let folder = paths::file_name(&metadata.workspace_root);
    package::add_roots(fragment, &members, Some(folder).filter(|it| !it.is_empty()));
}

fn component(metadata: &Metadata, package: &Package, node: Option<&Node>) -> Component {
    let facts = facts(package, node);
    let Some(source) = &package.source else {
        let folder = folder(metadata, package);
        let is_alone = metadata.workspace_members.len() == 1;
        let (place, role) = if metadata.workspace_members.contains(&package.id) {
            package::member_at(&folder, is_alone)
        } else {
            (&*folder, Role::Local)
        };
        let own = OwnPackage {
            name: &package.name,
            version: Some(&package.version),
            place,
            role,
            facts: Some(&facts),
        };
        return own.component();
    };
    let source = Source::parse(source);
    let Package { name, version, .. } = package;
    let place = match source.address() {
        Some(address) => format!("{name}@{version} ({address})"),
        None => format!("{name}@{version}"),
    };
    let mut component = package::dependency(name, version, &place, &source);
    facts.describe(&mut component);
    component
}

/// The folder of a package of the workspace or at a path, seen from the workspace. No absolute path of a machine leaves the
/// reader.
fn folder(metadata: &Metadata, package: &Package) -> String {
    let manifest = package.manifest_path.replace('\\', "/");
    let root = metadata.workspace_root.replace('\\', "/");
    let relative = paths::relative(&root, paths::parent(&manifest));
    relative.unwrap_or_else(|| format!("{}@{}", package.name, package.version))
}

fn facts(package: &Package, node: Option<&Node>) -> Facts {
    Facts {
        license: package.license.clone(),
        description: package.description.clone(),
        authors: package.authors.clone(),
        homepage: package.homepage.clone(),
        repository: package.repository.clone(),
        rust_version: package.rust_version.clone(),
        is_private: package.publish.as_ref().is_some_and(Vec::is_empty),
        has_version: true,
        features: node.map(|it| it.features.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
