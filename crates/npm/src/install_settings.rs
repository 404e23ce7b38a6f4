//! Settings in the files of a project under which its package manager installs something else than what the lockfile pins: from
//! another lockfile, without one, or from a folder whose files it takes without a look at their digests.

use bomtrail_graph::{Diagnostic, Diagnostics, Files, PackageManager};

use crate::diags;
use crate::manifest::files;
use crate::manifest::npmrc::read_npmrc;
use crate::{paths, text};

/// Which values of a setting matter.
#[derive(Clone, Copy)]
pub(crate) enum Values {
    /// All of them.
    Any,
    /// Folders that may be in the project: packages are taken from them.
    Folder,
    /// All that a package manager may take for true.
    True,
    /// All that a package manager may take for false.
    False,
    /// All but this one.
    Not(&'static str),
}

impl Values {
    fn has(self, value: &str, base: &str, files: &dyn Files) -> bool {
        let value = value.trim();
        match self {
            Self::Any => true,
            Self::Folder => may_be_there(value, base, files),
            Self::True => !value.eq_ignore_ascii_case("false"),
            Self::False => !value.eq_ignore_ascii_case("true"),
            Self::Not(usual) => value != usual,
        }
    }
}

/// False for a folder in the project that does not exist: it holds nothing that came with the project. An absolute path, or one with
/// variables or `..`, may lead into the project.
fn may_be_there(folder: &str, base: &str, files: &dyn Files) -> bool {
    let is_plain = !folder.starts_with(['/', '\\', '~']) && !folder.contains(['$', ':']);
    match paths::join(base, folder).filter(|_| is_plain && !folder.contains("..")) {
        Some(path) => files.is_dir(&path) || files.is_file(&path),
        None => true,
    }
}

/// A setting, which of its values matter, and what they do.
pub(crate) type Known = (&'static str, Values, &'static str);

const OTHER_LOCKFILE: &str = "another lockfile is used";
const NO_LOCKFILE: &str = "the lockfile is not used";
const OTHER_FOLDER: &str = "another folder is installed";
const FROM_FOLDER: &str =
    "packages are taken from that folder, and files of the project may have another content there";
const NO_DIGESTS: &str = "digests are not compared";
const EVERY_SCRIPT: &str = "every package may run install scripts";

/// The settings of pnpm.
pub(crate) const OF_PNPM: [Known; 9] = [
    ("dir", Values::Any, OTHER_FOLDER),
    ("git-branch-lockfile", Values::True, OTHER_LOCKFILE),
    ("lockfile", Values::False, NO_LOCKFILE),
    ("lockfile-dir", Values::Any, OTHER_LOCKFILE),
    (
        "shared-workspace-lockfile",
        Values::False,
        "each workspace has a lockfile of its own, which is not checked here",
    ),
    ("store-dir", Values::Folder, FROM_FOLDER),
    ("strict-store-pkg-content-check", Values::False, NO_DIGESTS),
    ("use-lockfile", Values::False, NO_LOCKFILE),
    ("verify-store-integrity", Values::False, NO_DIGESTS),
];

/// The settings of Yarn 1, without the command that they are for.
pub(crate) const OF_YARN_1: [Known; 7] = [
    ("cache-folder", Values::Folder, FROM_FOLDER),
    ("cwd", Values::Any, OTHER_FOLDER),
    ("lockfile", Values::False, NO_LOCKFILE),
    ("no-lockfile", Values::True, NO_LOCKFILE),
    ("preferred-cache-folder", Values::Folder, FROM_FOLDER),
    ("skip-integrity-check", Values::True, NO_DIGESTS),
    ("update-checksums", Values::True, NO_DIGESTS),
];

/// The settings of Yarn 2 and later.
pub(crate) const OF_YARN: [Known; 2] = [
    ("checksum-behavior", Values::Not("throw"), NO_DIGESTS),
    (
        "lockfile-filename",
        Values::Not("yarn.lock"),
        OTHER_LOCKFILE,
    ),
];

/// The settings with which pnpm runs scripts of packages that no list names.
pub(crate) const SCRIPTS_OF_PNPM: [Known; 3] = [
    ("dangerously-allow-all-builds", Values::True, EVERY_SCRIPT),
    ("never-built-dependencies", Values::Any, EVERY_SCRIPT),
    (
        "only-built-dependencies-file",
        Values::Any,
        "packages that this file names may run install scripts",
    ),
];

/// The setting with which Yarn 2 and later run the scripts of all packages.
pub(crate) const SCRIPTS_OF_YARN: [Known; 1] = [("enable-scripts", Values::True, EVERY_SCRIPT)];

/// The settings of Bun, which does not compare the digests of what it has in its cache.
pub(crate) const OF_BUN: [Known; 4] = [
    ("cache", Values::Folder, FROM_FOLDER),
    ("cache.dir", Values::Folder, FROM_FOLDER),
    ("globalDir", Values::Folder, FROM_FOLDER),
    ("lockfile.path", Values::Any, OTHER_LOCKFILE),
];

/// The setting of `.npmrc` that Bun reads for its cache.
pub(crate) const CACHE: [Known; 1] = [("cache", Values::Folder, FROM_FOLDER)];

/// The files of variables that Bun reads before it installs.
const ENVIRONMENTS: [&str; 8] = [
    ".env",
    ".env.local",
    ".env.production",
    ".env.production.local",
    ".env.development",
    ".env.development.local",
    ".env.test",
    ".env.test.local",
];

/// Key, value, and line from 1.
pub(crate) type Setting = (String, String, usize);

/// Where settings are reported.
pub(crate) struct Report<'a> {
    base: &'a str,
    manager: &'a PackageManager,
    files: &'a dyn Files,
    diagnostics: &'a mut Diagnostics,
    make: Make,
}

