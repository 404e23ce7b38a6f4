//! Around `pnpm install --frozen-lockfile`: the settings that change what it installs, and whether the installed packages are
//! those of the lockfile.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bomtrail_graph::{
    Component, Diagnostics, Files as _, Fragment, Input, NoFiles, Reader as _, Role,
};
use bomtrail_npm::{PnpmLock, pnpm_folder, pnpm_workspace_settings, read_npmrc};

use super::difference::{Difference, What};
use super::locked::label;
use super::manifest::Manifest;
use super::{InstallError, UnsafeSetting, disk};
use crate::source::Disk;

/// The lockfile.
const LOCKFILE: &str = "pnpm-lock.yaml";
/// What pnpm records about the packages it installed.
const RECORD: &str = "node_modules/.pnpm/lock.yaml";
/// Where pnpm installs packages.
const STORE: &str = "node_modules/.pnpm";

/// Which value of a setting changes what is installed.
enum Unsafe {
    True,
    False,
    /// Any value but this one.
    Not(&'static str),
    /// Any value.
    Any,
}

/// The settings of pnpm that make it use another lockfile, other folders, or no lockfile at all.
const UNSAFE: [(&str, Unsafe); 17] = [
    ("dir", Unsafe::Any),
    ("enable-global-virtual-store", Unsafe::True),
    ("force", Unsafe::True),
    ("git-branch-lockfile", Unsafe::True),
    ("global", Unsafe::True),
    ("global-pnpmfile", Unsafe::Any),
    ("ignore-workspace", Unsafe::True),
    ("lockfile", Unsafe::False),
    ("lockfile-dir", Unsafe::Any),
    ("lockfile-only", Unsafe::True),
    ("modules-dir", Unsafe::Not("node_modules")),
    ("node-linker", Unsafe::Not("isolated")),
    ("pnpmfile", Unsafe::Not(".pnpmfile.cjs")),
    ("shared-workspace-lockfile", Unsafe::False),
    ("use-lockfile", Unsafe::False),
    ("verify-store-integrity", Unsafe::False),
    ("virtual-store-dir", Unsafe::Not(STORE)),
];

/// The settings that change what `pnpm install --frozen-lockfile` installs in this project: those of `pnpm-workspace.yaml`,
/// `.npmrc`, the user's files and these variables of the environment. `home` is the user's folder.
///
/// # Errors
/// [`InstallError::Folder`] when the folder cannot be entered.
pub fn unsafe_pnpm_settings(
    project: &Path,
    home: Option<&Path>,
    variables: &[(String, String)],
) -> Result<Vec<UnsafeSetting>, InstallError> {
    let disk = disk(project)?;
    let mut all = Vec::new();
    let npmrc = disk.read(".npmrc").unwrap_or_default();
    all.extend(in_lines(&npmrc, ".npmrc"));
    let workspace = disk.read("pnpm-workspace.yaml").unwrap_or_default();
    all.extend(in_yaml(&workspace, "pnpm-workspace.yaml"));
    all.extend(of_user(home, variables));
    for (name, value) in variables.iter().filter(|(_, value)| !value.is_empty()) {
        let lower = name.to_ascii_lowercase();
        let key = ["npm_config_", "pnpm_config_"]
            .iter()
            .find_map(|it| lower.strip_prefix(it));
        all.extend(key.map(|it| (it.replace('_', "-"), value.clone(), name.clone())));
    }
    let harmful = all.into_iter().filter(|(key, value, _)| {
        let known = UNSAFE.iter().find(|(it, _)| it == key);
        known.is_some_and(|(_, harm)| is_harmful(harm, value.trim()))
    });
    Ok(harmful
        .map(|(key, value, source)| UnsafeSetting { key, value, source })
        .collect())
}

/// Key, value and source of a setting.
type Setting = (String, String, String);

fn in_lines<'b>(bytes: &'b [u8], file: &'b str) -> impl Iterator<Item = Setting> + 'b {
    let all = read_npmrc(bytes, &|_| None).into_iter();
    all.map(move |it| (it.key, it.value, format!("{file}:{}", it.line)))
}

fn in_yaml<'b>(bytes: &'b [u8], file: &'b str) -> impl Iterator<Item = Setting> + 'b {
    let all = pnpm_workspace_settings(bytes).into_iter();
    all.map(move |(key, value, line)| (key, value, format!("{file}:{line}")))
}

/// The settings of the user: of the `.npmrc` in the user's folder or the one that a variable names, and of pnpm's own folder, whose
/// file is `rc` up to pnpm 10 and `config.yaml` later.
fn of_user(home: Option<&Path>, variables: &[(String, String)]) -> Vec<Setting> {
    let variable = |name: &str| -> Option<PathBuf> {
        let mut all = variables.iter().filter(|(_, value)| !value.is_empty());
        let (_, value) = all.find(|(it, _)| it.eq_ignore_ascii_case(name))?;
        let below = value.strip_prefix("~/").zip(home);
        Some(below.map_or_else(|| PathBuf::from(value), |(path, home)| home.join(path)))
    };
    let named = variable("npm_config_userconfig").or_else(|| variable("pnpm_config_userconfig"));
    let npmrc = named.or_else(|| home.map(|it| it.join(".npmrc")));
    let folders = [
        variable("XDG_CONFIG_HOME").map(|it| it.join("pnpm")),
        variable("LOCALAPPDATA").map(|it| it.join("pnpm/config")),
        home.map(|it| it.join(".config/pnpm")),
        home.map(|it| it.join("Library/Preferences/pnpm")),
    ];
    let mut all: Vec<Setting> = Vec::new();
    if let Some(path) = npmrc {
        all.extend(in_lines(&read(&path), "the user's .npmrc"));
    }
    for folder in folders.iter().flatten() {
        all.extend(in_lines(&read(&folder.join("rc")), "the user's pnpm/rc"));
        let config = read(&folder.join("config.yaml"));
        all.extend(in_yaml(&config, "the user's pnpm/config.yaml"));
    }
    all
}

/// The bytes of a file of the user, which may be a link; none where it is absent or cannot be read, so that it sets nothing.
fn read(path: &Path) -> Vec<u8> {
    let path = std::fs::canonicalize(path).ok();
    let bytes = path.as_deref().and_then(|it| {
        let name = it.file_name()?.to_str()?;
        disk(it.parent()?).ok()?.read(name)
    });
    bytes.unwrap_or_default()
}

fn is_harmful(harm: &Unsafe, value: &str) -> bool {
    match harm {
        Unsafe::True => value != "false",
        Unsafe::False => value != "true",
        Unsafe::Not(usual) => value != *usual,
        Unsafe::Any => true,
    }
}

/// How the installed packages differ from the lockfile; empty when they are the same.
///
/// # Errors
/// [`InstallError`] when the lockfile or a folder of installed packages cannot be read.
pub fn pnpm_differences(project: &Path) -> Result<Vec<Difference>, InstallError> {
    let disk = disk(project)?;
    let locked = packages(&disk, LOCKFILE)?;
    let mut found = Vec::new();
    if !disk.has(RECORD) {
        if !locked.is_empty() {
            found.push(Difference::new(RECORD, What::NoRecord));
        }
        return Ok(found);
    }
    let recorded = packages(&disk, RECORD)?;
    for (place, now) in &recorded {
        let what = match locked.get(place) {
            None => Some(What::NotLocked),
            Some(before) => difference(before, now),
        };
        found.extend(what.map(|it| Difference::new(place, it)));
    }
    store(project, &disk, &recorded, &mut found);
    links(project, &disk, &mut found)?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// The packages of a lockfile by place, without those of the project itself.
fn packages(disk: &Disk, path: &'static str) -> Result<BTreeMap<String, Component>, InstallError> {
    let bytes = disk.read(path).unwrap_or_default();
    let input = Input {
        path: LOCKFILE,
        bytes: &bytes,
        files: &NoFiles,
    };
    let fragment: Fragment = PnpmLock.read(&input, &mut Diagnostics::new());
    if fragment.components.is_empty() {
        return Err(InstallError::Lockfile { path });
    }
    let all = fragment.components.into_iter();
    let all = all.filter(|it| it.role == Role::Dependency);
    Ok(all.map(|it| (it.place.to_string(), it)).collect())
}

fn difference(before: &Component, now: &Component) -> Option<What> {
    if before.name != now.name || before.version != now.version {
        return Some(What::OtherPackage {
            installed: label(&now.name, now.version.as_deref()),
            locked: label(&before.name, before.version.as_deref()),
        });
    }
    if before.source != now.source {
        return Some(What::OtherSource);
    }
    (before.hashes != now.hashes).then_some(What::OtherDigest)
}

/// The folders in pnpm's store: each is one of the packages, and says so itself.
fn store(
    project: &Path,
    disk: &Disk,
    recorded: &BTreeMap<String, Component>,
    found: &mut Vec<Difference>,
) {
    let mut expected: HashMap<String, &Component> = HashMap::new();
    let mut shortened = Vec::new();
    for component in recorded.values() {
        match pnpm_folder(component) {
            Some(folder) => drop(expected.insert(folder, component)),
            None => shortened.push(component),
        }
    }
    for name in disk.list(STORE) {
        if matches!(&*name, "node_modules" | "lock.yaml") {
            continue;
        }
        let place = [STORE, "/", &name].concat();
        let component = expected.get(&name).copied().or_else(|| {
            let mut all = shortened.iter().copied();
            all.find(|it| disk.has(&[&place, "/node_modules/", &it.name].concat()))
        });
        let Some(component) = component else {
            // Folders of the project that are installed as copies have no entry of their own.
            if !name.contains("file+") {
                found.push(Difference::new(&place, What::NotLocked));
            }
            continue;
        };
        let folder = [&place, "/node_modules/", &component.name].concat();
        found.extend(
            manifest(&project.join(&folder), component).map(|it| Difference::new(&folder, it)),
        );
    }
}

/// What an installed package says about itself, where that is not what the lockfile says.
fn manifest(folder: &Path, component: &Component) -> Option<What> {
    let Some(manifest) = Manifest::read(folder) else {
        return Some(What::NoManifest);
    };
    let is_same = manifest.name.as_deref() == Some(&*component.name)
        && (manifest.version.as_deref() == component.version.as_deref()
            || component.version.is_none());
    (!is_same).then(|| What::OtherPackage {
        installed: label(
            manifest
                .name
                .as_deref()
                .unwrap_or("a package without a name"),
            manifest.version.as_deref(),
        ),
        locked: label(&component.name, component.version.as_deref()),
    })
}

/// What is in the `node_modules` of the project itself: links into the store and to folders of the project only.
fn links(project: &Path, disk: &Disk, found: &mut Vec<Difference>) -> Result<(), InstallError> {
    let root = std::fs::canonicalize(project).map_err(|source| InstallError::Installed {
        folder: "node_modules".to_owned(),
        source,
    })?;
    let mut names = Vec::new();
    for name in disk.list("node_modules") {
        if name.starts_with('@') {
            let inner = disk.list(&["node_modules/", &name].concat());
            names.extend(inner.iter().map(|it| [&name, "/", it].concat()));
        } else if !name.starts_with('.') {
            names.push(name);
        }
    }
    for name in names {
        let place = ["node_modules/", &name].concat();
        let path = project.join(&place);
        let is_link = path.symlink_metadata().is_ok_and(|it| it.is_symlink());
        let target = std::fs::canonicalize(&path).ok();
        let is_inside = target.is_some_and(|it| it.starts_with(&root));
        if !is_link {
            found.push(Difference::new(&place, What::NotLocked));
        } else if !is_inside {
            found.push(Difference::new(&place, What::OtherLink));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a file, and the folders above it.
    fn put(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        crate::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes()))
            .unwrap();
    }

    #[test]
    fn what_changes_an_installation_is_found_in_every_source() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| put(folder.path(), name, text);
        write(".npmrc", "node-linker=hoisted\nshamefully-hoist=true\n");
        write(
            "pnpm-workspace.yaml",
            "packages: [a]\nsharedWorkspaceLockfile: false\nnodeLinker: isolated\n",
        );
        let variables = [("PNPM_CONFIG_LOCKFILE".to_owned(), "false".to_owned())];
        let found = unsafe_pnpm_settings(folder.path(), None, &variables).unwrap();
        let shown: Vec<String> = found
            .iter()
            .map(|it| format!("{} {}", it.source, it.key))
            .collect();
        assert_eq!(
            shown,
            [
                ".npmrc:1 node-linker",
                "pnpm-workspace.yaml:2 shared-workspace-lockfile",
                "PNPM_CONFIG_LOCKFILE lockfile"
            ]
        );
    }

    #[test]
    fn settings_of_the_user_count_too() {
        let (project, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |name: &str, text: &str| put(home.path(), name, text);
        write(".npmrc", "color=true\nlockfile=false\n");
        write(".config/pnpm/rc", "node-linker=hoisted\n");
        write("else/pnpm/config.yaml", "verifyStoreIntegrity: false\n");
        write("other-npmrc", "modules-dir=x\n");
        let shown = |variables: &[(&str, &str)]| -> Vec<String> {
            let of_home = |it: &str| home.path().join(it).to_str().unwrap().to_owned();
            let all = variables.iter();
            let variables: Vec<(String, String)> = all
                .map(|(name, path)| ((*name).to_owned(), of_home(path)))
                .collect();
            let found = unsafe_pnpm_settings(project.path(), Some(home.path()), &variables);
            let found = found.unwrap().into_iter();
            found
                .map(|it| format!("{} {}", it.source, it.key))
                .collect()
        };
        let linker = "the user's pnpm/rc:1 node-linker";
        assert_eq!(shown(&[]), ["the user's .npmrc:2 lockfile", linker]);
        let variables = [
            ("NPM_CONFIG_USERCONFIG", "other-npmrc"),
            ("XDG_CONFIG_HOME", "else"),
        ];
        assert_eq!(
            shown(&variables),
            [
                "the user's .npmrc:1 modules-dir",
                "the user's pnpm/config.yaml:1 verify-store-integrity",
                linker
            ]
        );
    }

    #[test]
    fn an_installation_is_compared_with_the_lockfile() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| put(folder.path(), name, text);
        let lock = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1.0.0, version: 1.0.0}\npackages:\n  a@1.0.0: {resolution: {integrity: sha1-qUqP5cyxm6YcTAhz05Hph5gvu9M=}}\nsnapshots:\n  a@1.0.0: {}\n";
        write("pnpm-lock.yaml", lock);
        let shown = || -> Vec<String> {
            let found = pnpm_differences(folder.path()).unwrap();
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(shown().len(), 1);
        write("node_modules/.pnpm/lock.yaml", lock);
        write(
            "node_modules/.pnpm/a@1.0.0/node_modules/a/package.json",
            r#"{"name":"a","version":"1.0.0"}"#,
        );
        assert_eq!(shown(), [""; 0]);
        write(
            "node_modules/.pnpm/lock.yaml",
            &lock.replace("sha1-q", "sha1-r"),
        );
        write(
            "node_modules/.pnpm/b@1.0.0/node_modules/b/package.json",
            "{}",
        );
        write("node_modules/stray/package.json", "{}");
        write(
            "node_modules/.pnpm/a@1.0.0/node_modules/a/package.json",
            r#"{"name":"a","version":"1.0.1"}"#,
        );
        assert_eq!(shown().len(), 4, "{:?}", shown());
    }
}
