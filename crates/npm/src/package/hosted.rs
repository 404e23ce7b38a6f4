//! Archives that a git host makes of a commit: what they hold is the commit, and their bytes may change.

/// The git address, with the commit, of an archive of GitHub, GitLab or Bitbucket; `None` for any other address.
pub(crate) fn git_address(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let (repository, commit, host) = match host {
        "codeload.github.com" => {
            let (repository, commit) = path.split_once("/tar.gz/")?;
            (repository.to_owned(), commit, "github.com")
        }
        "gitlab.com" => {
            let (repository, commit) = gitlab(path)?;
            (repository, commit, "gitlab.com")
        }
        "bitbucket.org" => {
            let (repository, file) = path.split_once("/get/")?;
            let commit = file.strip_suffix(".tar.gz")?;
            (repository.to_owned(), commit, "bitbucket.org")
        }
        _ => return None,
    };
    let plain = |text: &str| !text.is_empty() && !text.contains(['?', '#', '@', ':']);
    let fits = plain(&repository) && plain(commit) && repository.contains('/');
    fits.then(|| format!("git+https://{host}/{repository}.git#{commit}"))
}

/// `api/v4/projects/owner%2Frepo/repository/archive.tar.gz?ref=COMMIT`, `owner/repo/-/archive/COMMIT/name.tar.gz`, and
/// `owner/repo/repository/archive.tar.gz?ref=COMMIT`.
fn gitlab(path: &str) -> Option<(String, &str)> {
    if let Some((repository, file)) = path.split_once("/-/archive/") {
        let (commit, _) = file.split_once('/')?;
        return Some((repository.to_owned(), commit));
    }
    let (before, query) = path.split_once("/repository/archive.tar.gz?")?;
    let commit = query
        .split('&')
        .find_map(|it| it.strip_prefix("ref=").or_else(|| it.strip_prefix("sha=")))?;
    let repository = before.strip_prefix("api/v4/projects/").unwrap_or(before);
    Some((repository.replace("%2F", "/").replace("%2f", "/"), commit))
}

#[cfg(test)]
mod tests {
    use super::git_address;

    #[test]
    fn archives_of_git_hosts_are_commits() {
        let cases = [
            (
                "https://codeload.github.com/o/r/tar.gz/abc",
                Some("git+https://github.com/o/r.git#abc"),
            ),
            (
                "https://gitlab.com/api/v4/projects/g%2Fr/repository/archive.tar.gz?ref=abc",
                Some("git+https://gitlab.com/g/r.git#abc"),
            ),
            (
                "https://gitlab.com/o/r/-/archive/abc/r-abc.tar.gz",
                Some("git+https://gitlab.com/o/r.git#abc"),
            ),
            (
                "https://bitbucket.org/o/r/get/abc.tar.gz",
                Some("git+https://bitbucket.org/o/r.git#abc"),
            ),
            ("https://codeload.github.com/r/tar.gz/abc", None),
            ("https://codeload.github.com.example/o/r/tar.gz/abc", None),
            ("http://codeload.github.com/o/r/tar.gz/abc", None),
            ("https://example.com/o/r.tgz", None),
        ];
        for (url, expected) in cases {
            assert_eq!(git_address(url).as_deref(), expected, "{url}");
        }
    }
}
