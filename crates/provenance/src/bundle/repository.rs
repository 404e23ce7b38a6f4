//! Repository addresses in the many ways of writing them, compared by host and path. Asks no server whether one was renamed.

/// True when two addresses name one repository. Scheme, user, `.git`, a trailing slash and what follows `#` or `?` do not
/// matter; neither does case.
pub fn same(one: &str, other: &str) -> bool {
    match (plain(one), plain(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// `host/path`, in lower case.
fn plain(address: &str) -> Option<String> {
    let address = address.trim();
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let address = address.strip_prefix("git+").unwrap_or(address);
    let place = match address.split_once("://") {
        Some((_, rest)) => without_user(rest).to_owned(),
        None => short(address)?,
    };
    let (host, path) = place.split_once('/')?;
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let named = !host.is_empty() && !path.is_empty();
    named.then(|| format!("{host}/{path}").to_ascii_lowercase())
}

/// `git@host:path`, `github:owner/name` and `owner/name`.
fn short(address: &str) -> Option<String> {
    let Some((before, path)) = address.split_once(':') else {
        let is_pair = address.split('/').filter(|it| !it.is_empty()).count() == 2;
        return is_pair.then(|| format!("github.com/{address}"));
    };
    let host = match before {
        "github" => "github.com",
        "gitlab" => "gitlab.com",
        other => without_user(other),
    };
    Some(format!("{host}/{}", path.trim_start_matches('/')))
}

fn without_user(place: &str) -> &str {
    let (authority, _) = place.split_once('/').unwrap_or((place, ""));
    match authority.rfind('@') {
        Some(at) => place.split_at_checked(at + 1).map_or(place, |it| it.1),
        None => place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_repository() {
        let one = "https://github.com/Sigstore/sigstore-js";
        for other in [
            "git+https://github.com/sigstore/sigstore-js.git",
            "git://github.com/sigstore/sigstore-js",
            "git+ssh://git@github.com/sigstore/sigstore-js.git#main",
            "git@github.com:sigstore/sigstore-js.git",
            "github:sigstore/sigstore-js",
            "sigstore/sigstore-js",
            "https://user:secret@github.com/sigstore/sigstore-js/",
        ] {
            assert!(same(one, other), "{other}");
        }
    }

    #[test]
    fn other_repositories() {
        let one = "https://github.com/sigstore/sigstore-js";
        for other in [
            "",
            "https://",
            "https://github.com",
            "https://gitlab.com/sigstore/sigstore-js",
            "https://github.com/sigstore/sigstore",
            "https://github.com/sigstore/sigstore-js/tree/main",
            "https://github.com.example.com/sigstore/sigstore-js",
            "https://example.com/github.com/sigstore/sigstore-js",
            "https://github.com@example.com/sigstore/sigstore-js",
        ] {
            assert!(!same(one, other), "{other}");
        }
    }
}
