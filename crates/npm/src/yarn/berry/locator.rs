//! Locators of Yarn 2 and later: which package an entry leads to, and from where.

use std::borrow::Cow;

use crate::resolve::spec::{is_archive, split_name};

/// The most patches of patches that are followed.
const DEEPEST: usize = 8;

/// A range or a reference in its parts: `protocol:source#selector::bindings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts<'t> {
    /// With its colon; empty where there is none.
    pub(crate) protocol: &'t str,
    /// What is before `#`; empty where there is no `#`.
    pub(crate) source: &'t str,
    /// What is after `#`, or all of it.
    pub(crate) selector: &'t str,
    /// `key=value` pairs, joined by `&`.
    pub(crate) bindings: &'t str,
}

impl<'t> Parts<'t> {
    /// Splits a range or a reference.
    pub(crate) fn of(text: &'t str) -> Self {
        let (whole, bindings) = text.split_once("::").unwrap_or((text, ""));
        let colon = whole
            .find(':')
            .filter(|colon| whole.find('#').is_none_or(|hash| *colon < hash));
        let split = colon.map_or(0, |it| it + 1);
        let (protocol, rest) = whole.split_at_checked(split).unwrap_or(("", whole));
        let (source, selector) = rest.split_once('#').unwrap_or(("", rest));
        Self {
            protocol,
            source,
            selector,
            bindings,
        }
    }

    /// The value of a binding, decoded.
    pub(crate) fn binding(&self, key: &str) -> Option<Cow<'t, str>> {
        let mut pairs = self.bindings.split('&').filter_map(|it| it.split_once('='));
        let (_, value) = pairs.find(|(it, _)| *it == key)?;
        Some(decoded(value))
    }
}

/// A package and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locator<'t> {
    /// The name in the locator, below all patches.
    pub(crate) name: Cow<'t, str>,
    /// Where it is from.
    pub(crate) source: Source<'t>,
    /// The patch files of the project, relative to its folder.
    pub(crate) patches: Vec<String>,
}

/// Where a package is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source<'t> {
    /// A registry: the version, and the address of the archive where the registry is not the usual one.
    Registry {
        /// The exact version.
        version: Cow<'t, str>,
        /// The address of the archive.
        archive: Option<Cow<'t, str>>,
    },
    /// The root or a workspace, by its folder relative to the project's.
    Workspace(String),
    /// Another folder, relative to the project's; true for a link, whose dependencies are not locked.
    Folder(String, bool),
    /// An archive on the disk or at an address, or a git repository (`git+https://host/path.git#commit`).
    Address(Cow<'t, str>),
}

/// Reads a locator; `None` for a text that is not one.
pub(crate) fn parse(text: &str) -> Option<Locator<'_>> {
    let (name, reference) = named(text)?;
    if let Some(version) = reference.strip_prefix("npm:").filter(|it| is_version(it)) {
        return Some(Locator {
            name: Cow::Borrowed(name),
            source: Source::Registry {
                version: Cow::Borrowed(version),
                archive: None,
            },
            patches: Vec::new(),
        });
    }
    let parts = Parts::of(reference);
    if parts.protocol == "patch:" {
        return below(&parts);
    }
    Some(Locator {
        name: Cow::Borrowed(name),
        source: source(&parts, reference)?,
        patches: Vec::new(),
    })
}

/// True for a reference that is nothing but a version, as nearly all are.
fn is_version(text: &str) -> bool {
    !text.bytes().any(|it| matches!(it, b':' | b'#'))
}

/// The package that patches are applied to.
fn below(patch: &Parts<'_>) -> Option<Locator<'static>> {
    let mut patches: Vec<String> = files(patch).collect();
    let mut text = decoded(patch.source).into_owned();
    for _ in 0..DEEPEST {
        let (name, reference) = named(&text)?;
        let parts = Parts::of(reference);
        if parts.protocol != "patch:" {
            return Some(owned(Locator {
                name: Cow::Borrowed(name),
                source: source(&parts, reference)?,
                patches,
            }));
        }
        patches.extend(files(&parts));
        text = decoded(parts.source).into_owned();
    }
    None
}

/// The locator that a patch is applied to; `None` for one that is not of a patch.
pub(super) fn unpatched(text: &str) -> Option<Cow<'_, str>> {
    let (_, reference) = named(text)?;
    let parts = Parts::of(reference);
    (parts.protocol == "patch:").then(|| decoded(parts.source))
}

