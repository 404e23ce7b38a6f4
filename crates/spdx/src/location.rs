//! Where a package can be fetched from (SPDX 2.3 clause 7.7), its file name there, and which texts are URIs at all.

use std::borrow::Cow;

use bomtrail_graph::{Component, Origin};

/// Endings of file names that are archives.
const ARCHIVES: [&str; 7] = [
    ".tgz", ".tar.gz", ".zip", ".tar", ".tar.bz2", ".tar.xz", ".tbz",
];

/// The download location of a component; `None` when none is known that SPDX can say, and for first-party code.
pub(crate) fn download(component: &Component) -> Option<Cow<'_, str>> {
    if component.role.is_first_party() {
        return None;
    }
    let source = component.source.as_deref();
    match component.origin {
        Origin::Directory | Origin::LocalArchive => None,
        Origin::Git => source
            .and_then(repository)
            .map(Cow::Owned)
            .or_else(|| component.purl.as_ref()?.qualifier("vcs_url"))
            .filter(|it| is_location(it)),
        Origin::Registry
        | Origin::OtherRegistry
        | Origin::RemoteArchive
        | Origin::Bundle
        | Origin::Unknown => source.filter(|it| is_location(it)).map(Cow::Borrowed),
    }
}

/// `git+https://host/path#commit` and its like in the form of SPDX, `git+https://host/path@commit`.
fn repository(source: &str) -> Option<String> {
    let (address, commit) = match source.split_once('#') {
        Some((address, commit)) => (address, Some(commit)),
        None => (source, None),
    };
    let mut location = match address.split_once("://")?.0 {
        "git" | "http" | "https" | "ssh" => format!("git+{address}"),
        _ => address.to_owned(),
    };
    if let Some(commit) = commit.filter(|it| !it.is_empty()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
        if !commit.chars().all(plain) {
            return None;
        }
        location.push('@');
        location.push_str(commit);
    }
    Some(location)
}

/// The name of the archive at the source of a component.
pub(crate) fn file_name(component: &Component) -> Option<&str> {
    if component.origin == Origin::Git {
        return None;
    }
    let path = component.source.as_deref()?.split(['?', '#']).next()?;
    let name = path.rsplit(['/', ':']).next()?;
    let is_archive = |ending: &&str| name.len() > ending.len() && name.ends_with(*ending);
    ARCHIVES.iter().any(is_archive).then_some(name)
}

/// The addresses of a component's issues and source repository, and with `with_funding` those to where money goes, unless a
/// reference says more about one.
pub(crate) fn pages(
    component: &Component,
    with_funding: bool,
) -> impl Iterator<Item = (&'static str, &str)> {
    component.details.iter().flat_map(move |details| {
        let is_stated = |(kind, url): &(&str, &str)| {
            let mut all = details.references.iter();
            all.any(|it| &*it.kind == *kind && &*it.url == *url)
        };
        let bugs = details.bugs.iter().map(|it| ("issue-tracker", &**it));
        let funding = details.funding.iter().filter(move |_| with_funding);
        let funding = funding.map(|it| ("funding", &**it));
        let repository = details.repository.iter().map(|it| ("vcs", &**it));
        let all = bugs.chain(funding).chain(repository);
        all.filter(move |it| !is_stated(it))
    })
}

/// The CPE names of a component that are valid locators, with their type in version 3 of SPDX (`cpe22`, `cpe23`); version 2
/// adds `Type`.
pub(crate) fn cpes(component: &Component) -> impl Iterator<Item = (&'static str, &str)> {
    let cpes = component.details.iter().flat_map(|it| &it.cpes);
    cpes.filter(|it| is_locator(it)).filter_map(|it| {
        let is_new = it.starts_with("cpe:2.3:");
        let kind = if is_new { "cpe23" } else { "cpe22" };
        (is_new || it.starts_with("cpe:/")).then_some((kind, &**it))
    })
}

/// True for a valid locator: text without spaces.
pub(crate) fn is_locator(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// True for a URI that may be a download location or a home page: one with a host that is a full domain name.
///
/// SPDX takes any URI, but its official validator refuses the whole document for a host such as `localhost` or an IP
/// address, and for a repository whose top-level domain has more than five letters, so these are kept elsewhere.
pub(crate) fn is_location(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let (tool, transport) = match scheme.split_once('+') {
        Some((tool, transport)) => (Some(tool), transport),
        None => (None, scheme),
    };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(host_end).unwrap_or((rest, ""));
    let user_and_host = authority.rsplit_once('@');
    let (user, host) = user_and_host.unwrap_or(("", authority));
    tool.is_none_or(|it| matches!(it, "git" | "hg" | "svn" | "bzr"))
        && matches!(
            transport,
            "http" | "https" | "ssh" | "git" | "svn" | "sftp" | "ftp"
        )
        && is_domain(host, if tool.is_some() { 5 } else { usize::MAX })
        && path.matches('#').count() <= 1
        && is_made_of(user, b"")
        && is_made_of(path, b"/?#")
}

/// True for a domain name of two labels or more, the last of at most `longest` letters, with an optional port.
fn is_domain(host: &str, longest: usize) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
    let top = name.rsplit_once('.').map(|(_, top)| top);
    port.len() <= 5
        && port.chars().all(|c| c.is_ascii_digit())
        && name.split(['.', '-']).all(is_word)
        && top.is_some_and(|it| {
            (2..=longest).contains(&it.len()) && it.chars().all(|c| c.is_ascii_alphabetic())
        })
}

/// True when every byte is allowed in a URI: unreserved, a sub-delimiter, `:`, `@`, percent-encoded, or one of `also`.
fn is_made_of(text: &str, also: &[u8]) -> bool {
    let encoded = |after: &[u8]| matches!(after, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    let allowed = |byte: &u8| {
        byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%".contains(byte) || also.contains(byte)
    };
    let bytes = text.as_bytes();
    bytes.iter().all(allowed) && bytes.split(|it| *it == b'%').skip(1).all(encoded)
}

#[cfg(test)]
mod tests;
