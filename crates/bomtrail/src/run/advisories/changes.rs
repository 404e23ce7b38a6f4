//! Vulnerabilities that are new in a later state of a project, and those that no longer apply.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_advisories::vex::statements;
use bomtrail_report::{Change, ChangeKind};

use super::Advised;

/// The vulnerabilities of each package, with the versions that have them.
type Found = BTreeMap<(String, String), BTreeSet<String>>;

/// What changed between two states that were compared with the same advisories. A vulnerability that moved with its package to
/// another version still applies.
pub fn vulnerability_changes(old: &Advised, new: &Advised) -> Vec<Change> {
    let (before, after) = (found(old), found(new));
    let gone = before.iter().filter(|(key, _)| !after.contains_key(*key));
    let gone = gone.map(|((package, id), versions)| {
        let was = labels(id, versions);
        Change::new(
            ChangeKind::VulnerabilityGone,
            package.clone(),
            was,
            Vec::new(),
        )
    });
    let added = after.iter().filter(|(key, _)| !before.contains_key(*key));
    let added = added.map(|((package, id), versions)| {
        let is = labels(id, versions);
        Change::new(ChangeKind::Vulnerability, package.clone(), Vec::new(), is)
    });
    added.chain(gone).collect()
}

fn found(advised: &Advised) -> Found {
    let mut found = Found::new();
    for it in statements(&advised.advisories) {
        let node = advised.scan.graph().node(it.node);
        let package = match node.filter(|_| !it.is_module) {
            Some(node) => crate::run::diff::key(node).into_owned(),
            None => it.package.to_string(),
        };
        let versions = found.entry((package, it.id.to_string())).or_default();
        versions.insert(it.version.to_string());
    }
    found
}

fn labels(id: &str, versions: &BTreeSet<String>) -> Vec<String> {
    let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
    vec![format!("{id} ({})", versions.join(", "))]
}
