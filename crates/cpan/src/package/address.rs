//! Addresses of archives, repositories and mirrors: which parts may leave the reader, and which hosts are CPAN.

use std::borrow::Cow;

/// The domains whose hosts serve CPAN to everyone.
const PUBLIC: [&str; 3] = ["cpan.org", "metacpan.org", "backpan.perl.org"];

/// A URL without user and password.
pub(crate) fn without_credentials(url: &str) -> Cow<'_, str> {
    match split(url) {
        Some((scheme, authority, path)) => match authority.rsplit_once('@') {
            Some((_, host)) => Cow::Owned([scheme, "://", host, path].concat()),
            None => Cow::Borrowed(url),
        },
        None => Cow::Borrowed(url),
    }
}

/// The URL of an archive, repository or mirror without whatever may be a secret: user, password, query and fragment.
pub(crate) fn without_secrets(url: &str) -> String {
    let url = without_credentials(url);
    let end = url.find(['?', '#']).unwrap_or(url.len());
    url.get(..end).unwrap_or_default().to_owned()
}

/// An address or path for a document: without secrets, and without the folders of a machine.
pub(crate) fn printable(address: &str) -> String {
    if is_local(address) || address.starts_with('/') {
        return address.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if is_url(address) {
        return without_secrets(address);
    }
    address.to_owned()
}

/// True for a URL with an authority, as opposed to a path below `authors/id`.
pub(crate) fn is_url(text: &str) -> bool {
    split(text).is_some_and(|(scheme, ..)| {
        let known = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'+' | b'.');
        !scheme.is_empty() && scheme.bytes().all(known)
    })
}

/// True for an address on the network, as opposed to a file of some machine.
pub(crate) fn is_remote(address: &str) -> bool {
    is_url(address) && !is_local(address)
}

/// True for a URL of a file on some machine.
pub(crate) fn is_local(url: &str) -> bool {
    split(url).is_some_and(|(scheme, ..)| scheme.eq_ignore_ascii_case("file"))
}

/// True for a URL whose host serves CPAN to everyone.
pub(crate) fn is_public(url: &str) -> bool {
    let Some((_, authority, _)) = split(url) else {
        return false;
    };
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.to_ascii_lowercase();
    let below = |domain: &&str| {
        let rest = host.strip_suffix(*domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    PUBLIC.iter().any(below)
}

/// Scheme, authority and the rest of a URL.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    Some((scheme, authority, path))
}

#[cfg(test)]
mod tests;
