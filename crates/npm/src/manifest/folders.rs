//! The package.json files of a project that keeps its lockfile entries without them: of the root, the workspaces, and the local
//! folders that it names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Files};

use crate::diags;
use crate::lockfile::wire::Manifest;
use crate::manifest::manifests;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::{Entry, Field};
use crate::package::value::Value;
use crate::paths;

/// The texts of the manifests, by folder.
pub(crate) struct Texts {
    texts: Vec<(String, String)>,
    /// The workspaces that the root names.
    patterns: Patterns,
}

impl Texts {
    /// The manifests of these folders, of the root and of the workspaces that the root names. `patterns` reads the root's
    /// `workspaces`.
    pub(crate) fn read(
        named: BTreeSet<String>,
        base: &str,
        files: &dyn Files,
        patterns: fn(&Value<'_>) -> Patterns,
    ) -> Self {
        let root = BTreeSet::from([String::new()]);
        let mut texts = manifests::texts(&root, base, files);
        let manifest = texts.first().map(|(_, it)| from_json::<Manifest<'_>>(it));
        let patterns = match manifest {
            Some(Ok(Manifest(entry))) => patterns(entry.fact(Field::Workspaces)),
            Some(Err(_)) | None => Patterns::default(),
        };
        let mut wanted = named;
        wanted.extend(patterns.folders(base, files));
        wanted.remove("");
        texts.extend(manifests::texts(&wanted, base, files));
        Self { texts, patterns }
    }
}

/// A manifest.
#[derive(Debug, Default)]
pub(crate) struct FolderManifest<'t> {
    /// Its fields.
    pub(crate) entry: Entry<'t>,
    /// True for the root and for what its `workspaces` name.
    pub(crate) is_member: bool,
}

/// The manifests.
pub(crate) struct Folders<'t> {
    /// By folder; the root's folder is empty.
    all: BTreeMap<&'t str, FolderManifest<'t>>,
    /// All of the root's.
    root: Option<Value<'t>>,
}

impl<'t> Folders<'t> {
    /// Reads the texts. What is not JSON is reported and left out.
    pub(crate) fn of(texts: &'t Texts, base: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut all = BTreeMap::new();
        let mut root = None;
        for (folder, text) in &texts.texts {
            let is_root = folder.is_empty();
            let whole = is_root.then(|| from_json::<Value<'t>>(text)).transpose();
            match (from_json::<Manifest<'t>>(text), whole) {
                (Ok(Manifest(entry)), Ok(whole)) => {
                    let is_member = is_root || texts.patterns.name(folder);
                    all.insert(&**folder, FolderManifest { entry, is_member });
                    root = root.or(whole);
                }
                (Err(error), _) | (_, Err(error)) => {
                    let file = [folder, "/package.json"].concat();
                    let file = paths::join(base, file.trim_start_matches('/'));
                    diagnostics.push(diags::unreadable(&file.unwrap_or_default(), &error));
                }
            }
        }
        Self { all, root }
    }

    /// The manifest of a folder.
    pub(crate) fn get(&self, folder: &str) -> Option<&FolderManifest<'t>> {
        self.all.get(folder)
    }

    /// The manifest of the root.
    pub(crate) fn root(&self) -> Option<&FolderManifest<'t>> {
        self.get("")
    }

    /// All of the root's manifest, for the fields of one package manager.
    pub(crate) fn whole_root(&self) -> Option<&Value<'t>> {
        self.root.as_ref()
    }

    /// The workspaces, by folder; the root is not one.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'t str, &FolderManifest<'t>)> {
        let all = self.all.iter().map(|(folder, it)| (*folder, it));
        all.filter(|(folder, it)| !folder.is_empty() && it.is_member)
    }
}

impl FolderManifest<'_> {
    /// True when one of the lists that [`Self::differing`] compares has the name.
    pub(crate) fn declares(&self, name: &str) -> bool {
        let mut lists = self.entry.lists();
        lists.any(|list| list.iter().any(|(it, _)| it == name))
    }

    /// The names whose ranges differ between the manifest and what its lockfile repeats of it; `plain` gives the ranges of both
    /// one spelling. Peers are left out.
    pub(crate) fn differing<'n>(
        &'n self,
        locked: &[(&'n str, &'n str)],
        plain: fn(&str) -> Cow<'_, str>,
    ) -> BTreeSet<&'n str> {
        let stated = self.entry.lists().flatten();
        let stated = stated.map(|(name, range)| (&**name, plain(range)));
        let mut stated: Vec<(&str, Cow<'_, str>)> = stated.collect();
        stated.sort_unstable();
        let mut names: Vec<&str> = locked.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        let new = stated
            .iter()
            .map(|(name, _)| *name)
            .filter(|it| names.binary_search(it).is_err());
        let changed = locked
            .iter()
            .filter(|(name, range)| stated.binary_search(&(*name, plain(range))).is_err());
        new.chain(changed.map(|(name, _)| *name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_that_cannot_be_read_as_a_whole_is_reported() {
        let deep = ["[".repeat(500), "]".repeat(500)].concat();
        let text = format!(r#"{{"name": "a", "resolutions": {{"b": "2"}}, "other": {deep}}}"#);
        let texts = Texts {
            texts: vec![(String::new(), text)],
            patterns: Patterns::default(),
        };
        let mut diagnostics = Diagnostics::new();
        let folders = Folders::of(&texts, "", &mut diagnostics);
        assert!(folders.root().is_none() && folders.whole_root().is_none());
        assert!(!diagnostics.is_empty());
    }
}
