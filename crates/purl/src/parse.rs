//! Reads a Package URL the way ECMA-427 says: from the right, cutting off subpath, qualifiers and version before the path
//! is split. Any spelling is taken; `parts` brings it to the canonical one.

use std::borrow::Cow;

use crate::canonical::{is_qualifier_key, offset};
use crate::encode::{decode, is_encoded_ascii, is_plain};
use crate::parts::{Keys, Parts, Qualifier};
use crate::{Ends, Purl, PurlError};

pub(crate) fn parse(text: &str, keys: Keys) -> Result<Purl, PurlError> {
    if let Some(purl) = canonical_npm(text) {
        return Ok(purl);
    }
    let (rest, subpath) = split_right(text, '#');
    let (rest, qualifiers) = split_right(rest, '?');
    let path = strip_scheme(rest)?.trim_matches('/');
    let (package_type, path) = path.split_once('/').ok_or(PurlError::MissingType)?;
    let (path, version) = split_version(path.trim_start_matches('/'));
    let (namespace, name) = path.rsplit_once('/').unwrap_or(("", path));
    Parts {
        package_type: Cow::Borrowed(package_type),
        namespace: decode_segments(namespace)?,
        name: decode(name)?,
        version: decode(version)?,
        qualifiers: parse_qualifiers(qualifiers)?,
        subpath: subpath_segments(decode_segments(subpath)?),
    }
    .into_purl(keys)
}

/// A package of npm in its canonical spelling, without a subpath: the text is kept as it is. `None` for any other text.
fn canonical_npm(text: &str) -> Option<Purl> {
    const START: &str = "pkg:npm";
    let are_plain = |part: &str| !part.is_empty() && part.bytes().all(is_plain);
    let whole = offset(text).ok()?;
    let (text_before, qualifiers) = match text.split_once('?') {
        Some((before, qualifiers)) => (before, Some(qualifiers)),
        None => (text, None),
    };
    let path = text_before.strip_prefix(START)?.strip_prefix('/')?;
    let (name, version) = match path.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (path, None),
    };
    let (scope, name) = match name.strip_prefix("%40") {
        Some(scoped) => scoped
            .split_once('/')
            .map(|(scope, name)| (Some(scope), name))?,
        None => (None, name),
    };
    let are_canonical = are_plain(name)
        && scope.is_none_or(are_plain)
        && version.is_none_or(are_plain)
        && qualifiers.is_none_or(are_canonical_qualifiers);
    let end = offset(text_before).ok().filter(|_| are_canonical)?;
    let package_type = offset(START).ok()?;
    let name_end = end - version.map_or(Some(0), |it| offset(it).ok()?.checked_add(1))?;
    let ends = Ends {
        namespace: scope.map_or(Some(package_type), |_| {
            (name_end - offset(name).ok()?).checked_sub(1)
        })?,
        name: name_end,
        version: end,
        qualifiers: whole,
    };
    Some(Purl {
        text: text.into(),
        ends,
    })
}

/// True for at least one qualifier, with lower-case keys in their order, and values of ASCII that are encoded where they must
/// be and nowhere else.
fn are_canonical_qualifiers(text: &str) -> bool {
    let mut before = "";
    text.split('&').all(|pair| {
        let Some((key, value)) = pair.split_once('=') else {
            return false;
        };
        let in_order = before < key;
        before = key;
        in_order && is_lower_key(key) && is_canonical_value(value.as_bytes())
    })
}

/// Whether a qualifier's key is valid and has no upper case.
pub(crate) fn is_lower_key(key: &str) -> bool {
    is_qualifier_key(key) && !key.bytes().any(|it| it.is_ascii_uppercase())
}

fn is_canonical_value(mut value: &[u8]) -> bool {
    let mut is_empty = true;
    loop {
        value = match value {
            [] => return !is_empty,
            [b'%', high, low, rest @ ..] if is_encoded_ascii(*high, *low) => rest,
            [plain, rest @ ..] if is_plain(*plain) => rest,
            _ => return false,
        };
        is_empty = false;
    }
}

/// The text before and after the last `mark`; empty after it when `mark` is absent.
fn split_right(text: &str, mark: char) -> (&str, &str) {
    text.rsplit_once(mark).unwrap_or((text, ""))
}

fn strip_scheme(text: &str) -> Result<&str, PurlError> {
    match text.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("pkg") => Ok(rest),
        _ => Err(PurlError::Scheme),
    }
}

/// Cuts off the version. An `@` that opens a segment before the last one is an npm scope someone did not encode
/// (`pkg:npm/@scope/name`), not the mark of a version.
fn split_version(path: &str) -> (&str, &str) {
    match path.rsplit_once('@') {
        Some((before, after))
            if !(after.contains('/') && (before.is_empty() || before.ends_with('/'))) =>
        {
            (before, after)
        }
        _ => (path, ""),
    }
}

/// The non-empty segments of a path, decoded.
fn decode_segments(path: &str) -> Result<Vec<Cow<'_, str>>, PurlError> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(decode)
        .collect()
}

/// A subpath is relative to the package and never climbs: `.` and `..` are dropped, as the specification says.
pub(crate) fn subpath_segments(mut segments: Vec<Cow<'_, str>>) -> Vec<Cow<'_, str>> {
    segments.retain(|segment| !matches!(segment.as_ref(), "" | "." | ".."));
    segments
}

fn parse_qualifiers(text: &str) -> Result<Vec<Qualifier<'_>>, PurlError> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair
                .split_once('=')
                .ok_or_else(|| PurlError::MissingQualifierValue(pair.into()))?;
            Ok((Cow::Borrowed(key), decode(value)?))
        })
        .collect()
}
