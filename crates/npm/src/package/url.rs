//! Web addresses in parts, as a browser splits them, and addresses without credentials.

use std::borrow::Cow;

use bomtrail_document::find_byte;

/// Domains of the public npm registry and its mirror; a public host is one of them or a subdomain of one.
pub(crate) const PUBLIC: [&str; 2] = ["npmjs.org", "yarnpkg.com"];

/// A specifier or address that may be shown: without credentials, without the values of a query, and without an absolute path
/// of a machine. The account `git` of ssh addresses is kept.
pub(crate) fn redact(text: &str) -> Cow<'_, str> {
    // Nearly all are ranges, and no range has one of these.
    if find_byte(text.as_bytes(), 0, 0, *b":@/\\").is_none() {
        return Cow::Borrowed(text);
    }
    if let Some(relative) = without_absolute_path(text) {
        return Cow::Owned(relative);
    }
    let Some((scheme, after)) = text.split_once("://") else {
        return without_shorthand_credentials(text);
    };
    let end = after.find(['/', '\\', '?', '#']).unwrap_or(after.len());
    let Some((authority, rest)) = after.split_at_checked(end) else {
        return Cow::Borrowed(text);
    };
    let host = match authority.rsplit_once('@') {
        Some((account, host)) if account != "git" => host,
        _ => authority,
    };
    let rest = without_query(rest);
    if host == authority && matches!(rest, Cow::Borrowed(_)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{scheme}://{host}{rest}"))
}

/// A path, query and fragment without the query.
pub(crate) fn without_query(rest: &str) -> Cow<'_, str> {
    let Some((path, after)) = rest.split_once('?').filter(|(path, _)| !path.contains('#')) else {
        return Cow::Borrowed(rest);
    };
    match after.split_once('#') {
        Some((_, fragment)) => Cow::Owned([path, "#", fragment].concat()),
        None => Cow::Owned(path.to_owned()),
    }
}

/// `github:owner/repo` of `github:user:password@owner/repo`, and the same for other shorthands and scp-like addresses.
fn without_shorthand_credentials(text: &str) -> Cow<'_, str> {
    const HOSTS: [&str; 5] = ["github:", "gitlab:", "bitbucket:", "gist:", "sourcehut:"];
    let end = text.find('#').unwrap_or(text.len());
    let Some((address, committish)) = text.split_at_checked(end) else {
        return Cow::Borrowed(text);
    };
    let Some((before, after)) = address.rsplit_once('@') else {
        return Cow::Borrowed(text);
    };
    let host = HOSTS.into_iter().find(|it| before.starts_with(it));
    let secret = host.is_some() || before.contains(':') || !before.contains('/');
    let package = before.is_empty() || before.starts_with("npm:") || before.starts_with('@');
    if package || before == "git" || !secret || !after.contains('/') {
        return Cow::Borrowed(text);
    }
    Cow::Owned([host.unwrap_or_default(), after, committish].concat())
}

/// An absolute path of a machine, with its last segment and the commit only.
fn without_absolute_path(text: &str) -> Option<String> {
    let prefixes = ["git+file://", "file://", "file:", "link:", ""];
    let prefix = prefixes.into_iter().find(|it| {
        let head = text.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    })?;
    let path = text.get(prefix.len()..)?;
    let drive =
        matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic());
    if !drive && !path.starts_with(['/', '\\']) {
        return None;
    }
    let (path, committish) = match path.find('#').filter(|_| prefix.starts_with("git+")) {
        Some(at) => path.split_at_checked(at)?,
        None => (path, ""),
    };
    let name = path
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next();
    Some([prefix, "/.../", name.unwrap_or_default(), committish].concat())
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
        let (scheme, after) = scheme(whole)?;
        // Hosts are short, so that a general search takes longer than a look at each byte.
        let end = after
            .bytes()
            .position(|it| matches!(it, b'/' | b'\\' | b'?' | b'#'));
        let (authority, rest) = after.split_at_checked(end.unwrap_or(after.len()))?;
        (!authority.is_empty() && has_port(authority)).then_some(Self {
            whole,
            scheme,
            authority,
            rest,
        })
    }

    pub(crate) fn host_and_port(&self) -> &'a str {
        self.user_and_address().1
    }

    /// The address without user info.
    pub(crate) fn without_credentials(&self) -> Cow<'a, str> {
        if self.authority.contains('@') {
            Cow::Owned(self.with_rest(self.rest))
        } else {
            Cow::Borrowed(self.whole)
        }
    }

    /// The address of an archive without user info and query, which may hold a token.
    pub(crate) fn without_secrets(&self) -> Cow<'a, str> {
        match without_query(self.rest) {
            Cow::Borrowed(_) => self.without_credentials(),
            Cow::Owned(rest) => Cow::Owned(self.with_rest(&rest)),
        }
    }

    fn with_rest(&self, rest: &str) -> String {
        format!("{}://{}{rest}", self.scheme, self.host_and_port())
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
        let at = self.authority.bytes().rposition(|it| it == b'@');
        let split = at.and_then(|at| {
            let user = self.authority.get(..at)?;
            Some((Some(user), self.authority.get(at + 1..)?))
        });
        split.unwrap_or((None, self.authority))
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
        if is_plain_path(path) {
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

/// The scheme, which is http or https in any case, and what follows `://`.
fn scheme(whole: &str) -> Option<(&str, &str)> {
    ["https", "http"].into_iter().find_map(|wanted| {
        let (scheme, rest) = whole.split_at_checked(wanted.len())?;
        let after = rest.strip_prefix("://")?;
        scheme
            .eq_ignore_ascii_case(wanted)
            .then_some((scheme, after))
    })
}

/// True for a host without a port, or with one that is a number; anything else is not a host.
fn has_port(authority: &str) -> bool {
    if !authority.bytes().any(|it| it == b':') {
        return true;
    }
    let address = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
    let after_brackets = address.rsplit_once(']').map_or(address, |(_, it)| it);
    let port = after_brackets.split_once(':').map_or("", |(_, port)| port);
    port.bytes().all(|it| it.is_ascii_digit())
}

/// A short path segment with its encoded dots decoded; empty for any other segment.
fn decoded_dots(segment: &str) -> String {
    if segment.len() > 6 || !segment.contains('%') {
        return String::new();
    }
    segment.to_ascii_lowercase().replace("%2e", ".")
}

/// True for a path of unreserved characters without a segment that begins with a dot, as nearly every path is.
pub(crate) fn is_plain_path(path: &str) -> bool {
    let is_plain = |byte: u8| PLAIN.get(usize::from(byte)) == Some(&true);
    let (mut before, mut odd) = (b'/', false);
    // Nearly every path is plain, so that no byte is worth a branch.
    for byte in path.bytes() {
        odd |= !is_plain(byte) || (byte == b'.' && before == b'/');
        before = byte;
    }
    !odd
}

/// The bytes of a plain path.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let (mut rest, mut byte): (&mut [bool], u8) = (&mut plain, 0);
    while let [slot, after @ ..] = rest {
        let is_mark = matches!(byte, b'.' | b'@' | b'-' | b'_' | b'/' | b'+' | b'~');
        *slot = is_mark || byte.is_ascii_alphanumeric();
        (rest, byte) = (after, byte.wrapping_add(1));
    }
    plain
};

#[cfg(test)]
mod tests;
