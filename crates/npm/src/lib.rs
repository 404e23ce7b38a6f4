//! Readers for npm: `package-lock.json` in versions 1 to 4 and before, `npm-shrinkwrap.json`, and the lockfile npm keeps in
//! `node_modules`, with the manifests next to them.
//!
//! Dependencies are resolved exactly as npm resolves them, and no lockfile is refused. This crate does not touch the disk (it
//! reads files through [`bomtrail_graph::Files`]), does not know any output format, and never runs npm.

mod assemble;
mod audit;
#[cfg(feature = "managers")]
mod bun;
mod choice;
mod diags;
mod finish;
#[cfg(feature = "managers")]
mod install_settings;
mod installed;
#[cfg(feature = "managers")]
mod locked;
mod lockfile;
mod manager;
mod manifest;
mod package;
mod package_json;
mod paths;
#[cfg(feature = "managers")]
mod pnpm;
mod ranges;
mod read;
mod resolve;
mod text;
#[cfg(feature = "managers")]
mod yarn;

use std::collections::BTreeMap;

use bomtrail_document::from_json;
use bomtrail_graph::{Context, Diagnostics, Fragment, Input, PackageManager, Reader};

#[cfg(feature = "managers")]
pub use bun::BunLock;
#[cfg(feature = "managers")]
pub use bun::settings::bun_install_settings;
pub use choice::{LockfileChoice, SHRINKWRAP, owner_of_lockfile};
pub use finish::KnownRegistries;
pub use installed::{InstalledModules, installed_modules};
pub use lockfile::commands::{LockedCommands, locked_commands};
use lockfile::lines::entry_lines;
pub use lockfile::names::{HIDDEN_LOCKFILE, LOCKFILES};
use lockfile::wire::Lock;
use manager::NPM;
pub use manifest::installed::manifest_facts;
pub use manifest::npmrc::{
    ConfiguredRegistry, NpmrcSetting, configured_registries, environment_settings, read_npmrc,
};
pub use manifest::scripts::{AllowedScript, allowed_scripts, approvals_reference};
pub use manifest::workspaces::is_workspace;
pub use package::command::{command_file, command_name};
pub use package::integrity::integrity_hashes;
pub use package::platform::{PlatformError, parse_platform};
pub use package_json::PackageJson;
#[cfg(feature = "managers")]
pub use pnpm::PnpmLock;
#[cfg(feature = "managers")]
pub use pnpm::installed::pnpm_folder;
#[cfg(feature = "managers")]
pub use pnpm::settings::pnpm_workspace_settings;
#[cfg(feature = "managers")]
pub use pnpm::workspace::is_pnpm_workspace;
use text::Side;
#[cfg(feature = "managers")]
pub use yarn::classic::settings::yarnrc_settings;
#[cfg(feature = "managers")]
pub use yarn::{YarnLock, yarn_runs_scripts};

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
        // Lockfiles inside installed packages have no effect.
        let hidden = path == HIDDEN_LOCKFILE || path.ends_with("/node_modules/.package-lock.json");
        hidden || (!installed && matches!(file, "package-lock.json" | "npm-shrinkwrap.json"))
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start.starts_with('{') && text.contains("\"lockfileVersion\"")
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&NPM)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, repairs) = text::decode(input.bytes);
        if repairs.invalid_utf8 {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        match from_json::<Lock<'_>>(&text) {
            Ok(lock) => read_lock(lock, input, diagnostics),
            Err(error) => read_conflicted(&text, &error, input, diagnostics),
        }
    }

    fn finish(
        &self,
        fragments: &mut Vec<Fragment>,
        context: &Context<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        finish::report_uninstalled(fragments, diagnostics);
        if let Some(registries) = context.setting::<KnownRegistries>() {
            finish::apply(registries, fragments, context.files);
        }
    }

    fn lines(&self, bytes: &[u8]) -> BTreeMap<String, usize> {
        entry_lines(bytes)
    }

    fn audit(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        // npm itself does not install from the hidden lockfile.
        if !input.path.ends_with(HIDDEN_LOCKFILE) {
            audit::audit(input, paths::project_of(input.path), diagnostics);
        }
    }
}

/// Reads a lockfile that parsed, and compares it with what is installed next to it.
fn read_lock(lock: Lock<'_>, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
    let fragment = read::read(lock, input, diagnostics);
    let base = paths::project_of(input.path);
    installed::report_differences(&fragment, base, input.files, diagnostics);
    fragment
}

/// Reads a lockfile that does not parse: one side of its merge conflicts may.
fn read_conflicted(
    text: &str,
    error: &serde_json::Error,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Fragment {
    if let Some(line) = text::conflict_line(text) {
        for (side, name) in [(Side::Ours, "our"), (Side::Theirs, "their")] {
            let merged = text::resolve_conflict(text, side);
            if let Ok(lock) = from_json::<Lock<'_>>(&merged) {
                diagnostics.push(diags::merge_conflict(input.path, line, name, &NPM));
                return read_lock(lock, input, diagnostics);
            }
        }
    }
    diagnostics.push(diags::unreadable(input.path, error));
    Fragment::default().with(|it| {
        it.path = input.path.into();
    })
}
