//! Which commands may run after a check: those that install exactly what the lockfile says. Everything that makes npm use
//! another folder, another lockfile, or the current state of the registry is refused.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use bomtrail::install::{
    checked_lockfile, npm_folder, unsafe_bun_settings, unsafe_pnpm_settings, unsafe_settings,
    unsafe_yarn_settings, yarn_generation,
};
use bomtrail::npm::NpmEnvironment;

use super::manager::Manager;
use super::{bun, pnpm, yarn};
use crate::error::CliError;

/// The names of `npm ci`.
const CLEAN_INSTALL: [&str; 5] = [
    "ci",
    "clean-install",
    "ic",
    "install-clean",
    "isntall-clean",
];

/// Settings that change what `npm ci` installs, where, or from what.
const FORBIDDEN: [&str; 18] = [
    "prefix",
    "local-prefix",
    "global",
    "location",
    "package-lock",
    "no-package-lock",
    "package-lock-only",
    "shrinkwrap",
    "no-shrinkwrap",
    "legacy-peer-deps",
    "dry-run",
    "force",
    "globalconfig",
    "install-links",
    "install-strategy",
    "no-workspaces",
    "userconfig",
    "workspaces",
];

/// How to change dependencies, for commands that do.
const CHANGES: &str = "change dependencies in two steps: run `npm install --package-lock-only --ignore-scripts …`, review \
                       `bomtrail check`, then run `bomtrail exec -- npm ci`";

/// How to install where `exec` refuses to.
const STEPS: &str = "install with the default settings, or in steps: run `npm ci --ignore-scripts` after `bomtrail check`, then \
                     `bomtrail check node_modules/.package-lock.json`, then `npm rebuild` with the names of the packages whose \
                     install scripts are approved";

/// The package manager that a command runs. Fails for any command that may install something else than the lockfile says.
pub(super) fn command(words: &[OsString]) -> Result<Manager, CliError> {
    let texts: Option<Vec<&str>> = words.iter().map(|it| it.to_str()).collect();
    let texts = texts.unwrap_or_default();
    let Some((program, arguments)) = texts.split_first() else {
        return Err(refused("only `npm ci` can be run", CHANGES));
    };
    let name = Path::new(program).file_name().and_then(|it| it.to_str());
    match name.and_then(Manager::of_program) {
        Some(Manager::Npm) => npm(&texts)?,
        Some(Manager::Pnpm) => {
            return allowed(Manager::Pnpm, pnpm::refusal(arguments), PNPM_STEPS);
        }
        Some(Manager::Yarn) => {
            return allowed(Manager::Yarn, yarn::refusal(arguments), YARN_STEPS);
        }
        Some(Manager::Bun) => return allowed(Manager::Bun, bun::refusal(arguments), BUN_STEPS),
        None => {
            let message = format!(
                "`{program}` is not known; only `npm ci` and the frozen installations of pnpm, yarn and bun can be run"
            );
            return Err(refused(&message, STEPS));
        }
    }
    Ok(Manager::Npm)
}

/// How to install with pnpm where `exec` refuses to.
const PNPM_STEPS: &str = "run `bomtrail exec -- pnpm install --frozen-lockfile` with the default settings; to change dependencies, run \
                          `pnpm install --lockfile-only` and review `bomtrail check` first";

/// How to install with Yarn where `exec` refuses to.
const YARN_STEPS: &str = "run `bomtrail exec -- yarn install --immutable` (Yarn 1: `--frozen-lockfile`) with the default settings; to \
                          change dependencies, run `yarn install --mode=update-lockfile` and review `bomtrail check` first";

/// How to install with Bun where `exec` refuses to.
const BUN_STEPS: &str = "run `bomtrail exec -- bun install --frozen-lockfile` with the default settings; to change dependencies, run \
                         `bun install --lockfile-only` and review `bomtrail check` first";

