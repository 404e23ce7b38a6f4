//! Compares every file of an archive with a source tree and its history.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use bomtrail_graph::FileVerdict;

use super::generated::{Sources, compiled, explanation};
use super::lines::{added_and_removed, with_plain_ends};
use super::package_json::{Difference, difference};
use super::roles;
use super::value::{FileMatch, FileRole, SourceRepository, SourceTree};
use crate::contents::{Contents, FileKind};
use crate::ecosystem::ArchiveKind;
use crate::manifest::npm;
use crate::manifest::value::Manifest;
use crate::object_id::{ObjectFormat, ObjectId};

/// What is compared.
pub struct Comparison<'a> {
    /// The archive, with the contents of its files.
    pub contents: &'a Contents,
    /// Its ecosystem.
    pub kind: &'static ArchiveKind,
    /// Its manifest.
    pub manifest: Option<&'a Manifest>,
    /// The files of the commit.
    pub tree: &'a SourceTree,
    /// The folder of the package in the repository; empty for its top.
    pub folder: &'a str,
    /// The hash that the repository names its objects by.
    pub format: ObjectFormat,
}

/// Compares an archive with a source tree: those files first that need a look, and of these those that run.
pub fn compare(comparison: &Comparison<'_>, repository: &dyn SourceRepository) -> Vec<FileMatch> {
    let mut places: HashMap<ObjectId, &str> = HashMap::new();
    for (path, id) in comparison.tree.files.iter().rev() {
        places.insert(*id, path);
    }
    let sources = Sources {
        contents: comparison.contents,
        kind: comparison.kind,
        tree: comparison.tree,
        places: &places,
        folder: comparison.folder,
        format: comparison.format,
    };
    let mut matches = Matches::new(comparison, &sources);
    matches.in_tree();
    matches.changed(repository);
    matches.history(repository);
    matches.finish()
}

/// Verdicts as they are found.
struct Matches<'a> {
    comparison: &'a Comparison<'a>,
    sources: &'a Sources<'a>,
    found: BTreeMap<&'a str, FileMatch>,
    roles: BTreeMap<String, FileRole>,
}

impl<'a> Matches<'a> {
    fn new(comparison: &'a Comparison<'a>, sources: &'a Sources<'a>) -> Self {
        Self {
            comparison,
            sources,
            found: BTreeMap::new(),
            roles: roles::roles(comparison.contents, comparison.manifest),
        }
    }

    fn add(&mut self, path: &'a str, verdict: FileVerdict, detail: String) {
        let role = self.roles.get(path).copied();
        let found = FileMatch {
            path: path.to_owned(),
            verdict,
            role,
            is_compiled: false,
            detail,
            lines: None,
        };
        self.found.insert(path, found);
    }

    /// Where a file of the package is in the repository.
    fn place(&self, path: &str) -> String {
        match self.comparison.folder {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        }
    }

    /// Files that the tree has.
    fn in_tree(&mut self) {
        let contents = self.comparison.contents;
        for (path, file) in &contents.files {
            if file.kind == FileKind::Folder {
                continue;
            }
            let place = self.place(path);
            let there = self.comparison.tree.files.get(&place);
            if there == Some(&file.id) {
                self.add(path, FileVerdict::Same, String::new());
            } else if let Some(other) = self.sources.places.get(&file.id) {
                let detail = format!("is `{other}` in the source");
                self.add(path, FileVerdict::Moved, detail);
            } else if let Some(why) = explanation(self.sources, path) {
                self.add(path, FileVerdict::Generated, why);
            } else if let Some(why) = compiled(self.sources, path) {
                self.add(path, FileVerdict::Generated, why);
                if let Some(found) = self.found.get_mut(&**path) {
                    found.is_compiled = true;
                }
            } else {
                let detail = self.submodule(&place).unwrap_or_default();
                let verdict = match there {
                    Some(_) => FileVerdict::Changed,
                    None => FileVerdict::Unexplained,
                };
                self.add(path, verdict, detail);
            }
        }
    }

    /// Says that a file is below a submodule whose files are not known.
    fn submodule(&self, place: &str) -> Option<String> {
        let mut submodules = self.comparison.tree.submodules.iter();
        let (path, commit) = submodules.find(|(path, _)| {
            place
                .strip_prefix(&***path)
                .is_some_and(|it| it.starts_with('/'))
        })?;
        Some(format!(
            "is in the submodule `{path}`, whose commit {commit} is not available"
        ))
    }

