//! The rules of a lockfile that stand between what is declared and what is resolved: catalogs, overrides, and optional
//! dependencies that are ignored.

use std::collections::{HashMap, HashSet};

use bomtrail_document::{Entry, Lookup, Value};
use foldhash::fast::RandomState;

use super::lock::Lock;
use super::manifests::Manifests;
use crate::resolve::spec;

/// The rules of a lockfile, by name.
pub(crate) struct Rules<'v> {
    catalogs: HashMap<&'v str, Lookup<'v>, RandomState>,
    /// The first override for a dependency of each name.
    overrides: HashMap<&'v str, &'v Entry<'v>, RandomState>,
    ignored: HashSet<&'v str, RandomState>,
    /// The names of the workspaces, where the project leaves links to them out of the lockfile.
    unlinked: HashSet<&'v str, RandomState>,
}

impl<'v> Rules<'v> {
    pub(crate) fn of(lock: &Lock<'v>, manifests: &'v Manifests<'v>) -> Self {
        let catalogs = lock.section("catalogs").iter();
        let mut overrides = HashMap::default();
        for entry in lock.section("overrides") {
            // `parent>name@range` is for dependencies of one package.
            let target = entry.key.rsplit('>').next().unwrap_or_default().trim();
            overrides.entry(spec::split_name(target).0).or_insert(entry);
        }
        let ignored = lock.get("ignoredOptionalDependencies");
        let ignored = ignored.and_then(Value::as_list).unwrap_or_default().iter();
        Self {
            catalogs: catalogs
                .map(|it| (&*it.key, Lookup::new(it.value.pairs())))
                .collect(),
            overrides,
            ignored: ignored.filter_map(Value::as_scalar).collect(),
            unlinked: unlinked(lock, manifests),
        }
    }

    /// The range that a `catalog:` specifier stands for; any other specifier, and one that the catalog does not have, stays.
    pub(crate) fn without_catalog(&self, specifier: &'v str, alias: &str) -> &'v str {
        let Some(name) = specifier.strip_prefix("catalog:") else {
            return specifier;
        };
        let name = if name.is_empty() { "default" } else { name };
        let entry = self.catalogs.get(name).and_then(|it| it.get(alias));
        let range = entry.and_then(|it| it.get("specifier"));
        range.and_then(Value::as_scalar).unwrap_or(specifier)
    }

    /// The override for a dependency of that name.
    pub(crate) fn of_name(&self, name: &str) -> Option<&'v Entry<'v>> {
        self.overrides.get(name).copied()
    }

    /// True for the name of a workspace whose links are not in the lockfile.
    pub(crate) fn is_unlinked(&self, name: &str) -> bool {
        self.unlinked.contains(name)
    }

    /// True for an optional dependency that the project leaves out.
    pub(crate) fn is_ignored(&self, name: &str) -> bool {
        self.ignored.contains(name)
    }
}

/// The names of the workspaces with `excludeLinksFromLockfile`, else none.
fn unlinked<'v>(lock: &Lock<'v>, manifests: &'v Manifests<'v>) -> HashSet<&'v str, RandomState> {
    let setting = lock.get("settings");
    let setting = setting.and_then(|it| it.get("excludeLinksFromLockfile"));
    if !setting.is_some_and(Value::is_true) {
        return HashSet::default();
    }
    let importers = lock.importers().into_iter();
    let found = importers.filter_map(|(folder, _)| manifests.get(&*folder)?.name.as_deref());
    found.collect()
}