fn allowed(
    manager: Manager,
    refusal: Option<String>,
    help: &'static str,
) -> Result<Manager, CliError> {
    refusal.map_or(Ok(manager), |message| Err(refused(&message, help)))
}

/// Fails if the Yarn that runs does not install from this lockfile.
pub(super) fn version(here: &Path, manager: Manager, words: &[OsString]) -> Result<(), CliError> {
    if manager != Manager::Yarn {
        return Ok(());
    }
    let program = words.first().cloned().unwrap_or_default();
    let output = Command::new(&program).arg("--version").output();
    let output = output.map_err(|error| {
        CliError::Usage(format!("`{}` cannot be run: {error}", program.display()))
    })?;
    let version = String::from_utf8_lossy(&output.stdout);
    let arguments: Vec<&str> = words.iter().filter_map(|it| it.to_str()).collect();
    let misfit = yarn::misfit(yarn_generation(here)?, &arguments, version.trim());
    misfit.map_or(Ok(()), |message| Err(refused(&message, YARN_STEPS)))
}

/// Fails for any command of npm but `npm ci`.
fn npm(texts: &[&str]) -> Result<(), CliError> {
    let Some(verb) = texts.get(1) else {
        return Err(refused("only `npm ci` can be run", CHANGES));
    };
    if !CLEAN_INSTALL.contains(verb) {
        let message = format!("`npm {verb}` may install packages that were not checked");
        return Err(refused(&message, CHANGES));
    }
    for word in texts.iter().skip(2) {
        flag(word)?;
    }
    Ok(())
}

fn refused(message: &str, help: &'static str) -> CliError {
    CliError::Refused {
        message: message.to_owned(),
        help,
    }
}

fn flag(word: &str) -> Result<(), CliError> {
    let sets = |name: &str| {
        let message = format!(
            "`{word}` sets npm's `{name}`, so npm may install packages that were not checked"
        );
        refused(&message, STEPS)
    };
    if let Some(long) = word.strip_prefix("--") {
        let name = long
            .split('=')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        // npm accepts abbreviated names.
        let hit = FORBIDDEN
            .iter()
            .find(|it| !name.is_empty() && it.starts_with(&name));
        return hit.map_or(Ok(()), |it| Err(sets(it)));
    }
    match word.strip_prefix('-') {
        // npm also reads several letters behind one dash.
        Some(short) if short.contains(['C', 'f', 'g', 'L']) => {
            Err(sets("prefix, force, global or location"))
        }
        Some(_) => Ok(()),
        // A future npm may install a package that is named here.
        None => {
            let message = format!("`npm ci` takes no package name, but `{word}` was given");
            Err(refused(&message, CHANGES))
        }
    }
}

/// Fails unless the manager installs the project in `here`, which is the one that is checked.
fn folder(here: &Path, manager: Manager) -> Result<(), CliError> {
    let failed =
        |error: std::io::Error| CliError::Usage(format!("the folder cannot be read: {error}"));
    let wanted = std::fs::canonicalize(here).map_err(failed)?;
    let found = npm_folder(here).map_err(failed)?;
    if found == wanted {
        return Ok(());
    }
    let ups = wanted
        .strip_prefix(&found)
        .map_or(0, |it| it.components().count());
    let root = vec![".."; ups].join("/");
    Err(CliError::Usage(format!(
        "{} installs the project in `{root}` when it runs here; run `bomtrail exec` in that folder",
        manager.name()
    )))
}

