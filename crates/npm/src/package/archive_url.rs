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
    pub(crate) base: &'p str,
    pub(crate) name: Cow<'p, str>,
    pub(crate) version: Option<Cow<'p, str>>,
}

impl<'p> Shape<'p> {
    /// `…/name/-/name-1.0.0.tgz`, `…/name/download/name-1.0.0.tgz`, `…/download/@scope/name/1.0.0/digest`.
    pub(crate) fn of(url: &Url<'p>, name: &str) -> Option<Self> {
        if url.escapes_root() {
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
        base,
        name,
        version,
    })
}

/// `base/download/name/1.0.0/digest`, for the expected name.
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
