//! Whether an archive's own manifest agrees with what the lockfile states about the package. A registry serves the two
//! separately, so a publisher can make them differ; what is installed and run is what is in the archive.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Completeness, Contradiction, EdgeRef, Fact, Flags, Need, NodeRef};

use crate::ecosystem::ArchiveKind;
use crate::manifest::value::{Manifest, RequirementKind};

/// How the requirements in a lockfile relate to those in manifests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockedRequirements {
    /// They are the same.
    #[default]
    Same,
    /// The package manager adds some that it knows to be missing in manifests (package extensions), and does not mark them.
    Extended,
    /// Code of the project may have changed them.
    ChangedByCode,
}

/// What the lockfile states beyond the graph, and how much it states at all.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Locked {
    /// The commands by name, with their files; `None` where the lockfile does not state them.
    pub commands: Option<Vec<(String, String)>>,
    /// True when the lockfile marks packages with install scripts.
    pub states_scripts: bool,
    /// True when the lockfile lists peer dependencies with their ranges.
    pub states_peers: bool,
    /// Whether the requirements are those of the manifest.
    pub requirements: LockedRequirements,
    /// The names of packages that the lockfile lists as bundled in this one; `None` where it lists none for any package.
    pub bundled: Option<BTreeSet<String>>,
}

/// What a lockfile states about a package that its archive contradicts, in order.
pub fn contradictions(
    kind: &ArchiveKind,
    node: NodeRef<'_>,
    locked: &Locked,
    manifest: &Manifest,
) -> Vec<Contradiction> {
    let mut found = Found(Vec::new());
    identity(kind, node, manifest, &mut found);
    if let Some(requirements) = &manifest.requirements
        && locked.requirements != LockedRequirements::ChangedByCode
        && node.component().dependencies == Completeness::Complete
    {
        let requirements = Requirements { requirements };
        requirements.compare(node, locked, &mut found);
    }
    commands(locked, manifest, &mut found);
    scripts(node, locked, manifest, &mut found);
    bundled(locked, manifest, &mut found);
    engines(node, manifest, &mut found);
    licenses(node, manifest, &mut found);
    found.0.sort_unstable();
    found.0
}

/// Contradictions as they are collected.
struct Found(Vec<Contradiction>);

impl Found {
    fn add(
        &mut self,
        field: &'static str,
        key: &str,
        locked: Option<&str>,
        archived: Option<&str>,
    ) {
        self.0.push(Contradiction {
            field,
            key: key.into(),
            locked: locked.map(Box::from),
            archived: archived.map(Box::from),
        });
    }
}

fn identity(kind: &ArchiveKind, node: NodeRef<'_>, manifest: &Manifest, found: &mut Found) {
    let name = manifest.name.as_deref();
    if name.is_none_or(|it| !(kind.same_name)(it, node.name())) {
        found.add("name", "", Some(node.name()), name);
    }
    let (Some(locked), archived) = (node.version(), manifest.version.as_deref()) else {
        return;
    };
    if archived.is_none_or(|it| !(kind.same_version)(it, locked)) {
        found.add("version", "", Some(locked), archived);
    }
}

/// What a manifest asks for.
struct Requirements<'m> {
    requirements: &'m BTreeMap<String, (RequirementKind, String)>,
}

impl Requirements<'_> {
    fn compare(&self, node: NodeRef<'_>, locked: &Locked, found: &mut Found) {
        let edges: Vec<EdgeRef<'_>> = node
            .edges()
            .filter(|it| it.need() != Need::Conflicts && !is_added(*it))
            .collect();
        for edge in &edges {
            match self.requirements.get(edge.name()) {
                None if locked.requirements == LockedRequirements::Extended => {}
                None => found.add(
                    "dependencies",
                    edge.name(),
                    edge.range().or(Some("*")),
                    None,
                ),
                Some((_, range)) => self.range(*edge, range, found),
            }
        }
        let names: BTreeSet<&str> = edges.iter().map(|it| it.name()).collect();
        for (name, (kind, range)) in self.requirements {
            let is_stated = *kind != RequirementKind::Peer || locked.states_peers;
            if is_stated && !names.contains(&**name) {
                found.add(field(*kind), name, None, Some(range));
            }
        }
    }

    /// Compares the range of a requirement of the same kind.
    fn range(&self, edge: EdgeRef<'_>, archived: &str, found: &mut Found) {
        let kind = self.requirements.get(edge.name()).map(|(kind, _)| *kind);
        let is_peer = kind == Some(RequirementKind::Peer);
        let overridden = edge.detail().is_some_and(|it| it.overridden.is_some());
        let Some(locked) = edge.range() else { return };
        if overridden || edge.need().is_peer() != is_peer || same_range(locked, archived) {
            return;
        }
        let field = kind.map_or("dependencies", field);
        found.add(field, edge.name(), Some(locked), Some(archived));
    }
}

