//! `pnpm-lock.yaml` in versions 5.0 to 12: packages with their peers resolved, in one or two documents.
//!
//! * [`key`]: the names that entries have, and the references that lead to them, in three styles;
//! * [`lock`]: the sections of a lockfile, alike for all versions;
//! * [`resolution`]: an entry as a package;
//! * [`importers`] and [`snapshots`]: dependencies as edges;
//! * [`workspace`]: the members that `pnpm-workspace.yaml` names, and [`unlocked`] those that the lockfile has nothing of;
//! * [`peer_rules`]: which peers the project accepts outside of the ranges of packages;
//! * [`settings`]: what `pnpm-workspace.yaml` and package.json say that the lockfile does not.

mod audit;
mod configuration;
pub(crate) mod importers;
pub(crate) mod installed;
pub(crate) mod key;
pub(crate) mod lines;
mod links;
pub(crate) mod lock;
pub(crate) mod manifests;
pub(crate) mod peer_rules;
pub(crate) mod read;
pub(crate) mod resolution;
pub(crate) mod rules;
pub(crate) mod settings;
pub(crate) mod snapshots;
pub(crate) mod specifier;
pub(crate) mod unlocked;
pub(crate) mod workspace;

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Fragment, Input, PackageManager, Reader};

use crate::manager::PNPM;
use crate::paths;

/// Reads pnpm's lockfiles.
#[derive(Clone, Copy, Debug, Default)]
pub struct PnpmLock;

impl Reader for PnpmLock {
    fn name(&self) -> &'static str {
        "npm/pnpm-lock"
    }

    fn claims(&self, path: &str) -> bool {
        let file = path.rsplit('/').next().unwrap_or(path);
        let installed = path.split('/').any(|segment| segment == "node_modules");
        // With `git-branch-lockfile` each branch has a lockfile of its own: `pnpm-lock.BRANCH.yaml`.
        let branch = file.strip_prefix("pnpm-lock.");
        !installed && branch.is_some_and(|it| it == "yaml" || it.strip_suffix(".yaml").is_some())
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}');
        let mut lines = start.lines().map(str::trim_end);
        let known = ["importers:", "packages:", "dependencies:", "settings:"];
        start.lines().any(|it| it.starts_with("lockfileVersion:"))
            && lines.any(|it| known.contains(&it))
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&PNPM)
    }

    fn lines(&self, bytes: &[u8]) -> BTreeMap<String, usize> {
        lines::entry_lines(bytes)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        read::read(input, diagnostics)
    }

    fn audit(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        audit::audit(input, diagnostics);
        configuration::settings(paths::project_of(input.path), input.files, diagnostics);
    }
}
