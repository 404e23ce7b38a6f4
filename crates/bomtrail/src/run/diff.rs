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
mod packages;
mod paths;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use bomtrail_graph::{Flags, Graph, NodeRef, Problem, Scope};
pub use bomtrail_report::{Change, ChangeKind, Changes, MOST_BROUGHT_BY, VersionStep};
use semver::Version;

use self::facts::{Names, Sources};
#[cfg(any(feature = "advisories", test))]
pub(crate) use self::packages::key;
use self::packages::{Packages, Pair, joined, of_version, version, versions};
use self::paths::Paths;

/// Compares two graphs. Nothing is reported exactly when all packages are the same in every compared fact; a fact that one graph
/// does not state (a scope, an author) is not compared.
pub fn diff(old: &Graph, new: &Graph) -> Changes {
    let comparison = Comparison {
        before: Packages::of(old),
        after: Packages::of(new),
        new,
        paths: OnceCell::new(),
    };
    let mut changes = Vec::new();
    for pair in joined(&comparison.before, &comparison.after) {
        changes.extend(comparison.versions(&pair));
        for (version, old) in versions(pair.was) {
            let new = of_version(pair.is, version);
            if !new.is_empty() {
                let package = (pair.key, version);
                comparison.same_version(package, old, new, &mut changes);
            }
        }
        changes.extend(comparison.scripts(&pair));
    }
    changes.sort();
    Changes { changes }
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
    new: &'g Graph,
    /// Made for the first package that is new.
    paths: OnceCell<Paths<'g>>,
}

impl<'g> Comparison<'g> {
    /// What became of a package's versions.
    fn versions(&self, pair: &Pair<'_, 'g>) -> Option<Change> {
        let absent = |all: &[NodeRef<'g>], from: &[NodeRef<'g>]| -> Vec<String> {
            versions(all)
                .map(|(version, _)| version)
                .filter(|it| of_version(from, it).is_empty())
                .map(str::to_owned)
                .collect()
        };
        let (was, is) = (pair.was, pair.is);
        let (gone, new) = (absent(was, is), absent(is, was));
        if gone.is_empty() && new.is_empty() {
            return None;
        }
        let (kind, step) = match (was.is_empty(), is.is_empty()) {
            (true, _) => (ChangeKind::Added, None),
            (_, true) => (ChangeKind::Removed, None),
            _ => (ChangeKind::Version, Some(step(was, is))),
        };
        let nodes = new.iter().flat_map(|it| of_version(is, it));
        let nodes: Vec<NodeRef<'_>> = nodes.copied().collect();
        let brought_by = self.brought_by(&nodes);
        let change = Change::new(kind, pair.key, gone, new);
        Some(change.step(step).brought_by(brought_by))
    }

    fn brought_by(&self, nodes: &[NodeRef<'_>]) -> Vec<String> {
        if nodes.is_empty() {
            return Vec::new();
        }
        let paths = self.paths.get_or_init(|| Paths::of(self.new));
        paths.brought_by(nodes)
    }

    /// What changed of a package that is there in the same version.
    fn same_version(
        &self,
        (key, version): (&str, &str),
        old: &[NodeRef<'g>],
        new: &[NodeRef<'g>],
        changes: &mut Vec<Change>,
    ) {
        let mut push = |kind, before: Vec<String>, after: Vec<String>| {
            changes.push(Change::new(kind, labelled(key, version), before, after));
        };
        if !facts::are_equal(old, new) {
            stated(old, new, &mut push);
        }
        self.edges(old, new, &mut push);
    }

    /// New and lost dependencies. What a new or a removed package is needed by is part of that change already.
    fn edges(
        &self,
        old: &[NodeRef<'g>],
        new: &[NodeRef<'g>],
        push: &mut impl FnMut(ChangeKind, Vec<String>, Vec<String>),
    ) {
        let needs = (needs(&self.before, old), needs(&self.after, new));
        if needs.0.clone().eq(needs.1.clone()) {
            return;
        }
        let (was, is) = (facts::merged(needs.0), facts::merged(needs.1));
        for (name, problem) in &is {
            let known = was.get(name);
            let only = || vec![(*name).to_owned()];
            match (known, problem) {
                (Some(before), problem) if before == problem => {}
                (_, Some(Problem::Missing)) => push(ChangeKind::Missing, Vec::new(), only()),
                (_, Some(Problem::Invalid)) => push(ChangeKind::Invalid, Vec::new(), only()),
                (Some(_), None) => push(ChangeKind::Repaired, only(), Vec::new()),
                (None, None) if self.before.has(name) => {
                    push(ChangeKind::EdgeAdded, Vec::new(), only());
                }
                (None, None) => {}
            }
        }
        for (name, problem) in was.iter().filter(|(name, _)| !is.contains_key(*name)) {
            let only = vec![(*name).to_owned()];
            if problem.is_some() {
                push(ChangeKind::Repaired, only, Vec::new());
            } else if self.after.has(name) {
                push(ChangeKind::EdgeRemoved, only, Vec::new());
            }
        }
    }

    /// Whether a package has install scripts and had none in the versions before.
    fn scripts(&self, pair: &Pair<'_, 'g>) -> Option<Change> {
        let runs = |node: &&NodeRef<'_>| node.flags().has(Flags::INSTALL_SCRIPT);
        if pair.was.iter().any(|it| runs(&it)) {
            return None;
        }
        let new: Vec<NodeRef<'_>> = pair.is.iter().filter(runs).copied().collect();
        if new.is_empty() {
            return None;
        }
        let versions: Names = new.iter().map(|it| version(*it).to_owned()).collect();
        let change = Change::new(
            ChangeKind::InstallScript,
            pair.key,
            Vec::new(),
            listed(&versions),
        );
        Some(change.brought_by(self.brought_by(&new)))
    }
}

/// What the nodes of one version need, in order.
fn needs<'p, 'g>(
    packages: &'p Packages<'g>,
    nodes: &'p [NodeRef<'g>],
) -> impl Iterator<Item = (&'p str, Option<Problem>)> + Clone {
    let edges = nodes.iter().flat_map(|it| it.edges());
    edges.filter_map(|it| packages.need(it))
}

fn listed(names: &Names) -> Vec<String> {
    names.iter().cloned().collect()
}

/// What the nodes of one version state that is compared, apart from their edges.
fn stated(
    old: &[NodeRef<'_>],
    new: &[NodeRef<'_>],
    push: &mut impl FnMut(ChangeKind, Vec<String>, Vec<String>),
) {
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
    integrity(old, new, push);
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
fn step(was: &[NodeRef<'_>], is: &[NodeRef<'_>]) -> VersionStep {
    let highest = |nodes: &[NodeRef<'_>]| -> Option<Version> {
        let all = versions(nodes).map(|(version, _)| Version::parse(version));
        all.collect::<Result<Vec<_>, _>>().ok()?.into_iter().max()
    };
    let (Some(was), Some(is)) = (highest(was), highest(is)) else {
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
