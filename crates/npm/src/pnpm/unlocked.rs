//! The members of a workspace that the lockfile has nothing of: new ones, and those with a lockfile of their own.

use std::collections::{BTreeSet, HashSet};

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Input};
use foldhash::fast::RandomState;

use super::lock::Lock;
use super::workspace;
use crate::diags;
use crate::lockfile::wire::Manifest;
use crate::manager::PNPM;
use crate::manifest::manifests as texts;
use crate::paths;

/// The lockfile of a member where the project does not share one (`sharedWorkspaceLockfile: false`).
const OWN: &str = "/pnpm-lock.yaml";

/// Reports the members that are not importers.
pub(crate) fn report(lock: &Lock<'_>, input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let base = paths::project_of(input.path);
    let importers = lock.importers();
    let known: HashSet<&str, RandomState> = importers.iter().map(|(it, _)| &**it).collect();
    let members = workspace::members(base, input.files).into_iter();
    let has_own = |it: &String| {
        let file = paths::join(base, &[it, OWN].concat());
        file.is_some_and(|it| input.files.is_file(&it))
    };
    let unlocked = members.filter(|it| !known.contains(&**it));
    let (apart, new): (BTreeSet<String>, BTreeSet<String>) = unlocked.partition(has_own);
    if !apart.is_empty() {
        diagnostics.push(diags::member_lockfiles(input.path, &apart));
    }
    for (folder, text) in texts::texts(&new, base, input.files) {
        let Ok(Manifest(entry)) = from_json::<Manifest<'_>>(&text) else {
            continue;
        };
        // pnpm installs a new member that declares nothing.
        let names = entry.names();
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().collect();
            diagnostics.push(diags::out_of_step(input.path, &folder, &names, &PNPM));
        }
    }
}
