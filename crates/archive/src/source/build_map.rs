//! Build maps (source maps, ECMA-426): which source files a compiled file names. A map proves that the sources are in the tree,
//! not that they compile to this file.

use serde_json::Value;

use crate::contents::Contents;
use crate::manifest::npm::plain_path;
use crate::object_id::{ObjectFormat, ObjectId};
use crate::source::lines::with_plain_ends;

/// The comment before the address of a map.
const COMMENT: &str = "sourceMappingURL=";
/// How far from the end of a file the comment may be, in bytes.
const END: usize = 4096;

/// What a map names.
pub(super) struct BuildMap {
    /// The path of the map in the package.
    pub(super) path: String,
    /// The sources: a path relative to the package, which may begin with `..`, and the identifiers of the content in the map
    /// (as it is, and with plain line ends).
    pub(super) sources: Vec<(String, Vec<ObjectId>)>,
}

/// The map of a compiled file, or the map that a file is.
pub(super) fn of_file(contents: &Contents, path: &str, format: ObjectFormat) -> Option<BuildMap> {
    if path.strip_suffix(".map").is_some() {
        return parse(path, contents.content(path)?, format);
    }
    let content = contents.content(path)?;
    let end = content.get(content.len().saturating_sub(END)..)?;
    let end = String::from_utf8_lossy(end);
    let (_, address) = end.rsplit_once(COMMENT)?;
    let address = address
        .split(|it: char| it.is_whitespace() || it == '*')
        .next()?;
    if address.is_empty() || address.starts_with("data:") {
        return None;
    }
    let map = below(path, address)?;
    parse(&map, contents.content(&map)?, format)
}

/// A path relative to the folder of a file, in the package.
fn below(file: &str, path: &str) -> Option<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    plain_path(&format!("{folder}/{path}"))
}

fn parse(path: &str, bytes: &[u8], format: ObjectFormat) -> Option<BuildMap> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let root = value.get("sourceRoot").and_then(Value::as_str);
    let root = root.unwrap_or_default();
    let names = value.get("sources")?.as_array()?;
    let texts = value.get("sourcesContent").and_then(Value::as_array);
    let sources = names.iter().enumerate().map(|(number, name)| {
        let name = name.as_str()?;
        let text = texts.and_then(|it| it.get(number)).and_then(Value::as_str);
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let place = with_ups(&[folder, root, name].join("/"));
        let ids = text
            .map(|it| ids(it.as_bytes(), format))
            .unwrap_or_default();
        Some((place, ids))
    });
    let sources: Option<Vec<_>> = sources.collect();
    let sources = sources.filter(|it| !it.is_empty())?;
    Some(BuildMap {
        path: path.to_owned(),
        sources,
    })
}

fn ids(content: &[u8], format: ObjectFormat) -> Vec<ObjectId> {
    let own = ObjectId::of_content(format, content);
    let plain = with_plain_ends(content);
    let plain = plain.map(|it| ObjectId::of_content(format, &it));
    std::iter::once(own).chain(plain).collect()
}

/// A path without `.` and without `..` but at its beginning.
fn with_ups(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
