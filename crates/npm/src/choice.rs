//! Which lockfile of a folder counts: that of the package manager which package.json names, else that of the newest format. A
//! lockfile that another manager left behind has other versions than those which are installed.

use bomtrail_document::from_json;
use bomtrail_graph::Files;

use crate::package::value::Value;
use crate::text;

/// A manager and its lockfiles, the preferred one first.
struct Manager {
    name: &'static str,
    lockfiles: &'static [&'static str],
}

/// The managers, the newest format first. The classic format of yarn is the oldest of all.
const MANAGERS: [Manager; 4] = [
    Manager {
        name: "bun",
        lockfiles: &["bun.lock", "bun.lockb"],
    },
    Manager {
        name: "pnpm",
        lockfiles: &["pnpm-lock.yaml"],
    },
    Manager {
        name: "yarn",
        lockfiles: &[YARN],
    },
    Manager {
        name: "npm",
        lockfiles: &[SHRINKWRAP, PACKAGE_LOCK],
    },
];

const YARN: &str = "yarn.lock";
const PACKAGE_LOCK: &str = "package-lock.json";
/// The format that only bun itself reads: any other lockfile tells more.
const BINARY: &str = "bun.lockb";

/// The lockfile that npm 12 and later ignore.
pub const SHRINKWRAP: &str = "npm-shrinkwrap.json";

/// The lockfile of a folder that is read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockfileChoice {
    /// The file that is read.
    pub read: &'static str,
    /// The lockfiles that are there and are not read.
    pub ignored: Vec<&'static str>,
    /// The manager that package.json names (`packageManager`, `devEngines.packageManager`), as it is written.
    pub stated: Option<String>,
}

impl LockfileChoice {
    /// The choice among the lockfiles that `files` has in its root folder; `None` without a lockfile.
    pub fn of(files: &dyn Files) -> Option<Self> {
        let names = files.list("");
        let present = |name: &&str| names.iter().any(|it| it == *name);
        let stated = stated_manager(files);
        let manager = stated.as_deref().and_then(manager_of);
        let mut found: Vec<&'static str> = MANAGERS
            .iter()
            .flat_map(|it| it.lockfiles)
            .copied()
            .filter(|it| present(it))
            .collect();
        let is_own = |name: &str| manager.is_some_and(|it| it.lockfiles.contains(&name));
        let ignores_shrinkwrap = stated.as_deref().is_some_and(is_npm_12);
        // The sort is stable: what counts the same stays in the order of the formats.
        let several = found.len() > 1;
        found.sort_by_cached_key(|it| {
            let ignored = *it == SHRINKWRAP && ignores_shrinkwrap;
            let is_old = several && *it == YARN && is_classic(files);
            (!is_own(it), *it == BINARY || ignored || is_old)
        });
        let mut found = found.into_iter();
        let read = found.next()?;
        Some(Self {
            read,
            ignored: found.collect(),
            stated,
        })
    }

    /// The manager whose lockfile is read.
    pub fn manager(&self) -> &'static str {
        owner_of_lockfile(self.read)
    }

    /// The manager that package.json names, if it is a known one.
    pub fn named(&self) -> Option<&'static str> {
        Some(manager_of(self.stated.as_deref()?)?.name)
    }

    /// The lockfile that the named manager reads or writes, where it is not the one that is read.
    pub fn wanted(&self) -> Option<&'static str> {
        let stated = self.stated.as_deref()?;
        let manager = manager_of(stated)?;
        if manager.name != self.manager() {
            return manager.lockfiles.first().copied();
        }
        // npm 12 and later ignore the shrinkwrap.
        (self.read == SHRINKWRAP && is_npm_12(stated)).then_some(PACKAGE_LOCK)
    }
}

/// The manager that writes lockfiles of this name.
pub fn owner_of_lockfile(name: &str) -> &'static str {
    let manager = MANAGERS.iter().find(|it| it.lockfiles.contains(&name));
    manager.map_or("npm", |it| it.name)
}

/// True for a lockfile of yarn 1: later versions write their metadata first.
fn is_classic(files: &dyn Files) -> bool {
    let bytes = files.read(YARN).unwrap_or_default();
    let (text, _) = text::decode(&bytes);
    !text.lines().any(|line| line.starts_with("__metadata:"))
}

/// The manager of `pnpm@9.1.0`.
fn manager_of(stated: &str) -> Option<&'static Manager> {
    let name = stated.split('@').next().unwrap_or_default();
    MANAGERS.iter().find(|it| it.name == name)
}

fn is_npm_12(stated: &str) -> bool {
    let major = stated
        .strip_prefix("npm@")
        .map(|it| it.trim_start_matches(['^', '~', '>', '=', 'v', ' ']))
        .and_then(|it| it.split('.').next()?.parse::<u32>().ok());
    major.is_some_and(|it| it >= 12)
}

/// The manager that the package.json of the root folder names: `packageManager`, else `devEngines.packageManager`.
fn stated_manager(files: &dyn Files) -> Option<String> {
    let bytes = files.read("package.json")?;
    let (text, _) = text::decode(&bytes);
    let manifest: Value<'_> = from_json(&text).ok()?;
    if let Some(stated) = manifest.get("packageManager").and_then(Value::text) {
        // Corepack adds the digest of the program: `pnpm@9.1.0+sha512.…`.
        let plain = stated.split('+').next().unwrap_or(stated);
        return Some(plain.to_owned());
    }
    let engine = manifest.get("devEngines")?.get("packageManager")?;
    let engine = match engine {
        Value::List(all) => all.first()?,
        one => one,
    };
    let name = engine.get("name").and_then(Value::text)?;
    let version = engine.get("version").and_then(Value::text);
    Some(version.map_or(name.to_owned(), |it| [name, "@", it].concat()))
}

#[cfg(test)]
mod tests;
