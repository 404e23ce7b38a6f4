//! Dependency specifiers, sorted into the kinds npm-package-arg knows: ranges, tags, aliases, git, remote archives and local
//! paths.

use bomtrail_document::find_byte;

use crate::package::vcs;
use bomtrail_version::npm as semver;

/// A dependency specifier, borrowed from where it was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spec<'a> {
    /// A version range of a registry package.
    Range(&'a str),
    /// A distribution tag of a registry package.
    Tag(&'a str),
    /// Another registry package under this name: its real name, and its own specifier.
    Alias { name: &'a str, range: &'a str },
    /// A git repository.
    Git(&'a str),
    /// An archive at a URL.
    Remote(&'a str),
    /// An archive on disk, as the path is written.
    File(&'a str),
    /// A directory on disk, as the path is written.
    Directory(&'a str),
    /// Not a valid specifier.
    Invalid,
}

impl<'a> Spec<'a> {
    /// Parses a specifier in the order of npm-package-arg: paths, aliases, hosted git, URLs, files, and only then ranges and
    /// tags. The whole text decides: `^1.0.0 || x.tgz` is a file.
    pub(crate) fn parse(text: &'a str) -> Self {
        // Nearly all are plain ranges, and no other kind looks like one.
        let plain = find_byte(text.as_bytes(), 0, 0, *b"/:tT").is_none();
        if plain && !text.starts_with('.') && semver::is_range(text) {
            return Self::Range(text.trim());
        }
        if let Some(path) =
            strip_prefix_ignore_case(text, "file:").or_else(|| text.strip_prefix("link:"))
        {
            return Self::path(path);
        }
        if let Some(rest) = strip_prefix_ignore_case(text, "npm:") {
            return Self::alias(rest);
        }
        if looks_like_path(text) {
            return Self::path(text);
        }
        if vcs::is_git_specifier(text) {
            return Self::Git(text);
        }
        if has_scheme(text) {
            let web = ["http://", "https://"];
            let web = web
                .iter()
                .any(|it| strip_prefix_ignore_case(text, it).is_some());
            return if web {
                Self::Remote(text)
            } else {
                Self::Invalid
            };
        }
        if text.contains('/') || is_archive(text) {
            return Self::path(text);
        }
        Self::registry(text.trim())
    }

    fn path(path: &'a str) -> Self {
        if is_archive(path) {
            Self::File(path)
        } else {
            Self::Directory(path)
        }
    }

    fn alias(rest: &'a str) -> Self {
        let (name, range) = split_name(rest);
        match Self::registry(range) {
            Self::Range(_) | Self::Tag(_) if !name.is_empty() => Self::Alias { name, range },
            _ => Self::Invalid,
        }
    }

    fn registry(text: &'a str) -> Self {
        if semver::is_range(text) {
            Self::Range(text)
        } else if text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.!~*'()".contains(c))
        {
            Self::Tag(text)
        } else {
            Self::Invalid
        }
    }

    /// True when a registry resolves it.
    pub(crate) fn is_registry(self) -> bool {
        matches!(self, Self::Range(_) | Self::Tag(_) | Self::Alias { .. })
    }
}

/// Splits `name@range`; a missing range is empty, and the scope's `@` is part of the name.
pub(crate) fn split_name(text: &str) -> (&str, &str) {
    let scope = usize::from(text.starts_with('@'));
    let at = find_byte(text.as_bytes(), scope, 0, [b'@']);
    let split = at.and_then(|it| text.split_at_checked(it));
    split.map_or((text, ""), |(name, range)| {
        (name, range.strip_prefix('@').unwrap_or(range))
    })
}

fn looks_like_path(text: &str) -> bool {
    let drive = matches!(text.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    text.starts_with('.') || text.starts_with("~/") || text.starts_with('/') || drive
}

/// True for a path or an address that ends as an archive's does.
pub(crate) fn is_archive(path: &str) -> bool {
    [".tgz", ".tar.gz", ".tar"].iter().any(|end| {
        let start = path.len().checked_sub(end.len());
        let found = start.and_then(|it| path.as_bytes().get(it..));
        found.is_some_and(|it| it.eq_ignore_ascii_case(end.as_bytes()))
    })
}

/// `scheme:` at the start, as a URL has it.
fn has_scheme(text: &str) -> bool {
    let scheme = text
        .split(':')
        .next()
        .filter(|scheme| scheme.len() < text.len());
    scheme.is_some_and(|it| {
        !it.is_empty()
            && it
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'+')
    })
}

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}
