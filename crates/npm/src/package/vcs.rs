//! Git addresses in every form that npm writes or accepts: shorthand, scp-like, ssh, https. Credentials are never kept.

/// A git address in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GitUrl {
    /// `https`, `ssh`, `git`, `http` or `file`, without `git+`.
    scheme: String,
    host: String,
    /// Path without a leading slash, as written.
    path: String,
    /// The part after `#`: a commit, a branch, `semver:RANGE`.
    pub(crate) committish: Option<String>,
}

/// Hosts whose repositories are always available over https.
const HOSTED: [&str; 3] = ["github.com", "gitlab.com", "bitbucket.org"];
const GIST: &str = "gist.github.com";
/// Shorthand schemes of known hosts.
const SHORTHAND: [(&str, &str); 4] = [
    ("github:", "github.com"),
    ("gitlab:", "gitlab.com"),
    ("bitbucket:", "bitbucket.org"),
    ("gist:", GIST),
];

/// True when npm reads a dependency specifier as a git address. Without a scheme that is so for known hosts only.
pub(crate) fn is_git_specifier(text: &str) -> bool {
    let scheme = text.starts_with("git:") || text.starts_with("git+");
    GitUrl::parse(text).is_some_and(|it| scheme || HOSTED.contains(&&*it.host) || it.host == GIST)
}

/// True when npm reads a `resolved` value as a git address.
pub(crate) fn is_git(text: &str) -> bool {
    GitUrl::parse(text).is_some()
}

impl GitUrl {
    /// Parses an address; `None` when npm does not read it as git.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if is_plain_archive(text) {
            return None;
        }
        let (address, committish) = match text.split_once('#') {
            Some((address, committish)) => (address, Some(committish.to_owned())),
            None => (text, None),
        };
        let (scheme, host, path) = shorthand(address)
            .or_else(|| url(address))
            .or_else(|| scp(address))?;
        let path = path.split('?').next().unwrap_or_default().to_owned();
        (!path.is_empty()).then_some(Self {
            scheme,
            host,
            path,
            committish,
        })
    }

    /// The commit, when the address pins one (40 or 64 hexadecimal digits).
    pub(crate) fn commit(&self) -> Option<&str> {
        let committish = self.committish.as_deref()?;
        let hex = committish.bytes().all(|byte| byte.is_ascii_hexdigit());
        (hex && matches!(committish.len(), 40 | 64)).then_some(committish)
    }

    /// The version range of a `#semver:` committish.
    pub(crate) fn range(&self) -> Option<&str> {
        self.committish.as_deref()?.strip_prefix("semver:")
    }

    /// True when both name the same repository.
    pub(crate) fn same_repository(&self, other: &Self) -> bool {
        let plain = |it: &Self| {
            (
                it.host.to_ascii_lowercase(),
                repository(&it.path).to_ascii_lowercase(),
            )
        };
        plain(self) == plain(other)
    }

    /// The address as SPDX and the `vcs_url` qualifier write it: `git+https://host/path.git@commit`, without credentials.
    pub(crate) fn download_location(&self) -> String {
        let base = self.address();
        match self
            .committish
            .as_deref()
            .filter(|it| !it.is_empty() && !it.starts_with("semver:"))
        {
            Some(committish) => format!("{base}@{committish}"),
            None => base,
        }
    }

    /// The address of the repository, without a commit.
    pub(crate) fn address(&self) -> String {
        let Self {
            scheme, host, path, ..
        } = self;
        if HOSTED.contains(&host.as_str()) {
            format!("git+https://{host}/{}.git", repository(path))
        } else if scheme == "file" {
            // No absolute path of a machine leaves the reader.
            let name = path.trim_end_matches('/').rsplit('/').next();
            format!("git+file:///.../{}", name.unwrap_or_default())
        } else {
            // An ssh address does not work without its account, and the account `git` is not a secret.
            let account = if scheme == "ssh" { "git@" } else { "" };
            format!("git+{scheme}://{account}{host}/{path}")
        }
    }
}

/// A repository path without slashes around it and without `.git`.
fn repository(path: &str) -> &str {
    let path = path.trim_matches('/');
    path.strip_suffix(".git").unwrap_or(path)
}

type Parts = (String, String, String);

/// `github:owner/repo`, `owner/repo`.
fn shorthand(address: &str) -> Option<Parts> {
    for (prefix, host) in SHORTHAND {
        if let Some(path) = address.strip_prefix(prefix) {
            let path = path.rsplit_once('@').map_or(path, |(_, path)| path);
            return Some((
                "https".to_owned(),
                host.to_owned(),
                format!("{}.git", repository(path)),
            ));
        }
    }
    let (owner, repo) = address.split_once('/')?;
    // As hosted-git-info has it: one slash, and no space, `@` or colon.
    let plain = |text: &str| {
        !text.is_empty() && !text.contains(['/', '@', ':']) && !text.contains(char::is_whitespace)
    };
    let fits = plain(owner) && plain(repo) && !owner.starts_with('.');
    fits.then(|| {
        (
            "https".to_owned(),
            "github.com".to_owned(),
            format!("{}.git", repository(address)),
        )
    })
}

/// `git+ssh://git@host/owner/repo.git`, `git://host/…`, `https://github.com/owner/repo`.
fn url(address: &str) -> Option<Parts> {
    let (scheme, rest) = address.split_once("://")?;
    let (scheme, git) = match scheme.strip_prefix("git+") {
        Some(scheme) => (scheme, true),
        None => (scheme, matches!(scheme, "git" | "ssh")),
    };
    if !matches!(
        scheme,
        "https" | "http" | "ssh" | "git" | "file" | "rsync" | "ftp"
    ) {
        return None;
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    // `ssh://git@host:owner/repo` is an scp-like address with a scheme added.
    let (host, path) = match host.split_once(':') {
        Some((name, port)) if !port.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name, format!("{port}/{path}"))
        }
        _ => (host, path.to_owned()),
    };
    let hosted = HOSTED.contains(&host.strip_prefix("www.").unwrap_or(host));
    let host = if hosted {
        host.strip_prefix("www.").unwrap_or(host)
    } else {
        host
    };
    // A plain https URL is git only when it names a repository of a known host, and nothing within it.
    let whole = hosted && path.trim_matches('/').split('/').count() == 2 && !is_file(&path);
    if !git && !whole {
        return None;
    }
    Some((scheme.to_owned(), host.to_owned(), path))
}

/// True for an archive at a web address, which most addresses are and no git address is.
fn is_plain_archive(text: &str) -> bool {
    text.starts_with("https://") && is_file(text) && !text.contains('#')
}

fn is_file(path: &str) -> bool {
    [".tgz", ".tar.gz", ".zip"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// `git@host:owner/repo.git`.
fn scp(address: &str) -> Option<Parts> {
    let address = address.strip_prefix("git+").unwrap_or(address);
    if address.contains("://") {
        return None;
    }
    let (account, rest) = address.split_once('@')?;
    let (host, path) = rest.split_once(':')?;
    let fits = !account.is_empty()
        && !account.contains(['/', ':'])
        && host.contains('.')
        && !host.contains('/');
    fits.then(|| ("ssh".to_owned(), host.to_owned(), path.to_owned()))
}
