//! Rules that explain a file that is not in the source as it is: who made it, and from what.

use crate::contents::{Client, Contents};
use crate::ecosystem::ArchiveKind;
use crate::object_id::{ObjectFormat, ObjectId};
use crate::source::build_map;
use crate::source::lines::with_plain_ends;
use crate::source::value::SourceTree;

/// Files that the builders of CPAN distributions write. None of them is run.
const OF_BUILDERS: [&str; 4] = ["MANIFEST", "META.json", "META.yml", "SIGNATURE"];

/// What the rules look at.
pub(super) struct Sources<'a> {
    pub(super) contents: &'a Contents,
    pub(super) kind: &'static ArchiveKind,
    pub(super) tree: &'a SourceTree,
    /// A path of the tree for each content in it.
    pub(super) places: &'a std::collections::HashMap<ObjectId, &'a str>,
    /// The folder of the package in the repository.
    pub(super) folder: &'a str,
    pub(super) format: ObjectFormat,
}

/// Why a file differs from every file of the source, as a fragment; `None` when no rule explains it.
pub(super) fn explanation(sources: &Sources<'_>, path: &str) -> Option<String> {
    of_builder(sources, path).or_else(|| line_ends(sources, path))
}

fn of_builder(sources: &Sources<'_>, path: &str) -> Option<String> {
    let is_cpan = sources.kind.client == Client::Tar;
    (is_cpan && OF_BUILDERS.contains(&path))
        .then(|| "written by the builder of the distribution".to_owned())
}

/// The same text with other line ends, at any path of the source.
fn line_ends(sources: &Sources<'_>, path: &str) -> Option<String> {
    let content = sources.contents.content(path)?;
    let plain = with_plain_ends(content)?;
    let id = ObjectId::of_content(sources.format, &plain);
    let place = sources.places.get(&id)?;
    (plain.len() != content.len()).then(|| format!("`{place}` with other line ends"))
}

/// What a file was compiled from, whose build map names sources of the tree only; `None` for any other file. The map is part of
/// the archive, so that this is a statement of the publisher and no proof.
pub(super) fn compiled(sources: &Sources<'_>, path: &str) -> Option<String> {
    let map = build_map::of_file(sources.contents, path, sources.format)?;
    let mut first = None;
    for (place, ids) in &map.sources {
        let whole = in_repository(sources.folder, place);
        let is_there = if ids.is_empty() {
            sources.tree.files.contains_key(&whole?)
        } else {
            ids.iter().any(|it| sources.places.contains_key(it))
        };
        if !is_there {
            return None;
        }
        first.get_or_insert(place.clone());
    }
    let count = map.sources.len();
    let what = match (count, first) {
        (1, Some(first)) => format!("`{first}`"),
        _ => format!("{count} files of the source"),
    };
    Some(format!(
        "compiled from {what} according to `{}`; the compilation was not repeated",
        map.path
    ))
}

/// A path of the package as a path of the repository; `None` when it leads out.
pub(super) fn in_repository(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}
