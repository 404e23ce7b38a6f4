//! Patches that patch-package applies after an installation: the files in `patches/`, named after the packages they change.

use std::collections::HashMap;

use bomtrail_document::from_json;
use bomtrail_graph::{Component, Files, Fragment, Patch, Role};
use foldhash::fast::RandomState;

use super::files;
use crate::package::value::Value;
use crate::paths;
use crate::text;

/// The folder that patch-package uses unless `--patch-dir` names another one.
const FOLDER: &str = "patches";

/// Adds the patches of the project in `base` to the packages that patch-package changes, if the project uses it.
pub(crate) fn apply(fragment: &mut Fragment, base: &str, files: &dyn Files) {
    let Some(folder) = folder(base, files) else {
        return;
    };
    let path = paths::join(base, &folder).unwrap_or_default();
    let names = files.list(&path);
    let patches: Vec<Named<'_>> = names.iter().filter_map(|it| Named::parse(it)).collect();
    if patches.is_empty() {
        return;
    }
    let mut by_place: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
    let mut by_name: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
    let numbered = fragment.components.iter().enumerate();
    for (index, it) in numbered.filter(|(_, it)| it.role == Role::Dependency) {
        by_place
            .entry(it.place.to_string())
            .or_default()
            .push(index);
        by_name.entry(it.name.to_string()).or_default().push(index);
    }
    for patch in patches {
        let place = patch.place();
        let of_name = || by_name.get(&patch.name);
        let found = by_place.get(&place).or_else(of_name);
        let is_place = by_place.contains_key(&place);
        for index in found.into_iter().flatten() {
            let Some(component) = fragment.components.get_mut(*index) else {
                continue;
            };
            if is_place || patch.is_for(component) {
                let path = [&folder, "/", patch.file].concat();
                add(component, &path);
            }
        }
    }
}

fn add(component: &mut Component, path: &str) {
    let patches = &mut component.details_mut().patches;
    if !patches.iter().any(|it| &*it.path == path) {
        patches.push(Patch {
            path: path.into(),
            hashes: Vec::new(),
        });
    }
}

/// The folder of the patches, relative to the project; `None` for a project that does not run patch-package.
fn folder(base: &str, files: &dyn Files) -> Option<String> {
    let bytes = files::read(base, "package.json", files)?;
    let (text, _) = text::decode(&bytes);
    let manifest: Value<'_> = from_json(&text).ok()?;
    let Value::Map(scripts) = manifest.get("scripts")? else {
        return None;
    };
    let mut commands = scripts.iter().filter_map(|(_, it)| it.text());
    let command = commands.find(|it| it.contains("patch-package"))?;
    let stated = command.split("--patch-dir").nth(1);
    let stated = stated.and_then(|it| it.trim_start_matches(['=', ' ']).split_whitespace().next());
    paths::join("", stated.unwrap_or(FOLDER)).filter(|it| !it.is_empty())
}

/// The name of a patch file in parts: `outer++@scope+name+1.0.0+001+why.patch`.
struct Named<'n> {
    file: &'n str,
    /// The packages that the patched one is nested in, outermost first.
    above: Vec<String>,
    name: String,
    version: Option<&'n str>,
}

impl<'n> Named<'n> {
    fn parse(file: &'n str) -> Option<Self> {
        let stem = file.strip_suffix(".patch")?;
        let stem = stem.strip_suffix(".dev").unwrap_or(stem);
        let mut all: Vec<(String, Option<&str>)> = stem.split("++").map(name_and_version).collect();
        let (name, version) = all.pop().filter(|(name, _)| !name.is_empty())?;
        let above = all.into_iter().map(|(name, _)| name).collect();
        Some(Self {
            file,
            above,
            name,
            version,
        })
    }

    /// The install path of the package.
    fn place(&self) -> String {
        let names = self.above.iter().chain([&self.name]);
        let folders: Vec<String> = names.map(|it| ["node_modules/", it].concat()).collect();
        folders.join("/")
    }

    /// Whether it is for a package at a place that is not an install path.
    fn is_for(&self, component: &Component) -> bool {
        let version = component.version.as_deref();
        self.version.is_none_or(|it| version == Some(it))
    }
}

/// `@scope+name+1.0.0` and what follows the version.
fn name_and_version(text: &str) -> (String, Option<&str>) {
    let parts: Vec<&str> = text.split('+').collect();
    let is_version = |it: &&str| it.starts_with(|it: char| it.is_ascii_digit());
    let at = parts.iter().position(is_version).filter(|it| *it > 0);
    let name = parts.get(..at.unwrap_or(parts.len())).unwrap_or_default();
    (name.join("/"), at.and_then(|it| parts.get(it)).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_say_which_package_is_patched() {
        let cases = [
            ("ms+2.1.3.patch", "node_modules/ms", Some("2.1.3")),
            ("@s+a+1.0.0.dev.patch", "node_modules/@s/a", Some("1.0.0")),
            (
                "outer++@s+inner+1.0.0+001+why.patch",
                "node_modules/outer/node_modules/@s/inner",
                Some("1.0.0"),
            ),
            ("plain.patch", "node_modules/plain", None),
        ];
        for (file, place, version) in cases {
            let patch = Named::parse(file).unwrap();
            assert_eq!((&*patch.place(), patch.version), (place, version), "{file}");
        }
        assert!(Named::parse("README.md").is_none());
        assert!(Named::parse(".patch").is_none());
    }
}
