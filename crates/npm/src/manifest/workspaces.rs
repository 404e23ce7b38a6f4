//! The locations that the root's `workspaces` patterns match, and which of them are folders of the project.

use std::collections::BTreeSet;

use bomtrail_document::from_json;
use bomtrail_graph::Files;

use crate::package::value::Value;
use crate::paths;
use crate::text;

/// The most folders that are searched for workspaces; with more of them, unlinked workspaces are not reported.
const MOST_FOLDERS: usize = 100_000;

/// The patterns of a `workspaces` field, a list or an object with `packages`.
#[derive(Default)]
pub(crate) struct Patterns {
    wanted: Set,
    refused: Set,
}

/// Patterns. Many projects list each workspace, so that the ones without wildcards are not tried one by one.
#[derive(Default)]
struct Set {
    exact: BTreeSet<String>,
    globs: Vec<String>,
}

impl Set {
    fn add(&mut self, pattern: String) {
        if pattern.contains(['*', '?', '[', ']', '{', '}', '!']) {
            self.globs.push(pattern);
        } else {
            self.exact.insert(pattern);
        }
    }

    fn match_any(&self, location: &str) -> bool {
        self.exact.contains(location) || self.globs.iter().any(|it| matches(it, location))
    }
}

/// True when the `workspaces` of a package.json name the folder at `location`, relative to that manifest, with `/`.
pub fn is_workspace(manifest: &[u8], location: &str) -> bool {
    let (text, _) = text::decode(manifest);
    let Ok(manifest) = from_json::<Value<'_>>(&text) else {
        return false;
    };
    let field = manifest.get("workspaces");
    field.is_some_and(|it| Patterns::of(it).name(location))
}

impl Patterns {
    /// Reads the field; anything unusable matches nothing.
    pub(crate) fn of(field: &Value<'_>) -> Self {
        let list = field.get("packages").unwrap_or(field);
        let mut patterns = Self::default();
        for text in list.texts() {
            let bare = text.trim_start_matches('!');
            let negated = (text.len() - bare.len()) % 2 == 1;
            let pattern = plain(bare);
            if negated {
                patterns.refused.add(pattern);
            } else {
                // A later pattern cancels an exclusion that would hide it.
                let refused = &mut patterns.refused;
                refused.exact.remove(&pattern);
                refused.globs.retain(|it| !matches(it, &pattern));
                patterns.wanted.add(pattern);
            }
        }
        patterns
    }

    /// Reads the field as Yarn 1 does, which looks for the folders of each pattern alone: one with `!` matches nothing and
    /// excludes nothing.
    #[cfg(feature = "managers")]
    pub(crate) fn without_exclusions(field: &Value<'_>) -> Self {
        Self {
            refused: Set::default(),
            ..Self::of(field)
        }
    }

    /// The folders of the project that the patterns match, sorted. `base` is the project's folder.
    pub(crate) fn folders(&self, base: &str, files: &dyn Files) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for pattern in self.wanted.exact.iter().chain(&self.wanted.globs) {
            let mut walk = Walk {
                base,
                files,
                at: vec![String::new()],
            };
            if !pattern.split('/').all(|segment| walk.step(segment)) {
                return Vec::new();
            }
            found.extend(walk.at);
        }
        found.retain(|it| !it.is_empty() && self.name(it));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// True when a location is a workspace.
    pub(crate) fn name(&self, location: &str) -> bool {
        let inside_modules = location.split('/').any(|segment| segment == "node_modules");
        !inside_modules && self.wanted.match_any(location) && !self.refused.match_any(location)
    }
}

/// The folders that the segments of a pattern lead to, one segment after another.
struct Walk<'w> {
    base: &'w str,
    files: &'w dyn Files,
    at: Vec<String>,
}

impl Walk<'_> {
    /// Follows one segment; false when that leads to more folders than are searched.
    fn step(&mut self, segment: &str) -> bool {
        let here = std::mem::take(&mut self.at);
        match segment {
            "**" => return self.descend(here),
            plain if !plain.contains(['*', '?', '[', '{']) => {
                self.at.extend(here.iter().map(|it| below(it, plain)));
            }
            glob => {
                let matched = |name: &str| fast_glob::glob_match(glob, name);
                self.at = here
                    .iter()
                    .flat_map(|it| self.inside(it, matched))
                    .collect();
            }
        }
        self.at.len() <= MOST_FOLDERS
    }

    /// Adds the folders and every folder below them.
    fn descend(&mut self, folders: Vec<String>) -> bool {
        let mut open = folders;
        while let Some(folder) = open.pop() {
            open.extend(
                self.inside(&folder, |_| true)
                    .filter(|it| self.is_folder(it)),
            );
            self.at.push(folder);
            if self.at.len() + open.len() > MOST_FOLDERS {
                return false;
            }
        }
        true
    }

    /// The contents of a folder. Patterns never match hidden folders, and installed packages are not workspaces. Files are not
    /// filtered out: they contain no package, and asking the file system costs more.
    fn inside<'i>(
        &'i self,
        folder: &'i str,
        wanted: impl Fn(&str) -> bool + 'i,
    ) -> impl Iterator<Item = String> + 'i {
        let path = paths::join(self.base, folder);
        let names = path.map(|it| self.files.list(&it)).unwrap_or_default();
        names
            .into_iter()
            .filter(move |it| !it.starts_with('.') && it != "node_modules" && wanted(it))
            .map(move |it| below(folder, &it))
    }

    fn is_folder(&self, folder: &str) -> bool {
        paths::join(self.base, folder).is_some_and(|it| self.files.is_dir(&it))
    }
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        [folder, name].join("/")
    }
}

/// A pattern in its plain form: without a leading `./` or `/` and a trailing `/`, with slashes for backslashes.
fn plain(pattern: &str) -> String {
    let pattern = pattern.replace('\\', "/");
    let pattern = pattern
        .strip_prefix('.')
        .filter(|rest| rest.starts_with('/') || rest.is_empty())
        .unwrap_or(&pattern);
    pattern.trim_matches('/').to_owned()
}

fn matches(pattern: &str, location: &str) -> bool {
    if let Some(base) = pattern.strip_suffix("/**")
        && (location == base || fast_glob::glob_match(base, location))
    {
        return true;
    }
    pattern == location || fast_glob::glob_match(pattern, location)
}