    fn with_verdict(&self, verdict: FileVerdict) -> Vec<&'a str> {
        let all = self.found.iter();
        let some = all.filter(|(_, it)| it.verdict == verdict);
        some.map(|(path, _)| *path).collect()
    }

    /// Compares files that the source has with another content.
    fn changed(&mut self, repository: &dyn SourceRepository) {
        let paths = self.with_verdict(FileVerdict::Changed);
        let tree = &self.comparison.tree.files;
        let ids = paths
            .iter()
            .filter_map(|it| tree.get(&self.place(it)).copied());
        let ids: Vec<ObjectId> = ids.collect();
        let olds = repository.contents(&ids);
        for (path, old) in paths.into_iter().zip(olds) {
            let new = self.comparison.contents.content(path);
            let (Some(old), Some(new)) = (old, new) else {
                continue;
            };
            self.change(path, &old, new);
        }
    }

    fn change(&mut self, path: &'a str, old: &[u8], new: &[u8]) {
        let Some(found) = self.found.get_mut(path) else {
            return;
        };
        if with_plain_ends(old).is_some_and(|it| Some(it) == with_plain_ends(new)) {
            found.verdict = FileVerdict::Generated;
            "only line ends differ".clone_into(&mut found.detail);
            return;
        }
        found.lines = added_and_removed(old, new);
        if path != npm::PATH {
            return;
        }
        match difference(old, new) {
            Some(Difference::Explained(what)) => {
                found.verdict = FileVerdict::Generated;
                found.detail = format!("adapted for publication: {}", what.join(", "));
                found.lines = None;
            }
            Some(Difference::Unexplained(fields)) => {
                let runs = [
                    "`scripts.preinstall`",
                    "`scripts.install`",
                    "`scripts.postinstall`",
                ];
                if fields
                    .iter()
                    .any(|it| runs.contains(&&**it) || it == "`scripts`")
                {
                    found.role = Some(FileRole::InstallScript);
                } else if fields.iter().any(|it| it.contains("ependencies")) {
                    found.role = Some(FileRole::Build);
                }
                found.detail = format!("differs in {}", fields.join(", "));
            }
            None => {}
        }
    }

    /// Looks for the rest in other commits.
    fn history(&mut self, repository: &dyn SourceRepository) {
        let mut open = self.with_verdict(FileVerdict::Changed);
        open.extend(self.with_verdict(FileVerdict::Unexplained));
        let files = &self.comparison.contents.files;
        let ids: BTreeSet<ObjectId> = open
            .iter()
            .filter_map(|it| Some(files.get(*it)?.id))
            .collect();
        let ids: Vec<ObjectId> = ids.into_iter().collect();
        if ids.is_empty() {
            return;
        }
        let known = repository.in_history(&ids);
        for path in open {
            let id = files.get(path).map(|it| it.id);
            let place = id.and_then(|it| known.get(&it));
            if let (Some(place), Some(found)) = (place, self.found.get_mut(path)) {
                found.verdict = FileVerdict::History;
                found.detail = format!("is `{place}` in another commit");
                found.lines = None;
            }
        }
    }

    fn finish(mut self) -> Vec<FileMatch> {
        let open = self.with_verdict(FileVerdict::Unexplained);
        let open: BTreeSet<String> = open.into_iter().map(str::to_owned).collect();
        let named = roles::add_named(self.comparison.contents, &mut self.roles, &open);
        let mut all: Vec<FileMatch> = self.found.into_values().collect();
        for it in &mut all {
            it.role = it.role.or(self.roles.get(&it.path).copied());
            if let (Some(by), true) = (named.get(&it.path), it.detail.is_empty()) {
                it.detail = format!("named by `{by}`");
            }
        }
        let needs_look =
            |it: &FileMatch| matches!(it.verdict, FileVerdict::Unexplained | FileVerdict::Changed);
        all.sort_by_cached_key(|it| {
            let role = it.role.filter(|_| needs_look(it));
            let is_code = role.is_some();
            (Reverse(is_code), role, it.verdict, it.path.clone())
        });
        all
    }
}
