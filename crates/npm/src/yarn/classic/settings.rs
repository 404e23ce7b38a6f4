//! `.yarnrc`: the settings of Yarn 1, one on each line.

use bomtrail_graph::Files;

use crate::manifest::files;
use crate::package::registries::Registries;
use crate::text;

/// The settings of a `.yarnrc`: key without dashes and without the command it is for, value, and line from 1.
pub fn yarnrc_settings(bytes: &[u8]) -> Vec<(String, String, usize)> {
    let (text, _) = text::decode(bytes);
    let lines = text.lines().zip(1..);
    lines
        .filter_map(|(line, number)| {
            let (key, rest) = word(line)?;
            let value = word(rest).map_or("true", |(value, _)| value);
            let key = key.trim_start_matches('-');
            let key = key.split_once('.').map_or(key, |(command, option)| {
                if matches!(command, "install" | "*") {
                    option
                } else {
                    key
                }
            });
            Some((key.to_owned(), value.to_owned(), number))
        })
        .collect()
}

/// Adds the registries of a project's `.yarnrc`.
pub(super) fn add_registries(base: &str, files: &dyn Files, registries: &mut Registries) {
    let bytes = files::read(base, ".yarnrc", files).unwrap_or_default();
    for (key, value, _) in yarnrc_settings(&bytes) {
        if key == "registry" {
            registries.name(None, &value);
        } else if let Some(scope) = key.strip_suffix(":registry") {
            registries.name(Some(scope.to_owned()), &value);
        }
    }
}

/// The first word of a line, in quotes or not, and the rest; `None` for an empty line or a comment.
fn word(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if let Some(inner) = line.strip_prefix('"') {
        return inner.split_once('"');
    }
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    Some(
        line.split_once([' ', ':'])
            .map_or((line, ""), |(key, rest)| (key, rest)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_have_keys_values_and_lines() {
        let text = "# comment\nregistry \"https://npm.example.com\"\n\n\"@acme:registry\" \"https://acme.example.com/\"\n--install.modules-folder lib\n--*.flat true\nyarn-path \".yarn/yarn.js\"\nflat\n";
        let found = yarnrc_settings(text.as_bytes());
        let shown: Vec<String> = found
            .iter()
            .map(|(key, value, line)| format!("{line} {key}={value}"))
            .collect();
        assert_eq!(
            shown,
            [
                "2 registry=https://npm.example.com",
                "4 @acme:registry=https://acme.example.com/",
                "5 modules-folder=lib",
                "6 flat=true",
                "7 yarn-path=.yarn/yarn.js",
                "8 flat=true"
            ]
        );
    }
}