/// Whether a rule outside of the package added an edge.
fn is_added(edge: EdgeRef<'_>) -> bool {
    edge.detail().is_some_and(|it| it.added_by.is_some())
}

fn field(kind: RequirementKind) -> &'static str {
    match kind {
        RequirementKind::Required => "dependencies",
        RequirementKind::Optional => "optionalDependencies",
        RequirementKind::Peer => "peerDependencies",
    }
}

/// Ranges that differ only in spaces, or in the spelling of one git repository, are the same.
fn same_range(one: &str, other: &str) -> bool {
    let words = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
    let (one, other) = (words(one), words(other));
    let any = |it: &str| matches!(it, "" | "*" | "latest");
    one == other
        || (any(&one) && any(&other))
        || (one.contains('/') && git(&one).is_some_and(|it| git(&other) == Some(it)))
}

/// Owner, repository and revision of a git address in any spelling.
fn git(address: &str) -> Option<(String, String, &str)> {
    let (place, revision) = address.split_once('#').unwrap_or((address, ""));
    let place = place.trim_end_matches(".git").replace(':', "/");
    let mut parts = place.rsplit('/');
    let (name, owner) = (parts.next()?, parts.next()?);
    Some((owner.to_lowercase(), name.to_lowercase(), revision))
}

fn commands(locked: &Locked, manifest: &Manifest, found: &mut Found) {
    let Some(locked) = &locked.commands else {
        return;
    };
    let archived = &manifest.commands;
    for (name, path) in locked {
        let there = archived.get(name);
        if there != Some(path) {
            found.add("bin", name, Some(path), there.map(String::as_str));
        }
    }
    for (name, path) in archived {
        if !locked.iter().any(|(it, _)| it == name) {
            found.add("bin", name, None, Some(path));
        }
    }
}

/// An install script that the lockfile does not announce. One that only the lockfile announces runs nothing, and is usual: the
/// registry announces one for every package that was published from a folder with a `binding.gyp`, also where that is not packed.
fn scripts(node: NodeRef<'_>, locked: &Locked, manifest: &Manifest, found: &mut Found) {
    if !locked.states_scripts || node.flags().has(Flags::INSTALL_SCRIPT) {
        return;
    }
    for (name, command) in manifest.install_commands() {
        found.add("scripts", name, None, Some(command));
    }
}

/// Packages in the archive that the lockfile does not list. Where it lists none for any package, a manifest that announces some
/// may mean those that are there: they have dependencies of their own.
fn bundled(locked: &Locked, manifest: &Manifest, found: &mut Found) {
    let none = BTreeSet::new();
    let known = match &locked.bundled {
        Some(names) => names,
        None if manifest.bundled.is_empty() => &none,
        None => return,
    };
    let names = manifest.bundled.iter().chain(&manifest.embedded);
    let names: BTreeSet<&String> = names.filter(|it| !known.contains(*it)).collect();
    for name in names {
        found.add("bundleDependencies", name, None, Some("bundled"));
    }
}

fn engines(node: NodeRef<'_>, manifest: &Manifest, found: &mut Found) {
    let details = node.component().details.as_deref();
    let locked = details.map_or(&[][..], |it| &it.engines);
    for (name, range) in locked {
        let archived = manifest.engines.get(&**name);
        // Old manifests have engines as a list, which has no names.
        if archived.is_some_and(|it| !same_range(it, range)) {
            found.add("engines", name, Some(range), archived.map(String::as_str));
        }
    }
}

fn licenses(node: NodeRef<'_>, manifest: &Manifest, found: &mut Found) {
    let Fact::Known(locked) = &node.component().licenses else {
        return;
    };
    let (Some(locked), [archived]) = (locked.first(), &*manifest.licenses) else {
        return;
    };
    if !locked.text().eq_ignore_ascii_case(archived.trim()) {
        found.add("license", "", Some(locked.text()), Some(archived));
    }
}
