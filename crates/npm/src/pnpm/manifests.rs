//! The folders that a pnpm lockfile names, and the package.json files in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use bomtrail_document::{Value, from_json};
use bomtrail_graph::Diagnostics;
use foldhash::fast::RandomState;

use super::lock::Lock;
use super::resolution;
use crate::diags;
use crate::lockfile::wire::Manifest;
use crate::package::entry::Entry;
use crate::package::url::redact;
use crate::paths;

/// The sections of an importer.
pub(crate) const SECTIONS: [&str; 3] = ["dependencies", "optionalDependencies", "devDependencies"];

/// The manifests, by folder.
pub(crate) type Manifests<'v> = BTreeMap<&'v str, Entry<'v>>;

/// Every folder that the lockfile names: importers, links, and packages that are folders.
pub(crate) fn folders(lock: &Lock<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::from([String::new()]);
    for (importer, value) in lock.importers() {
        let links = SECTIONS.iter().filter_map(|it| value.get(it));
        let references = links.flat_map(Value::pairs).map(|it| reference(&it.value));
        all.extend(references.flatten().filter_map(|it| linked(&importer, it)));
        all.insert(importer.into_owned());
    }
    for instance in lock.instances() {
        let links = SECTIONS.iter().filter_map(|it| instance.snapshot.get(it));
        let references = links.flat_map(Value::pairs).map(|it| reference(&it.value));
        all.extend(references.flatten().filter_map(|it| linked("", it)));
        let resolution = instance.package.and_then(|it| it.get("resolution"));
        let folder = resolution::folder(&instance.key(), resolution);
        all.extend(folder.map(place_of_folder));
    }
    all
}

/// What a dependency leads to: the value itself, or its `version`.
pub(crate) fn reference<'v>(value: &'v Value<'v>) -> Option<&'v str> {
    value.get("version").unwrap_or(value).as_scalar()
}

/// The folder that a `link:` reference in `base` leads to; `None` for any other reference.
pub(crate) fn linked(base: &str, reference: &str) -> Option<String> {
    let path = reference.strip_prefix("link:")?;
    Some(paths::join(base, path).unwrap_or_else(|| place_of_folder(path)))
}

/// The place of a folder as the lockfile writes it; of a folder elsewhere on the machine only the name is kept.
pub(crate) fn place_of_folder(path: &str) -> String {
    paths::join("", path).unwrap_or_else(|| redact(path).into_owned())
}

/// The manifests of the folders that have one.
pub(crate) fn parse<'v>(
    texts: &'v [(String, String)],
    base: &str,
    diagnostics: &mut Diagnostics,
) -> Manifests<'v> {
    let mut manifests = Manifests::new();
    for (folder, text) in texts {
        match from_json::<Manifest<'v>>(text) {
            Ok(Manifest(entry)) => drop(manifests.insert(folder, entry)),
            Err(error) => {
                let path = [folder, "package.json"].join("/");
                let file = paths::join(base, path.trim_start_matches('/'));
                diagnostics.push(diags::unreadable(&file.unwrap_or(path), &error));
            }
        }
    }
    manifests
}

/// What the manifest of an importer declares, by name. Of a name in several sections pnpm takes the optional dependency, then
/// the dependency.
pub(crate) struct Ranges<'m>(HashMap<&'m str, &'m str, RandomState>);

impl<'m> Ranges<'m> {
    pub(crate) fn of(manifest: &'m Entry<'_>) -> Self {
        let extras = manifest.extras.as_deref();
        let lists = [
            extras.map(|it| &it.optional_dependencies),
            Some(&manifest.dependencies),
            extras.map(|it| &it.dev_dependencies),
            extras.map(|it| &it.peer_dependencies),
        ];
        let mut ranges = HashMap::default();
        for (name, range) in lists.into_iter().flatten().flatten() {
            ranges.entry(&**name).or_insert(&**range);
        }
        Self(ranges)
    }

    pub(crate) fn of_name(&self, name: &str) -> Option<&'m str> {
        self.0.get(name).copied()
    }
}

/// The name of a folder that no manifest names: its path, which no package has for a name.
pub(crate) fn name_of_folder<'v>(folder: Cow<'v, str>, root_name: &str) -> Cow<'v, str> {
    if folder.is_empty() {
        Cow::Owned(root_name.to_owned())
    } else {
        folder
    }
}
