//! Which locations the root's `workspaces` patterns name. Reads patterns only; no folder is listed.

use crate::wire::Value;

/// The patterns of a `workspaces` field, a list or an object with `packages`.
pub(crate) struct Patterns {
    wanted: Vec<String>,
    refused: Vec<String>,
}

impl Patterns {
    /// Reads the field; anything unusable matches nothing.
    pub(crate) fn of(field: &Value<'_>) -> Self {
        let list = field.get("packages").unwrap_or(field);
        let mut patterns = Self {
            wanted: Vec::new(),
            refused: Vec::new(),
        };
        for text in list.texts() {
            let bare = text.trim_start_matches('!');
            let negated = (text.len() - bare.len()) % 2 == 1;
            let pattern = plain(bare);
            if negated {
                patterns.refused.push(pattern);
            } else {
                // A later pattern takes back an exclusion that would hide it.
                patterns
                    .refused
                    .retain(|refused| !matches(refused, &pattern));
                patterns.wanted.push(pattern);
            }
        }
        patterns
    }

    /// True when a location is a workspace.
    pub(crate) fn name(&self, location: &str) -> bool {
        let inside_modules = location.split('/').any(|segment| segment == "node_modules");
        !inside_modules
            && self.wanted.iter().any(|pattern| matches(pattern, location))
            && !self
                .refused
                .iter()
                .any(|pattern| matches(pattern, location))
    }
}

/// A pattern without what does not matter: a leading `./` or `/`, a trailing `/`, backslashes.
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
