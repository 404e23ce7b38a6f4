//! `bun.lock` of Bun 1.2 and later.

mod agreement;
pub(crate) mod jsonc;
mod lock;
mod lookup;
mod overrides;
mod package;
mod read;
pub(crate) mod settings;
mod strict;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_document::{from_json, from_json_with_commas};
use bomtrail_graph::{Diagnostics, Fragment, Input, Lifecycle, PackageManager, Reader};

use crate::diags;
use crate::lockfile::lines::entry_lines;
use crate::manager::BUN;
use crate::manifest::patch_package;
use crate::paths;
use crate::text::{self, Side};

/// Reads the lockfiles of Bun.
#[derive(Clone, Copy, Debug, Default)]
pub struct BunLock;

/// The name of the lockfile in a binary format, which earlier versions write.
const BINARY: &str = "bun.lockb";

impl Reader for BunLock {
    fn name(&self) -> &'static str {
        "npm/bun-lock"
    }

    fn claims(&self, path: &str) -> bool {
        let file = path.rsplit('/').next().unwrap_or(path);
        let installed = path.split('/').any(|segment| segment == "node_modules");
        matches!(file, "bun.lock" | BINARY) && !installed
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start.starts_with('{')
            && text.contains("\"lockfileVersion\"")
            && text.contains("\"workspaces\": {")
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&BUN)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::PreBuild;
        });
        if input.path.ends_with(BINARY) {
            diagnostics.push(diags::binary_lockfile(input.path));
            return fragment;
        }
        let (text, repairs) = text::decode(input.bytes);
        if repairs.invalid_utf8 {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        let conflict = text::all_conflict_markers(&text);
        let text = match conflict {
            Some(line) => {
                diagnostics.push(diags::merge_conflict(input.path, line, "our", &BUN));
                Cow::Owned(text::resolve_conflict(&text, Side::Ours))
            }
            None => text,
        };
        let plain;
        let file: Result<wire::File<'_>, _> = if let Some(file) = from_json_with_commas(&text) {
            Ok(file)
        } else {
            plain = jsonc::plain(&text);
            from_json(&plain)
        };
        match file {
            Ok(file) => {
                let lock = lock::Lock::of(&file, input.path, diagnostics);
                read::read(&lock, input, &mut fragment, diagnostics);
            }
            Err(error) => diagnostics.push(diags::unreadable_lockfile(input.path, &error, &BUN)),
        }
        let base = paths::project_of(input.path);
        patch_package::apply(&mut fragment, base, input.files);
        fragment
    }

    fn lines(&self, bytes: &[u8]) -> BTreeMap<String, usize> {
        entry_lines(bytes)
    }

    fn audit(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        let (text, repairs) = text::decode(input.bytes);
        if repairs.invalid_utf8 {
            let message = "the file is not valid UTF-8";
            diagnostics.push(diags::entry_not_as_written(input.path, "", message));
        }
        for (entry, message) in strict::deviations(&text) {
            diagnostics.push(diags::entry_not_as_written(input.path, &entry, &message));
        }
        agreement::report(&text, input, diagnostics);
        agreement::settings(paths::project_of(input.path), input.files, diagnostics);
    }
}
