//! The name and version that the address of a registry archive states.

use std::borrow::Cow;

use super::url::Url;

/// `text` without percent-encoding of the characters that names hold.
fn decoded_name(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let slashes = text.replace("%2f", "/").replace("%2F", "/");
    Cow::Owned(slashes.replace("%40", "@"))
}

/// The parts of a registry archive's path.
pub(crate) struct Shape<'p> {
    /// The path of the registry, empty for most registries.
    pub(crate) base: Cow<'p, str>,
    pub(crate) name: Cow<'p, str>,
    pub(crate) version: Option<Cow<'p, str>>,
}

impl<'p> Shape<'p> {
    /// The parts of an archive address, in the forms that registries use: `…/name/-/name-1.0.0.tgz` (npm and most others),
    /// `…/name/download/name-1.0.0.tgz` and `…/packages/name/1.0.0/name-1.0.0.tgz` (npmmirror),
    /// `…/download/@scope/name/1.0.0/digest` (GitHub) and `…/~/11/@scope/name/1.0.0.tgz` (JSR).
    pub(crate) fn of(url: &Url<'p>, name: &str) -> Option<Self> {
        if url.escapes_root() {
            return None;
        }
        let path = url.path();
        if !path.contains("//") {
            return shape(path, name);
        }
        // Empty segments do not change which registry and package it is.
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let path = ["/", &segments.join("/")].concat();
        shape(&path, name).map(Shape::into_owned)
    }

    fn into_owned(self) -> Shape<'static> {
        let owned = |it: Cow<'_, str>| Cow::Owned(it.into_owned());
        Shape {
            base: owned(self.base),
            name: owned(self.name),
            version: self.version.map(owned),
        }
    }
}

fn shape<'p>(path: &'p str, name: &str) -> Option<Shape<'p>> {
    with_file(path, "/-/")
        .or_else(|| by_digest(path, name))
        .or_else(|| with_file(path, "/download/"))
        .or_else(|| by_folder(path))
}

/// `base/name<mark>name-1.0.0.tgz`.
fn with_file<'p>(path: &'p str, mark: &str) -> Option<Shape<'p>> {
    // Searching for the last slash first is much cheaper than searching for the mark.
    let (folder, file) = path.rsplit_once('/')?;
    let split = folder
        .strip_suffix(mark.trim_end_matches('/'))
        .map(|before| (before, file));
    let (before, file) = split.or_else(|| path.rsplit_once(mark))?;
    // The file may have the scope before it too.
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
        base: Cow::Borrowed(base),
        name,
        version,
    })
}

/// `base/download/name/1.0.0/digest`, where only a scoped name may differ from the expected one.
fn by_digest<'p>(path: &'p str, wanted: &str) -> Option<Shape<'p>> {
    let (base, after) = path.split_once("/download/")?;
    let (before, digest) = after.rsplit_once('/')?;
    let (name, version) = before.rsplit_once('/')?;
    let named = name == wanted || is_scoped(name);
    (named && is_version(version) && !digest.is_empty() && !digest.contains('.')).then_some(Shape {
        base: Cow::Borrowed(base),
        name: Cow::Borrowed(name),
        version: Some(Cow::Borrowed(version)),
    })
}

/// `base/packages/name/1.0.0/name-1.0.0.tgz` and `base/@scope/name/1.0.0.tgz`.
fn by_folder(path: &str) -> Option<Shape<'_>> {
    let (folder, file) = path.rsplit_once('/')?;
    let stem = file.strip_suffix(".tgz")?;
    let (before, version) = if is_version(stem) {
        (folder, stem)
    } else {
        let (before, version) = folder.rsplit_once('/')?;
        let (_, bare) = before.rsplit_once('/')?;
        let stated = stem.strip_prefix(bare)?.strip_prefix('-')?;
        (stated == version && is_version(version)).then_some((before, version))?
    };
    let (above, last) = before.rsplit_once('/')?;
    let (base, name) = match above.rsplit_once('/') {
        Some((base, scope)) if scope.starts_with('@') => (base, before.get(base.len() + 1..)?),
        // Without a scope nothing but the file says where the name begins.
        _ if stem != version => (above, last),
        _ => return None,
    };
    let base = base.strip_suffix("/packages").unwrap_or(base);
    let numbered = base
        .rsplit_once("/~/")
        .filter(|(_, it)| it.bytes().all(|it| it.is_ascii_digit()));
    Some(Shape {
        base: Cow::Borrowed(numbered.map_or(base, |(base, _)| base)),
        name: Cow::Borrowed(name),
        version: Some(Cow::Borrowed(version)),
    })
}

fn is_scoped(name: &str) -> bool {
    let parts = name.strip_prefix('@').and_then(|it| it.split_once('/'));
    parts.is_some_and(|(scope, name)| !scope.is_empty() && !name.is_empty() && !name.contains('/'))
}

fn is_version(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_digit()) && bomtrail_version::npm::is_version(text)
}

/// The name and version in an archive's file name, as npm reads them (`versionFromTgz`).
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
