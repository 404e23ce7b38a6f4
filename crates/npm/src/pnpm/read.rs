//! Reads a pnpm lockfile: its packages and edges become a fragment.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use bomtrail_document::{FileCodes, Page, Value};
use bomtrail_graph::{Diagnostics, Fragment, Input, Lifecycle, LocalId, Phase, Role};
use foldhash::fast::RandomState;

use super::key;
use super::lock::{Instance, Lock};
use super::manifests::{self, Manifests};
use super::peer_rules::PeerRules;
use super::rules::Rules;
use super::settings::{self, Settings};
use super::{importers, installed, resolution, snapshots, unlocked, workspace};
use crate::diags;
use crate::locked::Locked;
use crate::locked::edge::Edge;
use crate::locked::package::Package;
use crate::manager::PNPM;
use crate::manifest::{
    files, installed as facts, manifests as texts, patch_package, settings as npmrc,
};
use crate::package::entry::{Entry, EntryFlags};
use crate::package::registries::Registries;
use crate::package::value::Value as Json;
use crate::paths;
use crate::text::{self, Side};

/// The diagnostics of YAML.
pub(crate) const CODES: FileCodes = FileCodes {
    syntax: &diags::UNREADABLE,
    unknown_key: &diags::WRONG_TYPE,
    wrong_value: &diags::DUPLICATE,
    missing_key: &diags::WRONG_TYPE,
};

/// A lockfile while its packages and edges are collected.
pub(crate) struct Reading<'v> {
    pub(crate) lock: &'v Lock<'v>,
    pub(crate) manifests: &'v Manifests<'v>,
    pub(crate) locked: Locked<'v>,
    /// First-party folders whose names nothing states.
    pub(crate) unnamed: HashSet<LocalId, RandomState>,
    pub(crate) rules: Rules<'v>,
    pub(crate) peer_rules: PeerRules<'v>,
    /// What the project and its workspaces declare, by alias.
    pub(crate) specifiers: HashMap<(LocalId, &'v str), &'v str, RandomState>,
    keys: HashMap<Cow<'v, str>, LocalId, RandomState>,
    folders: HashMap<String, LocalId, RandomState>,
}

/// Reads a lockfile.
pub(crate) fn read(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
    let mut fragment = Fragment::default().with(|it| {
        it.path = input.path.into();
        it.lifecycle = Lifecycle::PreBuild;
    });
    let (text, repairs) = text::decode(input.bytes);
    if repairs.invalid_utf8 {
        diagnostics.push(diags::invalid_utf8(input.path));
    }
    let text = without_conflicts(text, input.path, diagnostics);
    let mut page = Page::new(input.path, &text, CODES);
    let documents = page.yaml();
    diagnostics.append(page.into_problems());
    let Some(documents) = documents else {
        return fragment;
    };
    let Some(lock) = Lock::of(&documents) else {
        diagnostics.push(diags::no_mapping(input.path, &PNPM));
        return fragment;
    };
    report(&lock, input.path, diagnostics);
    let version = lock.version;
    let property = "bomtrail:pnpm:lockfile-version";
    fragment.properties.push((property.into(), version.into()));
    project(&lock, input, &mut fragment, diagnostics);
    let base = paths::project_of(input.path);
    facts::complete(
        &mut fragment,
        base,
        input.files,
        &installed::folder,
        diagnostics,
    );
    patch_package::apply(&mut fragment, base, input.files);
    fragment
}

/// The text with one side of every merge conflict.
fn without_conflicts<'t>(
    text: Cow<'t, str>,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Cow<'t, str> {
    let Some(line) = text::all_conflict_markers(&text) else {
        return text;
    };
    diagnostics.push(diags::merge_conflict(path, line, "our", &PNPM));
    Cow::Owned(text::resolve_conflict(&text, Side::Ours))
}

/// Reports what is odd about the lockfile as a whole.
fn report(lock: &Lock<'_>, path: &str, diagnostics: &mut Diagnostics) {
    if lock.is_newer() {
        diagnostics.push(diags::newer_lockfile(path, lock.version, "12"));
    }
    if lock.has_no_project() {
        diagnostics.push(diags::no_project(path));
    } else if lock.version.is_empty() && lock.instances().is_empty() {
        diagnostics.push(diags::no_packages(path, "`packages` lists nothing"));
    }
    let count = lock.environment_instances().len();
    if count > 0 {
        diagnostics.push(diags::environment(path, count));
    }
    for (key, what) in settings::hooks(lock) {
        diagnostics.push(diags::hook(path, key, &what));
    }
}

