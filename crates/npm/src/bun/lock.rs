//! The values of `bun.lock` by what they are for.

use bomtrail_graph::Diagnostics;

use crate::diags;
use crate::package::value::{Str, Value};
use crate::resolve::spec::split_name;

/// The newest format that is known.
const NEWEST: f64 = 3.0;

/// Up to this many keys of an object are compared with each other.
const FEW: usize = 8;

/// A lockfile.
#[derive(Debug)]
pub(crate) struct Lock<'t> {
    /// The version of the format, as text.
    pub(crate) version: String,
    /// The workspaces, by folder; the root's is empty.
    pub(crate) workspaces: Vec<(&'t str, &'t Value<'t>)>,
    /// The packages, in the order of the file.
    pub(crate) packages: Vec<Tuple<'t>>,
    whole: &'t Value<'t>,
}

/// One entry of `packages`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tuple<'t> {
    /// The path of names that it is found by.
    pub(crate) key: &'t str,
    /// The first element: name and resolution.
    pub(crate) id: &'t str,
    /// The name in the first element.
    pub(crate) name: &'t str,
    /// What is after the name: a version, or where it is from.
    pub(crate) resolution: &'t str,
    /// The second element of a registry's package: empty for the default registry.
    pub(crate) registry: Option<&'t str>,
    /// Requirements and platforms.
    pub(crate) info: &'t Value<'t>,
    /// The digests of the archive.
    pub(crate) integrity: Option<&'t str>,
}

impl<'t> Lock<'t> {
    /// The parts of a lockfile. Whatever has another type is reported and left out.
    pub(crate) fn of(whole: &'t Value<'t>, path: &str, diagnostics: &mut Diagnostics) -> Self {
        let version = match whole.get("lockfileVersion") {
            Some(Value::Number(number)) => {
                if *number > NEWEST {
                    diagnostics.push(diags::newer_lockfile(path, &number.to_string(), "3"));
                }
                number.to_string()
            }
            _ => "none".to_owned(),
        };
        if !matches!(whole, Value::Map(_)) {
            diagnostics.push(diags::no_lockfile_object(path));
        }
        let mut packages = Vec::new();
        for (key, value) in last_of_each(whole.get("packages")) {
            match tuple(key, value) {
                Some(tuple) => packages.push(tuple),
                None => diagnostics.push(diags::wrong_type(path, key, "the entry")),
            }
        }
        Self {
            version,
            workspaces: last_of_each(whole.get("workspaces")),
            packages,
            whole,
        }
    }

    /// A field of the file.
    pub(crate) fn field(&self, key: &str) -> Option<&'t Value<'t>> {
        self.whole.get(key)
    }

    /// The range that a `catalog:` range stands for.
    pub(crate) fn catalog(&self, name: &str, range: &str) -> Option<&'t str> {
        let catalog = range.strip_prefix("catalog:")?.trim();
        let entries = match catalog {
            "" | "default" => self.field("catalog"),
            named => self.field("catalogs").and_then(|it| it.get(named)),
        };
        entries?.get(name)?.text()
    }

    /// The patch file of a package.
    pub(crate) fn patch(&self, id: &str) -> Option<&'t str> {
        self.field("patchedDependencies")?.get(id)?.text()
    }
}

/// The pairs of an object; of several with one key the last.
fn last_of_each<'t>(value: Option<&'t Value<'t>>) -> Vec<(&'t str, &'t Value<'t>)> {
    let Some(Value::Map(pairs)) = value else {
        return Vec::new();
    };
    // Most objects have few keys, and a table costs more than the keys after each one.
    if pairs.len() <= FEW {
        let is_last = |(number, (key, _)): &(usize, &(Str<'_>, Value<'_>))| {
            let mut later = pairs.iter().skip(number + 1);
            later.all(|(it, _)| it != key)
        };
        let kept = pairs.iter().enumerate().filter(is_last);
        return kept.map(|(_, (key, value))| (&**key, value)).collect();
    }
    let mut seen = std::collections::HashSet::with_hasher(foldhash::fast::RandomState::default());
    let mut kept: Vec<(&str, &Value<'_>)> = pairs
        .iter()
        .rev()
        .filter(|(key, _)| seen.insert(&**key))
        .map(|(key, value)| (&**key, value))
        .collect();
    kept.reverse();
    kept
}

/// The parts of an entry, by their types: the requirements are the only object, the digest the only text that looks like
/// one.
fn tuple<'t>(key: &'t str, value: &'t Value<'t>) -> Option<Tuple<'t>> {
    const NULL: &Value<'static> = &Value::Null;
    let Value::List(elements) = value else {
        return None;
    };
    let (first, rest) = elements.split_first()?;
    let id = first.text()?;
    let (name, resolution) = split_name(id);
    if name.is_empty() {
        return None;
    }
    let is_map = |it: &&Value<'_>| matches!(it, Value::Map(_));
    let texts = || rest.iter().filter_map(Value::text);
    let registry = rest
        .first()
        .and_then(Value::text)
        .filter(|it| !is_digest(it));
    Some(Tuple {
        key,
        id,
        name,
        resolution,
        registry,
        info: rest.iter().find(is_map).unwrap_or(NULL),
        integrity: texts().find(|it| is_digest(it)),
    })
}

fn is_digest(text: &str) -> bool {
    let known = ["sha1-", "sha256-", "sha384-", "sha512-", "md5-"];
    known.iter().any(|it| text.starts_with(it))
}

/// The pairs of text of a field of an object; of several with one name the last.
pub(crate) fn pairs<'t>(value: &'t Value<'t>, field: &str) -> Vec<(&'t str, &'t str)> {
    let all = last_of_each(value.get(field));
    all.into_iter()
        .filter_map(|(name, it)| Some((name, it.text()?)))
        .collect()
}

/// The text of a field of an object.
pub(crate) fn text_of<'t>(value: &'t Value<'t>, field: &str) -> Option<Str<'t>> {
    value.get(field).and_then(Value::text).map(Str::Borrowed)
}
