//! Reads a project of Bun: its workspaces and what they require are in the lockfile, and each name leads to the nearest entry.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use bomtrail_graph::{Diagnostics, Fragment, Input, LocalId, Need, Phase, Role};
use foldhash::fast::RandomState;

use super::lock::{Lock, Tuple};
use super::lookup::{Above, Lookup};
use super::overrides::Overrides;
use super::package::{self, Kind};
use super::settings;
use super::wire::{Info, Workspace};
use crate::diags;
use crate::locked::Locked;
use crate::locked::edge::Edge;
use crate::locked::package::Package;
use crate::manager::BUN;
use crate::manifest::folders::{Folders, Texts};
use crate::manifest::settings as npmrc;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::{EntryFlags, Pairs};
use crate::package::registries::Registries;
use crate::package::value::Str;
use crate::paths;

/// The lists of requirements, in the order in which a later one adds to an earlier one.
fn lists<'i, 't>(info: &'i Info<'t>) -> [(&'i Pairs<'t>, Phase, Need); 4] {
    [
        (&info.dependencies, Phase::Runtime, Need::Required),
        (&info.optional_dependencies, Phase::Runtime, Need::Optional),
        (&info.peer_dependencies, Phase::Runtime, Need::Peer),
        (&info.dev_dependencies, Phase::Develop, Need::Required),
    ]
}

/// Makes the fragment of a lockfile that was parsed.
pub(super) fn read(
    lock: &Lock<'_>,
    input: &Input<'_>,
    fragment: &mut Fragment,
    diagnostics: &mut Diagnostics,
) {
    let property = (
        "bomtrail:bun:lockfile-version".into(),
        (&*lock.version).into(),
    );
    fragment.properties.push(property);
    let base = paths::project_of(input.path);
    let mut registries = Registries::of(&npmrc::read(base, input.files));
    settings::read(base, input.files, &mut registries, diagnostics);
    let kinds: Vec<Kind<'_>> = lock
        .packages
        .iter()
        .map(|it| Kind::of(it.resolution))
        .collect();
    let in_lock = lock.workspaces.iter().map(|(folder, _)| plain(folder));
    let local = kinds.iter().filter_map(|it| match it {
        Kind::Folder(folder, _) => Some(folder.clone()),
        Kind::Workspace(_) | Kind::Git(_) | Kind::Archive(_) | Kind::Version => None,
    });
    let texts = Texts::read(
        in_lock.chain(local).collect(),
        base,
        input.files,
        Patterns::of,
    );
    let folders = Folders::of(&texts, base, diagnostics);
    let mut project = Project {
        lock,
        lookup: Lookup::new(&lock.packages),
        overrides: Overrides::of(lock, folders.whole_root()),
        folders: &folders,
        locked: Locked::new(input.path, &BUN, &registries),
        ids: Vec::with_capacity(lock.packages.len()),
        by_folder: HashMap::default(),
    };
    project
        .locked
        .reserve(lock.packages.len() + lock.workspaces.len());
    let in_workspaces = lock.workspaces.iter().map(|(_, it)| it.info.requests());
    let in_packages = lock.packages.iter().map(|it| it.info().requests());
    let requests = in_workspaces.chain(in_packages).sum::<usize>();
    project
        .locked
        .reserve_links(requests + lock.workspaces.len());
    project.add_workspaces(input);
    for (tuple, kind) in lock.packages.iter().zip(kinds) {
        project.add(tuple, kind);
    }
    project.place_archives();
    project.report_out_of_step(input.path, diagnostics);
    project.connect_all();
    project.into_locked().fill(fragment, diagnostics);
}

/// A folder in its plain form.
fn plain(folder: &str) -> String {
    paths::join("", folder).unwrap_or_else(|| folder.to_owned())
}

struct Project<'l> {
    lock: &'l Lock<'l>,
    lookup: Lookup<'l>,
    overrides: Overrides<'l>,
    folders: &'l Folders<'l>,
    locked: Locked<'l>,
    /// The package of each entry; several entries may be about one folder.
    ids: Vec<LocalId>,
    by_folder: HashMap<String, LocalId, RandomState>,
}