/// Collects the packages and edges, and makes the components and links of them.
fn project(
    lock: &Lock<'_>,
    input: &Input<'_>,
    fragment: &mut Fragment,
    diagnostics: &mut Diagnostics,
) {
    let base = paths::project_of(input.path);
    let texts = texts::texts(&manifests::folders(lock), base, input.files);
    let manifests = manifests::parse(&texts, base, diagnostics);
    let root_text = texts.iter().find(|(folder, _)| folder.is_empty());
    let root: Option<Json<'_>> = root_text.and_then(|it| serde_json::from_str(&it.1).ok());
    let root = root.unwrap_or_default();
    let stated = files::read(base, workspace::FILE, input.files).unwrap_or_default();
    let (stated, _) = text::decode(&stated);
    let mut page = Page::new(workspace::FILE, &stated, CODES);
    let documents = page.yaml().unwrap_or_default();
    diagnostics.append(page.into_problems());
    let nothing = Value {
        start: 0,
        end: 0,
        kind: bomtrail_document::Kind::Null,
    };
    let workspace = documents.first().unwrap_or(&nothing);
    let mut registries = Registries::of(&npmrc::read(base, input.files));
    settings::add_registries(workspace, &mut registries);
    let settings = Settings::of(lock, workspace, &root);
    let mut reading = Reading {
        lock,
        manifests: &manifests,
        locked: Locked::new(input.path, &PNPM, &registries),
        unnamed: HashSet::default(),
        rules: Rules::of(lock, &manifests),
        peer_rules: PeerRules::of(workspace, &root),
        specifiers: HashMap::default(),
        keys: HashMap::default(),
        folders: HashMap::default(),
    };
    let root_name = input.files.folder_name().unwrap_or("project");
    let importers = reading.add_importers(root_name);
    let instances = lock.instances();
    let ids = reading.add_instances(&instances, &settings);
    for ((folder, value), id) in lock.importers().iter().zip(importers) {
        importers::connect(&mut reading, folder, id, value);
        reading.report_out_of_step(folder, value, input.path, diagnostics);
    }
    unlocked::report(lock, input, diagnostics);
    for (instance, id) in instances.iter().zip(ids) {
        snapshots::connect(&mut reading, id, instance);
    }
    reading.add_environment(&settings);
    reading.into_locked().fill(fragment, diagnostics);
}

