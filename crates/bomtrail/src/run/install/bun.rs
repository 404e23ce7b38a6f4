//! Around `bun install --frozen-lockfile`: the settings that change what it installs, and whether the installed packages are
//! those of the lockfile. Bun leaves no record of an installation.

use std::path::Path;

use bomtrail_graph::{Diagnostics, Files as _, Input, Reader as _, Role};
use bomtrail_npm::{BunLock, bun_install_settings};

use super::difference::{Difference, What};
use super::{InstallError, UnsafeSetting, disk, modules};

const LOCKFILE: &str = "bun.lock";

/// The values of settings of `[install]` that change what is installed; without a value, every one.
const UNSAFE: [(&str, Option<&str>); 6] = [
    ("backend", Some("symlink")),
    ("dryRun", Some("true")),
    ("globalDir", None),
    ("globalStore", Some("true")),
    ("lockfile.path", None),
    ("lockfile.save", Some("false")),
];

/// The settings that change what Bun installs in this project: those of `bunfig.toml`, and these variables of the environment.
/// `home` is the user's folder, whose file counts too.
///
/// # Errors
/// [`InstallError::Folder`] when the folder cannot be entered.
pub fn unsafe_bun_settings(
    project: &Path,
    home: Option<&Path>,
    variables: &[(String, String)],
) -> Result<Vec<UnsafeSetting>, InstallError> {
    let mut all = Vec::new();
    let bytes = disk(project)?.read("bunfig.toml").unwrap_or_default();
    for (key, value, line) in bun_install_settings(&bytes) {
        all.push((key, value, format!("bunfig.toml:{line}")));
    }
    let home = home.and_then(|it| disk(it).ok());
    let bytes = home
        .and_then(|it| it.read(".bunfig.toml"))
        .unwrap_or_default();
    for (key, value, line) in bun_install_settings(&bytes) {
        all.push((key, value, format!("the user's .bunfig.toml:{line}")));
    }
    all.retain(|(key, value, _)| {
        let known = UNSAFE.iter().find(|(it, _)| it == key);
        known.is_some_and(|(_, harm)| harm.is_none_or(|it| it == value.trim()))
    });
    // Variables such as `BUN_CONFIG_SKIP_LOAD_LOCKFILE` leave out parts of an installation.
    let variables = variables.iter().filter(|(name, value)| {
        name.starts_with("BUN_CONFIG_SKIP_") && !matches!(&**value, "" | "0" | "false")
    });
    all.extend(
        variables.map(|(name, value)| (name.clone(), value.clone(), "the environment".to_owned())),
    );
    Ok(all
        .into_iter()
        .map(|(key, value, source)| UnsafeSetting { key, value, source })
        .collect())
}

/// How the installed packages differ from the lockfile; empty when they are the same.
///
/// # Errors
/// [`InstallError`] when the lockfile or a folder of installed packages cannot be read.
pub fn bun_differences(project: &Path) -> Result<Vec<Difference>, InstallError> {
    let disk = disk(project)?;
    let bytes = disk.read(LOCKFILE).unwrap_or_default();
    let input = Input {
        path: LOCKFILE,
        bytes: &bytes,
        files: &disk,
    };
    let locked = BunLock.read(&input, &mut Diagnostics::new());
    if locked.components.is_empty() {
        return Err(InstallError::Lockfile { path: LOCKFILE });
    }
    let mut found = Vec::new();
    modules::walk(project, &disk, &locked, &mut found)?;
    let is_needed = locked
        .components
        .iter()
        .any(|it| it.role == Role::Dependency);
    if is_needed && !disk.is_dir("node_modules") {
        found.push(Difference::new("node_modules", What::NoRecord));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        crate::write::make_folder(path.parent().unwrap()).unwrap();
        crate::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes()))
            .unwrap();
    }

    #[test]
    fn an_installation_is_compared() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let lock = r#"{"lockfileVersion": 1, "workspaces": {"": {"name": "app", "dependencies": {"a": "^1.0.0"}}},
          "packages": {"a": ["a@1.0.0", "", {}, "sha512-AA=="]}}"#;
        put(here, "bun.lock", lock);
        let shown = || -> Vec<String> {
            let found = bun_differences(here).unwrap();
            found.iter().map(ToString::to_string).collect()
        };
        assert_eq!(shown().len(), 1);
        let manifest = |version: &str| {
            format!(r#"{{"name":"a","version":"{version}","bundledDependencies":["c"]}}"#)
        };
        put(here, "node_modules/a/package.json", &manifest("1.0.0"));
        put(
            here,
            "node_modules/a/node_modules/c/package.json",
            r#"{"name":"c"}"#,
        );
        assert_eq!(shown(), [""; 0]);
        put(
            here,
            "node_modules/.bun/a@2.0.0/node_modules/a/package.json",
            &manifest("2.0.0"),
        );
        put(here, "node_modules/stray.js", "");
        assert_eq!(
            shown(),
            [
                "`node_modules/.bun/a@2.0.0/node_modules/a` is `a@2.0.0`, but the lockfile has `a@1.0.0`",
                "`node_modules/stray.js` is a file that belongs to no package",
            ]
        );
    }

    #[test]
    fn settings_that_change_an_installation_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        put(
            here,
            "bunfig.toml",
            "[install]\ndryRun = true\nlinker = \"hoisted\"\n[install.lockfile]\npath = \"x\"\n",
        );
        let variables = [("BUN_CONFIG_SKIP_LOAD_LOCKFILE".to_owned(), "1".to_owned())];
        let found = unsafe_bun_settings(here, None, &variables).unwrap();
        let keys: Vec<&str> = found.iter().map(|it| &*it.key).collect();
        assert_eq!(
            keys,
            ["dryRun", "lockfile.path", "BUN_CONFIG_SKIP_LOAD_LOCKFILE"]
        );
    }
}
