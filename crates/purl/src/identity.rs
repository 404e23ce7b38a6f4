//! Under which key two Package URLs name one package. Only cpan has more than one form for one package.

use std::borrow::Cow;

use crate::Purl;
use crate::encode::decode_canonical;
use crate::parts::upper;

const CPAN: &str = "cpan";
const AUTHOR: &str = "author";
/// Qualifiers of a cpan Package URL that name an archive and do not identify the package.
const NOT_IDENTITY: [&str; 2] = [AUTHOR, "distpath"];

/// The canonical text without author, namespace and distpath for cpan, the canonical text itself for the rest.
pub(crate) fn identity(purl: &Purl) -> Cow<'_, str> {
    if purl.package_type() != CPAN {
        return Cow::Borrowed(purl.as_str());
    }
    let drops = |key: &str| NOT_IDENTITY.contains(&key);
    if purl.raw_namespace().is_none() && !purl.raw_qualifiers().any(|(key, _)| drops(key)) {
        return Cow::Borrowed(purl.as_str());
    }
    let mut key = String::with_capacity(purl.as_str().len());
    key.push_str("pkg:cpan/");
    key.push_str(purl.raw_name());
    if let Some(version) = purl.raw_version() {
        key.push('@');
        key.push_str(version);
    }
    let mut mark = '?';
    for (name, value) in purl.raw_qualifiers().filter(|(name, _)| !drops(name)) {
        key.push(mark);
        key.push_str(name);
        key.push('=');
        key.push_str(value);
        mark = '&';
    }
    if let Some(subpath) = purl.raw_subpath() {
        key.push('#');
        key.push_str(subpath);
    }
    Cow::Owned(key)
}

/// True when `wanted` asks for `found`.
pub(crate) fn names(wanted: &Purl, found: &Purl) -> bool {
    let authors = cpan_author(wanted).zip(cpan_author(found));
    if authors.is_some_and(|(wanted, found)| wanted != found) {
        return false;
    }
    if identity(wanted) == identity(found) {
        return true;
    }
    let is_cpan = wanted.package_type() == CPAN;
    let mut keys = wanted.raw_qualifiers();
    let open = keys.all(|(key, _)| is_cpan && key == AUTHOR);
    let same_version = wanted.version().is_none() || wanted.version() == found.version();
    open && same_version
        && wanted.package_type() == found.package_type()
        && wanted.name() == found.name()
        && (is_cpan || wanted.namespace() == found.namespace())
}

/// The author a cpan Package URL names, in its namespace or its `author` qualifier.
pub(crate) fn cpan_author(purl: &Purl) -> Option<Cow<'_, str>> {
    if purl.package_type() != CPAN {
        return None;
    }
    let from_qualifier = || {
        purl.raw_qualifiers()
            .find(|(key, _)| *key == AUTHOR)
            .map(|(_, value)| value)
    };
    let raw = purl.raw_namespace().or_else(from_qualifier)?;
    let mut author = decode_canonical(raw);
    upper(&mut author);
    Some(author)
}