impl<'l> Project<'l> {
    /// The packages and links; everything else is freed.
    fn into_locked(self) -> Locked<'l> {
        self.locked
    }

    fn add_workspaces(&mut self, input: &Input<'_>) {
        let root = input.files.folder_name().unwrap_or("project");
        for (folder, stated) in self.lock.workspaces {
            let folder = plain(folder);
            let role = if folder.is_empty() {
                Role::Root
            } else {
                Role::Member
            };
            let fallback = if folder.is_empty() {
                root
            } else {
                paths::folder_name(&folder)
            };
            let fallback = fallback.to_owned();
            self.add_folder(folder, role, stated, fallback);
        }
        if !self.by_folder.contains_key("") {
            let stated = Workspace::NONE;
            let id = self.add_folder(String::new(), Role::Root, stated, root.to_owned());
            if let Some(package) = self.locked.package_mut(id) {
                package.entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
            }
        }
    }

    /// Adds a folder with the facts of its manifest. Name and version are those of the lockfile where it has them.
    fn add_folder(
        &mut self,
        folder: String,
        role: Role,
        stated: &'l Workspace<'l>,
        fallback: String,
    ) -> LocalId {
        if let Some(id) = self.by_folder.get(&folder) {
            return *id;
        }
        let manifest = self.folders.get(&folder);
        let mut entry = manifest.map(|it| it.entry.clone()).unwrap_or_default();
        let text = |it: &'l Option<Str<'l>>| it.as_deref().map(Str::Borrowed);
        let name = text(&stated.name).or_else(|| entry.name.clone());
        let name = name
            .filter(|it| !it.is_empty())
            .unwrap_or(Str::Owned(fallback));
        entry.name = None;
        entry.version = text(&stated.version).or(entry.version);
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, false);
        let package = Package::of_folder(Str::Owned(folder.clone()), name, role);
        let id = self.locked.add(package.with(|it| it.entry = entry));
        self.by_folder.insert(folder, id);
        id
    }

    /// Reports the workspaces whose manifests differ from what the lockfile has of them.
    fn report_out_of_step(&self, path: &str, diagnostics: &mut Diagnostics) {
        let has_folders = self.lock.version == "0";
        for (folder, stated) in self.lock.workspaces {
            let folder = plain(folder);
            let Some(manifest) = self.folders.get(&folder) else {
                continue;
            };
            let lists = lists(&stated.info).into_iter();
            let locked: Vec<(&str, &str)> = lists
                .filter(|(_, _, need)| !need.is_peer())
                .flat_map(|(list, _, _)| list.iter().map(|(name, range)| (&**name, &**range)))
                .collect();
            let names = manifest.differing(&locked, |it| Cow::Borrowed(it));
            // Version 0 has the folder of a workspace in the place of what the manifest says.
            let by_folder: BTreeSet<&str> = locked
                .iter()
                .filter(|(_, range)| has_folders && self.by_folder.contains_key(&plain(range)))
                .map(|(name, _)| *name)
                .collect();
            let names: Vec<&str> = names
                .into_iter()
                .filter(|it| !by_folder.contains(it) || !manifest.declares(it))
                .collect();
            if !names.is_empty() {
                diagnostics.push(diags::out_of_step(path, &folder, &names, &BUN));
            }
        }
        let members = self.folders.members();
        for (folder, new) in members.filter(|(it, _)| !self.by_folder.contains_key(*it)) {
            let names = new.differing(&[], |it| Cow::Borrowed(it));
            if !names.is_empty() {
                let names: Vec<&str> = names.into_iter().collect();
                diagnostics.push(diags::out_of_step(path, folder, &names, &BUN));
            }
        }
    }

    fn add(&mut self, tuple: &Tuple<'l>, kind: Kind<'l>) {
        let id = match kind {
            Kind::Workspace(folder) => {
                let role = if folder.is_empty() {
                    Role::Root
                } else {
                    Role::Member
                };
                self.add_folder(folder, role, Workspace::NONE, tuple.name.to_owned())
            }
            Kind::Folder(folder, is_link) => {
                let id =
                    self.add_folder(folder, Role::Local, Workspace::NONE, tuple.name.to_owned());
                let is_unknown = is_link && !tuple.listed.has_info;
                if let Some(package) = self.locked.package_mut(id).filter(|_| is_unknown) {
                    package.entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
                }
                id
            }
            kind => self.locked.add(package::fetched(tuple, kind, self.lock)),
        };
        self.ids.push(id);
    }

    /// Gives local archives their paths from the root: Bun writes each as its workspace does, relative to the folder of that.
    fn place_archives(&mut self) {
        let mut placed: HashSet<LocalId, RandomState> = HashSet::default();
        for (folder, stated) in self.lock.workspaces {
            let base = plain(folder);
            let above = self.lookup.above(self.path_of(&base, stated));
            let requests = lists(&stated.info).into_iter();
            for (name, range) in requests.flat_map(|(list, _, _)| list) {
                let Some(path) = package::local_archive(range) else {
                    continue;
                };
                let found = self.lookup.find(&above, name);
                let tuple = found.and_then(|it| self.lock.packages.get(it));
                let locked = tuple.and_then(|it| package::local_archive(it.resolution));
                let is_same = locked.is_some_and(|it| plain(it) == plain(path));
                let id = found.and_then(|it| self.ids.get(it).copied());
                let (Some(id), Some(path)) = (id, paths::join(&base, path)) else {
                    continue;
                };
                if is_same
                    && placed.insert(id)
                    && let Some(package) = self.locked.package_mut(id)
                {
                    package.entry.resolved = Some(Str::Owned(["file:", &path].concat()));
                }
            }
        }
    }

    /// The path below which the own packages of a workspace are: its name, unless that is the path of another package.
    fn path_of(&self, folder: &str, stated: &'l Workspace<'l>) -> &'l str {
        let name = stated.name.as_deref().filter(|_| !folder.is_empty());
        let Some(name) = name else {
            return "";
        };
        let placed = self.lookup.find(&self.lookup.above(""), name);
        let placed = placed.and_then(|it| self.ids.get(it));
        let is_other = placed.is_some_and(|it| self.by_folder.get(folder) != Some(it));
        if is_other { "" } else { name }
    }

    fn connect_all(&mut self) {
        let root = self.by_folder.get("").copied();
        for (folder, stated) in self.lock.workspaces {
            let folder = plain(folder);
            let Some(from) = self.by_folder.get(&folder).copied() else {
                continue;
            };
            let path = self.path_of(&folder, stated);
            self.connect(from, path, &stated.info);
        }
        for (number, tuple) in self.lock.packages.iter().enumerate() {
            let Some(from) = self.ids.get(number).copied() else {
                continue;
            };
            let role = self.locked.package(from).map(|it| it.role);
            // The requirements of workspaces are in `workspaces`; the first format repeats them.
            if !matches!(role, Some(Role::Root | Role::Member)) {
                self.connect(from, tuple.key, tuple.info());
            }
        }
        if let Some(root) = root {
            self.connect_members(root);
        }
    }

    /// Connects the root to the workspaces that it does not require itself.
    fn connect_members(&mut self, root: LocalId) {
        let declared = self.locked.targets_of(root);
        for (folder, _) in self.lock.workspaces {
            let member = self.by_folder.get(&plain(folder)).copied();
            let Some(member) = member.filter(|it| *it != root && !declared.contains(it)) else {
                continue;
            };
            let range = ["workspace:", folder].concat();
            self.locked.connect_member(root, member, Some(range));
        }
    }

    fn connect(&mut self, from: LocalId, path: &str, info: &'l Info<'l>) {
        if info.requests() == 0 {
            return;
        }
        let above = self.lookup.above(path);
        for (list, phase, need) in lists(info) {
            for (name, range) in list {
                let need = match need {
                    Need::Peer if info.optional_peers.contains(name) => Need::OptionalPeer,
                    need => need,
                };
                let edge = self.edge(from, &above, (name, range), need);
                self.locked.connect(&edge.with(|it| it.phase = phase));
            }
        }
    }

    /// The edge of a requirement of a package.
    fn edge(
        &self,
        from: LocalId,
        above: &Above<'_>,
        asked: (&'l str, &'l str),
        need: Need,
    ) -> Edge<'l> {
        let (name, range) = asked;
        let effective = self.lock.catalog(name, range).unwrap_or(range);
        let found = self.lookup.find(above, name);
        let to = found.and_then(|it| self.ids.get(it).copied());
        let version = found
            .and_then(|it| self.lock.packages.get(it))
            .map(|it| it.resolution);
        let package = self.locked.package(from).map_or("", |it| &*it.name);
        let overridden =
            version.and_then(|it| self.overrides.of_edge(package, name, effective, it));
        Edge::new(from, to, Str::Borrowed(name)).with(|it| {
            it.range = Some(Str::Borrowed(range));
            it.need = need;
            it.undecided = need.is_peer();
            // A peer of any version is taken, with a warning.
            it.spec = match &overridden {
                _ if need.is_peer() => None,
                Some(applied) if applied.is_local => None,
                Some(applied) => Some(Str::Owned(applied.rule.effective.to_string())),
                None => Some(Str::Borrowed(effective)),
            };
            it.overridden = overridden.map(|it| it.rule);
        })
    }
}
