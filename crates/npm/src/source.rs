//! Where a package's bytes come from, read off its `resolved` value and off what asked for it.

use std::borrow::Cow;

use bomtrail_graph::Origin;

use crate::paths;
use crate::spec::Spec;
use crate::vcs::GitUrl;

/// Domains of the public npm registry and its mirror under the same content; a registry host is one of them or under one.
pub(crate) const PUBLIC: [&str; 2] = ["npmjs.org", "yarnpkg.com"];

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source<'a> {
    pub(crate) origin: Origin,
    /// What to fetch, credentials removed.
    pub(crate) url: Option<Cow<'a, str>>,
    /// The Package URL qualifier that tells it from a package of the public registry.
    pub(crate) qualifier: Option<(&'static str, String)>,
    /// The name and version that a registry archive's path states.
    pub(crate) stated: Option<(Cow<'a, str>, Option<Cow<'a, str>>)>,
}

impl Source<'_> {
    fn only(origin: Origin) -> Self {
        Self {
            origin,
            url: None,
            qualifier: None,
            stated: None,
        }
    }
}

/// Which kinds of specifier ask for a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all combinations occur"
)]
pub(crate) struct AskedBy {
    pub(crate) registry: bool,
    pub(crate) other: bool,
    /// A plain range asks for a package of another name, which is fine where an alias has put this one there.
    renamed: bool,
    /// An alias of this package asks for it.
    aliased: bool,
    /// An alias of another package asks for it.
    mistaken: bool,
}

impl AskedBy {
    /// Notes a specifier, the name it is declared under, and the name of the package it reaches.
    pub(crate) fn note(&mut self, spec: Spec<'_>, asked: &str, real: &str) {
        if spec.is_registry() {
            self.registry = true;
        } else {
            self.other = true;
        }
        match spec {
            Spec::Range(_) | Spec::Tag(_) => self.renamed |= asked != real,
            Spec::Alias { name, .. } => {
                self.aliased |= name == real;
                self.mistaken |= name != real;
            }
            Spec::Git(_) | Spec::Remote(_) | Spec::File(_) | Spec::Directory(_) | Spec::Invalid => {
            }
        }
    }

    /// True when what asks for the package asks for one of another name.
    pub(crate) fn misnamed(self) -> bool {
        self.mistaken || (self.renamed && !self.aliased)
    }

    /// True when nothing but registry specifiers ask for it.
    fn registry_alone(self) -> bool {
        !self.other
    }
}

/// Reads a `resolved` value. `name` is the package's real name.
pub(crate) fn read<'a>(resolved: Option<&'a str>, name: &str, asked: AskedBy) -> Source<'a> {
    let Some(resolved) = resolved.filter(|it| !it.is_empty()) else {
        let origin = if asked.registry_alone() {
            Origin::Registry
        } else {
            Origin::Unknown
        };
        return Source::only(origin);
    };
    if let Some(path) = resolved.strip_prefix("file:") {
        let url = paths::join("", path).map(|path| Cow::Owned(format!("file:{path}")));
        return Source {
            origin: Origin::LocalArchive,
            url,
            qualifier: None,
            stated: None,
        };
    }
    let url = Url::parse(resolved);
    // Nearly all are archives of the public registry, and no git address looks like one.
    if let Some(url) = url.as_ref().filter(|url| url.is_public()) {
        return archive(url, name, asked);
    }
    if let Some(git) = GitUrl::parse(resolved) {
        let location = git.download_location();
        return Source {
            url: Some(Cow::Owned(location.clone())),
            qualifier: Some(("vcs_url", location)),
            ..Source::only(Origin::Git)
        };
    }
    match url {
        Some(url) => archive(&url, name, asked),
        None => Source::only(Origin::Unknown),
    }
}

fn archive<'a>(url: &Url<'a>, name: &str, asked: AskedBy) -> Source<'a> {
    let clean = url.without_credentials();
    match Shape::of(url, name) {
        Some(shape) if url.is_public() && shape.base.is_empty() => Source {
            origin: Origin::Registry,
            url: Some(clean),
            qualifier: None,
            stated: Some((shape.name, shape.version)),
        },
        Some(shape) if asked.registry_alone() => {
            let registry = format!("{}://{}{}", url.scheme, url.host_and_port(), shape.base);
            Source {
                origin: Origin::OtherRegistry,
                url: Some(clean),
                qualifier: Some(("repository_url", registry)),
                stated: Some((shape.name, shape.version)),
            }
        }
        _ => {
            let origin = if asked.registry_alone() && asked.registry {
                Origin::OtherRegistry
            } else {
                Origin::RemoteArchive
            };
            let qualifier = Some(("download_url", clean.clone().into_owned()));
            Source {
                origin,
                url: Some(clean),
                qualifier,
                stated: None,
            }
        }
    }
}

