//! Reads a project of Yarn 2 or later. The lockfile has the workspaces and what serves each range; which dependencies are for
//! development, only the manifests say.

use std::collections::HashMap;

use bomtrail_graph::{Diagnostics, Fragment, Input, LocalId, Need, Phase, Role};
use foldhash::fast::RandomState;

use super::locator::{self, Locator, Source};
use super::lookup::{Lookup, Spelling};
use super::package::{self, Checked};
use super::peered::{Listed, Peered, Requirements};
use super::peers::{self, Service};
use super::range::{normalized, shown};
use super::{grammar, settings, tolerant};
use crate::diags::{self, Asked};
use crate::locked::Locked;
use crate::locked::edge::{Asker, Edge};
use crate::locked::package::Package;
use crate::manager::YARN;
use crate::manifest::folders::{Folders, Texts};
use crate::manifest::settings as npmrc;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::EntryFlags;
use crate::package::registries::Registries;
use crate::package::value::Str;
use crate::paths;
use crate::text::{self, Side};
use crate::yarn::items::Item;
use crate::yarn::records::{self, Builder, Record};

/// The key of the lockfile's own facts.
pub(super) const METADATA: &str = "__metadata";

/// The entries of a lockfile, in whatever YAML it is.
fn entries<'t>(
    path: &str,
    text: &'t str,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Record<'t>>> {
    let mut builder = Builder::of_text(text);
    if grammar::each(text, |it| builder.take(it)).is_some() {
        return Some(builder.finish());
    }
    if let Some(line) = text::all_conflict_markers(text) {
        let side = text::resolve_conflict(text, Side::Ours);
        diagnostics.push(diags::merge_conflict(path, line, "our", &YARN));
        return whole(path, &side, diagnostics).map(records::records);
    }
    whole(path, text, diagnostics).map(records::records)
}

/// The items of a text that Yarn does not write like this.
fn whole<'t>(path: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Item<'t>>> {
    match tolerant::parse(path, text) {
        Ok(items) => Some(items),
        Err(problems) => {
            diagnostics.append(problems);
            None
        }
    }
}

/// Makes the fragment of a lockfile.
pub(crate) fn read(
    text: &str,
    input: &Input<'_>,
    fragment: &mut Fragment,
    diagnostics: &mut Diagnostics,
) {
    let Some(mut all) = entries(input.path, text, diagnostics) else {
        return;
    };
    let is_metadata = |it: &Record<'_>| it.keys.first().is_some_and(|key| key == METADATA);
    let metadata = all.iter().find(|it| is_metadata(it));
    let version = metadata.and_then(|it| it.version.as_deref());
    let spelling = Spelling::of(version);
    if let Some(version) = version {
        let property = ("bomtrail:yarn:lockfile-version".into(), version.into());
        fragment.properties.push(property);
    }
    all.retain(|it| !is_metadata(it));
    records::split_keys(&mut all);
    let located: Vec<Option<Locator<'_>>> = all
        .iter()
        .map(|it| locator::parse(it.resolution.as_deref()?))
        .collect();
    let base = paths::project_of(input.path);
    let mut registries = Registries::of(&npmrc::read(base, input.files));
    let catalogs = settings::read(base, input.files, &mut registries, diagnostics);
    let named = located.iter().flatten().filter_map(folder).collect();
    let texts = Texts::read(named, base, input.files, Patterns::of);
    let folders = Folders::of(&texts, base, diagnostics);
    let is_root = |it: &Option<Locator<'_>>| {
        it.as_ref()
            .is_some_and(|it| it.source == Source::Workspace(String::new()))
    };
    let root = located.iter().position(is_root).and_then(|it| all.get(it));
    let root = root
        .and_then(|it| it.resolution.as_deref())
        .unwrap_or_default();
    let manifest = folders.whole_root();
    let lookup = Lookup::new(&all, manifest, &catalogs, root, spelling);
    let links = all.iter().map(Record::requests).sum::<usize>();
    let mut project = Project {
        path: input.path,
        records: &all,
        located: &located,
        required: Requirements::new(lookup.keys(), links),
        lookup,
        folders: &folders,
        locked: Locked::new(input.path, &YARN, &registries),
        ids: Vec::with_capacity(all.len()),
        by_folder: HashMap::default(),
        by_archive: HashMap::default(),
        checked: Checked::of(&all),
    };
    project.locked.reserve(all.len() + 1);
    project.locked.reserve_links(links + links / 8);
    project.add_all(input, diagnostics);
    project.report_out_of_step(diagnostics);
    project.connect_all(diagnostics);
    project.connect_peers(diagnostics);
    project.into_locked().fill(fragment, diagnostics);
}

