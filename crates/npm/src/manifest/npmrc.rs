//! The registry that `.npmrc` names: npm fetches from it what a lockfile has from the public registry
//! (`replace-registry-host`).

use crate::package::url::{Url, redact};
use crate::text;

/// A registry that npm uses instead of the public one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfiguredRegistry {
    /// Its address, without credentials.
    pub url: String,
    /// The line, from 1.
    pub line: usize,
}

/// The registry that the text of a `.npmrc` names instead of the public one; the last one counts, as in npm.
pub fn configured_registry(npmrc: &[u8]) -> Option<ConfiguredRegistry> {
    let (text, _) = text::decode(npmrc);
    let named = text.lines().zip(1..).filter_map(|(line, number)| {
        let (key, value) = line.split_once('=')?;
        let quotes = ['"', '\''];
        let key = key.trim().trim_matches(quotes);
        let url = value.trim().trim_matches(quotes);
        (key == "registry").then(|| ConfiguredRegistry {
            url: url.to_owned(),
            line: number,
        })
    });
    let mut last = named.last()?;
    if Url::parse(&last.url).is_some_and(|url| url.is_plainly_public()) {
        return None;
    }
    last.url = redact(&last.url).into_owned();
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_registry_is_reported_and_the_public_one_is_not() {
        let found = |text: &str| configured_registry(text.as_bytes());
        let other = found("; theirs\nregistry = \"https://npm.example.com/\"\n").unwrap();
        assert_eq!((&*other.url, other.line), ("https://npm.example.com/", 2));
        assert!(found("registry=https://npmjs.org/\n").is_none());
        assert!(found("registry=https://npm.example.com/\nregistry=https://npmjs.org/").is_none());
        let account = found("registry=https://u:p@npm.example.com/").unwrap();
        assert_eq!(account.url, "https://npm.example.com/");
        assert!(found("registry=http://npmjs.org/").is_some());
        assert!(found("@ours:registry=https://npm.example.com/").is_none());
        assert!(found("").is_none());
    }
}