/// A specifier or address as it may be shown: what stands before the host goes, but for the account every ssh address has.
pub(crate) fn redact(text: &str) -> Cow<'_, str> {
    // Nearly all are ranges, and no range has a colon.
    if !text.contains(':') {
        return Cow::Borrowed(text);
    }
    let Some((scheme, after)) = text.split_once("://") else {
        return Cow::Borrowed(text);
    };
    let end = after.find(['/', '\\', '?', '#']).unwrap_or(after.len());
    let parts = after.split_at_checked(end);
    match parts.and_then(|(authority, rest)| Some((authority.rsplit_once('@')?, rest))) {
        Some((("git", _), _)) | None => Cow::Borrowed(text),
        Some(((_, host), rest)) => Cow::Owned(format!("{scheme}://{host}{rest}")),
    }
}

/// An absolute http or https URL in parts.
pub(crate) struct Url<'a> {
    whole: &'a str,
    scheme: &'a str,
    authority: &'a str,
    /// From the slash on, with query and fragment.
    rest: &'a str,
}

impl<'a> Url<'a> {
    /// Splits a URL the way a browser does (a backslash ends the host as a slash does).
    pub(crate) fn parse(whole: &'a str) -> Option<Self> {
        let (scheme, after) = whole.split_once(':')?;
        let after = after.strip_prefix("//")?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let end = after.find(['/', '\\', '?', '#']).unwrap_or(after.len());
        let (authority, rest) = after.split_at_checked(end)?;
        (!authority.is_empty()).then_some(Self {
            whole,
            scheme,
            authority,
            rest,
        })
    }

    fn host_and_port(&self) -> &'a str {
        self.authority
            .rsplit_once('@')
            .map_or(self.authority, |(_, host)| host)
    }

    pub(crate) fn without_credentials(&self) -> Cow<'a, str> {
        if self.authority.contains('@') {
            Cow::Owned(format!(
                "{}://{}{}",
                self.scheme,
                self.host_and_port(),
                self.rest
            ))
        } else {
            Cow::Borrowed(self.whole)
        }
    }

    /// True when the host is the public registry's domain or under it.
    fn is_public(&self) -> bool {
        let host = self.host_and_port();
        let host = host.strip_suffix(":443").unwrap_or(host);
        PUBLIC.iter().any(|domain| {
            host.len() >= domain.len()
                && host
                    .split_at_checked(host.len() - domain.len())
                    .is_some_and(|(before, end)| {
                        end.eq_ignore_ascii_case(domain)
                            && (before.is_empty() || before.ends_with('.'))
                    })
        })
    }

    /// What stands before the host, and the host with its port.
    pub(crate) fn user_and_address(&self) -> (Option<&'a str>, &'a str) {
        match self.authority.rsplit_once('@') {
            Some((user, address)) => (Some(user), address),
            None => (None, self.authority),
        }
    }

    /// True when nothing about how the host is written is odd: in lower case and without a user, a port or an encoding.
    pub(crate) fn is_plainly_public(&self) -> bool {
        let dull = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
        self.scheme == "https"
            && self.authority.bytes().all(dull)
            && !self.authority.ends_with('.')
            && self.is_public()
    }

    /// True when the path has steps in it, or characters that a browser reads as something else than they are.
    pub(crate) fn path_wanders(&self) -> bool {
        let path = self.path();
        if is_dull(path) {
            return false;
        }
        let step = |segment: &str| {
            matches!(segment, "." | "..") || matches!(decoded_dots(segment).as_str(), "." | "..")
        };
        path.contains('\\') || path.contains(char::is_control) || path.split('/').any(step)
    }

    fn path(&self) -> &'a str {
        self.rest.split(['?', '#']).next().unwrap_or_default()
    }
}

