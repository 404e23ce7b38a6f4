//! What changed between two graphs: packages that came and went, versions, licences, bytes under one version, install
//! scripts, and which direct dependency brought what came. Decides nothing: which change is a reason to fail is the caller's.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Fact, Flags, Graph, HashAlgorithm, License, Need, NodeRef, Purl};
pub use bomtrail_report::{Change, ChangeKind, Changes, MOST_BROUGHT_BY};

/// The nodes of one package, by version.
type Versions<'g> = BTreeMap<String, Vec<NodeRef<'g>>>;

/// Compares two graphs.
pub fn diff(old: &Graph, new: &Graph) -> Changes {
    let before = packages(old);
    let after = packages(new);
    let paths = Paths::of(new);
    let mut changes = Vec::new();
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = Versions::new();
    for key in keys {
        let (was, is) = (
            before.get(key).unwrap_or(&none),
            after.get(key).unwrap_or(&none),
        );
        versions(key, was, is, &paths, &mut changes);
        for (version, old) in was {
            if let Some(new) = is.get(version) {
                same_version((key, version), old, new, &mut changes);
            }
        }
        scripts(key, was, is, &paths, &mut changes);
    }
    changes.sort();
    Changes { changes }
}

fn packages(graph: &Graph) -> BTreeMap<String, Versions<'_>> {
    let mut packages: BTreeMap<String, Versions<'_>> = BTreeMap::new();
    for node in graph.nodes() {
        let version = node.version().unwrap_or_default().to_owned();
        let package = packages.entry(key(node)).or_default();
        package.entry(version).or_default().push(node);
    }
    packages
}

/// What a package is called whatever its version: a cpan author is no part of that.
fn key(node: NodeRef<'_>) -> String {
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

fn versions(
    key: &str,
    was: &Versions<'_>,
    is: &Versions<'_>,
    paths: &Paths,
    changes: &mut Vec<Change>,
) {
    let gone: Vec<String> = was
        .keys()
        .filter(|it| !is.contains_key(*it))
        .cloned()
        .collect();
    let came: Vec<String> = is
        .keys()
        .filter(|it| !was.contains_key(*it))
        .cloned()
        .collect();
    if gone.is_empty() && came.is_empty() {
        return;
    }
    let kind = match (was.is_empty(), is.is_empty()) {
        (true, _) => ChangeKind::Added,
        (_, true) => ChangeKind::Removed,
        _ => ChangeKind::Version,
    };
    let nodes = came.iter().filter_map(|it| is.get(it)).flatten();
    let nodes: Vec<NodeRef<'_>> = nodes.copied().collect();
    let brought_by = paths.brought_by(&nodes);
    changes.push(Change {
        kind,
        package: key.to_owned(),
        before: gone,
        after: came,
        brought_by,
    });
}

/// Licences and bytes of what is there in the same version.
fn same_version(
    (key, version): (&str, &str),
    old: &[NodeRef<'_>],
    new: &[NodeRef<'_>],
    changes: &mut Vec<Change>,
) {
    let package = match version {
        "" => key.to_owned(),
        version => [key, "@", version].concat(),
    };
    let mut push = |kind, before: &BTreeSet<String>, after: &BTreeSet<String>| {
        changes.push(Change {
            kind,
            package: package.clone(),
            before: before.iter().cloned().collect(),
            after: after.iter().cloned().collect(),
            brought_by: Vec::new(),
        });
    };
    let (before, after) = (licenses(old), licenses(new));
    if before != after {
        push(ChangeKind::License, &before, &after);
    }
    let (before, after) = (digests(old), digests(new));
    for (algorithm, mine) in &before {
        let Some(theirs) = after.get(algorithm) else {
            continue;
        };
        // Bytes that were there and are not any more, replaced by others.
        if !theirs.is_subset(mine) && !mine.is_subset(theirs) {
            push(ChangeKind::Hash, mine, theirs);
        }
    }
}

fn licenses(nodes: &[NodeRef<'_>]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for node in nodes {
        match &node.component().licenses {
            Fact::Known(licenses) if licenses.is_empty() => drop(all.insert("none".to_owned())),
            Fact::Known(licenses) => {
                all.extend(licenses.iter().map(License::text).map(str::to_owned));
            }
            Fact::Unknown => drop(all.insert("unknown".to_owned())),
            Fact::Withheld => drop(all.insert("withheld".to_owned())),
        }
    }
    all
}

fn digests(nodes: &[NodeRef<'_>]) -> BTreeMap<HashAlgorithm, BTreeSet<String>> {
    let mut all: BTreeMap<HashAlgorithm, BTreeSet<String>> = BTreeMap::new();
    for hash in nodes.iter().flat_map(|it| &it.component().hashes) {
        let text = [hash.algorithm().name(), ":", &hash.hex()].concat();
        all.entry(hash.algorithm()).or_default().insert(text);
    }
    all
}

fn scripts(
    key: &str,
    was: &Versions<'_>,
    is: &Versions<'_>,
    paths: &Paths,
    changes: &mut Vec<Change>,
) {
    let runs = |node: &&NodeRef<'_>| node.flags().has(Flags::INSTALL_SCRIPT);
    if was.values().flatten().any(|it| runs(&it)) {
        return;
    }
    let new: Vec<NodeRef<'_>> = is.values().flatten().filter(runs).copied().collect();
    if new.is_empty() {
        return;
    }
    let version = |node: &NodeRef<'_>| node.version().unwrap_or_default().to_owned();
    changes.push(Change {
        kind: ChangeKind::InstallScript,
        package: key.to_owned(),
        before: Vec::new(),
        after: new.iter().map(version).collect(),
        brought_by: paths.brought_by(&new),
    });
}

/// Who needs whom, against the direction of the edges.
struct Paths {
    needed_by: Vec<Vec<usize>>,
    names: Vec<String>,
    direct: Vec<bool>,
}

impl Paths {
    fn of(graph: &Graph) -> Self {
        let count = graph.nodes().len();
        let mut paths = Self {
            needed_by: vec![Vec::new(); count],
            names: graph.nodes().map(|it| it.name().to_owned()).collect(),
            direct: vec![false; count],
        };
        for edge in graph.edges().filter(|it| it.need() != Need::Conflicts) {
            let (Some(from), Some(to)) = (edge.from(), edge.to()) else {
                continue;
            };
            let (number, target) = (from.id().index(), to.id().index());
            if from.component().role.is_first_party()
                && let Some(slot) = paths.direct.get_mut(target)
            {
                *slot = true;
            }
            if let Some(slot) = paths.needed_by.get_mut(target) {
                slot.push(number);
            }
        }
        paths
    }

    /// The names of the direct dependencies that lead to any of `nodes`, sorted.
    fn brought_by(&self, nodes: &[NodeRef<'_>]) -> Vec<String> {
        let mut open: Vec<usize> = nodes.iter().map(|it| it.id().index()).collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        let mut names = BTreeSet::new();
        while let Some(at) = open.pop() {
            if self.direct.get(at) == Some(&true) {
                names.extend(self.names.get(at).cloned());
            }
            for from in self.needed_by.get(at).into_iter().flatten() {
                if seen.insert(*from) {
                    open.push(*from);
                }
            }
        }
        names.into_iter().take(MOST_BROUGHT_BY).collect()
    }
}

#[cfg(test)]
mod tests;