/// The folder of a first-party package.
fn folder(locator: &Locator<'_>) -> Option<String> {
    match &locator.source {
        Source::Workspace(folder) | Source::Folder(folder, _) => Some(folder.clone()),
        Source::Registry { .. } | Source::Address(_) => None,
    }
}

/// The name and the address of an archive of the disk; `None` for any other package and for one that is patched.
fn local_archive<'p>(locator: &'p Locator<'_>) -> Option<(&'p str, &'p str)> {
    match &locator.source {
        Source::Address(address) if address.starts_with("file:") && locator.patches.is_empty() => {
            Some((&locator.name, address))
        }
        _ => None,
    }
}

struct Project<'p> {
    path: &'p str,
    records: &'p [Record<'p>],
    located: &'p [Option<Locator<'p>>],
    lookup: Lookup<'p>,
    folders: &'p Folders<'p>,
    locked: Locked<'p>,
    /// The package of each entry; several entries may be about one folder.
    ids: Vec<LocalId>,
    by_folder: HashMap<String, LocalId, RandomState>,
    /// The packages of archives of the disk, by name and address.
    by_archive: HashMap<(&'p str, &'p str), LocalId, RandomState>,
    checked: Checked<'p>,
    /// What serves the requirements of each entry.
    required: Requirements<'p>,
}

/// One requirement of a workspace, with the words of its manifest.
struct Declared<'p> {
    range: Option<&'p str>,
    phase: Phase,
    need: Need,
}

