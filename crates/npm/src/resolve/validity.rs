//! Whether a dependency resolves to what its specifier asks for, as npm decides it (`depValid`).

use crate::package::url::Url;
use crate::package::vcs::GitUrl;
use crate::paths;
use crate::resolve::spec::Spec;
use bomtrail_version::npm as semver;

/// What a dependency resolves to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found<'e> {
    pub(crate) version: Option<&'e str>,
    /// The `resolved` value of the entry; a link's is where it leads.
    pub(crate) resolved: Option<&'e str>,
    /// The location a link leads to; `None` for any other entry.
    pub(crate) link_to: Option<&'e str>,
    /// The folder is installed as a copy, where npm does that.
    pub(crate) is_copy: bool,
}

/// True when `found` satisfies `spec` as declared by the package at `from`. Paths are relative to that package, not to the
/// project: npm resolves a dependency with any other path again.
pub(crate) fn answers(found: Found<'_>, spec: &str, from: &str) -> bool {
    // Nearly every specifier is a common range, and nothing else looks like one.
    if let Some(answer) = found.version.and_then(|it| semver::quick(it, spec)) {
        return answer;
    }
    match Spec::parse(spec) {
        Spec::Range(range) | Spec::Alias { range, .. } => in_range(found, range),
        Spec::Tag(_) => {
            found.link_to.is_none() && found.resolved.is_some_and(|it| Url::parse(it).is_some())
        }
        Spec::Git(url) => git(found, url),
        Spec::Remote(url) => found.resolved == Some(url),
        Spec::File(path) => {
            let archive = found
                .resolved
                .and_then(|it| it.strip_prefix("file:"))
                .and_then(|it| paths::join("", it));
            found.link_to.is_none() && archive.is_some() && archive == paths::join(from, path)
        }
        Spec::Directory(path) => {
            let copied = found.resolved.filter(|_| found.is_copy);
            let folder = copied.and_then(|it| it.strip_prefix("file:"));
            let folder = found.link_to.or(folder);
            folder.is_some() && folder == paths::join(from, path).as_deref()
        }
        Spec::Invalid => false,
    }
}

fn in_range(found: Found<'_>, range: &str) -> bool {
    // The range `*` accepts any package, even one without a version; a tag behind an alias is not checked.
    matches!(range.trim(), "" | "*")
        || !semver::is_range(range)
        || found
            .version
            .is_some_and(|version| semver::satisfies(version, range))
}

fn git(found: Found<'_>, asked: &str) -> bool {
    let Some(asked) = GitUrl::parse(asked) else {
        return false;
    };
    let Some(have) = found
        .resolved
        .filter(|_| found.link_to.is_none())
        .and_then(GitUrl::parse)
    else {
        return false;
    };
    if !have.same_repository(&asked) {
        return false;
    }
    if let Some(range) = asked.range() {
        return found
            .version
            .is_some_and(|version| semver::satisfies(version, range));
    }
    asked
        .commit()
        .is_none_or(|commit| have.commit() == Some(commit))
}
