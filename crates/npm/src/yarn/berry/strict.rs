//! A strict view of a lockfile of Yarn 2 or later: everything in it that Yarn itself never writes, and entries whose parts are
//! not about one package.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_document::from_json;
use bomtrail_graph::Files;
use foldhash::fast::RandomState;

use super::grammar;
use super::locator::{self, Parts, Source};
use super::range::normalized;
use super::read::METADATA;
use crate::lockfile::wire::Manifest;
use crate::manifest::files;
use crate::resolve::spec::split_name;
use crate::text;
use crate::yarn::items::{Item, Scalar};
use crate::yarn::layout::{self, Deviation, Style};
use crate::yarn::records::{self, Record};
use bomtrail_version::npm as semver;

/// How Yarn 2 and later write.
const STYLE: Style = Style {
    quote,
    separator: ": ",
    first: &[
        METADATA,
        "version",
        "resolution",
        "dependencies",
        "peerDependencies",
        "dependenciesMeta",
        "peerDependenciesMeta",
        "binaries",
    ],
};

/// The fields of an entry, and whether each is a block.
const FIELDS: [(&str, bool); 11] = [
    ("version", false),
    ("resolution", false),
    ("checksum", false),
    ("conditions", false),
    ("languageName", false),
    ("linkType", false),
    ("dependencies", true),
    ("peerDependencies", true),
    ("dependenciesMeta", true),
    ("peerDependenciesMeta", true),
    ("bin", true),
];

/// The packages that Yarn comes with patches for.
const PATCHED: [&str; 3] = ["fsevents", "resolve", "typescript"];

/// Everything that Yarn does not write. `base` is the project's folder.
pub(crate) fn deviations(text: &str, base: &str, files: &dyn Files) -> Vec<Deviation> {
    if let Some(line) = text::all_conflict_markers(text) {
        return vec![Deviation::new(line, "it has conflict markers")];
    }
    let Some(items) = grammar::parse(text) else {
        return vec![Deviation::new(0, "it is YAML that Yarn does not write")];
    };
    let mut found = Vec::new();
    fields(&items, &mut found);
    found.extend(layout::deviations(text, &items, STYLE));
    let mut all = records::records(items);
    all.retain(|it| it.keys.first().is_none_or(|key| key != METADATA));
    records::split_keys(&mut all);
    let mut owners: HashMap<&str, u32, RandomState> = HashMap::default();
    let mut resolutions: HashMap<&str, u32, RandomState> = HashMap::default();
    for record in &all {
        let line = record.line as usize;
        for key in &record.keys {
            if let Some(earlier) = owners.insert(key, record.line) {
                let message = format!("`{key}` has another entry in line {earlier}");
                found.push(Deviation::new(line, message));
            }
        }
        let resolution = record.resolution.as_deref().unwrap_or_default();
        if let Some(earlier) = resolutions.insert(resolution, record.line) {
            let message = format!("`{resolution}` has another entry in line {earlier}");
            found.push(Deviation::new(line, message));
        }
        let contradiction = contradiction(record, base, files);
        found.extend(contradiction.map(|it| Deviation::new(line, it)));
        if found.len() >= layout::MOST {
            break;
        }
    }
    found.truncate(layout::MOST);
    found
}

/// Reports fields that entries do not have, and values of another type.
fn fields(items: &[Item<'_>], found: &mut Vec<Deviation>) {
    let mut in_metadata = false;
    for item in items {
        if item.depth == 0 {
            in_metadata = item.key == METADATA;
        }
        let is_block = item.value == Scalar::Block;
        let known = match item.depth {
            0 => is_block,
            1 if in_metadata => !is_block && matches!(&*item.key, "version" | "cacheKey"),
            1 => FIELDS
                .iter()
                .any(|(name, block)| *name == item.key && *block == is_block),
            3 => matches!(&*item.key, "optional" | "built" | "unplugged"),
            _ => true,
        };
        if !known {
            let message = format!("`{}` is not a field that Yarn writes here", item.key);
            found.push(Deviation::new(item.line as usize, message));
        }
        if found.len() >= layout::MOST {
            return;
        }
    }
}

/// Why the parts of an entry are not about one package.
fn contradiction(record: &Record<'_>, base: &str, files: &dyn Files) -> Option<String> {
    let Some(text) = record.resolution.as_deref() else {
        return Some("the entry has no `resolution`".to_owned());
    };
    let Some(locator) = locator::parse(text) else {
        return Some(format!("`{text}` is not a resolution"));
    };
    let (own, reference) = split_name(text);
    if own != locator.name {
        return Some(format!("`{text}` patches a package of another name"));
    }
    if let Source::Registry { version, .. } = &locator.source {
        if record.version.as_deref() != Some(&**version) {
            return Some(format!("`version` is not that of `{text}`"));
        }
        if !semver::is_version(version) {
            return Some(format!("`{version}` is not a version"));
        }
    }
    let is_patched = reference.starts_with("patch:");
    let is_builtin = locator.patches.is_empty() && PATCHED.contains(&own);
    for key in &record.keys {
        let (name, range) = split_name(key);
        let range = normalized(range);
        let protocol = Parts::of(&range).protocol;
        if is_patched && protocol != "patch:" {
            return Some(format!("`{key}` does not ask for a patch"));
        }
        if is_patched && locator.patches.is_empty() && !is_builtin {
            return Some(format!("Yarn has no patch for `{own}`"));
        }
        let alias = range.strip_prefix("npm:").map_or("", |it| split_name(it).0);
        let alias = if alias.len() + 4 < range.len() {
            alias
        } else {
            ""
        };
        if name != own && alias != own {
            return Some(format!(
                "`{key}` leads to `{text}`, a package of another name"
            ));
        }
        if protocol == "npm:"
            && let Some(reason) = not_of_registry(key, &locator.source, base, files)
        {
            return Some(reason);
        }
    }
    None
}

/// Why a range of a registry cannot lead to a source.
fn not_of_registry(
    key: &str,
    source: &Source<'_>,
    base: &str,
    files: &dyn Files,
) -> Option<String> {
    match source {
        Source::Registry { .. } => None,
        Source::Workspace(folder) => {
            let file = [folder, "/package.json"].concat();
            let bytes = files::read(base, file.trim_start_matches('/'), files);
            let text = bytes.as_deref().map(|it| text::decode(it).0.into_owned());
            let manifest = text
                .as_deref()
                .and_then(|it| from_json::<Manifest<'_>>(it).ok());
            let version = manifest.and_then(|Manifest(it)| it.version.map(Cow::into_owned));
            let version = version.unwrap_or_else(|| "0.0.0".to_owned());
            let (_, range) = split_name(key);
            let range = range.strip_prefix("npm:").unwrap_or(range);
            let fits = semver::satisfies(&version, range);
            (!fits).then(|| {
                format!("`{key}` leads to the workspace `{folder}`, whose version is `{version}`")
            })
        }
        Source::Folder(folder, _) => Some(format!("`{key}` leads to the folder `{folder}`")),
        Source::Address(_) => Some(format!("`{key}` leads to an address")),
    }
}

/// Puts a text in quotes where Yarn does.
fn quote(text: &str, out: &mut String) {
    if grammar::is_plain(text) {
        out.push_str(text);
    } else {
        layout::json(text, out);
    }
}

#[cfg(test)]
mod tests;