/// Fails if the manager installs another folder than `here`, or if its environment or a file of settings sets what the command
/// line must not set.
pub(super) fn settings(
    here: &Path,
    manager: Manager,
    npm: &NpmEnvironment,
) -> Result<(), CliError> {
    let (found, help) = match manager {
        Manager::Npm => {
            folder(here, manager)?;
            (unsafe_settings(here, npm)?, STEPS)
        }
        Manager::Pnpm => {
            workspace(here)?;
            let found = unsafe_pnpm_settings(here, home().as_deref(), &variables())?;
            (found, PNPM_STEPS)
        }
        Manager::Yarn => {
            folder(here, manager)?;
            let found = unsafe_yarn_settings(here, home().as_deref(), &variables())?;
            (found, YARN_STEPS)
        }
        Manager::Bun => {
            folder(here, manager)?;
            let found = unsafe_bun_settings(here, home().as_deref(), &variables())?;
            (found, BUN_STEPS)
        }
    };
    let Some(it) = found.into_iter().next() else {
        return Ok(());
    };
    let (source, key, value) = (&it.source, &it.key, &it.value);
    let name = manager.name();
    let message = format!(
        "{source} sets `{key}` to `{value}`, so {name} may install packages that were not checked"
    );
    Err(refused(&message, help))
}

/// The variables of the environment.
fn variables() -> Vec<(String, String)> {
    let all = std::env::vars_os();
    all.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// The user's folder.
fn home() -> Option<PathBuf> {
    let variable = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(variable).map(PathBuf::from)
}

/// Fails in a folder below the one of a `pnpm-workspace.yaml`, which pnpm installs as a whole.
fn workspace(here: &Path) -> Result<(), CliError> {
    let failed =
        |error: std::io::Error| CliError::Usage(format!("the folder cannot be read: {error}"));
    let here = std::fs::canonicalize(here).map_err(failed)?;
    let has_file = |it: &&Path| it.join("pnpm-workspace.yaml").is_file();
    match here.ancestors().find(has_file) {
        Some(root) if root != here => {
            let ups = here
                .strip_prefix(root)
                .map_or(0, |it| it.components().count());
            let root = vec![".."; ups].join("/");
            Err(CliError::Usage(format!(
                "pnpm installs the workspace in `{root}` when it runs here; run `bomtrail exec` in that folder"
            )))
        }
        _ => Ok(()),
    }
}

/// The lockfile that is checked. Fails unless the manager installs from it.
pub(super) fn lockfile(here: &Path, manager: Manager) -> Result<&'static str, CliError> {
    let name = manager.name();
    let message = match checked_lockfile(here)? {
        Some((lock, owner)) if owner == name => return Ok(lock),
        Some((lock, _)) => format!(
            "the lockfile that is checked is `{lock}`, which `{}` does not install from",
            manager.clean_install()
        ),
        None if manager == Manager::Npm => {
            "this folder has neither npm-shrinkwrap.json nor package-lock.json".to_owned()
        }
        None => format!("this folder has no {}", manager.lockfile()),
    };
    Err(CliError::Usage(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str) -> bool {
        let words: Vec<OsString> = text.split(' ').map(OsString::from).collect();
        command(&words).is_ok()
    }

    #[test]
    fn only_a_clean_install_of_this_folder_is_run() {
        for text in [
            "npm ci",
            "npm ci --ignore-scripts --omit=dev",
            "npm ci --no-audit --no-fund --include=optional --prefer-offline",
            "/usr/bin/npm clean-install -s",
        ] {
            assert!(allows(text), "{text}");
        }
        for text in [
            "npm",
            "npm install",
            "npm i",
            "npm add x",
            "npm update",
            "npm install-test",
            "npx ci",
            "sh -c ci",
            "npm --prefix x ci",
            "npm ci --prefix=x",
            "npm ci --pref x",
            "npm ci -C x",
            "npm ci -g",
            "npm ci -f",
            "npm ci -sg",
            "npm ci --no-package-lock",
            "npm ci --package-lock=false",
            "npm ci --legacy-peer-deps",
            "npm ci --force",
            "npm ci --install-strategy=linked",
            "npm ci --install-links",
            "npm ci --no-workspaces",
            "npm ci --userconfig=x",
            "npm ci --dry-run",
            "npm ci left-pad",
            "npm ci --glob",
        ] {
            assert!(!allows(text), "{text}");
        }
    }
}
