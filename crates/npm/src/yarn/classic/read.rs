//! Reads a project of Yarn 1: each requirement leads to the entry that has `name@range` as a key, unless a workspace of that
//! name satisfies the range.

use std::collections::{BTreeSet, HashMap};

use bomtrail_graph::{Diagnostics, Fragment, Input, LocalId, Need, Override, Phase, Role};
use foldhash::fast::RandomState;

use super::declared::Declared;
use super::resolved;
use super::settings as yarnrc;
use crate::diags;
use crate::locked::Locked;
use crate::locked::edge::{Asker, Edge};
use crate::locked::package::{Package, Resolution};
use crate::manager::YARN;
use crate::manifest::folders::{FolderManifest, Folders, Texts};
use crate::manifest::settings;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::{Entry, EntryFlags};
use crate::package::registries::Registries;
use crate::package::requesters::Requesters;
use crate::package::value::{Str, Value};
use crate::paths;
use crate::resolve::spec::{Spec, split_name};
use crate::yarn::address;
use crate::yarn::records::{Index, Record};
use bomtrail_version::npm as semver;

/// Makes the fragment of a lockfile that was parsed.
pub(crate) fn read(
    records: &[Record<'_>],
    input: &Input<'_>,
    fragment: &mut Fragment,
    diagnostics: &mut Diagnostics,
) {
    let base = paths::project_of(input.path);
    let npmrc = settings::read(base, input.files);
    let mut registries = Registries::of(&npmrc);
    yarnrc::add_registries(base, input.files, &mut registries);
    let named = records.iter().filter_map(folder_of).collect();
    let texts = Texts::read(named, base, input.files, Patterns::without_exclusions);
    let folders = Folders::of(&texts, base, diagnostics);
    let mut project = Project {
        index: Index::new(records),
        records,
        folders: &folders,
        locked: Locked::new(input.path, &YARN, &registries),
        ids: vec![None; records.len()],
        members: HashMap::default(),
        by_folder: HashMap::default(),
    };
    let links = records.iter().map(Record::requests).sum::<usize>();
    project.locked.reserve(records.len() + 1);
    project.locked.reserve_links(links + links / 8);
    project.add_root(input, diagnostics);
    project.add_members(input.path, diagnostics);
    project.add_records();
    project.connect_roots();
    project.connect_records();
    project.into_locked().fill(fragment, diagnostics);
}

/// The folder that an entry is about, relative to the project's folder; `None` for a package that is fetched.
fn folder_of(record: &Record<'_>) -> Option<String> {
    if record
        .resolution
        .as_deref()
        .is_some_and(|it| !it.is_empty())
    {
        return None;
    }
    let path = record.keys.iter().find_map(|it| local_path(it))?;
    paths::join("", path).or_else(|| Some(outside(path)))
}

/// The path in a key such as `a@file:./b`.
fn local_path(key: &str) -> Option<&str> {
    let (_, range) = split_name(key);
    let prefixed = range
        .strip_prefix("file:")
        .or_else(|| range.strip_prefix("link:"));
    let plain = ["./", "../", "/"].iter().any(|it| range.starts_with(it));
    prefixed.or_else(|| plain.then_some(range))
}

/// A place for an absolute path, which is never shown.
fn outside(path: &str) -> String {
    let last = path
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next();
    [".../", last.unwrap_or_default()].concat()
}

struct Project<'p> {
    records: &'p [Record<'p>],
    index: Index<'p>,
    folders: &'p Folders<'p>,
    locked: Locked<'p>,
    /// The package of each entry.
    ids: Vec<Option<LocalId>>,
    /// The workspaces, by name, with their version.
    members: HashMap<&'p str, (LocalId, &'p str), RandomState>,
    /// The folders that have a package already.
    by_folder: HashMap<String, LocalId, RandomState>,
}

