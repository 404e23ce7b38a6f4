//! The list of files in a distribution (`MANIFEST`, `ExtUtils::Manifest`), compared with the files in its archive.

use std::collections::BTreeSet;

use bomtrail_archive::{Contents, FileKind};
use bomtrail_graph::Diagnostics;

use super::diags;

/// The name of the list.
pub(super) const NAME: &str = "MANIFEST";

/// Files that are added after the list is made.
const ADDED: [&str; 4] = [NAME, "META.json", "META.yml", "SIGNATURE"];

/// Reports files that are listed and not in the archive, and the other way round.
pub(super) fn compare(archive: &str, contents: &Contents, diagnostics: &mut Diagnostics) {
    let Some(text) = contents.content(NAME) else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    let listed: BTreeSet<&str> = text.lines().filter_map(listed).collect();
    let files = contents.files.iter();
    let files = files.filter(|(_, it)| it.kind != FileKind::Folder);
    let found: BTreeSet<&str> = files.map(|(path, _)| path.as_str()).collect();
    let is_added = |it: &&&str| ADDED.contains(*it);
    let missing: Vec<&str> = listed
        .difference(&found)
        .filter(|it| !is_added(it))
        .copied()
        .collect();
    let unlisted: Vec<&str> = found
        .difference(&listed)
        .filter(|it| !is_added(it))
        .copied()
        .collect();
    if let Some(first) = missing.first() {
        diagnostics.push(diags::listed_only(archive, first, missing.len()));
    }
    if let Some(first) = unlisted.first() {
        diagnostics.push(diags::unlisted(archive, first, unlisted.len()));
    }
}

/// The path in a line: the first word, or a text in single quotes; a comment may follow.
fn listed(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if let Some(quoted) = line.strip_prefix('\'') {
        return quoted.split('\'').next();
    }
    line.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_line_has_a_path_and_may_have_a_comment() {
        for (line, path) in [
            ("lib/A.pm", Some("lib/A.pm")),
            ("lib/A.pm\tThe module", Some("lib/A.pm")),
            ("'a b' x", Some("a b")),
            ("# no file", None),
            ("", None),
        ] {
            assert_eq!(listed(line), path, "{line}");
        }
    }
}
