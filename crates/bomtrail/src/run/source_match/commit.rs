//! Which commit a package is compared with: the one that is asked for, else what provenance, the manifest or a tag names.

use super::Package;
use crate::source::Repository;

/// A commit, and where it was named.
pub(super) struct Chosen {
    pub(super) commit: String,
    pub(super) named_by: String,
    pub(super) notes: Vec<String>,
}

/// The commit of a package; the error says why it is unknown, as a lower-case fragment.
pub(super) fn choose(
    package: &Package<'_>,
    repository: &Repository,
    asked: Option<&str>,
) -> Result<Chosen, String> {
    let tag = tag_of(package, repository);
    let stated = package.manifest.and_then(|it| it.commit.as_deref());
    let named = [
        (asked, "--commit"),
        (package.attested.as_deref(), "verified provenance"),
        (stated, "the manifest of the archive"),
    ];
    let first = named.into_iter().find_map(|(name, by)| Some((name?, by)));
    let (commit, named_by) = match (first, &tag) {
        (Some((name, by)), _) => (found(repository, name, by)?, by.to_owned()),
        (None, Some((name, commit))) => (commit.clone(), format!("tag `{name}`")),
        (None, None) => return Err(nothing(package, repository)),
    };
    let mut notes = Vec::new();
    if let Some((name, other)) = tag.filter(|(_, it)| *it != commit) {
        notes.push(format!("the tag `{name}` names another commit: {other}"));
    }
    let others = [
        (package.attested.as_deref(), "verified provenance"),
        (stated, "the manifest"),
    ];
    for (other, by) in others {
        if let Some(other) = other.filter(|it| *it != commit) {
            notes.push(format!("{by} names another commit: {other}"));
        }
    }
    if repository.is_shallow() {
        let note = "the clone is shallow, so files of other commits count as unexplained";
        notes.push(note.to_owned());
    }
    Ok(Chosen {
        commit,
        named_by,
        notes,
    })
}

fn found(repository: &Repository, name: &str, by: &str) -> Result<String, String> {
    repository.commit(name).map_err(|_| {
        let why = if repository.is_shallow() {
            "the clone is shallow: fetch it with `git fetch --unshallow`"
        } else {
            "fetch it, or give another one with `--commit`"
        };
        format!("the repository has no commit `{name}`, which {by} names; {why}")
    })
}

fn nothing(package: &Package<'_>, repository: &Repository) -> String {
    let first = names(package).into_iter().next().unwrap_or_default();
    let why = if repository.is_shallow() {
        "the clone is shallow: fetch its tags with `git fetch --tags`"
    } else {
        "give the commit with `--commit`"
    };
    format!("neither provenance, the manifest nor a tag such as `{first}` names its commit; {why}")
}

/// The tag of a package's version, with its commit.
fn tag_of(package: &Package<'_>, repository: &Repository) -> Option<(String, String)> {
    let names = names(package).into_iter();
    let mut found = names.filter_map(|name| {
        let commit = repository.tag(&name)?;
        Some((name, commit))
    });
    found.next()
}

/// The names that the tag of a version may have; those that name the package first, because a repository may have several.
fn names(package: &Package<'_>) -> Vec<String> {
    let (name, version) = (&package.name, &package.version);
    if version.is_empty() {
        return Vec::new();
    }
    let version = version.trim_start_matches('v');
    let bare = name.rsplit('/').next().unwrap_or_default();
    vec![
        format!("{name}@{version}"),
        format!("{bare}@{version}"),
        format!("{bare}-v{version}"),
        format!("{bare}-{version}"),
        format!("{bare}/v{version}"),
        format!("v{version}"),
        version.to_owned(),
        format!("release-{version}"),
        format!("release/{version}"),
    ]
}
