//! Which commands may run after a check: those that install exactly what the lockfile says. Everything that makes npm use
//! another folder, another lockfile, or the current state of the registry is refused.

use std::ffi::OsString;
use std::path::Path;

use bomtrail::{DEFAULT_SIZE_LIMIT, Disk, Files};

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
const FORBIDDEN: [&str; 10] = [
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
];

const RECIPE: &str = "change dependencies in two steps: `npm install --package-lock-only --ignore-scripts …`, review \
                      `bomtrail check`, then run `bomtrail exec -- npm ci`";

/// Fails for any command but `npm ci`.
pub(super) fn command(words: &[OsString]) -> Result<(), CliError> {
    let texts: Option<Vec<&str>> = words.iter().map(|it| it.to_str()).collect();
    let texts = texts.unwrap_or_default();
    let (Some(program), Some(verb)) = (texts.first(), texts.get(1)) else {
        return Err(CliError::Usage(format!(
            "only `npm ci` can be run; {RECIPE}"
        )));
    };
    let name = Path::new(program).file_name().and_then(|it| it.to_str());
    if !matches!(name, Some("npm" | "npm.cmd")) {
        return Err(CliError::Usage(format!(
            "`{program}` is not npm; only `npm ci` can be run"
        )));
    }
    if !CLEAN_INSTALL.contains(verb) {
        let message = format!("`npm {verb}` may install packages that were not checked; {RECIPE}");
        return Err(CliError::Usage(message));
    }
    for word in texts.iter().skip(2) {
        flag(word)?;
    }
    Ok(())
}

fn flag(word: &str) -> Result<(), CliError> {
    let refused = |name: &str| {
        CliError::Usage(format!(
            "`{word}` sets npm's `{name}`, so npm may install packages that were not checked"
        ))
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
        return hit.map_or(Ok(()), |it| Err(refused(it)));
    }
    match word.strip_prefix('-') {
        Some(short) if short.starts_with(['C', 'g', 'L']) => {
            Err(refused("prefix, global or location"))
        }
        Some(_) => Ok(()),
        // A future npm may install a package that is named here.
        None => Err(CliError::Usage(format!(
            "`npm ci` takes no package name, but `{word}` was given"
        ))),
    }
}

/// Fails if the environment or `.npmrc` sets what the command line must not set.
pub(super) fn surroundings(folder: &Path) -> Result<(), CliError> {
    for (name, value) in std::env::vars_os() {
        let (Some(name), Some(value)) = (name.to_str(), value.to_str()) else {
            continue;
        };
        let lower = name.to_ascii_lowercase();
        let Some(key) = lower.strip_prefix("npm_config_") else {
            continue;
        };
        setting(&key.replace('_', "-"), value, name)?;
    }
    let Ok(disk) = Disk::open(folder, DEFAULT_SIZE_LIMIT) else {
        return Ok(());
    };
    let bytes = disk.read(".npmrc").unwrap_or_default();
    for line in String::from_utf8_lossy(&bytes).lines() {
        if let Some((name, value)) = line.split_once('=') {
            setting(name.trim(), value.trim().trim_matches('"'), ".npmrc")?;
        }
    }
    Ok(())
}

/// Fails for a setting that changes what is installed.
fn setting(key: &str, value: &str, by: &str) -> Result<(), CliError> {
    let harmful = match key {
        "package-lock" | "shrinkwrap" => value == "false",
        "global" | "legacy-peer-deps" | "package-lock-only" => value == "true",
        "location" => value == "global",
        "local-prefix" => !value.is_empty(),
        _ => false,
    };
    if harmful {
        return Err(CliError::Usage(format!(
            "{by} sets `{key}` to `{value}`, so npm may install packages that were not checked"
        )));
    }
    Ok(())
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
            "npm ci --no-package-lock",
            "npm ci --package-lock=false",
            "npm ci --legacy-peer-deps",
            "npm ci left-pad",
            "npm ci --glob",
        ] {
            assert!(!allows(text), "{text}");
        }
    }

    #[test]
    fn settings_that_change_nothing_are_fine() {
        assert!(setting("package-lock", "true", "x").is_ok());
        assert!(setting("package-lock", "false", "x").is_err());
        assert!(setting("global", "true", "x").is_err());
        assert!(setting("registry", "https://npm.example.com", "x").is_ok());
    }
}
