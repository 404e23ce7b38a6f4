//! Which packages come in the archive of another one, by npm's own rule: `bundleDependencies` of an ancestor decides, and
//! `inBundle` of an entry is ignored. Lockfiles of version 1 have no such list: npm asks the registry for it, and fetches what it
//! does not name. So nothing in them counts as carried.

use super::number::MaybeNumber;
use super::requests::Requests;
use super::tree::{Index, Tree};
use crate::lockfile::chunks::Chunks;
use crate::package::entry::{Declared, Entry, Field};
use crate::package::value::Value;

/// For each entry, the package whose `bundleDependencies` it belongs to; `None` for an entry that npm fetches by itself. What
/// the root bundles is fetched too, so that the root is never what an entry is carried by.
pub(crate) fn bundlers(entries: &Chunks<Entry<'_>>, tree: &Tree<'_>) -> Vec<MaybeNumber> {
    let mut found = Found {
        tree,
        children: Vec::new(),
        of: vec![MaybeNumber::default(); entries.len()],
    };
    let lists = || {
        (0..)
            .zip(entries.iter())
            .filter(|(_, it)| !names(it).is_empty())
    };
    if lists().next().is_none() {
        return found.of;
    }
    found.children = tree.children_of_each();
    let mut carriers: Vec<(Index, &Entry<'_>)> =
        lists().filter(|(it, _)| !tree.is_hidden(*it)).collect();
    // A package inside a bundle belongs to the outermost one.
    carriers.sort_by_key(|(index, _)| tree.depth(*index));
    let mut requests = Requests::default();
    for (carrier, entry) in carriers {
        if found.bundler(carrier).is_some() {
            continue;
        }
        let mut open: Vec<Index> = names(entry)
            .into_iter()
            .filter_map(|name| tree.child(carrier, name))
            .filter(|it| found.bundler(*it).is_none())
            .collect();
        while let Some(index) = open.pop() {
            for bundled in found.mark(index, carrier) {
                let Some(entry) = entries.get(bundled as usize) else {
                    continue;
                };
                requests.clear();
                requests.of_entry(Declared::of(entry), false);
                let needed = requests
                    .iter()
                    .filter_map(|it| tree.resolve(bundled, it.name));
                let beside = |it: &Index| tree.parent(*it) == Some(carrier);
                open.extend(
                    needed
                        .filter(beside)
                        .filter(|it| found.bundler(*it).is_none()),
                );
            }
        }
    }
    found.of
}

struct Found<'t> {
    tree: &'t Tree<'t>,
    children: Vec<Vec<Index>>,
    of: Vec<MaybeNumber>,
}

impl Found<'_> {
    fn bundler(&self, index: Index) -> Option<Index> {
        self.of.get(index as usize)?.get()
    }

    /// Marks a package and everything in its `node_modules`; returns what was not marked before.
    fn mark(&mut self, index: Index, carrier: Index) -> Vec<Index> {
        let mut new = Vec::new();
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            let Some(slot) = self.of.get_mut(index as usize) else {
                continue;
            };
            if slot.is_none() && !self.tree.is_hidden(index) {
                *slot = Some(carrier).into();
                new.push(index);
                open.extend(self.children.get(index as usize).into_iter().flatten());
            }
        }
        new
    }
}

/// The names in `bundleDependencies`: `true` means all dependencies, and an object means its keys.
pub(crate) fn names<'e>(entry: &'e Entry<'_>) -> Vec<&'e str> {
    match entry.fact(Field::BundleDependencies) {
        Value::List(names) => names.iter().filter_map(Value::text).collect(),
        Value::Map(pairs) => pairs.iter().map(|(name, _)| &**name).collect(),
        Value::Bool(true) => entry.dependencies.iter().map(|(name, _)| &**name).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
