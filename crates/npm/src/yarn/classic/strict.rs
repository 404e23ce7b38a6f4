//! A strict view of a lockfile of Yarn 1: everything in it that Yarn 1 itself never writes. Yarn reads more than it writes, so
//! such a lockfile can install something else than it seems to say.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::grammar;
use crate::package::value::Str;
use crate::resolve::spec::{Spec, split_name};
use crate::text;
use crate::yarn::items::{Item, Scalar};
use crate::yarn::layout::{self, Deviation, Style};
use crate::yarn::records::{self, Record};

/// How Yarn 1 writes.
const STYLE: Style = Style {
    quote,
    separator: " ",
    first: &[
        "name",
        "version",
        "uid",
        "resolved",
        "integrity",
        "registry",
        "dependencies",
    ],
};

/// The fields of an entry, and whether each is a block.
const FIELDS: [(&str, bool); 9] = [
    ("name", false),
    ("version", false),
    ("uid", false),
    ("resolved", false),
    ("integrity", false),
    ("registry", false),
    ("dependencies", true),
    ("optionalDependencies", true),
    ("prebuiltVariants", true),
];

/// Everything that Yarn 1 does not write.
pub(crate) fn deviations(text: &str) -> Vec<Deviation> {
    if let Some(line) = text::all_conflict_markers(text) {
        let message = "it has conflict markers: Yarn installs what both sides have together";
        return vec![Deviation::new(line, message)];
    }
    let parsed = match grammar::parse(text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![Deviation::new(error.line, error.why)],
    };
    let mut found = Vec::new();
    if let Some(line) = parsed.ignored {
        found.push(Deviation::new(
            line,
            "Yarn ignores the rest of the file from here",
        ));
    }
    if !text
        .lines()
        .take(3)
        .any(|it| it.trim_end() == "# yarn lockfile v1")
    {
        found.push(Deviation::new(0, "the file has no `# yarn lockfile v1`"));
    }
    fields(&parsed.items, &mut found);
    found.extend(layout::deviations(text, &parsed.items, STYLE));
    entries(&records::records(parsed.items), &mut found);
    found.truncate(layout::MOST);
    found
}

/// Reports fields that entries do not have, and values of another type.
fn fields(items: &[Item<'_>], found: &mut Vec<Deviation>) {
    for item in items {
        let line = item.line as usize;
        match (item.depth, &item.value) {
            (0, Scalar::Block) | (2, Scalar::Text(_)) => {}
            (0, _) => found.push(Deviation::new(line, "the entry is not a block")),
            (1, value) => {
                let known = FIELDS.iter().find(|(name, _)| *name == item.key);
                let is_block = *value == Scalar::Block;
                let is_right = is_block || matches!(value, Scalar::Text(_));
                match known {
                    Some((_, block)) if *block == is_block && is_right => {}
                    Some(_) => {
                        let message =
                            format!("`{}` has a value that Yarn does not write", item.key);
                        found.push(Deviation::new(line, message));
                    }
                    None => {
                        let message = format!("`{}` is not a field of an entry", item.key);
                        found.push(Deviation::new(line, message));
                    }
                }
            }
            _ => {
                let message = format!("`{}` has a value that Yarn does not write", item.key);
                found.push(Deviation::new(line, message));
            }
        }
        if found.len() >= layout::MOST {
            return;
        }
    }
}

/// Reports entries that Yarn does not use as they are.
fn entries(records: &[Record<'_>], found: &mut Vec<Deviation>) {
    let mut owners: HashMap<&str, u32, RandomState> = HashMap::default();
    for record in records {
        let line = record.line as usize;
        for key in &record.keys {
            if let Some(earlier) = owners.insert(key, record.line) {
                let message = format!("`{key}` has another entry in line {earlier}");
                found.push(Deviation::new(line, message));
            }
        }
        if found.len() >= layout::MOST {
            return;
        }
        if let Some(message) = unused(record) {
            found.push(Deviation::new(line, message));
        }
    }
}

/// Why Yarn asks the registry again in place of using an entry.
fn unused(record: &Record<'_>) -> Option<String> {
    let is_registry = |key: &Str<'_>| {
        let (name, range) = split_name(key);
        !name.is_empty() && Spec::parse(range).is_registry()
    };
    let is_asked_there = record.keys.iter().any(is_registry);
    let is_set = |it: &Option<Str<'_>>| it.as_deref().is_some_and(|it| !it.is_empty());
    if record.instead.is_some() {
        return None;
    }
    if !is_set(&record.version) {
        return Some("the entry has no `version`".to_owned());
    }
    if is_asked_there && !is_set(&record.resolution) {
        return Some(
            "the entry has no `resolved`, so that Yarn asks the registry again".to_owned(),
        );
    }
    let version = record.version.as_deref().unwrap_or_default();
    let odd = is_asked_there && !bomtrail_version::npm::is_version(version);
    odd.then(|| format!("`{version}` is not a version"))
}

/// Puts a text in quotes where Yarn 1 does.
fn quote(text: &str, out: &mut String) {
    let odd =
        |it: char| matches!(it, ':' | '\n' | '\\' | '"' | ',' | '[' | ']') || it.is_whitespace();
    let starts = text.starts_with(|it: char| it.is_ascii_alphabetic());
    let is_word = text.starts_with("true") || text.starts_with("false");
    if starts && !is_word && !text.contains(odd) {
        out.push_str(text);
    } else {
        layout::json(text, out);
    }
}

#[cfg(test)]
mod tests;