impl<'p> Project<'p> {
    /// The packages and links; everything else is freed.
    fn into_locked(self) -> Locked<'p> {
        self.locked
    }

    fn add_root(&mut self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        let manifest = self.folders.root();
        let name = manifest.and_then(|it| it.entry.name.clone());
        let name = name.filter(|it| !it.is_empty()).unwrap_or_else(|| {
            let folder = input.files.folder_name().unwrap_or("project");
            Str::Owned(folder.to_owned())
        });
        let mut entry = manifest.map(|it| it.entry.clone()).unwrap_or_default();
        if manifest.is_none() {
            entry.bits.set(EntryFlags::EDGES_UNKNOWN, true);
            diagnostics.push(diags::roots_unknown(input.path));
        }
        let root = Package::of_folder(Str::Borrowed(""), name, Role::Root);
        let id = self.locked.add(root.with(|it| it.entry = entry));
        self.by_folder.insert(String::new(), id);
    }

    /// Adds the workspaces. Yarn 1 ignores those without a name or a version, and locks nothing for them.
    fn add_members(&mut self, path: &str, diagnostics: &mut Diagnostics) {
        for (folder, manifest) in self.folders.members() {
            let text = |it: &'p Option<Str<'p>>| it.as_deref().filter(|it| !it.is_empty());
            let (name, version) = (text(&manifest.entry.name), text(&manifest.entry.version));
            let (Some(name), Some(version)) = (name, version) else {
                diagnostics.push(diags::ignored_workspace(path, folder, &YARN));
                continue;
            };
            let member =
                Package::of_folder(Str::Borrowed(folder), Str::Borrowed(name), Role::Member);
            let id = self
                .locked
                .add(member.with(|it| it.entry = manifest.entry.clone()));
            self.members.entry(name).or_insert((id, version));
            self.by_folder.insert(folder.to_owned(), id);
        }
    }

    fn add_records(&mut self) {
        for (number, record) in self.records.iter().enumerate() {
            let mut owned = record.keys.iter().filter(|it| self.index.owns(number, it));
            let Some(place) = owned.next().filter(|_| record.instead.is_none()) else {
                continue;
            };
            let id = match folder_of(record) {
                Some(folder) => self.add_folder(folder, record, place),
                None => self.locked.add(fetched(record, place)),
            };
            if let Some(slot) = self.ids.get_mut(number) {
                *slot = Some(id);
            }
        }
    }

    /// Adds a local folder. Of a link, the lockfile says nothing but the path.
    fn add_folder(&mut self, folder: String, record: &'p Record<'p>, key: &'p str) -> LocalId {
        let is_link = split_name(key).1.starts_with("link:");
        if let Some(id) = self.by_folder.get(&folder) {
            let id = *id;
            let known = self
                .locked
                .package_mut(id)
                .filter(|it| it.role == Role::Local);
            if let (Some(package), false) = (known, is_link) {
                package.entry.bits.set(EntryFlags::EDGES_UNKNOWN, false);
            }
            return id;
        }
        let manifest = self.folders.get(&folder);
        let mut entry = manifest.map(|it| it.entry.clone()).unwrap_or_default();
        let named = entry.name.clone().filter(|it| !it.is_empty());
        let name = named.unwrap_or(Str::Borrowed(split_name(key).0));
        entry.version = entry
            .version
            .or_else(|| record.version.clone().filter(|_| !is_link));
        entry.bits.set(EntryFlags::EDGES_UNKNOWN, is_link);
        let package = Package::of_folder(Str::Owned(folder.clone()), name, Role::Local);
        let id = self.locked.add(package.with(|it| it.entry = entry));
        self.by_folder.insert(folder, id);
        id
    }

    /// Connects the root and the workspaces, whose requirements are in their manifests alone.
    fn connect_roots(&mut self) {
        let Some(root) = self.by_folder.get("").copied() else {
            return;
        };
        if let Some(manifest) = self.folders.root() {
            self.connect_manifest(root, manifest);
        }
        let declared: BTreeSet<&str> = self
            .folders
            .root()
            .map(|it| it.entry.names())
            .unwrap_or_default();
        for (folder, manifest) in self.folders.members() {
            let Some(id) = self.by_folder.get(folder).copied() else {
                continue;
            };
            self.connect_manifest(id, manifest);
            let name = manifest.entry.name.as_deref().unwrap_or_default();
            if !declared.contains(name) {
                let range = ["workspace:", folder].concat();
                self.locked.connect_member(root, id, Some(range));
            }
        }
    }

    fn connect_manifest(&mut self, from: LocalId, manifest: &'p FolderManifest<'p>) {
        let declared = Declared::of(manifest);
        for (name, range) in &manifest.entry.dependencies {
            let known = declared.get(name);
            if !known.is_optional {
                let ranges = (&**range, known.range_of(range));
                self.connect_declared(from, name, ranges, |_| {});
            }
        }
        let Some(extras) = manifest.entry.extras.as_deref() else {
            return;
        };
        for (name, range) in &extras.optional_dependencies {
            let ranges = (&**range, declared.get(name).range_of(range));
            self.connect_declared(from, name, ranges, |it| it.need = Need::Optional);
        }
        for (name, range) in &extras.dev_dependencies {
            // Of a name that is in another list too, Yarn 1 ignores what is for development.
            if !declared.get(name).is_runtime || self.serves(name, range) {
                self.connect(from, name, range, |it| it.phase = Phase::Develop);
            }
        }
        for (name, range) in &extras.peer_dependencies {
            let is_optional = extras.optional_peers.contains(name);
            let need = if is_optional {
                Need::OptionalPeer
            } else {
                Need::Peer
            };
            // What serves a peer is not in the lockfile.
            let edge = Edge::new(from, None, Str::Borrowed(name)).with(|it| {
                it.range = Some(Str::Borrowed(range));
                (it.need, it.undecided) = (need, true);
            });
            self.locked.connect(&edge);
        }
    }

    fn connect_records(&mut self) {
        for (number, record) in self.records.iter().enumerate() {
            let Some(Some(from)) = self.ids.get(number).copied() else {
                continue;
            };
            let optional = &record.optional_dependencies;
            let is_optional = |name: &str| optional.iter().any(|(it, _)| it == name);
            for (name, range) in &record.dependencies {
                if !is_optional(name) {
                    self.connect(from, name, range, |_| {});
                }
            }
            for (name, range) in optional {
                self.connect(from, name, range, |it| it.need = Need::Optional);
            }
        }
    }

    /// Connects one requirement to what serves it.
    fn connect(
        &mut self,
        from: LocalId,
        name: &'p str,
        range: &'p str,
        set: impl FnOnce(&mut Edge<'p>),
    ) {
        self.connect_declared(from, name, (range, range), set);
    }

    /// Connects one requirement to what serves it, by the range that is declared and the one in force.
    fn connect_declared(
        &mut self,
        from: LocalId,
        name: &'p str,
        (declared, range): (&'p str, &'p str),
        set: impl FnOnce(&mut Edge<'p>),
    ) {
        let member = self.member(name, range);
        let key = [name, "@", range].concat();
        let found = self.follow(&key);
        let to = member.or_else(|| found.and_then(|it| self.ids.get(it).copied().flatten()));
        let overridden = found
            .filter(|_| member.is_none())
            .and_then(|it| self.replaced(it, name, range));
        let mut edge = Edge::new(from, to, Str::Borrowed(name)).with(|it| {
            it.range = Some(Str::Borrowed(declared));
            // Yarn 1 asks the registry again when the version does not satisfy the range.
            it.is_resolved_again = true;
            it.spec = match &overridden {
                Some(rule) => Some(Str::Owned(rule.effective.to_string())),
                None => Some(Str::Borrowed(range)),
            };
            it.asker = Asker::of_rule(overridden.as_ref());
            it.overridden = overridden;
        });
        set(&mut edge);
        self.locked.connect(&edge);
    }

    /// The workspace that a requirement leads to.
    fn member(&self, name: &str, range: &str) -> Option<LocalId> {
        let (id, version) = self.members.get(name)?;
        is_served(version, range).then_some(*id)
    }

    /// True when something serves a requirement.
    fn serves(&self, name: &str, range: &str) -> bool {
        let key = [name, "@", range].concat();
        self.member(name, range).is_some() || self.follow(&key).is_some()
    }

    /// The entry of a key. Yarn 1 follows a text in place of an entry to the entry of that key.
    fn follow(&self, key: &str) -> Option<usize> {
        const MOST_STEPS: usize = 16;
        let mut number = self.index.get(key)?;
        for _ in 0..MOST_STEPS {
            match self.records.get(number)?.instead.as_deref() {
                Some(other) => number = self.index.get(other)?,
                None => return Some(number),
            }
        }
        None
    }

    /// The resolution of the root manifest that put another range in the place of this one.
    fn replaced(&self, number: usize, name: &str, range: &str) -> Option<Override> {
        let resolutions = self.folders.whole_root()?.get("resolutions")?;
        let Value::Map(pairs) = resolutions else {
            return None;
        };
        let version = self.records.get(number)?.version.as_deref();
        // An entry that replaces others has the ranges of all of them, but the version of the one in force.
        let is_in_force = |value: &str| match (Spec::parse(value), version) {
            (Spec::Range(it), Some(version)) => semver::satisfies(version, it),
            _ => true,
        };
        let applies = |(pattern, value): &&(Str<'_>, Value<'_>)| {
            let of_name = pattern.strip_suffix(name);
            let value = value.text().unwrap_or_default();
            let key = [name, "@", value].concat();
            of_name.is_some_and(|it| it.is_empty() || it.ends_with('/'))
                && value != range
                && is_in_force(value)
                && self.follow(&key) == Some(number)
        };
        let (pattern, value) = pairs.iter().find(applies)?;
        let value = value.text()?;
        Some(Override {
            rule: [pattern, ": ", value].concat().into(),
            effective: value.into(),
        })
    }
}

/// True when Yarn 1 uses a workspace of this version for a range.
pub(super) fn is_served(version: &str, range: &str) -> bool {
    let range = range.strip_prefix("workspace:").unwrap_or(range);
    matches!(range, "^" | "~")
        || matches!(Spec::parse(range), Spec::Range(it) if semver::satisfies(version, it))
}

/// The package of an entry that is fetched.
fn fetched<'p>(record: &'p Record<'p>, place: &'p str) -> Package<'p> {
    let name = real_name(record, place);
    let version = record.version.clone();
    let address = record.resolution.as_deref().filter(|it| !it.is_empty());
    let Some(address) = address else {
        return unlocked(record, place, name, version);
    };
    let resolved = resolved::parse(address);
    let integrity = record.integrity.clone().filter(|it| !it.is_empty());
    let integrity = integrity
        .or_else(|| resolved.integrity().map(Str::Owned))
        .filter(|_| !resolved.is_git);
    let package = Package::of_address(Str::Borrowed(place), name, resolved.address);
    package.with(|it| {
        // What asks for it is on the edges.
        it.asked = Requesters::default();
        it.entry.version = version;
        it.entry.integrity = integrity;
    })
}

