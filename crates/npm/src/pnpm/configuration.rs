//! The packages that pnpm installs before it resolves anything, whose code it may run: `configDependencies`. From version 11 on
//! they are in the first document of the lockfile; before, a project states version and digest in its settings alone.

use std::collections::BTreeSet;

use bomtrail_document::{Page, Value, from_json};
use bomtrail_graph::{Diagnostics, Files};

use super::lock::Lock;
use super::read::CODES;
use super::settings::{manifest_settings, pnpm_workspace_settings};
use super::workspace::FILE;
use crate::diags;
use crate::install_settings::{OF_PNPM, Report, SCRIPTS_OF_PNPM, npmrc};
use crate::manager::PNPM;
use crate::manifest::files;
use crate::package::value::Value as Json;
use crate::text;

/// The key in all files.
const KEY: &str = "configDependencies";

/// Reports the packages for the configuration that the lockfile does not have.
pub(super) fn report(
    lock: &Lock<'_>,
    (path, base): (&str, &str),
    files: &dyn Files,
    diagnostics: &mut Diagnostics,
) {
    let root = lock
        .environment
        .and_then(|it| it.get("importers")?.get("."));
    let locked = root
        .and_then(|it| it.get(KEY))
        .map_or(&[][..], Value::pairs);
    let mut names = stated(base, files);
    for it in locked {
        names.remove(&*it.key);
    }
    let names: Vec<&str> = names.iter().map(|it| &**it).collect();
    if !names.is_empty() {
        diagnostics.push(diags::not_in_lockfile(path, KEY, &names, &PNPM));
    }
}

/// Reports the settings under which pnpm installs something else: of `pnpm-workspace.yaml`, and of `.npmrc` and the `pnpm` field of
/// package.json, which versions up to 10 read.
pub(super) fn settings(base: &str, files: &dyn Files, diagnostics: &mut Diagnostics) {
    let mut report = Report::new(base, &PNPM, files, diagnostics);
    report.known(".npmrc", npmrc, &OF_PNPM);
    report.known(FILE, pnpm_workspace_settings, &OF_PNPM);
    report.scripts(".npmrc", npmrc, &SCRIPTS_OF_PNPM);
    report.scripts(FILE, pnpm_workspace_settings, &SCRIPTS_OF_PNPM);
    report.scripts("package.json", manifest_settings, &SCRIPTS_OF_PNPM);
}

/// The names in `pnpm-workspace.yaml`, and in the `pnpm` field of package.json, which versions up to 10 read.
fn stated(base: &str, files: &dyn Files) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let bytes = files::read(base, FILE, files).unwrap_or_default();
    let (settings, _) = text::decode(&bytes);
    let mut page = Page::new(FILE, &settings, CODES);
    for document in page.yaml().unwrap_or_default() {
        let all = document.get(KEY).map_or(&[][..], Value::pairs);
        names.extend(all.iter().map(|it| it.key.to_string()));
    }
    let bytes = files::read(base, "package.json", files).unwrap_or_default();
    let (manifest, _) = text::decode(&bytes);
    if let Ok(manifest) = from_json::<Json<'_>>(&manifest)
        && let Some(Json::Map(all)) = manifest.get("pnpm").and_then(|it| it.get(KEY))
    {
        names.extend(all.iter().map(|(name, _)| name.to_string()));
    }
    names
}
