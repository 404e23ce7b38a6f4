//! What the root manifest says that `bun.lock` does not have, and that `bun install --frozen-lockfile` applies all the same.

use std::collections::BTreeMap;

use bomtrail_document::from_json;
use bomtrail_graph::{Diagnostics, Files, Input};

use super::jsonc;
use super::settings::{FILE, bun_install_settings};
use crate::diags;
use crate::install_settings::{CACHE, OF_BUN, Report, npmrc};
use crate::manager::BUN;
use crate::manifest::files;
use crate::package::value::Value;
use crate::{paths, text};

/// Reports the patches of the manifest that the lockfile has not.
pub(super) fn report(lockfile: &str, input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let base = paths::project_of(input.path);
    let Some(bytes) = files::read(base, "package.json", input.files) else {
        return;
    };
    let (manifest, _) = text::decode(&bytes);
    let plain = jsonc::plain(lockfile);
    // What cannot be read is reported by the reader.
    let (Ok(manifest), Ok(lock)) = (
        from_json::<Value<'_>>(&manifest),
        from_json::<Value<'_>>(&plain),
    ) else {
        return;
    };
    let (stated, locked) = (patches(&manifest), patches(&lock));
    let new = stated
        .iter()
        .filter(|(key, it)| locked.get(*key) != Some(*it));
    let names: Vec<&str> = new.map(|(key, _)| *key).collect();
    if !names.is_empty() {
        diagnostics.push(diags::out_of_step(input.path, "", &names, &BUN));
    }
}

/// Reports the settings under which Bun installs something else: of `bunfig.toml`, of `.npmrc`, and of the variables that the
/// project sets for it.
pub(super) fn settings(base: &str, files: &dyn Files, diagnostics: &mut Diagnostics) {
    let mut report = Report::new(base, &BUN, files, diagnostics);
    report.known(FILE, bun_install_settings, &OF_BUN);
    report.known(".npmrc", npmrc, &CACHE);
    report.variables();
}

/// The files of patches, by package.
fn patches<'v>(value: &'v Value<'_>) -> BTreeMap<&'v str, Option<&'v str>> {
    match value.get("patchedDependencies") {
        Some(Value::Map(all)) => all.iter().map(|(key, it)| (&**key, it.text())).collect(),
        _ => BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use bomtrail_testkit::MemoryFiles;

    use super::*;

    #[test]
    fn patches_that_are_not_locked_are_reported() {
        let lock = r#"{"patchedDependencies": {"a@1.0.0": "a.patch",}}"#;
        for (manifest, count) in [
            (r#"{"patchedDependencies": {"a@1.0.0": "a.patch"}}"#, 0),
            (r#"{"patchedDependencies": {"a@1.0.0": "b.patch"}}"#, 1),
            (r#"{"patchedDependencies": {"b@1.0.0": "a.patch"}}"#, 1),
            ("{}", 0),
        ] {
            let input = Input {
                path: "bun.lock",
                bytes: lock.as_bytes(),
                files: &MemoryFiles::new([("package.json", manifest)]),
            };
            let mut diagnostics = Diagnostics::new();
            report(lock, &input, &mut diagnostics);
            assert_eq!(diagnostics.len(), count, "{manifest}");
        }
    }
}