/// A path segment with its encoded dots as dots; anything longer than two of them is no step and stays as it is.
fn decoded_dots(segment: &str) -> String {
    if segment.len() > 6 || !segment.contains('%') {
        return String::new();
    }
    segment.to_ascii_lowercase().replace("%2e", ".")
}

/// True for a path of characters that stand for themselves, with no segment that begins with a dot: nearly every path is one.
fn is_dull(path: &str) -> bool {
    let mut before = b'/';
    path.bytes().all(|byte| {
        let dull = match byte {
            b'.' => before != b'/',
            b'@' | b'-' | b'_' | b'/' | b'+' | b'~' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        before = byte;
        dull
    })
}

/// `text` without percent-encoding of the characters that names hold.
fn decoded_name(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let slashes = text.replace("%2f", "/").replace("%2F", "/");
    Cow::Owned(slashes.replace("%40", "@"))
}

/// The path of a registry archive's URL, taken apart.
struct Shape<'p> {
    /// The registry's own path, empty for most.
    base: &'p str,
    name: Cow<'p, str>,
    version: Option<Cow<'p, str>>,
}

impl<'p> Shape<'p> {
    /// `…/name/-/name-1.0.0.tgz`, `…/name/download/name-1.0.0.tgz`, `…/download/@scope/name/1.0.0/digest`.
    fn of(url: &Url<'p>, name: &str) -> Option<Self> {
        if url.path_wanders() {
            return None;
        }
        let path = url.path();
        with_file(path, "/-/")
            .or_else(|| by_version(path, name))
            .or_else(|| with_file(path, "/download/"))
    }
}

/// `base/name<mark>name-1.0.0.tgz`.
fn with_file<'p>(path: &'p str, mark: &str) -> Option<Shape<'p>> {
    // Looking for the last slash first is far cheaper than looking for the mark.
    let (folder, file) = path.rsplit_once('/')?;
    let split = folder
        .strip_suffix(mark.trim_end_matches('/'))
        .map(|before| (before, file));
    let (before, file) = split.or_else(|| path.rsplit_once(mark))?;
    // A scope may stand before the file as well.
    let file = file.rsplit_once('/').map_or(file, |(_, file)| file);
    let (above, last) = before.rsplit_once('/')?;
    let (base, name) = match above.rsplit_once('/') {
        Some((base, scope)) if scope.starts_with('@') => {
            (base, Cow::Borrowed(before.get(base.len() + 1..)?))
        }
        _ => (above, decoded_name(last)),
    };
    let bare_name = name.rsplit_once('/').map_or(&*name, |(_, bare)| bare);
    let stem = file.strip_suffix(".tgz")?;
    let version = stem
        .strip_prefix(bare_name)
        .and_then(|it| it.strip_prefix('-'));
    let version = version.map(|it| {
        if it.contains('%') {
            Cow::Owned(it.replace("%2B", "+").replace("%2b", "+"))
        } else {
            Cow::Borrowed(it)
        }
    });
    (!bare_name.is_empty()).then_some(Shape {
        base,
        name,
        version,
    })
}

/// `base/download/name/1.0.0/digest`, where the name is the one looked for.
fn by_version<'p>(path: &'p str, wanted: &str) -> Option<Shape<'p>> {
    let (base, after) = path.split_once("/download/")?;
    let rest = after.strip_prefix(wanted)?;
    let name = after.strip_suffix(rest)?;
    let (version, digest) = rest.strip_prefix('/')?.split_once('/')?;
    (!version.is_empty() && !digest.is_empty()).then_some(Shape {
        base,
        name: Cow::Borrowed(name),
        version: Some(Cow::Borrowed(version)),
    })
}

/// The name and version that an archive's file name states, as npm reads them off (`versionFromTgz`).
pub(crate) fn version_of_archive(name: &str, url: &str) -> Option<(String, String)> {
    let path = Url::parse(url).map_or(url, |url| url.path());
    let file = path.rsplit('/').next()?;
    if let Some(shape) = with_file(path, "/-/")
        && let Some(version) = shape.version
        && bomtrail_version::npm::is_version(&version)
    {
        return Some((shape.name.into_owned(), version.into_owned()));
    }
    let bare = name.rsplit('/').next()?;
    let version = file
        .strip_prefix(bare)?
        .strip_prefix('-')?
        .strip_suffix(".tgz")?;
    bomtrail_version::npm::is_version(version).then(|| (name.to_owned(), version.to_owned()))
}
