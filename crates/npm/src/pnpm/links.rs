//! Dependencies of packages that lead to folders of the project. pnpm writes them where a workspace serves a peer, and where the
//! project says so: in `overrides`, or with `linkWorkspacePackages: deep`. It installs any other without a question.

use std::collections::{HashMap, HashSet};

use bomtrail_document::{Lookup, Value, from_json};
use bomtrail_graph::Files;
use foldhash::fast::RandomState;

use super::key::{Key, Style};
use super::lock::Lock;
use super::manifests::{SECTIONS, reference};
use super::settings::pnpm_workspace_settings;
use super::workspace::FILE;
use crate::install_settings::npmrc;
use crate::manifest::files;
use crate::package::value::Value as Json;
use crate::resolve::spec::split_name;
use crate::{paths, text};

/// The project that links are compared with.
struct Project<'v, 'f> {
    base: &'f str,
    files: &'f dyn Files,
    importers: HashSet<String, RandomState>,
    /// The names of the overrides that lead to folders.
    overridden: HashSet<&'v str, RandomState>,
    /// The names of the overrides that lead to workspaces.
    of_workspaces: HashSet<&'v str, RandomState>,
    /// Whether pnpm links workspaces in the place of all packages of their names.
    links_all: bool,
    has_manifests: bool,
    /// The names of the workspaces that were asked for, by folder.
    names: HashMap<String, Option<String>, RandomState>,
}

/// The links that pnpm does not make, as the place in the text and what is wrong.
pub(super) fn deviations<'v>(
    lock: &Lock<'v>,
    document: &'v Value<'v>,
    base: &str,
    files: &dyn Files,
) -> Vec<(usize, String)> {
    let section = |name: &str| document.get(name).map_or(&[][..], Value::pairs);
    let packages = Lookup::of(document.get("packages"));
    let mut instances = section("snapshots");
    if instances.is_empty() {
        instances = section("packages");
    }
    let mut project = Project::of(lock, base, files);
    let mut found = Vec::new();
    for instance in instances {
        let key = Key::parse(&instance.key, lock.style);
        if key.version.is_none() {
            continue;
        }
        let package = match lock.style {
            Style::Plain => packages.get(key.package),
            Style::Slashes | Style::LeadingSlash => Some(&instance.value),
        };
        let peers = package.and_then(|it| it.get("peerDependencies"));
        let sections = SECTIONS.iter().filter_map(|it| instance.value.get(it));
        for pair in sections.flat_map(Value::pairs) {
            let is_peer = peers.is_some_and(|it| it.get(&pair.key).is_some());
            let folder = reference(&pair.value).and_then(folder_of);
            let problem = folder.and_then(|it| project.problem(&pair.key, it, is_peer));
            found.extend(problem.map(|it| (pair.at, it)));
        }
    }
    found
}

/// The folder in a reference, without the peers after it.
fn folder_of(reference: &str) -> Option<&str> {
    let path = reference
        .strip_prefix("link:")
        .or_else(|| reference.strip_prefix("file:"))?;
    path.split('(').next()
}

impl<'v, 'f> Project<'v, 'f> {
    fn of(lock: &Lock<'v>, base: &'f str, files: &'f dyn Files) -> Self {
        let importers = lock.importers().into_iter();
        let overrides = lock.section("overrides").iter();
        let (workspaces, others): (Vec<_>, Vec<_>) = overrides.partition(|it| {
            let value = it.value.as_scalar();
            value.is_some_and(|it| it.starts_with("workspace:"))
        });
        let to_folder = |value: &Value<'_>| value.as_scalar().and_then(folder_of).is_some();
        let name = |key: &'v str| split_name(key.rsplit('>').next().unwrap_or_default().trim()).0;
        let read = |file: &str| files::read(base, file, files).unwrap_or_default();
        let mut settings = pnpm_workspace_settings(&read(FILE));
        settings.extend(npmrc(&read(".npmrc")));
        Self {
            base,
            files,
            importers: importers.map(|(it, _)| it.into_owned()).collect(),
            of_workspaces: workspaces.iter().map(|it| name(&it.key)).collect(),
            overridden: others
                .iter()
                .filter(|it| to_folder(&it.value))
                .map(|it| name(&it.key))
                .collect(),
            links_all: settings
                .iter()
                .any(|(key, value, _)| key == "link-workspace-packages" && value == "deep"),
            has_manifests: files::read(base, "package.json", files).is_some(),
            names: HashMap::default(),
        }
    }

