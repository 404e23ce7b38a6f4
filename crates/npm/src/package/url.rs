//! Web addresses in parts, as a browser splits them, and addresses without credentials.

use std::borrow::Cow;

/// Domains of the public npm registry and its mirror; a public host is one of them or a subdomain of one.
pub(crate) const PUBLIC: [&str; 2] = ["npmjs.org", "yarnpkg.com"];

/// A specifier or address without credentials; the account `git` of ssh addresses is kept.
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
    pub(crate) scheme: &'a str,
    authority: &'a str,
    /// The path, with query and fragment.
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

    pub(crate) fn host_and_port(&self) -> &'a str {
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
    pub(crate) fn is_public(&self) -> bool {
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

    /// The user info, and the host with its port.
    pub(crate) fn user_and_address(&self) -> (Option<&'a str>, &'a str) {
        match self.authority.rsplit_once('@') {
            Some((user, address)) => (Some(user), address),
            None => (None, self.authority),
        }
    }

    /// True when the host is public and written plainly: in lower case, without user info, port or encoding.
    pub(crate) fn is_plainly_public(&self) -> bool {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.';
        self.scheme == "https"
            && self.authority.bytes().all(plain)
            && !self.authority.ends_with('.')
            && self.is_public()
    }

    /// True when the path has `.` or `..` segments, or characters that a browser changes.
    pub(crate) fn escapes_root(&self) -> bool {
        let path = self.path();
        if is_plain(path) {
            return false;
        }
        let step = |segment: &str| {
            matches!(segment, "." | "..") || matches!(decoded_dots(segment).as_str(), "." | "..")
        };
        path.contains('\\') || path.contains(char::is_control) || path.split('/').any(step)
    }

    pub(crate) fn path(&self) -> &'a str {
        self.rest.split(['?', '#']).next().unwrap_or_default()
    }
}

/// A short path segment with its encoded dots decoded; empty for any other segment.
fn decoded_dots(segment: &str) -> String {
    if segment.len() > 6 || !segment.contains('%') {
        return String::new();
    }
    segment.to_ascii_lowercase().replace("%2e", ".")
}

/// True for a path of unreserved characters without a segment that begins with a dot, as nearly every path is.
fn is_plain(path: &str) -> bool {
    let mut before = b'/';
    path.bytes().all(|byte| {
        let plain = match byte {
            b'.' => before != b'/',
            b'@' | b'-' | b'_' | b'/' | b'+' | b'~' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        before = byte;
        plain
    })
}
