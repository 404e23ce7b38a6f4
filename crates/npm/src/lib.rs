//! Readers for npm: `package-lock.json` in versions 1 to 4 and before, `npm-shrinkwrap.json`, and the lockfile npm keeps in
//! `node_modules`, with the manifests beside them.
//!
//! Dependencies are resolved exactly as npm resolves them, and nothing a lockfile holds is refused. This crate does not touch
//! the disk (files are asked for through [`bomtrail_graph::Files`]), does not know any output format, and never runs npm.

mod assemble;
mod component;
mod diags;
mod edges;
mod facts;
mod installed;
mod integrity;
mod legacy;
mod lines;
mod manifests;
mod overrides;
mod paths;
mod places;
mod project;
mod registry;
mod requests;
mod scripts;
mod source;
mod spec;
mod supply;
mod text;
mod tree;
mod validity;
mod vcs;
mod wire;
mod workspaces;

use bomtrail_graph::{Diagnostics, Fragment, Input, Reader};

pub use lines::entry_lines;
pub use registry::{ConfiguredRegistry, configured_registry};
pub use scripts::{AllowedScript, allowed_scripts, approvals_reference};
use text::Side;
use wire::Lock;

/// Reads npm's lockfiles.
#[derive(Clone, Copy, Debug, Default)]
pub struct PackageLock;

impl Reader for PackageLock {
    fn name(&self) -> &'static str {
        "npm/package-lock"
    }

    fn claims(&self, path: &str) -> bool {
        let file = path.rsplit('/').next().unwrap_or(path);
        let installed = path.split('/').any(|segment| segment == "node_modules");
        // Published packages carry lockfiles that mean nothing where they are installed.
        let hidden = path == project::HIDDEN || path.ends_with("/node_modules/.package-lock.json");
        hidden || (!installed && matches!(file, "package-lock.json" | "npm-shrinkwrap.json"))
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, repairs) = text::decode(input.bytes);
        if repairs.invalid_utf8 {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        match serde_json::from_str::<Lock<'_>>(&text) {
            Ok(lock) => project::read(lock, input, diagnostics),
            Err(error) => unmerged(&text, &error, input, diagnostics),
        }
    }
}

/// A lockfile that does not parse: one side of its merge conflicts may.
fn unmerged(
    text: &str,
    error: &serde_json::Error,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Fragment {
    if let Some(line) = text::conflict_line(text) {
        for (side, name) in [(Side::Ours, "our"), (Side::Theirs, "their")] {
            let merged = text::one_side(text, side);
            if let Ok(lock) = serde_json::from_str::<Lock<'_>>(&merged) {
                diagnostics.push(diags::merge_conflict(input.path, line, name));
                return project::read(lock, input, diagnostics);
            }
        }
    }
    diagnostics.push(diags::unreadable(input.path, error));
    Fragment {
        path: input.path.into(),
        ..Fragment::default()
    }
}