/// A name, and a reference that is not empty.
fn named(text: &str) -> Option<(&str, &str)> {
    let (name, reference) = split_name(text);
    (!name.is_empty() && !reference.is_empty()).then_some((name, reference))
}

fn owned(locator: Locator<'_>) -> Locator<'static> {
    let own = |it: Cow<'_, str>| Cow::Owned(it.into_owned());
    Locator {
        name: own(locator.name),
        source: match locator.source {
            Source::Registry { version, archive } => Source::Registry {
                version: own(version),
                archive: archive.map(own),
            },
            Source::Workspace(folder) => Source::Workspace(folder),
            Source::Folder(folder, is_link) => Source::Folder(folder, is_link),
            Source::Address(address) => Source::Address(own(address)),
        },
        patches: locator.patches,
    }
}

fn source<'t>(parts: &Parts<'t>, reference: &'t str) -> Option<Source<'t>> {
    let folder = |path: &str| within(&owner(parts), path);
    Some(match parts.protocol {
        "npm:" => Source::Registry {
            version: Cow::Borrowed(parts.selector),
            archive: parts.binding("__archiveUrl"),
        },
        "workspace:" => Source::Workspace(within("", parts.selector)),
        "portal:" => Source::Folder(folder(parts.selector), false),
        "link:" => Source::Folder(folder(parts.selector), true),
        "file:" => {
            let path = if parts.source.is_empty() {
                parts.selector
            } else {
                parts.source
            };
            if is_archive(path) {
                Source::Address(Cow::Owned(["file:", &folder(path)].concat()))
            } else {
                Source::Folder(folder(path), false)
            }
        }
        "" if parts.selector.is_empty() => return None,
        _ => Source::Address(address(reference)),
    })
}

/// The folder of the workspace that a relative path starts from.
fn owner(parts: &Parts<'_>) -> String {
    let locator = parts.binding("locator").unwrap_or_default();
    let (_, reference) = split_name(&locator);
    let folder = reference.strip_prefix("workspace:").unwrap_or_default();
    within("", folder)
}

/// `path` seen from a folder of the project. Of an absolute path only the last segment is kept, because no path of a machine
/// is shown.
pub(super) fn within(base: &str, path: &str) -> String {
    crate::paths::join(base, path).unwrap_or_else(|| {
        let last = path
            .trim_end_matches(['/', '\\'])
            .rsplit(['/', '\\'])
            .next();
        [".../", last.unwrap_or_default()].concat()
    })
}

/// An address as npm writes it: a git repository as `git+https://host/path.git#commit`.
fn address(reference: &str) -> Cow<'_, str> {
    let (whole, _) = reference.split_once("::").unwrap_or((reference, ""));
    let Some((base, selector)) = whole.split_once('#') else {
        return Cow::Borrowed(whole);
    };
    let mut pairs = selector.split('&');
    let commit = pairs.find_map(|it| it.strip_prefix("commit="));
    let Some(commit) = commit else {
        return Cow::Borrowed(whole);
    };
    let is_web = base.starts_with("https://") || base.starts_with("http://");
    let scheme = if is_web { "git+" } else { "" };
    Cow::Owned([scheme, base, "#", commit].concat())
}

/// The patch files of the project that a patch locator names, without those that come with Yarn.
fn files<'t>(parts: &Parts<'t>) -> impl Iterator<Item = String> + use<'t> {
    let owner = owner(parts);
    parts.selector.split('&').filter_map(move |it| {
        let path = it.strip_prefix("optional!").unwrap_or(it);
        let path = path.strip_prefix("~optional!").unwrap_or(path);
        if is_builtin(path) || path.is_empty() {
            return None;
        }
        let of_project = path.strip_prefix("~/");
        Some(of_project.map_or_else(|| within(&owner, path), |it| within("", it)))
    })
}