/// Makes a diagnostic of a setting at a line of a file, and of what it does.
type Make = fn((&str, usize), &str, &str, &PackageManager) -> Diagnostic;

impl<'a> Report<'a> {
    pub(crate) fn new(
        base: &'a str,
        manager: &'a PackageManager,
        files: &'a dyn Files,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            base,
            manager,
            files,
            diagnostics,
            make: diags::unsafe_setting,
        }
    }

    /// Reports the settings of a file that are in a table.
    pub(crate) fn known(
        &mut self,
        file: &str,
        settings: fn(&[u8]) -> Vec<Setting>,
        known: &[Known],
    ) {
        let bytes = files::read(self.base, file, self.files).unwrap_or_default();
        for (key, value, line) in settings(&bytes) {
            let mut all = known.iter();
            let (base, files) = (self.base, self.files);
            let found =
                all.find(|(name, values, _)| *name == key && values.has(&value, base, files));
            if let Some((_, _, what)) = found {
                self.push(file, line, &key, what);
            }
        }
    }

    /// Reports the variables of Bun in the files of variables.
    pub(crate) fn variables(&mut self) {
        for file in ENVIRONMENTS {
            self.variables_of(file);
        }
    }

    fn variables_of(&mut self, file: &str) {
        let bytes = files::read(self.base, file, self.files).unwrap_or_default();
        let (text, _) = text::decode(&bytes);
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim_start();
            let line = line.strip_prefix("export ").unwrap_or(line);
            let end = line.find(|it: char| it != '_' && !it.is_ascii_alphanumeric());
            let name = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
            if name.starts_with("BUN_INSTALL") || name.starts_with("BUN_CONFIG_") {
                self.push(
                    file,
                    number,
                    name,
                    "Bun reads this file and installs what the variable says",
                );
            }
        }
    }

    /// Reports settings with which packages run scripts.
    pub(crate) fn scripts(
        &mut self,
        file: &str,
        settings: fn(&[u8]) -> Vec<Setting>,
        known: &[Known],
    ) {
        self.make = diags::scripts_allowed;
        self.known(file, settings, known);
        self.make = diags::unsafe_setting;
    }

    fn push(&mut self, file: &str, line: usize, key: &str, what: &str) {
        let path = paths::join(self.base, file).unwrap_or_default();
        let place = (&*path, line);
        let found = (self.make)(place, key, what, self.manager);
        self.diagnostics.push(found);
    }
}

/// The settings of a `.npmrc`.
pub(crate) fn npmrc(bytes: &[u8]) -> Vec<Setting> {
    let all = read_npmrc(bytes, &|_| None).into_iter();
    all.map(|it| (it.key, it.value, it.line)).collect()
}

#[cfg(test)]
mod tests;
