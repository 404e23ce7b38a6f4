//! The workspace that a member's folder belongs to, as its package manager finds it: the nearest folder above whose manifest names
//! the member's.

use std::fs;
use std::path::{Path, PathBuf};

use bomtrail_graph::Files;

use super::disk::{Disk, load_file};
use super::git::GitTree;
use super::inputs;

/// The largest manifest that is read here, in bytes.
const LIMIT: u64 = 16 << 20;

/// How one package manager states the members of a workspace.
pub(crate) struct Rule {
    /// The manifest of a member.
    pub(crate) member: &'static str,
    /// The file of the root that names the members.
    pub(crate) root: &'static str,
    /// Whether the bytes of that file name a folder below it.
    pub(crate) names: fn(&[u8], &str) -> bool,
}

/// Every way to state members. Of a folder with several manifests, the first rule is used.
pub(crate) const RULES: &[Rule] = &[
    #[cfg(feature = "npm")]
    Rule {
        member: "package.json",
        root: "package.json",
        names: bomtrail_npm::is_workspace,
    },
    #[cfg(feature = "managers")]
    Rule {
        member: "package.json",
        root: "pnpm-workspace.yaml",
        names: bomtrail_npm::is_pnpm_workspace,
    },
    #[cfg(feature = "cargo")]
    Rule {
        member: "Cargo.toml",
        root: "Cargo.toml",
        names: bomtrail_cargo::is_workspace,
    },
];

/// A workspace and the member in it.
pub(crate) struct Workspace<T> {
    /// The root of the workspace.
    pub(crate) root: T,
    /// The member's folder in it.
    pub(crate) member: String,
}

/// The workspace that a folder on the disk is a member of; `None` when the folder has inputs of its own.
pub(crate) fn of_folder(folder: &Path) -> Option<Workspace<PathBuf>> {
    let rules = rules_of(&Disk::open(folder, LIMIT).ok()?);
    if rules.is_empty() {
        return None;
    }
    let real = fs::canonicalize(folder).ok()?;
    let mut up = PathBuf::new();
    for ancestor in real.ancestors().skip(1) {
        up.push("..");
        let member = real
            .strip_prefix(ancestor)
            .ok()?
            .to_str()?
            .replace('\\', "/");
        let names = |rule: &&Rule| {
            let file = load_file(&ancestor.join(rule.root), LIMIT);
            file.is_ok_and(|it| (rule.names)(&it, &member))
        };
        if rules.iter().any(names) {
            let root = if folder == Path::new(".") {
                up
            } else {
                folder.join(up)
            };
            return Some(Workspace { root, member });
        }
    }
    None
}

/// Like [`of_folder`], in a commit.
pub(crate) fn of_git(tree: &GitTree) -> Option<Workspace<GitTree>> {
    if tree.input().is_some() {
        return None;
    }
    let rules = rules_of(tree);
    if rules.is_empty() {
        return None;
    }
    tree.above().find_map(|(root, member)| {
        let names = |rule: &&Rule| {
            let file = root.load(rule.root, LIMIT);
            file.is_ok_and(|it| (rule.names)(&it, &member))
        };
        let found = rules.iter().any(names);
        found.then_some(Workspace { root, member })
    })
}

/// The rules by which a folder may be a member: those of its first manifest; npm's for a folder without one. None for a folder
/// that has inputs of its own.
fn rules_of(files: &dyn Files) -> Vec<&'static Rule> {
    if inputs::has_any(files) {
        return Vec::new();
    }
    let mut all = RULES.iter();
    let first = all.find(|it| files.is_file(it.member));
    let member = first.or(RULES.first()).map(|it| it.member);
    RULES
        .iter()
        .filter(|it| Some(it.member) == member)
        .collect()
}
