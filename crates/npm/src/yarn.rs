//! `yarn.lock`, in the format of Yarn 1 and in that of all later versions.

mod address;
pub(crate) mod berry;
pub(crate) mod classic;
pub(crate) mod items;
pub(crate) mod layout;
mod lines;
pub(crate) mod records;

use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Files, Fragment, Input, Lifecycle, PackageManager, Reader};

use crate::diags;
use crate::manager::YARN;
use crate::manifest::patch_package;
use crate::paths;
use crate::text::{self, Side};
use layout::Deviation;
use lines::Lines;
use records::Builder;

/// Whether Yarn runs the install scripts of packages for which `dependenciesMeta` has no `built`: what `enableScripts` of the
/// project's `.yarnrc.yml` says, and true without one. Yarn 1, whose lockfile has a format of its own, does not read that setting.
pub fn yarn_runs_scripts(files: &dyn Files) -> bool {
    let is_berry = |it: Vec<u8>| Format::of(&text::decode(&it).0) == Format::Berry;
    !(berry::settings::has_scripts_off(files) && files.read("yarn.lock").is_some_and(is_berry))
}

/// Reads the lockfiles of Yarn.
#[derive(Clone, Copy, Debug, Default)]
pub struct YarnLock;

/// The two formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// Yarn 1.
    Classic,
    /// Yarn 2 and later.
    Berry,
}

impl Format {
    /// The format of a text: Yarn 2 and later put `__metadata` into each lockfile.
    fn of(text: &str) -> Self {
        let is_berry = text.contains("__metadata:")
            && Lines::of(text)
                .any(|(it, _)| it.starts_with("__metadata:") && it.trim_end() == "__metadata:");
        if is_berry { Self::Berry } else { Self::Classic }
    }
}

impl Reader for YarnLock {
    fn name(&self) -> &'static str {
        "npm/yarn-lock"
    }

    fn claims(&self, path: &str) -> bool {
        let file = path.rsplit('/').next().unwrap_or(path);
        let installed = path.split('/').any(|segment| segment == "node_modules");
        file == "yarn.lock" && !installed
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        text.contains("# yarn lockfile v1") || text.lines().any(|it| it == "__metadata:")
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&YARN)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let (text, repairs) = text::decode(input.bytes);
        if repairs.invalid_utf8 {
            diagnostics.push(diags::invalid_utf8(input.path));
        }
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::PreBuild;
        });
        match Format::of(&text) {
            Format::Classic => read_classic(&text, input, &mut fragment, diagnostics),
            Format::Berry => berry::read::read(&text, input, &mut fragment, diagnostics),
        }
        let base = paths::project_of(input.path);
        patch_package::apply(&mut fragment, base, input.files);
        fragment
    }

    fn lines(&self, bytes: &[u8]) -> BTreeMap<String, usize> {
        let (text, _) = text::decode(bytes);
        let items = match Format::of(&text) {
            Format::Classic => classic::grammar::parse(&text).map_or(Vec::new(), |it| it.items),
            Format::Berry => berry::grammar::parse(&text).unwrap_or_default(),
        };
        records::lines(&items)
    }

    fn audit(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) {
        let (text, repairs) = text::decode(input.bytes);
        let base = paths::project_of(input.path);
        let mut found = match Format::of(&text) {
            Format::Classic => {
                classic::agreement::report(&text, input, diagnostics);
                classic::strict::deviations(&text)
            }
            Format::Berry => {
                berry::agreement::settings(base, input.files, diagnostics);
                berry::strict::deviations(&text, base, input.files)
            }
        };
        if repairs.invalid_utf8 {
            found.push(Deviation::new(0, "the file is not valid UTF-8"));
        }
        for it in found {
            diagnostics.push(diags::not_as_written(input.path, it.line, &it.message));
        }
    }
}

fn read_classic(
    text: &str,
    input: &Input<'_>,
    fragment: &mut Fragment,
    diagnostics: &mut Diagnostics,
) {
    // Yarn 1 reads both sides of a conflict, and what is in both counts as the second has it.
    let conflict = text::all_conflict_markers(text);
    let sides = conflict.map(|line| {
        diagnostics.push(diags::merged_conflict(input.path, line));
        [Side::Ours, Side::Theirs].map(|it| text::resolve_conflict(text, it))
    });
    let texts: Vec<&str> = match &sides {
        Some(sides) => sides.iter().map(String::as_str).collect(),
        None => vec![text],
    };
    let mut all = Vec::new();
    for text in texts {
        let mut builder = Builder::of_text(text);
        match classic::grammar::each(text, |it| builder.take(it)) {
            Ok(ignored) => {
                if let Some(line) = ignored {
                    diagnostics.push(diags::rest_ignored(input.path, line));
                }
                all.append(&mut builder.finish());
            }
            Err(error) => {
                let place = (error.line, error.column);
                diagnostics.push(diags::unreadable_line(input.path, place, error.why));
                return;
            }
        }
    }
    classic::read::read(&all, input, fragment, diagnostics);
}

#[cfg(test)]
mod tests {
    use bomtrail_testkit::MemoryFiles;

    use super::*;

    #[test]
    fn scripts_are_off_for_the_versions_that_read_the_setting() {
        let runs = |lock, settings| {
            yarn_runs_scripts(&MemoryFiles::new([
                ("yarn.lock", lock),
                (".yarnrc.yml", settings),
            ]))
        };
        let (berry, classic) = ("__metadata:\n  version: 8\n", "# yarn lockfile v1\n");
        assert!(!runs(berry, "enableScripts: false\n"));
        assert!(runs(berry, "enableScripts: true\n"));
        assert!(runs(classic, "enableScripts: false\n"));
        assert!(yarn_runs_scripts(&MemoryFiles::new([("yarn.lock", berry)])));
    }
}