    /// What is wrong with a link of a package to a folder.
    fn problem(&mut self, name: &str, folder: &str, is_peer: bool) -> Option<String> {
        if self.overridden.contains(name) {
            return None;
        }
        let plain = paths::join("", folder);
        let Some(plain) = plain.filter(|it| self.importers.contains(it)) else {
            return Some(format!(
                "`{name}` of a package leads to the folder `{folder}`, which is not a workspace"
            ));
        };
        if self.has_manifests && self.name_of(plain) != Some(name) {
            return Some(format!(
                "`{name}` of a package leads to the workspace `{folder}`, which has another name"
            ));
        }
        let is_stated = is_peer || self.links_all || self.of_workspaces.contains(name);
        (!is_stated).then(|| {
            format!(
                "`{name}` of a package leads to the workspace `{folder}`, and no setting says so"
            )
        })
    }

    /// The name of the workspace in a folder.
    fn name_of(&mut self, folder: String) -> Option<&str> {
        let (base, files) = (self.base, self.files);
        let named = self.names.entry(folder);
        let name = named.or_insert_with_key(|folder| name_in(folder, base, files));
        name.as_deref()
    }
}

/// The name in the manifest of a folder.
fn name_in(folder: &str, base: &str, files: &dyn Files) -> Option<String> {
    let file = [folder, "/package.json"].concat();
    let bytes = files::read(base, file.trim_start_matches('/'), files)?;
    let (text, _) = text::decode(&bytes);
    let manifest = from_json::<Json<'_>>(&text).ok()?;
    manifest.get("name").and_then(Json::text).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use bomtrail_graph::{Diagnostics, Input, Reader as _};
    use bomtrail_testkit::MemoryFiles;

    use crate::PnpmLock;

    const LOCK: &str = "lockfileVersion: '9.0'\n\nOVERRIDESimporters:\n\n  .: {}\n\n  b: {}\n\npackages:\n\n  a@1.0.0:\n    resolution: {integrity: sha512-AA==}\nPEERS\nsnapshots:\n\n  a@1.0.0:\n    dependencies:\n      b: LINK\n";
    const PEERS: &str = "    peerDependencies:\n      b: '*'\n";

    fn found(link: &str, peers: &str, overrides: &str, settings: &str, name: &str) -> usize {
        let lock = LOCK.replace("LINK", link).replace("PEERS", peers);
        let lock = lock.replace("OVERRIDES", overrides);
        let member = format!(r#"{{"name": "{name}"}}"#);
        let files = MemoryFiles::new([
            ("package.json", "{}"),
            ("pnpm-workspace.yaml", settings),
            ("b/package.json", &*member),
        ]);
        let mut diagnostics = Diagnostics::new();
        let input = Input {
            path: "pnpm-lock.yaml",
            bytes: lock.as_bytes(),
            files: &files,
        };
        PnpmLock.audit(&input, &mut diagnostics);
        let about = diagnostics.iter();
        about
            .filter(|it| it.message.contains(" of a package leads to "))
            .count()
    }

    #[test]
    fn links_that_pnpm_makes_are_no_deviations() {
        let overrides = "overrides:\n  b: link:./c\n\n";
        let deep = "linkWorkspacePackages: deep";
        assert_eq!(found("1.0.0", "", "", "", "b"), 0);
        assert_eq!(found("link:b", PEERS, "", "", "b"), 0);
        assert_eq!(found("link:b", "", "", deep, "b"), 0);
        assert_eq!(found("link:c", "", overrides, "", "b"), 0);
        let overrides = "overrides:\n  x>b@1: workspace:*\n\n";
        assert_eq!(found("link:b", "", overrides, "", "b"), 0);
    }

    #[test]
    fn other_links_are_deviations() {
        for link in ["link:b", "file:b", "link:c", "link:../x", "file:c(x@1.0.0)"] {
            assert_eq!(found(link, "", "", "", "b"), 1, "{link}");
        }
        assert_eq!(
            found("link:c", PEERS, "", "linkWorkspacePackages: deep", "b"),
            1
        );
        assert_eq!(found("link:b", PEERS, "", "", "c"), 1);
    }
}