/// The package of an entry without an address: Yarn 1 asks the registry for it again.
fn unlocked<'p>(
    record: &'p Record<'p>,
    place: &'p str,
    name: Str<'p>,
    version: Option<Str<'p>>,
) -> Package<'p> {
    let integrity = record.integrity.clone();
    let entry = Entry {
        version,
        integrity,
        ..Entry::default()
    };
    Package {
        place: Str::Borrowed(place),
        name,
        entry,
        resolution: Resolution::Address,
        ..Package::default()
    }
}

/// The name of the package: as the entry states it, else what an alias or an address stands for, else as it is asked for.
fn real_name<'r>(record: &'r Record<'_>, place: &'r str) -> Str<'r> {
    if let Some(name) = record.name.as_deref().filter(|it| !it.is_empty()) {
        return Str::Borrowed(name);
    }
    let is_address = |key: &Str<'_>| matches!(Spec::parse(split_name(key).1), Spec::Remote(_));
    if record.keys.iter().all(is_address)
        && let Some(address) = record.resolution.as_deref()
        && let Some(name) = address::public_name(address, record.version.as_deref())
    {
        return name;
    }
    let alias = record.keys.iter().find_map(|key| {
        let target = split_name(key).1.strip_prefix("npm:")?;
        match Spec::parse(target) {
            Spec::Range(_) => None,
            _ => Some(split_name(target).0).filter(|it| !it.is_empty()),
        }
    });
    Str::Borrowed(alias.unwrap_or(split_name(place).0))
}