fn is_builtin(path: &str) -> bool {
    path.trim_start_matches('~').starts_with("builtin<")
}

/// What a patch range is about: the descriptor below it, and whether the patch comes with Yarn.
pub(super) fn patched(range: &str) -> Option<(Cow<'_, str>, bool)> {
    if !range.starts_with("patch:") {
        return None;
    }
    let parts = Parts::of(range);
    if parts.protocol != "patch:" {
        return None;
    }
    let mut all = parts.selector.split('&');
    let builtin =
        all.all(|it| is_builtin(it.trim_start_matches('~').trim_start_matches("optional!")));
    Some((decoded(parts.source), builtin))
}

/// `text` with `%40` and the like decoded.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after
            .get(..2)
            .and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// `text` as `encodeURIComponent` of JavaScript writes it.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |it: u8| {
                DIGITS
                    .get(usize::from(it))
                    .map_or('0', |it| char::from(*it))
            };
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_of(text: &str) -> Source<'_> {
        parse(text).unwrap().source
    }

    #[test]
    fn every_kind_of_locator_is_read() {
        let registry = |version: &'static str| Source::Registry {
            version: version.into(),
            archive: None,
        };
        assert_eq!(source_of("@s/a@npm:1.0.0"), registry("1.0.0"));
        assert_eq!(
            source_of("a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fnpm.example.com%2Fa-1.0.0.tgz"),
            Source::Registry {
                version: "1.0.0".into(),
                archive: Some("https://npm.example.com/a-1.0.0.tgz".into())
            }
        );
        assert_eq!(source_of("a@workspace:."), Source::Workspace(String::new()));
        assert_eq!(
            source_of("a@workspace:packages/a"),
            Source::Workspace("packages/a".into())
        );
        let bound = "::locator=root%40workspace%3Apackages%2Fb";
        assert_eq!(
            source_of(&format!("c@portal:../c{bound}")),
            Source::Folder("packages/c".into(), false)
        );
        assert_eq!(source_of("c@link:./c"), Source::Folder("c".into(), true));
        assert_eq!(
            source_of("t@file:./v/t.tgz#./v/t.tgz::hash=1&locator=root%40workspace%3A."),
            Source::Address("file:v/t.tgz".into())
        );
        assert_eq!(
            source_of("a@https://github.com/o/r.git#commit=abc&workspace=a"),
            Source::Address("git+https://github.com/o/r.git#abc".into())
        );
        assert_eq!(
            source_of("a@git@github.com:o/r.git#commit=abc"),
            Source::Address("git@github.com:o/r.git#abc".into())
        );
        assert_eq!(
            source_of("a@https://npm.example.com/a.tgz"),
            Source::Address("https://npm.example.com/a.tgz".into())
        );
        for text in ["", "a", "@s/a", "a@", "@"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_patch_is_about_the_package_below_it() {
        let builtin = parse("fsevents@patch:fsevents@npm%3A2.3.3#optional!builtin<compat/fsevents>::version=2.3.3&hash=1").unwrap();
        assert_eq!((&*builtin.name, builtin.patches.len()), ("fsevents", 0));
        let own = parse(
            "a@patch:b@npm%3A1.0.0#./p/a.patch&~/q.patch::version=1.0.0&locator=r%40workspace%3Ax",
        )
        .unwrap();
        assert_eq!(
            (&*own.name, own.patches),
            ("b", vec!["x/p/a.patch".to_owned(), "q.patch".to_owned()])
        );
        let deep = "a@patch:".repeat(40) + "a@npm%3A1.0.0#x";
        assert_eq!(parse(&deep), None);
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        let text = "@s/a@workspace:packages/ä b";
        assert_eq!(decoded(&encoded(text)), text);
        assert_eq!(encoded("root@workspace:."), "root%40workspace%3A.");
        assert_eq!(decoded("100%"), "100%");
    }
}
