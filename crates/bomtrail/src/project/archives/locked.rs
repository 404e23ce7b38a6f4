//! What the lockfiles of a project state about their packages beyond the graph, and how much they state at all.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_archive::{Locked, LockedRequirements};
use bomtrail_graph::{Files, Flags, Fragment, Need};
use bomtrail_npm::{LockedCommands, locked_commands};

use super::Position;

/// What a reader of npm's lockfile calls its version.
const LOCKFILE_VERSION: &str = "bomtrail:npm:lockfile-version";

/// What the readers of lockfiles call their versions whose package managers have package extensions of their own.
const WITH_EXTENSIONS: [&str; 2] = [
    "bomtrail:pnpm:lockfile-version",
    "bomtrail:yarn:lockfile-version",
];
/// What pnpm writes at the beginning of a line when code of the project may have changed manifests.
const CHANGED_BY_CODE: &[u8] = b"pnpmfileChecksum:";

/// What one lockfile states.
#[derive(Default)]
struct Lockfile {
    /// The commands of each place; `None` where it states none.
    commands: Option<BTreeMap<String, LockedCommands>>,
    /// The names of the packages in the archive of a place.
    bundled: BTreeMap<Box<str>, BTreeSet<String>>,
    /// True when it marks install scripts, and lists bundled packages and peers.
    is_full: bool,
    /// True when it has any peer dependency.
    states_peers: bool,
    /// Whether its requirements are those of the manifests.
    requirements: LockedRequirements,
}

/// What the lockfiles of a project state, by their paths.
pub(super) struct LockedFacts(BTreeMap<Box<str>, Lockfile>);

impl LockedFacts {
    pub(super) fn of(fragments: &[Fragment], files: &dyn Files) -> Self {
        let all = fragments
            .iter()
            .map(|it| (it.path.clone(), lockfile(it, files)));
        Self(all.collect())
    }

    /// Says what lockfiles are called from now on.
    pub(super) fn relabel(&mut self, name: &dyn Fn(&str) -> Box<str>) {
        let all = std::mem::take(&mut self.0).into_iter();
        self.0 = all.map(|(path, it)| (name(&path), it)).collect();
    }

    /// Adds the lockfiles of another project.
    pub(super) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// True when the lockfile marks packages with install scripts.
    pub(super) fn states_scripts(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|it| it.is_full)
    }

    /// How the requirements in a lockfile relate to those in manifests.
    pub(super) fn requirements(&self, path: &str) -> LockedRequirements {
        self.0
            .get(path)
            .map_or_else(Default::default, |it| it.requirements)
    }

    /// What is stated about a package.
    pub(super) fn of_package(&self, (path, place): &Position) -> Locked {
        let mut locked = Locked::default();
        let Some(file) = self.0.get(path) else {
            return locked;
        };
        let commands = file.commands.as_ref();
        locked.commands = commands.and_then(|it| it.get(&**place)).cloned();
        locked.states_scripts = file.is_full;
        locked.states_peers = file.states_peers;
        locked.requirements = file.requirements;
        if file.is_full {
            let bundled = file.bundled.get(place).cloned();
            locked.bundled = Some(bundled.unwrap_or_default());
        }
        locked
    }
}

fn lockfile(fragment: &Fragment, files: &dyn Files) -> Lockfile {
    let mut properties = fragment.properties.iter();
    let is_extended = properties
        .clone()
        .any(|(name, _)| WITH_EXTENSIONS.contains(&&**name));
    let version = properties.find(|(name, _)| &**name == LOCKFILE_VERSION);
    let version = version.and_then(|(_, it)| it.parse::<f64>().ok());
    let is_full = version.is_some_and(|it| it >= 2.0);
    let is_read = is_full || is_extended;
    let bytes = is_read.then(|| files.read(&fragment.path)).flatten();
    let is_changed = bytes.as_deref().is_some_and(|it| {
        let mut lines = it.split(|it| *it == b'\n');
        lines.any(|it| it.starts_with(CHANGED_BY_CODE))
    });
    let requirements = match (is_extended, is_changed) {
        (false, _) => LockedRequirements::Same,
        (true, false) => LockedRequirements::Extended,
        (true, true) => LockedRequirements::ChangedByCode,
    };
    let mut bundled: BTreeMap<Box<str>, BTreeSet<String>> = BTreeMap::new();
    for component in &fragment.components {
        let details = component.details.as_deref();
        let owner = details.and_then(|it| it.bundled_by.clone());
        if let (Some(owner), true) = (owner, component.flags.has(Flags::BUNDLED)) {
            let place = &component.place;
            let name = place.rsplit_once("node_modules/");
            let name = name.map_or(&**place, |(_, name)| name).to_owned();
            bundled.entry(owner).or_default().insert(name);
        }
    }
    let mut peers = fragment.links.iter();
    Lockfile {
        commands: bytes
            .filter(|_| is_full)
            .and_then(|it| locked_commands(&it)),
        requirements,
        bundled,
        is_full,
        states_peers: is_full && peers.any(|it| matches!(it.need, Need::Peer | Need::OptionalPeer)),
    }
}
