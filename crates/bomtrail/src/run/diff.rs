//! What changed between two graphs: packages that are new or gone, versions, and for packages of the same version their sources,
//! digests, scopes, licences, dependencies and install scripts. Which change is a reason to fail is the caller's decision.
//!
//! ```
//! use bomtrail::diff::ChangeKind;
//!
//! let old = bomtrail::scan("../../fixtures/npm/basic")?;
//! let new = bomtrail::scan("../../fixtures/npm/alias")?;
//! let changes = bomtrail::diff(old.graph(), new.graph());
//! assert!(changes.changes.iter().any(|it| it.kind == ChangeKind::Added));
//! # Ok::<(), bomtrail::ScanError>(())
//! ```

mod facts;
mod paths;

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Flags, Graph, NodeRef, Problem, Purl, Scope};
pub use bomtrail_report::{Change, ChangeKind, Changes, MOST_BROUGHT_BY, VersionStep};
use semver::Version;

use self::facts::{Names, Sources};
use self::paths::Paths;

/// The nodes of one package, by version.
type Versions<'g> = BTreeMap<String, Vec<NodeRef<'g>>>;

/// The packages of a graph.
type Packages<'g> = BTreeMap<String, Versions<'g>>;

/// Compares two graphs. Nothing is reported exactly when all packages are the same in every compared fact; a fact that one graph
/// does not state (a scope, an author) is not compared.
pub fn diff(old: &Graph, new: &Graph) -> Changes {
    let comparison = Comparison {
        before: packages(old),
        after: packages(new),
        paths: Paths::of(new),
    };
    let mut changes = Vec::new();
    let (before, after) = (&comparison.before, &comparison.after);
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = Versions::new();
    for key in keys {
        let (was, is) = (
            before.get(key).unwrap_or(&none),
            after.get(key).unwrap_or(&none),
        );
        changes.extend(comparison.versions(key, was, is));
        for (version, old) in was {
            if let Some(new) = is.get(version) {
                comparison.same_version(&labelled(key, version), old, new, &mut changes);
            }
        }
        changes.extend(comparison.scripts(key, was, is));
    }
    changes.sort();
    Changes { changes }
}

fn packages(graph: &Graph) -> Packages<'_> {
    let mut packages = Packages::new();
    for node in graph.nodes() {
        let version = node.version().unwrap_or_default().to_owned();
        let package = packages.entry(key(node)).or_default();
        package.entry(version).or_default().push(node);
    }
    packages
}

/// What a package is called whatever its version: a cpan author is not part of that.
pub(crate) fn key(node: NodeRef<'_>) -> String {
    let Some(purl) = node.purl() else {
        return node.name().to_owned();
    };
    let mut builder = Purl::build(purl.package_type(), &purl.name());
    if purl.package_type() != "cpan" {
        builder = builder.namespace(&purl.namespace().unwrap_or_default());
    }
    builder
        .finish()
        .map_or_else(|_| node.name().to_owned(), |it| it.to_string())
}

fn labelled(key: &str, version: &str) -> String {
    match version {
        "" => key.to_owned(),
        version => [key, "@", version].concat(),
    }
}

/// Two graphs.
struct Comparison<'g> {
    before: Packages<'g>,
    after: Packages<'g>,
    paths: Paths,
}