impl<'p> Project<'p> {
    /// The packages and links; everything else is freed.
    fn into_locked(self) -> Locked<'p> {
        self.locked
    }

    fn add_all(&mut self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        for (record, locator) in self.records.iter().zip(self.located) {
            let id = match locator {
                Some(locator) => match (folder(locator), local_archive(locator)) {
                    (Some(folder), _) => self.add_folder(folder, locator, input, diagnostics),
                    (None, Some(archive)) => self.add_archive(archive, record, locator),
                    (None, None) => {
                        self.locked
                            .add(package::fetched(record, locator, &self.checked))
                    }
                },
                None => self.locked.add(package::unknown(record)),
            };
            self.ids.push(id);
        }
        if self.by_folder.contains_key("") {
            return;
        }
        if self.folders.root().is_none() {
            diagnostics.push(diags::roots_unknown(self.path));
        }
        let name = input.files.folder_name().unwrap_or("project").to_owned();
        let root = Package::of_folder(Str::Borrowed(""), Str::Owned(name), Role::Root);
        self.locked
            .add(root.with(|it| it.entry.bits.set(EntryFlags::EDGES_UNKNOWN, true)));
    }

    /// Adds an archive of the disk. Each workspace that asks for it has an entry of its own.
    fn add_archive(
        &mut self,
        archive: (&'p str, &'p str),
        record: &'p Record<'p>,
        locator: &'p Locator<'p>,
    ) -> LocalId {
        if let Some(id) = self.by_archive.get(&archive) {
            return *id;
        }
        let id = self
            .locked
            .add(package::fetched(record, locator, &self.checked));
        self.by_archive.insert(archive, id);
        id
    }

    /// Adds the root, a workspace or another folder. Its facts are those of its manifest.
    fn add_folder(
        &mut self,
        folder: String,
        locator: &'p Locator<'p>,
        input: &Input<'_>,
        diagnostics: &mut Diagnostics,
    ) -> LocalId {
        let is_link = matches!(locator.source, Source::Folder(_, true));
        if let Some(id) = self.by_folder.get(&folder).copied() {
            if let (Some(package), false) = (self.locked.package_mut(id), is_link) {
                package.entry.bits.set(EntryFlags::EDGES_UNKNOWN, false);
            }
            return id;
        }
        let is_workspace = matches!(locator.source, Source::Workspace(_));
        let role = match (is_workspace, folder.is_empty()) {
            (true, true) => Role::Root,
            (true, false) => Role::Member,
            (false, _) => Role::Local,
        };
        let manifest = self.folders.get(&folder);
        if is_workspace && manifest.is_none() {
            diagnostics.push(diags::phase_unknown(self.path, &folder));
        }
        let mut entry = manifest.map(|it| it.entry.clone()).unwrap_or_default();
        let named = entry.name.clone().filter(|it| !it.is_empty());
        // Yarn makes up a name for a workspace that has none.
        let name = match (named, manifest, role) {
            (Some(name), _, _) => name,
            (None, Some(_), Role::Root) => {
                let folder = input.files.folder_name();
                folder.map_or(locator.name.clone(), |it| Str::Owned(it.to_owned()))
            }
            (None, _, _) => locator.name.clone(),
        };
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, is_link);
        let package = Package::of_folder(Str::Owned(folder.clone()), name, role);
        let id = self.locked.add(package.with(|it| it.entry = entry));
        self.by_folder.insert(folder, id);
        id
    }

    fn connect_all(&mut self, diagnostics: &mut Diagnostics) {
        for number in 0..self.records.len() {
            self.connect(number, diagnostics);
        }
        let Some(root) = self.by_folder.get("").copied() else {
            return;
        };
        let declared = self.locked.targets_of(root);
        let members = self.located.iter().zip(self.ids.clone());
        for (locator, id) in members {
            let Some(locator) = locator else { continue };
            let Source::Workspace(folder) = &locator.source else {
                continue;
            };
            if id != root && !declared.contains(&id) {
                let range = ["workspace:", folder].concat();
                self.locked.connect_member(root, id, Some(range));
            }
        }
    }

    /// Reports the workspaces whose manifests differ from what the lockfile has of them, or that it does not have.
    fn report_out_of_step(&self, diagnostics: &mut Diagnostics) {
        for (record, locator) in self.records.iter().zip(self.located) {
            let Some(Locator {
                source: Source::Workspace(folder),
                ..
            }) = locator
            else {
                continue;
            };
            let Some(manifest) = self.folders.get(folder) else {
                continue;
            };
            let locked = record.dependencies.iter();
            let locked: Vec<(&str, &str)> =
                locked.map(|(name, range)| (&**name, &**range)).collect();
            let names: Vec<&str> = manifest
                .differing(&locked, normalized)
                .into_iter()
                .collect();
            if !names.is_empty() {
                diagnostics.push(diags::out_of_step(self.path, folder, &names, &YARN));
            }
        }
        let root = self.folders.root().map(|it| ("", it));
        let all = root.into_iter().chain(self.folders.members());
        for (folder, new) in all.filter(|(it, _)| !self.by_folder.contains_key(*it)) {
            let names: Vec<&str> = new.differing(&[], normalized).into_iter().collect();
            if !names.is_empty() {
                diagnostics.push(diags::out_of_step(self.path, folder, &names, &YARN));
            }
        }
    }

    /// Connects the requirements of one entry.
    fn connect(&mut self, number: usize, diagnostics: &mut Diagnostics) {
        let (Some(record), Some(from)) = (self.records.get(number), self.ids.get(number).copied())
        else {
            return;
        };
        let parent = record.resolution.as_deref().unwrap_or_default();
        for (name, range) in &record.dependencies {
            let found = self.lookup.find(parent, name, range);
            let to = found
                .as_ref()
                .and_then(|it| self.ids.get(it.record).copied());
            if let Some(found) = &found {
                self.required.add(name, found.name, found.record);
            }
            if let Some(found) = found.as_ref().filter(|it| it.by_name) {
                let place = self.locked.package(from).map_or("", |it| &it.place);
                let asked = Asked {
                    from: place,
                    name,
                    spec: range,
                };
                let entry = self.records.get(found.record);
                let entry = entry
                    .and_then(|it| it.resolution.as_deref())
                    .unwrap_or_default();
                diagnostics.push(diags::resolved_by_name(self.path, &asked, entry));
            }
            for declared in self.declared(number, name, record).into_iter().flatten() {
                let edge = Edge::new(from, to, Str::Borrowed(name)).with(|it| {
                    let range = declared.range.unwrap_or(range);
                    it.range = Some(Str::Borrowed(shown(range)));
                    (it.phase, it.need) = (declared.phase, declared.need);
                    if let Some(found) = &found {
                        it.spec = Some(found.spec.clone()).filter(|_| !found.by_name);
                        it.overridden.clone_from(&found.overridden);
                        it.asker = Asker::of_rule(found.overridden.as_ref());
                    }
                });
                self.locked.connect(&edge);
            }
        }
        self.required.end();
    }

    /// How a requirement is declared: for each package once, for a workspace as often as its manifest has it.
    fn declared(
        &self,
        number: usize,
        name: &str,
        record: &Record<'_>,
    ) -> [Option<Declared<'p>>; 2] {
        let plain = |need| Declared {
            range: None,
            phase: Phase::Runtime,
            need,
        };
        let need = if record.optional.iter().any(|it| it == name) {
            Need::Optional
        } else {
            Need::Required
        };
        let manifest = match self.located.get(number) {
            Some(Some(Locator {
                source: Source::Workspace(folder),
                ..
            })) => self.folders.get(folder),
            _ => None,
        };
        let Some(manifest) = manifest else {
            return [Some(plain(need)), None];
        };
        let range = |pairs: &'p [(Str<'p>, Str<'p>)]| {
            let found = pairs.iter().rev().find(|(it, _)| it == name);
            found.map(|(_, range)| &**range)
        };
        let extras = manifest.entry.extras.as_deref();
        let optional = extras.and_then(|it| range(&it.optional_dependencies));
        let runtime = range(&manifest.entry.dependencies);
        let develop = extras.and_then(|it| range(&it.dev_dependencies));
        let runtime = optional.or(runtime).map(|range| {
            let need = if optional.is_some() {
                Need::Optional
            } else {
                need
            };
            Declared {
                range: Some(range),
                ..plain(need)
            }
        });
        let develop = develop.map(|range| Declared {
            range: Some(range),
            phase: Phase::Develop,
            need,
        });
        if runtime.is_none() && develop.is_none() {
            return [Some(plain(need)), None];
        }
        [runtime, develop]
    }

    /// The entries of the root and the workspaces, in the order in which Yarn links them.
    fn workspaces(&self) -> Vec<usize> {
        let mut all: Vec<(&str, usize)> = Vec::new();
        for (number, locator) in self.located.iter().enumerate() {
            if let Some(Locator {
                source: Source::Workspace(folder),
                ..
            }) = locator
            {
                all.push((folder, number));
            }
        }
        all.sort_unstable();
        all.into_iter().map(|(_, number)| number).collect()
    }

    /// Connects the peers, which the lockfile does not resolve, as Yarn does while it links.
    fn connect_peers(&mut self, diagnostics: &mut Diagnostics) {
        // What a workspace requires for development serves peers too, and only its manifest states it.
        if self.folders.root().is_none() {
            self.required.clear();
        }
        let keys = self.lookup.keys();
        let required = std::mem::replace(&mut self.required, Requirements::new(keys, 0));
        let peered = Peered::new(required, keys, self.records, self.located);
        let found = peers::resolve(&peered, &self.workspaces());
        if found.is_none() {
            diagnostics.push(diags::peers_open(self.path));
        }
        let mut found = &*found.unwrap_or_default();
        for package in 0..self.records.len() {
            for (number, peer) in peered.listed(package).iter().enumerate() {
                let is_here = |it: &Service| (it.package, it.peer) == (package, number);
                let count = found.iter().take_while(|it| is_here(it)).count();
                let (targets, rest) = found.split_at_checked(count).unwrap_or((found, &[]));
                found = rest;
                self.connect_peer(package, (peer, peered.text(peer.name)), targets);
            }
        }
    }

    fn connect_peer(&mut self, package: usize, peer: (&Listed, &'p str), targets: &[Service]) {
        let (record, from) = (self.records.get(package), self.ids.get(package).copied());
        let (Some(record), Some(from), (peer, name)) = (record, from, peer) else {
            return;
        };
        let range = record.peer_dependencies.get(peer.place);
        let need = if peer.is_optional {
            Need::OptionalPeer
        } else {
            Need::Peer
        };
        let edge = |to| {
            Edge::new(from, to, Str::Borrowed(name)).with(|it| {
                it.range = range.map(|(_, range)| Str::Borrowed(shown(range)));
                (it.need, it.undecided) = (need, true);
            })
        };
        // What a package requires itself is there whatever serves the peer.
        let is_required = || record.dependencies.iter().any(|(it, _)| it == name);
        if targets.is_empty() && !is_required() {
            self.locked.connect(&edge(None));
        }
        for target in targets {
            let to = self.ids.get(target.by).copied().filter(|it| *it != from);
            if to.is_some() {
                self.locked.connect(&edge(to));
            }
        }
    }
}
