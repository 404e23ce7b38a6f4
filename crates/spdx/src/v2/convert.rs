//! SPDX 2.2 and 2.3 in another encoding, or as version 2.3: everything in the document is kept, known to the graph or not.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufWriter, Write};

use bomtrail_document::{Json, Layout, Members, print, without_mark};
use bomtrail_graph::{Bom, Diagnostics, Input, WriteError};

use super::tag_lines::{TagLines, objects};
use super::tag_value::replaced_values;
use crate::diags::CODES;
use crate::encode::BUFFER;
use crate::read::tag_value;

/// An encoding of SPDX 2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// JSON.
    Json,
    /// Tag-value form.
    TagValue,
}

/// Writes a document of SPDX 2.2 or 2.3, in any encoding, as SPDX 2.3 in `encoding`. False, with nothing written, for any other
/// document: it can only be written from its graph. `bom` decides whether JSON is compact.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses.
pub fn write_in_2_3(
    input: &Input<'_>,
    encoding: Encoding,
    bom: &Bom<'_>,
    out: &mut dyn Write,
    diagnostics: &mut Diagnostics,
) -> Result<bool, WriteError> {
    let Some((mut document, unknown)) = parse(input.bytes) else {
        return Ok(false);
    };
    if !upgrade(&mut document) {
        return Ok(false);
    }
    for (what, count) in unknown {
        diagnostics.push(CODES.not_kept(input.path, &what, count));
    }
    match encoding {
        Encoding::Json => print(&document, Layout::of(bom), out)?,
        Encoding::TagValue => tags(&document, input.path, out, diagnostics)?,
    }
    Ok(true)
}

/// A document in the shape of JSON, and the number of lines of unknown tags.
fn parse(bytes: &[u8]) -> Option<(Members<'_>, BTreeMap<String, usize>)> {
    let bytes = without_mark(bytes);
    if let Ok(parsed) = Json::parse(bytes) {
        return match parsed.value {
            Json::Object(document) => Some((document, BTreeMap::new())),
            _ => None,
        };
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let parsed = tag_value::document(text).ok()?;
    match parsed.value {
        Json::Object(document) => Some((document, parsed.unknown)),
        _ => None,
    }
}

/// Makes a document one of version 2.3; false for one of another version. Version 2.2 has nothing that 2.3 lacks, but some
/// words have another spelling.
fn upgrade(document: &mut Members<'_>) -> bool {
    let version = document.get("spdxVersion").and_then(Json::as_str);
    if !matches!(version, Some("SPDX-2.2" | "SPDX-2.3")) {
        return false;
    }
    document.insert("spdxVersion", "SPDX-2.3");
    let packages = document.get_mut("packages").and_then(Json::as_array_mut);
    for package in packages.into_iter().flatten() {
        let references = package.get_mut("externalRefs").and_then(Json::as_array_mut);
        for reference in references.into_iter().flatten() {
            let Some(category) = reference.get_mut("referenceCategory") else {
                continue;
            };
            let spelling = match category.as_str() {
                Some("PACKAGE_MANAGER") => "PACKAGE-MANAGER",
                Some("PERSISTENT_ID") => "PERSISTENT-ID",
                _ => continue,
            };
            *category = spelling.into();
        }
    }
    let snippets = document.get_mut("snippets").and_then(Json::as_array_mut);
    for snippet in snippets
        .into_iter()
        .flatten()
        .filter_map(Json::as_object_mut)
    {
        // 2.3 requires a name.
        if let Some(id) = snippet.get("SPDXID").cloned() {
            snippet.insert_absent("name", || id);
        }
    }
    true
}

/// Prints a document in tag-value form: files next to their package, and what JSON says in a list of its own as relationships.
fn tags(
    document: &Members<'_>,
    path: &str,
    out: &mut dyn Write,
    diagnostics: &mut Diagnostics,
) -> Result<(), WriteError> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let mut lines = TagLines::new(&mut out);
    lines.document(document)?;
    let id = |map: &Members<'_>| map.get("SPDXID").and_then(Json::as_str).map(str::to_owned);
    let files: BTreeMap<_, _> = objects(document, "files")
        .filter_map(|it| Some((id(it)?, it)))
        .collect();
    let list = |map: &Members<'_>, key: &str| -> Vec<String> {
        let all = map.get(key).and_then(Json::as_array).into_iter().flatten();
        all.filter_map(Json::as_str).map(str::to_owned).collect()
    };
    let mut left = files.clone();
    for package in objects(document, "packages") {
        for file in list(package, "hasFiles") {
            left.remove(&file);
        }
    }
    // A file before all packages belongs to none.
    for file in left.values() {
        lines.file(file)?;
    }
    for package in objects(document, "packages") {
        lines.package(package)?;
        for file in list(package, "hasFiles") {
            if let Some(file) = files.get(&file) {
                lines.file(file)?;
            }
        }
    }
    for snippet in objects(document, "snippets") {
        lines.snippet(snippet)?;
    }
    lines.licenses(document)?;
    lines.gap()?;
    let described = list(document, "documentDescribes");
    let stated = objects(document, "relationships").filter(|it| {
        let kind = it.get("relationshipType").and_then(Json::as_str);
        kind == Some("DESCRIBES")
    });
    let stated = stated.filter_map(|it| it.get("relatedSpdxElement")?.as_str());
    let stated: HashSet<&str> = stated.collect();
    for id in described.iter().filter(|it| !stated.contains(it.as_str())) {
        let ends = [
            ("spdxElementId", "SPDXRef-DOCUMENT"),
            ("relationshipType", "DESCRIBES"),
            ("relatedSpdxElement", id),
        ];
        let ends = ends.map(|(key, value)| (key.into(), value.into()));
        lines.relationship(&ends.into_iter().collect())?;
    }
    for relationship in objects(document, "relationships") {
        lines.relationship(relationship)?;
    }
    let TagLines {
        replaced, untagged, ..
    } = lines;
    out.flush()?;
    drop(out);
    for (what, count) in untagged {
        diagnostics.push(CODES.not_kept(path, &what, count));
    }
    if replaced > 0 {
        diagnostics.push(replaced_values(path, replaced));
    }
    Ok(())
}