impl Comparison<'_> {
    /// What became of a package's versions.
    fn versions(&self, key: &str, was: &Versions<'_>, is: &Versions<'_>) -> Option<Change> {
        let gone = was.keys().filter(|it| !is.contains_key(*it));
        let gone: Vec<String> = gone.cloned().collect();
        let new = is.keys().filter(|it| !was.contains_key(*it));
        let new: Vec<String> = new.cloned().collect();
        if gone.is_empty() && new.is_empty() {
            return None;
        }
        let (kind, step) = match (was.is_empty(), is.is_empty()) {
            (true, _) => (ChangeKind::Added, None),
            (_, true) => (ChangeKind::Removed, None),
            _ => (ChangeKind::Version, Some(step(was.keys(), is.keys()))),
        };
        let nodes = new.iter().filter_map(|it| is.get(it)).flatten();
        let nodes: Vec<NodeRef<'_>> = nodes.copied().collect();
        let brought_by = self.paths.brought_by(&nodes);
        let change = Change::new(kind, key, gone, new);
        Some(change.step(step).brought_by(brought_by))
    }

    /// What changed of a package that is there in the same version.
    fn same_version(
        &self,
        package: &str,
        old: &[NodeRef<'_>],
        new: &[NodeRef<'_>],
        changes: &mut Vec<Change>,
    ) {
        let mut push = |kind, before: Vec<String>, after: Vec<String>| {
            changes.push(Change::new(kind, package, before, after));
        };
        let mut compare = |kind, before: &Names, after: &Names| {
            if before != after {
                push(kind, listed(before), listed(after));
            }
        };
        compare(
            ChangeKind::License,
            &facts::licenses(old),
            &facts::licenses(new),
        );
        let (was, is) = (Sources::of(old), Sources::of(new));
        if was.places == is.places {
            compare(ChangeKind::Registry, &was.registries, &is.registries);
        } else {
            let all = |it: &Sources| &it.registries | &it.places;
            compare(ChangeKind::Source, &all(&was), &all(&is));
        }
        if !was.authors.is_empty() && !is.authors.is_empty() {
            compare(ChangeKind::Source, &was.authors, &is.authors);
        }
        let (was, is) = (facts::scope(old), facts::scope(new));
        if let (Some(was), Some(is)) = (was, is)
            && was != is
        {
            let kind = match was {
                Scope::Excluded => ChangeKind::Production,
                _ => ChangeKind::Scope,
            };
            let name = |it: Scope| vec![it.name().unwrap_or("unknown").to_owned()];
            push(kind, name(was), name(is));
        }
        integrity(old, new, &mut push);
        self.edges(old, new, &mut push);
    }

    /// New and lost dependencies. What a new or a removed package is needed by is part of that change already.
    fn edges(
        &self,
        old: &[NodeRef<'_>],
        new: &[NodeRef<'_>],
        push: &mut impl FnMut(ChangeKind, Vec<String>, Vec<String>),
    ) {
        let (was, is) = (facts::edges(old), facts::edges(new));
        for (name, problem) in &is {
            let known = was.get(name);
            let only = || vec![name.clone()];
            match (known, problem) {
                (Some(before), problem) if before == problem => {}
                (_, Some(Problem::Missing)) => push(ChangeKind::Missing, Vec::new(), only()),
                (_, Some(Problem::Invalid)) => push(ChangeKind::Invalid, Vec::new(), only()),
                (Some(_), None) => push(ChangeKind::Repaired, only(), Vec::new()),
                (None, None) if self.before.contains_key(name) => {
                    push(ChangeKind::EdgeAdded, Vec::new(), only());
                }
                (None, None) => {}
            }
        }
        for (name, problem) in was.iter().filter(|(name, _)| !is.contains_key(*name)) {
            let only = vec![name.clone()];
            if problem.is_some() {
                push(ChangeKind::Repaired, only, Vec::new());
            } else if self.after.contains_key(name) {
                push(ChangeKind::EdgeRemoved, only, Vec::new());
            }
        }
    }

    /// Whether a package has install scripts and had none in the versions before.
    fn scripts(&self, key: &str, was: &Versions<'_>, is: &Versions<'_>) -> Option<Change> {
        let runs = |node: &&NodeRef<'_>| node.flags().has(Flags::INSTALL_SCRIPT);
        if was.values().flatten().any(|it| runs(&it)) {
            return None;
        }
        let new: Vec<NodeRef<'_>> = is.values().flatten().filter(runs).copied().collect();
        if new.is_empty() {
            return None;
        }
        let version = |node: &NodeRef<'_>| node.version().unwrap_or_default().to_owned();
        let versions: Names = new.iter().map(version).collect();
        let change = Change::new(
            ChangeKind::InstallScript,
            key,
            Vec::new(),
            listed(&versions),
        );
        Some(change.brought_by(self.paths.brought_by(&new)))
    }
}

fn listed(names: &Names) -> Vec<String> {
    names.iter().cloned().collect()
}

/// Digests that changed, are lost or prove less.
fn integrity(
    old: &[NodeRef<'_>],
    new: &[NodeRef<'_>],
    push: &mut impl FnMut(ChangeKind, Vec<String>, Vec<String>),
) {
    let (before, after) = (facts::digests(old), facts::digests(new));
    for (algorithm, was) in &before {
        if let Some(is) = after.get(algorithm).filter(|it| *it != was) {
            push(ChangeKind::Hash, listed(was), listed(is));
        }
    }
    if before.keys().eq(after.keys()) {
        return;
    }
    let strongest = |it: &BTreeMap<_, Names>| it.keys().map(|it| facts::strength(*it)).max();
    let kind = if after.is_empty() {
        ChangeKind::IntegrityLost
    } else if strongest(&after) < strongest(&before) {
        ChangeKind::IntegrityWeakened
    } else {
        ChangeKind::IntegrityChanged
    };
    let all = |it: &BTreeMap<_, Names>| it.values().flatten().cloned().collect();
    push(kind, all(&before), all(&after));
}

/// The step from the highest version before to the highest version after.
fn step<'v>(
    mut was: impl Iterator<Item = &'v String>,
    mut is: impl Iterator<Item = &'v String>,
) -> VersionStep {
    let highest = |all: &mut dyn Iterator<Item = &'v String>| -> Option<Version> {
        let all: Result<Vec<Version>, _> = all.map(|it| Version::parse(it)).collect();
        all.ok()?.into_iter().max()
    };
    let (Some(was), Some(is)) = (highest(&mut was), highest(&mut is)) else {
        return VersionStep::Unknown;
    };
    let numbers = |it: &Version| (it.major, it.minor, it.patch);
    if is < was {
        VersionStep::Downgrade
    } else if numbers(&is) == numbers(&was) {
        VersionStep::Prerelease
    } else if is.major != was.major {
        VersionStep::Major
    } else if is.minor != was.minor {
        VersionStep::Minor
    } else {
        VersionStep::Patch
    }
}

#[cfg(test)]
mod tests;
