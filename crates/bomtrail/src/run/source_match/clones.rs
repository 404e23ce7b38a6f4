//! The repositories in a folder, by the addresses they were cloned from.

use std::path::{Path, PathBuf};

use bomtrail_graph::Files;
use bomtrail_provenance::same_repository;

use crate::source::{DEFAULT_SIZE_LIMIT, Disk, Repository};

/// How deep repositories are looked for: `host/owner/name`.
const DEPTH: usize = 4;

/// Local clones.
pub(super) struct Clones(Vec<(PathBuf, Option<String>, Repository)>);

impl Clones {
    /// The repositories below a folder; `None` when it cannot be read.
    pub(super) fn below(folder: &Path) -> Option<Self> {
        let disk = Disk::open(folder, DEFAULT_SIZE_LIMIT).ok()?;
        let mut found = Vec::new();
        let mut open = vec![(String::new(), 0)];
        while let Some((path, depth)) = open.pop() {
            let names = disk.list(&path);
            let has = |name: &str| names.iter().any(|it| it == name);
            let is_repository = has(".git") || (has("HEAD") && has("objects"));
            let whole = disk.path(&path);
            if let Some(repository) = is_repository.then(|| Repository::open(&whole)).flatten() {
                found.push((PathBuf::from(&path), repository.origin(), repository));
                continue;
            }
            if depth == DEPTH {
                continue;
            }
            let below = names.into_iter().map(|name| match &*path {
                "" => name,
                path => format!("{path}/{name}"),
            });
            open.extend(below.filter(|it| disk.is_dir(it)).map(|it| (it, depth + 1)));
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        Some(Self(found))
    }

    /// The repository with an address: by where it was cloned from, else by its path `owner/name`.
    pub(super) fn find(&self, address: Option<&str>) -> Option<&Repository> {
        let address = address?;
        let same = |(_, origin, _): &&(PathBuf, Option<String>, Repository)| {
            origin
                .as_deref()
                .is_some_and(|it| same_repository(it, address))
        };
        let named = |(path, _, _): &&(PathBuf, Option<String>, Repository)| {
            let path = path.to_string_lossy();
            let plain = path.trim_end_matches(".git");
            let parts: Vec<&str> = plain.rsplit('/').take(3).collect();
            match &*parts {
                [name, owner, host] => {
                    same_repository(&format!("https://{host}/{owner}/{name}"), address)
                }
                [name, owner] => ends_with(address, &format!("/{owner}/{name}")),
                _ => false,
            }
        };
        let mut all = self.0.iter();
        let by_origin = all.find(same);
        let found = by_origin.or_else(|| self.0.iter().find(named));
        found.map(|(_, _, repository)| repository)
    }
}

/// Whether the path of an address is `/owner/name`.
fn ends_with(address: &str, path: &str) -> bool {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = address.trim_end_matches('/').trim_end_matches(".git");
    let address = address.replace(':', "/").to_ascii_lowercase();
    address.ends_with(&path.to_ascii_lowercase())
}
