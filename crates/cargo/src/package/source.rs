//! The source of a package as lockfiles and metadata write it: `registry+URL`, `sparse+URL`, `git+URL?branch=B#COMMIT`.

use bomtrail_graph::Origin;

/// The domain of the public registry; a host is that domain or below it.
const PUBLIC_DOMAIN: &str = "crates.io";

/// The index of the public registry before the sparse protocol.
const PUBLIC_INDEX: &str = "github.com/rust-lang/crates.io-index";

/// Hosts whose repositories are available over https.
const HOSTED: [&str; 3] = ["github.com", "gitlab.com", "bitbucket.org"];

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The public registry.
    Registry,
    /// Another registry, by the address of its index; `None` where that is a path of a machine.
    OtherRegistry(Option<String>),
    /// A git repository.
    Git {
        /// The repository with the commit, as `vcs_url` has it.
        location: String,
    },
    /// The text is not a source.
    Unknown,
}

impl Source {
    /// Reads a source. Credentials are left out.
    pub(crate) fn parse(text: &str) -> Self {
        let Some((kind, address)) = text.split_once('+') else {
            return Self::Unknown;
        };
        match kind {
            "registry" | "sparse" => registry(address),
            "git" => git(address),
            "local-registry" | "directory" => Self::OtherRegistry(None),
            _ => Self::Unknown,
        }
    }

    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Registry => Origin::Registry,
            Self::OtherRegistry(_) => Origin::OtherRegistry,
            Self::Git { .. } => Origin::Git,
            Self::Unknown => Origin::Unknown,
        }
    }

    /// The address that it is fetched from. A registry's index is not one.
    pub(crate) fn address(&self) -> Option<&str> {
        match self {
            Self::Git { location } => Some(location),
            Self::Registry | Self::OtherRegistry(_) | Self::Unknown => None,
        }
    }
}

fn registry(address: &str) -> Source {
    let Some(parts) = Parts::of(address) else {
        return Source::OtherRegistry(None);
    };
    let place = [parts.host.as_str(), "/", parts.path.trim_matches('/')].concat();
    let domain = parts.host.strip_suffix(PUBLIC_DOMAIN);
    let is_public = domain.is_some_and(|it| it.is_empty() || it.ends_with('.'));
    if is_public || place.trim_end_matches(".git") == PUBLIC_INDEX {
        return Source::Registry;
    }
    let Parts {
        scheme, host, path, ..
    } = parts;
    let path = path.trim_end_matches('/');
    let is_file = scheme == "file" || host.is_empty();
    Source::OtherRegistry((!is_file).then(|| format!("{scheme}://{host}{path}")))
}

fn git(address: &str) -> Source {
    let Some(parts) = Parts::of(address) else {
        return Source::Unknown;
    };
    let Parts {
        scheme,
        host,
        path,
        commit,
    } = parts;
    let at = commit.map_or_else(String::new, |it| format!("@{it}"));
    let location = if HOSTED.contains(&host.as_str()) {
        let path = path.trim_matches('/').trim_end_matches(".git");
        format!("git+https://{host}/{path}.git{at}")
    } else if scheme == "file" || host.is_empty() {
        // No absolute path of a machine leaves the reader.
        let name = path.trim_end_matches('/').rsplit('/').next();
        format!("git+file:///.../{}{at}", name.unwrap_or_default())
    } else {
        // An ssh address does not work without its account, and the account `git` is not a secret.
        let account = if scheme == "ssh" { "git@" } else { "" };
        format!("git+{scheme}://{account}{host}{path}{at}")
    };
    Source::Git { location }
}

/// A web address in parts, without credentials and without a query.
struct Parts {
    scheme: String,
    /// In lower case, with its port.
    host: String,
    /// With its leading slash.
    path: String,
    /// The fragment, which is a commit.
    commit: Option<String>,
}

impl Parts {
    fn of(address: &str) -> Option<Self> {
        let (address, commit) = match address.split_once('#') {
            Some((address, commit)) => (address, Some(commit)),
            None => (address, None),
        };
        let address = address.split('?').next().unwrap_or(address);
        let (scheme, rest) = address.split_once("://")?;
        let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len()))?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, it)| it);
        Some(Self {
            scheme: scheme.to_ascii_lowercase(),
            host: host.to_ascii_lowercase(),
            path: path.to_owned(),
            commit: commit.filter(|it| !it.is_empty()).map(str::to_owned),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(text: &str) -> String {
        Source::parse(text).address().unwrap_or_default().to_owned()
    }

    #[test]
    fn the_public_registry_has_several_spellings() {
        let sparse = concat!("sparse+https://index.", "crates.io/");
        for text in [
            "registry+https://github.com/rust-lang/crates.io-index",
            sparse,
        ] {
            assert_eq!(Source::parse(text), Source::Registry, "{text}");
        }
        for text in [
            "registry+https://github.com/evil/crates.io-index",
            "sparse+https://crates.io.example.com/",
            "sparse+https://index.notcrates.io/",
        ] {
            assert_ne!(Source::parse(text), Source::Registry, "{text}");
        }
    }

    #[test]
    fn another_registry_has_its_address_without_credentials() {
        let source = Source::parse("sparse+https://me:secret@cargo.example.com/index/?token=x");
        let address = "https://cargo.example.com/index".to_owned();
        assert_eq!(source, Source::OtherRegistry(Some(address)));
        let local = Source::parse("registry+file:///srv/index");
        assert_eq!(local, Source::OtherRegistry(None));
    }

    #[test]
    fn a_repository_has_its_commit_and_no_credentials() {
        let commit = "0123456789012345678901234567890123456789";
        let of = |address: &str| location(&format!("git+{address}#{commit}"));
        let expected = format!("git+https://github.com/a/b.git@{commit}");
        assert_eq!(of("https://token@github.com/a/b?branch=main"), expected);
        assert_eq!(of("ssh://git@github.com/a/b.git"), expected);
        let expected = format!("git+ssh://git@git.example.com/a@{commit}");
        assert_eq!(of("ssh://git@git.example.com/a"), expected);
        let expected = format!("git+file:///.../b@{commit}");
        assert_eq!(of("file:///home/me/b"), expected);
    }

    #[test]
    fn other_text_is_not_a_source() {
        for text in ["", "path+file:///a", "git+", "x"] {
            assert_eq!(Source::parse(text), Source::Unknown, "{text}");
        }
    }
}