impl<'v> Reading<'v> {
    /// The packages and links; everything else is freed.
    fn into_locked(self) -> Locked<'v> {
        self.locked
    }

    /// The package that a reference leads to; `base` is what its links are relative to.
    pub(crate) fn target(
        &mut self,
        base: &str,
        alias: &str,
        reference: Option<&str>,
    ) -> Option<LocalId> {
        let reference = reference?;
        if let Some(folder) = manifests::linked(base, reference) {
            return Some(self.folder(folder, alias));
        }
        let key = key::of_reference(reference, alias, self.lock.style)?;
        self.keys.get(&*key).copied()
    }

    /// What the workspace that a package is a copy of declares under a name.
    pub(crate) fn specifier_of_original(&self, copy: LocalId, alias: &'v str) -> Option<&'v str> {
        let original = self.locked.package(copy)?.copy_of?;
        let specifier = self.specifiers.get(&(original, alias))?;
        Some(self.rules.without_catalog(specifier, alias))
    }

    /// Marks a package as contradicted by what leads to it.
    pub(crate) fn doubt(&mut self, id: LocalId) {
        if let Some(package) = self.locked.package_mut(id) {
            package.contradicted = true;
        }
    }

    /// Adds the project and its workspaces, and says which ones the importers are.
    fn add_importers(&mut self, root_name: &str) -> Vec<LocalId> {
        let importers = self.lock.importers();
        let mut root = None;
        if !importers.iter().any(|(folder, _)| folder.is_empty()) {
            root = Some(self.add_folder(Cow::Borrowed(""), Role::Root, root_name));
        }
        let mut ids = Vec::with_capacity(importers.len());
        for (folder, _) in importers {
            let role = if folder.is_empty() {
                Role::Root
            } else {
                Role::Member
            };
            let id = self.add_folder(folder, role, root_name);
            if role == Role::Root {
                root = Some(id);
            }
            ids.push(id);
        }
        if let Some(root) = root {
            self.join_members(root, &ids);
        }
        ids
    }

    /// The root needs every workspace, whether or not its manifest says so.
    fn join_members(&mut self, root: LocalId, ids: &[LocalId]) {
        for id in ids.iter().filter(|it| **it != root) {
            self.locked.connect_member(root, *id, None);
        }
    }

    fn add_folder(&mut self, folder: Cow<'v, str>, role: Role, root_name: &str) -> LocalId {
        let manifest = self.manifests.get(&*folder);
        let entry = manifest.cloned().unwrap_or_default();
        let stated = entry.name.clone().filter(|it| !it.is_empty());
        let is_unnamed = stated.is_none();
        let name = stated.unwrap_or_else(|| manifests::name_of_folder(folder.clone(), root_name));
        let place = folder.clone().into_owned();
        let package = Package::of_folder(folder, name, role).with(|it| {
            it.entry = entry;
            if is_unnamed {
                it.entry.bits.set(EntryFlags::PRIVATE, true);
            }
            let unknown = self.lock.has_no_project();
            it.entry.bits.set(EntryFlags::EDGES_UNKNOWN, unknown);
        });
        let id = self.locked.add(package);
        if is_unnamed {
            self.unnamed.insert(id);
        }
        self.folders.insert(place, id);
        id
    }

    fn add_instances(
        &mut self,
        instances: &[Instance<'v>],
        settings: &Settings<'v>,
    ) -> Vec<LocalId> {
        let mut ids = Vec::with_capacity(instances.len());
        self.locked.reserve(instances.len());
        for instance in instances {
            let mut package = resolution::package(instance, settings);
            let stated = instance.package.and_then(|it| it.get("resolution"));
            let folder = resolution::folder(&instance.key(), stated);
            let folder = folder.map(manifests::place_of_folder);
            let original = folder.as_ref().and_then(|it| self.folders.get(it)).copied();
            if let Some(original) = original.and_then(|id| Some((id, self.locked.package(id)?))) {
                let (id, first) = original;
                package.copy_of = Some(id);
                package.name.clone_from(&first.name);
                package.entry = Entry::clone(&first.entry);
            }
            if let (None, Some(folder)) = (original, &folder)
                && let Some(manifest) = self.manifests.get(&**folder)
            {
                let stated = package.entry.version.take();
                package.entry = manifest.clone();
                package.entry.version = stated.or(package.entry.version.take());
            }
            let id = self.locked.add(package);
            if let (None, Some(folder)) = (original, folder) {
                self.folders.insert(folder, id);
            }
            self.keys.insert(Cow::Borrowed(instance.place), id);
            ids.push(id);
        }
        ids
    }

    /// The folder that a link leads to, which the lockfile says nothing else about unless it is an importer.
    fn folder(&mut self, folder: String, alias: &str) -> LocalId {
        if let Some(id) = self.folders.get(&folder) {
            return *id;
        }
        let manifest = self.manifests.get(&*folder);
        let mut entry = manifest.cloned().unwrap_or_default();
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
        let stated = entry.name.clone().filter(|it| !it.is_empty());
        let name = stated.unwrap_or_else(|| Cow::Owned(alias.to_owned()));
        let package = Package::of_folder(Cow::Owned(folder.clone()), name, Role::Local);
        let id = self.locked.add(package.with(|it| it.entry = entry));
        self.folders.insert(folder, id);
        id
    }

    fn report_out_of_step(
        &self,
        folder: &str,
        value: &'v Value<'v>,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let changed_by_code = self.lock.get("pnpmfileChecksum").is_some();
        let Some(manifest) = self.manifests.get(folder).filter(|_| !changed_by_code) else {
            return;
        };
        let names = importers::out_of_step(manifest, value, &self.rules);
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            diagnostics.push(diags::out_of_step(path, folder, &names, &PNPM));
        }
    }

    /// Adds pnpm itself and its plugins, which the project needs before anything is built.
    fn add_environment(&mut self, settings: &Settings<'v>) {
        let Some(environment) = self.lock.environment else {
            return;
        };
        let project = std::mem::take(&mut self.keys);
        let instances = self.lock.environment_instances();
        let mut ids = Vec::with_capacity(instances.len());
        for instance in &instances {
            let mut package = resolution::package(instance, settings);
            if project.contains_key(instance.place) {
                package.place = Cow::Owned([instance.place, " of pnpm"].concat());
            }
            let id = self.locked.add(package);
            self.keys.insert(Cow::Borrowed(instance.place), id);
            ids.push(id);
        }
        for (instance, id) in instances.iter().zip(ids) {
            snapshots::connect(self, id, instance);
        }
        let root = self.folders.get("").copied();
        let importer = environment.get("importers").and_then(|it| it.get("."));
        let sections = ["configDependencies", "packageManagerDependencies"];
        let stated = sections.iter().filter_map(|it| importer?.get(it));
        let Some(root) = root else { return };
        for pair in stated.flat_map(Value::pairs) {
            let to = self.target("", &pair.key, manifests::reference(&pair.value));
            let range = pair.value.get("specifier").and_then(Value::as_scalar);
            let edge = Edge::new(root, to, Cow::Borrowed(&*pair.key));
            self.locked.connect(&edge.with(|it| {
                it.range = range.map(Cow::Borrowed);
                it.spec = range.map(Cow::Borrowed);
                it.phase = Phase::Configure;
            }));
        }
        self.keys = project;
    }
}
