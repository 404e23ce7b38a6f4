//! The settings of npm that change what `npm ci` installs, where, or from what.

use std::path::Path;

use super::{InstallError, disk};
use crate::project::npm_settings::{NpmEnvironment, NpmSetting, NpmSettings};

/// Which value of a setting changes what is installed.
enum Unsafe {
    /// A value that npm takes for true.
    True,
    /// A value that npm takes for false.
    False,
    /// This text.
    Text(&'static str),
}

/// The settings that change what is installed.
const UNSAFE: [(&str, Unsafe); 10] = [
    ("dry-run", Unsafe::True),
    ("force", Unsafe::True),
    ("global", Unsafe::True),
    ("install-links", Unsafe::True),
    ("install-strategy", Unsafe::Text("linked")),
    ("legacy-peer-deps", Unsafe::True),
    ("location", Unsafe::Text("global")),
    ("package-lock", Unsafe::False),
    ("package-lock-only", Unsafe::True),
    ("shrinkwrap", Unsafe::False),
];

/// A setting that changes what is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnsafeSetting {
    /// Its name.
    pub key: String,
    /// Its value for messages: variables are not replaced, because they may be secrets.
    pub value: String,
    /// Where it is set, for messages: `.npmrc:3`, or the name of an environment variable.
    pub source: String,
}

/// The settings of npm that change what `npm ci` installs in this project.
///
/// # Errors
/// [`InstallError::Settings`] when a file of settings exists and cannot be read: it may have such a setting.
pub fn unsafe_settings(
    project: &Path,
    environment: &NpmEnvironment,
) -> Result<Vec<UnsafeSetting>, InstallError> {
    let settings = NpmSettings::of(&disk(project)?, Some(project), Some(environment));
    if let Some((name, cause)) = settings.unread.first() {
        let cause = cause.clone();
        return Err(InstallError::Settings { name, cause });
    }
    let harmful = UNSAFE.iter().filter_map(|(key, harm)| {
        let found = settings.strongest(key)?;
        is_harmful(harm, found).then(|| UnsafeSetting {
            key: (*key).to_owned(),
            value: shown(found),
            source: found.source.clone(),
        })
    });
    Ok(harmful.collect())
}

fn is_harmful(harm: &Unsafe, NpmSetting { setting, .. }: &NpmSetting) -> bool {
    // A list is true for npm, whatever it contains.
    let is_true = setting.is_list || is_true(&setting.value);
    match harm {
        Unsafe::True => is_true,
        Unsafe::False => !is_true,
        Unsafe::Text(text) => setting.value.trim() == *text,
    }
}

fn shown(NpmSetting { setting, .. }: &NpmSetting) -> String {
    if setting.is_list {
        return "true".to_owned();
    }
    setting.shown.clone()
}

/// Whether npm takes the text of a boolean setting for true.
fn is_true(value: &str) -> bool {
    let value = value.trim();
    match value.parse::<f64>() {
        Ok(number) => number != 0.0,
        Err(_) => !matches!(value, "false" | "null" | "undefined"),
    }
}

#[cfg(test)]
mod tests;
