//! The lockfile of a folder that is read where npm and the managers that share its registry left several.

use bomtrail_graph::Diagnostics;
use bomtrail_npm::{LockfileChoice, SHRINKWRAP, owner_of_lockfile};

use super::files::ProjectFiles;
use crate::diags;

/// The name of the lockfile that is read; `None` when there is none. Reports the others, and a lockfile that the manager in use
/// does not read.
pub(super) fn choose(files: &ProjectFiles, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    let choice = LockfileChoice::of(files)?;
    let read = choice.read;
    #[cfg(not(feature = "managers"))]
    if choice.manager() != "npm" {
        diagnostics.push(diags::manager_not_built(read));
    }
    for ignored in &choice.ignored {
        let is_same_manager = owner_of_lockfile(ignored) == choice.manager();
        diagnostics.push(if is_same_manager {
            diags::second_lockfile(ignored, read)
        } else {
            diags::other_lockfile(ignored, &choice)
        });
    }
    match (choice.wanted(), &choice.stated) {
        (Some(wanted), Some(stated)) => {
            diagnostics.push(diags::stale_lockfile(read, stated, wanted));
        }
        _ if read == SHRINKWRAP => diagnostics.push(diags::shrinkwrap_ignored(read)),
        _ => {}
    }
    Some(read)
}
