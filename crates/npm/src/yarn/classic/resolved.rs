//! The `resolved` value of an entry of Yarn 1: an address and, after `#`, a SHA-1 digest or a commit.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bomtrail_document::find_byte;

use crate::resolve::spec::is_archive;

/// An address in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved<'t> {
    /// The address without the part after `#`; a git address has its commit there.
    pub(super) address: Cow<'t, str>,
    /// What is after the address of an archive: the SHA-1 digest in hexadecimal, or another text.
    digest: Option<&'t str>,
    /// True for a git repository, whose archives are not always the same bytes.
    pub(super) is_git: bool,
}

impl Resolved<'_> {
    /// The digest of the archive as a Subresource Integrity string.
    pub(super) fn integrity(&self) -> Option<String> {
        self.digest.and_then(sha1)
    }
}

/// Splits a `resolved` value.
pub(super) fn parse(text: &str) -> Resolved<'_> {
    if let Some(usual) = usual(text) {
        return usual;
    }
    let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
    if let Some(address) = git(address, fragment) {
        return Resolved {
            address,
            digest: None,
            is_git: true,
        };
    }
    Resolved {
        address: Cow::Borrowed(address),
        digest: Some(fragment).filter(|_| has_archive(address)),
        is_git: false,
    }
}

/// The form that nearly all have: an archive at an address without a query, which is not one that a host makes of a repository.
fn usual(text: &str) -> Option<Resolved<'_>> {
    let end = find_byte(text.as_bytes(), 0, 0, [b'#', b'?']).unwrap_or(text.len());
    let (address, rest) = text.split_at_checked(end)?;
    let fragment = rest.strip_prefix('#').or(rest.is_empty().then_some(""))?;
    let after = address.strip_prefix("https://")?;
    let is_hosted = HOSTS.iter().any(|it| after.starts_with(it));
    let is_archive = after.strip_suffix(".tgz").is_some();
    (is_archive && !is_hosted).then_some(Resolved {
        address: Cow::Borrowed(address),
        digest: Some(fragment),
        is_git: false,
    })
}

/// True for the address of an archive, whatever its query.
fn has_archive(address: &str) -> bool {
    is_archive(address.split('?').next().unwrap_or(address))
}

/// The git address that an address is about; `None` for an archive of a registry or of any other place.
fn git<'t>(address: &'t str, fragment: &str) -> Option<Cow<'t, str>> {
    let with = |base: &str, reference: &str| match reference {
        "" => Cow::Owned(base.to_owned()),
        reference => Cow::Owned([base, "#", reference].concat()),
    };
    if let Some((base, reference)) = hosted(address) {
        return Some(with(&base, reference));
    }
    let scheme = ["git:", "git+", "ssh:", "git@"];
    if scheme.iter().any(|it| address.starts_with(it)) {
        return Some(with(address, fragment));
    }
    let is_commit = is_commit(fragment) && !has_archive(address);
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    let is_repository = address.strip_suffix(".git").is_some() || is_commit;
    (is_web && is_repository).then(|| with(&["git+", address].concat(), fragment))
}

/// The hosts that make archives of repositories.
const HOSTS: [&str; 4] = [
    "codeload.github.com",
    "api.github.com",
    "gitlab.com",
    "bitbucket.org",
];

/// The repository and the commit of an archive that a host makes of a repository.
fn hosted(address: &str) -> Option<(String, &str)> {
    let rest = address.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    if !HOSTS.contains(&host) {
        return None;
    }
    let mut parts = path.splitn(3, '/');
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let (owner, name, reference, host) = match host {
        "codeload.github.com" => {
            let (_, reference) = third.split_once('/')?;
            (first, second, reference, "github.com")
        }
        "api.github.com" if first == "repos" => {
            let (name, after) = third.split_once('/')?;
            (second, name, after.strip_prefix("tarball/")?, "github.com")
        }
        "gitlab.com" => {
            let reference = third.strip_prefix("repository/archive.tar.gz?ref=")?;
            (first, second, reference, "gitlab.com")
        }
        "bitbucket.org" => {
            let reference = third.strip_prefix("get/")?.strip_suffix(".tar.gz")?;
            (first, second, reference, "bitbucket.org")
        }
        _ => return None,
    };
    let repository = format!("git+https://{host}/{owner}/{name}.git");
    Some((repository, reference))
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// A SHA-1 digest in hexadecimal as a Subresource Integrity string; `None` for another text.
fn sha1(hex: &str) -> Option<String> {
    if !is_commit(hex) {
        return None;
    }
    let digit = |it: u8| {
        char::from(it)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let pairs = hex.as_bytes().chunks_exact(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|it| match it {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect();
    let mut integrity = String::from("sha1-");
    STANDARD.encode_string(bytes?, &mut integrity);
    Some(integrity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_have_digests_and_repositories_have_commits() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let archive = format!("https://npm.example.com/a/-/a-1.0.0.tgz#{commit}");
        let found = parse(&archive);
        assert_eq!(found.address, "https://npm.example.com/a/-/a-1.0.0.tgz");
        assert_eq!(
            found.integrity().as_deref(),
            Some("sha1-ASNFZ4mrze8BI0VniavN7wEjRWc=")
        );
        assert!(!found.is_git);
        for (text, address) in [
            (
                "https://codeload.github.com/o/r/tar.gz/COMMIT",
                "git+https://github.com/o/r.git#COMMIT",
            ),
            (
                "https://github.com/o/r.git#COMMIT",
                "git+https://github.com/o/r.git#COMMIT",
            ),
            (
                "https://git.example.com/o/r.git#COMMIT",
                "git+https://git.example.com/o/r.git#COMMIT",
            ),
            (
                "git+ssh://git@github.com/o/r.git#COMMIT",
                "git+ssh://git@github.com/o/r.git#COMMIT",
            ),
            (
                "https://gitlab.com/o/r/repository/archive.tar.gz?ref=COMMIT",
                "git+https://gitlab.com/o/r.git#COMMIT",
            ),
            (
                "https://bitbucket.org/o/r/get/COMMIT.tar.gz",
                "git+https://bitbucket.org/o/r.git#COMMIT",
            ),
            (
                "https://api.github.com/repos/o/r/tarball/COMMIT",
                "git+https://github.com/o/r.git#COMMIT",
            ),
        ] {
            let text = text.replace("COMMIT", commit);
            let found = parse(&text);
            assert_eq!(found.address, address.replace("COMMIT", commit), "{text}");
            assert!(found.is_git && found.integrity().is_none(), "{text}");
        }
    }

    #[test]
    fn a_fragment_that_is_not_a_digest_is_left_out() {
        for text in [
            "https://npm.example.com/a.tgz#abc",
            "https://npm.example.com/a.zip?b.tgz#0123456789abcdef0123456789abcdef01234567",
            "file:./a.tgz",
            "https://npm.example.com/a#",
        ] {
            assert_eq!(parse(text).integrity(), None, "{text}");
        }
    }
}
