//! A local repository as the source of a package: its commits and tags, the files of a commit, and what its history has. Reads
//! through the installed `git`, changes nothing, and runs nothing that the repository brings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bomtrail_archive::{ObjectFormat, ObjectId, SourceRepository, SourceTree};

use super::GitError;
use super::command::Git;

/// The deepest chain of submodules that is followed.
const MOST_NESTED: usize = 8;

/// A local clone or bare repository.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    git: Git,
    folder: PathBuf,
}

impl Repository {
    /// The repository at a folder: a clone, or a bare one; not one that the folder is only a part of.
    pub(crate) fn open(folder: &Path) -> Option<Self> {
        let git = Git::at(folder);
        git.line(&["rev-parse", "--git-dir"])?;
        Some(Self {
            git,
            folder: folder.to_path_buf(),
        })
    }

    /// The hash that it names its objects by.
    pub(crate) fn format(&self) -> ObjectFormat {
        match self
            .git
            .line(&["rev-parse", "--show-object-format"])
            .as_deref()
        {
            Some("sha256") => ObjectFormat::Sha256,
            _ => ObjectFormat::Sha1,
        }
    }

    /// True when a part of its history was not fetched.
    pub(crate) fn is_shallow(&self) -> bool {
        let is_shallow = self.git.line(&["rev-parse", "--is-shallow-repository"]);
        is_shallow.as_deref() == Some("true")
    }

    /// The commit that a name means.
    pub(crate) fn commit(&self, name: &str) -> Result<String, GitError> {
        self.git.commit(name)
    }

    /// The commit of a tag.
    pub(crate) fn tag(&self, name: &str) -> Option<String> {
        self.git.commit(&format!("refs/tags/{name}")).ok()
    }

    /// The address it was cloned from.
    pub(crate) fn origin(&self) -> Option<String> {
        self.git.line(&["config", "--get", "remote.origin.url"])
    }

    /// The files of a commit, with those of submodules whose repositories are there.
    pub(crate) fn tree(&self, commit: &str) -> SourceTree {
        let mut tree = SourceTree::default();
        let mut open = vec![(self.clone(), String::new(), commit.to_owned(), 0)];
        while let Some((repository, prefix, commit, depth)) = open.pop() {
            for (path, id, is_submodule) in repository.entries(&commit) {
                let whole = [&*prefix, &*path].concat();
                if !is_submodule {
                    if let Some(id) = ObjectId::parse(&id) {
                        tree.files.insert(whole, id);
                    }
                    continue;
                }
                match repository
                    .submodule(&path, &id)
                    .filter(|_| depth < MOST_NESTED)
                {
                    Some(inner) => open.push((inner, [&*whole, "/"].concat(), id, depth + 1)),
                    None => {
                        tree.submodules.insert(whole, id);
                    }
                }
            }
        }
        tree
    }

    /// Path, identifier, and whether it is a submodule, of everything in a commit.
    fn entries(&self, commit: &str) -> Vec<(String, String, bool)> {
        let listed = self
            .git
            .run(&["ls-tree", "-r", "-z", "--full-tree", commit]);
        let stdout = listed.map(|it| it.stdout).unwrap_or_default();
        let lines = stdout.split(|it| *it == 0);
        let entries = lines.filter_map(|line| {
            let text = String::from_utf8_lossy(line);
            let (facts, path) = text.split_once('\t')?;
            let mut facts = facts.split_ascii_whitespace().skip(1);
            let is_submodule = facts.next()? == "commit";
            Some((path.to_owned(), facts.next()?.to_owned(), is_submodule))
        });
        entries.collect()
    }

    /// The repository of a submodule that has a commit: in the work tree, or among those that git keeps.
    fn submodule(&self, path: &str, commit: &str) -> Option<Self> {
        let kept = self.git.line(&["rev-parse", "--absolute-git-dir"])?;
        let places = [
            self.folder.join(path),
            Path::new(&kept).join("modules").join(path),
        ];
        let found = places.iter().filter_map(|it| Self::open(it));
        let mut found = found.filter(|it| it.commit(commit).is_ok_and(|it| it == commit));
        found.next()
    }

    /// The folders of a commit whose manifest of a name states a text under a key.
    pub(crate) fn folders_with(
        &self,
        tree: &SourceTree,
        manifest: &str,
        states: impl Fn(&[u8]) -> bool,
    ) -> Vec<String> {
        const MOST: usize = 5000;
        let files = tree.files.iter().filter(|(path, _)| {
            let name = path.rsplit('/').next();
            name == Some(manifest) && !path.split('/').any(|it| it == "node_modules")
        });
        let files: Vec<(&String, ObjectId)> =
            files.map(|(path, id)| (path, *id)).take(MOST).collect();
        let ids: Vec<ObjectId> = files.iter().map(|(_, id)| *id).collect();
        let contents = self.contents(&ids).into_iter();
        let named = files
            .into_iter()
            .zip(contents)
            .filter_map(|((path, _), content)| {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                states(&content?).then(|| folder.to_owned())
            });
        named.collect()
    }
}

impl SourceRepository for Repository {
    fn contents(&self, ids: &[ObjectId]) -> Vec<Option<Vec<u8>>> {
        let lines: Vec<String> = ids.iter().map(|it| format!("{it}\n")).collect();
        let output = self.git.run_with(&["cat-file", "--batch"], lines.concat());
        let output = output.map(|it| it.stdout).unwrap_or_default();
        let mut rest = &*output;
        ids.iter().map(|_| next_content(&mut rest)).collect()
    }

    fn in_history(&self, ids: &[ObjectId]) -> BTreeMap<ObjectId, String> {
        let wanted: BTreeSet<ObjectId> = ids.iter().copied().collect();
        let mut found = BTreeMap::new();
        let lines: Vec<String> = ids.iter().map(|it| format!("{it}\n")).collect();
        let check = ["cat-file", "--batch-check=%(objecttype)"];
        let known = self.git.run_with(&check, lines.concat());
        let known = known.map(|it| it.stdout).unwrap_or_default();
        // Listing the history is expensive, and in vain where the repository has none of the contents.
        if !String::from_utf8_lossy(&known)
            .lines()
            .any(|it| it == "blob")
        {
            return found;
        }
        let all = ["rev-list", "--objects", "--all"];
        self.git.each_line(&all, &mut |line| {
            let (id, path) = line.split_once(' ').unwrap_or((line, ""));
            if let Some(id) = ObjectId::parse(id).filter(|it| wanted.contains(it)) {
                found.entry(id).or_insert_with(|| path.to_owned());
            }
        });
        found
    }
}

/// The next answer of `git cat-file --batch`.
fn next_content(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|it| *it == b'\n')?;
    let (line, after) = rest.split_at_checked(end)?;
    let after = after.get(1..)?;
    let line = String::from_utf8_lossy(line).into_owned();
    *rest = after;
    let mut facts = line.split_ascii_whitespace().skip(1);
    let kind = facts.next()?;
    let size: usize = facts.next()?.parse().ok()?;
    let content = after.get(..size)?.to_vec();
    *rest = after.get(size + 1..).unwrap_or_default();
    (kind == "blob").then_some(content)
}
