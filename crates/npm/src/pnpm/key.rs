//! The names of entries in a pnpm lockfile, and the references that lead to them.
//!
//! A key is the name, the version and a suffix with the peers that this instance of the package has:
//! `/name/1.0.0_peer@1.0.0` (version 5), `/name@1.0.0(peer@1.0.0)` (version 6), `name@1.0.0(peer@1.0.0)` (version 9 and later).

use std::borrow::Cow;

use bomtrail_version::npm as semver;

/// How a lockfile writes its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `/name/1.0.0_peer@1.0.0`.
    Slashes,
    /// `/name@1.0.0(peer@1.0.0)`.
    LeadingSlash,
    /// `name@1.0.0(peer@1.0.0)`.
    Plain,
}

/// The registry that a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyRegistry<'a> {
    /// By its host (`registry.example.com/name/1.0.0`).
    Host(&'a str),
    /// By the name that the settings have for it (`name@work:1.0.0`).
    Named(&'a str),
}

/// A key in parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key<'a> {
    /// The package's name, where the key has it.
    pub(crate) name: Option<&'a str>,
    /// An exact version.
    pub(crate) version: Option<&'a str>,
    /// What is there instead of a version: an address or a path.
    pub(crate) address: Option<&'a str>,
    pub(crate) registry: Option<KeyRegistry<'a>>,
    /// The key without peers and patch: one package for all its instances.
    pub(crate) package: &'a str,
    /// Peers and patch.
    pub(crate) suffix: &'a str,
}

/// Protocols that are not names of registries.
const PROTOCOLS: [&str; 15] = [
    "bitbucket",
    "catalog",
    "custom",
    "file",
    "git",
    "github",
    "gitlab",
    "http",
    "https",
    "jsr",
    "link",
    "npm",
    "runtime",
    "ssh",
    "workspace",
];

impl<'a> Key<'a> {
    /// The parts of a key.
    pub(crate) fn parse(text: &'a str, style: Style) -> Self {
        match style {
            Style::Slashes => slashes(text),
            Style::LeadingSlash => leading_slash(text),
            Style::Plain => plain(text),
        }
    }

    fn unnamed(text: &'a str, split: usize) -> Self {
        let (package, suffix) = text.split_at_checked(split).unwrap_or((text, ""));
        Self {
            name: None,
            version: None,
            address: Some(package),
            registry: None,
            package,
            suffix,
        }
    }
}

/// The key that a reference leads to, for a dependency declared as `alias`; `None` for a link to a folder.
pub(crate) fn of_reference<'r>(
    reference: &'r str,
    alias: &str,
    style: Style,
) -> Option<Cow<'r, str>> {
    if reference.starts_with("link:") {
        return None;
    }
    Some(match style {
        Style::Slashes => {
            if reference.contains('/') || reference.starts_with("file:") {
                Cow::Borrowed(reference)
            } else {
                Cow::Owned(["/", alias, "/", reference].concat())
            }
        }
        Style::LeadingSlash => {
            let before_peers = reference.split('(').next().unwrap_or_default();
            if before_peers.contains('/') || reference.starts_with("file:") {
                Cow::Borrowed(reference)
            } else {
                Cow::Owned(["/", alias, "@", reference].concat())
            }
        }
        Style::Plain => {
            let head = reference.split([':', '(']).next().unwrap_or_default();
            if head.contains('@') {
                Cow::Borrowed(reference)
            } else {
                Cow::Owned([alias, "@", reference].concat())
            }
        }
    })
}

/// Version 5: `/name/1.0.0_peers`, or a host or path first.
fn slashes(text: &str) -> Key<'_> {
    let absolute = !text.starts_with('/');
    let from = if absolute {
        text.find('/').map_or(text.len(), |it| it + 1)
    } else {
        1
    };
    let rest = text.get(from..).unwrap_or_default();
    let scoped = rest.starts_with('@');
    let name_end = rest.match_indices('/').nth(usize::from(scoped));
    if let Some((end, _)) = name_end
        && let Some((name, version)) = rest.split_at_checked(end)
    {
        let version = version.strip_prefix('/').unwrap_or(version);
        let bare = version.split('_').next().unwrap_or(version);
        if semver::is_version(bare) {
            let split = from + end + 1 + bare.len();
            let (package, suffix) = text.split_at_checked(split).unwrap_or((text, ""));
            let host = text.get(..from.saturating_sub(1)).filter(|_| absolute);
            return Key {
                name: Some(name),
                version: Some(bare),
                address: None,
                registry: host.map(KeyRegistry::Host),
                package,
                suffix,
            };
        }
    }
    Key::unnamed(text, text.len())
}

/// Version 6: `/name@1.0.0(peers)`, or a host or path first.
fn leading_slash(text: &str) -> Key<'_> {
    let split = suffix_start(text);
    let (package, suffix) = text.split_at_checked(split).unwrap_or((text, ""));
    let relative = package.strip_prefix('/');
    let (host, rest) = match relative {
        Some(rest) => (None, rest),
        None => match package.split_once('/') {
            Some((host, rest)) => (Some(host), rest),
            None => return Key::unnamed(text, split),
        },
    };
    match name_and_slot(rest) {
        Some((name, version)) if semver::is_version(version) => Key {
            name: Some(name),
            version: Some(version),
            address: None,
            registry: host.map(KeyRegistry::Host),
            package,
            suffix,
        },
        _ => Key::unnamed(text, split),
    }
}

/// Version 9: `name@1.0.0(peers)`, `name@registry:1.0.0`, `name@https://…`, `name@file:…`.
fn plain(text: &str) -> Key<'_> {
    let split = suffix_start(text);
    let (package, suffix) = text.split_at_checked(split).unwrap_or((text, ""));
    let Some((name, slot)) = name_and_slot(package) else {
        return Key::unnamed(text, split);
    };
    let named = slot.split_once(':').filter(|(registry, version)| {
        let mut chars = registry.chars();
        let begins = chars.next().is_some_and(|it| it.is_ascii_alphabetic());
        begins && !PROTOCOLS.contains(registry) && semver::is_version(version)
    });
    let version = named
        .map(|it| it.1)
        .or(Some(slot).filter(|it| semver::is_version(it)));
    Key {
        name: Some(name),
        version,
        address: version.is_none().then_some(slot),
        registry: named.map(|it| KeyRegistry::Named(it.0)),
        package,
        suffix,
    }
}

/// The name and what follows its `@`.
fn name_and_slot(text: &str) -> Option<(&str, &str)> {
    let mut signs = text.match_indices('@').map(|it| it.0);
    let at = signs.find(|it| *it > 0)?;
    let (name, slot) = text.split_at_checked(at)?;
    Some((name, slot.strip_prefix('@')?))
}

/// Where the suffix of balanced brackets begins; the length of the text without a suffix.
fn suffix_start(text: &str) -> usize {
    if !text.ends_with(')') {
        return text.len();
    }
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => open += 1,
            b'(' => open = open.saturating_sub(1),
            _ if open == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
