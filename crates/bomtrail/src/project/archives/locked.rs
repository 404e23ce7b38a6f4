//! What the lockfiles of a project state about their packages beyond the graph, and how much they state at all.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_archive::Locked;
use bomtrail_graph::{Files, Flags, Fragment, Need};
use bomtrail_npm::{LockedCommands, locked_commands};

use super::Position;

/// What a reader of npm's lockfile calls its version.
const LOCKFILE_VERSION: &str = "bomtrail:npm:lockfile-version";

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

    /// True when the lockfile marks packages with install scripts.
    pub(super) fn states_scripts(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|it| it.is_full)
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
        if file.is_full {
            let bundled = file.bundled.get(place).cloned();
            locked.bundled = Some(bundled.unwrap_or_default());
        }
        locked
    }
}

fn lockfile(fragment: &Fragment, files: &dyn Files) -> Lockfile {
    let version = fragment.properties.iter();
    let mut version = version.filter(|(name, _)| &**name == LOCKFILE_VERSION);
    let version = version.next().and_then(|(_, it)| it.parse::<f64>().ok());
    let is_full = version.is_some_and(|it| it >= 2.0);
    let bytes = is_full.then(|| files.read(&fragment.path)).flatten();
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
        commands: bytes.and_then(|it| locked_commands(&it)),
        bundled,
        is_full,
        states_peers: is_full && peers.any(|it| matches!(it.need, Need::Peer | Need::OptionalPeer)),
    }
}
