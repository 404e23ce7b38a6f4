//! What `pnpm-workspace.yaml` and package.json say that matters for a lockfile: registries by name, patches, and which packages
//! may run scripts.

use std::borrow::Cow;
use std::collections::HashMap;

use bomtrail_document::{Kind, Page, Value};
use bomtrail_graph::Text;
use foldhash::fast::RandomState;

use super::lock::Lock;
use super::read::CODES;
use crate::package::registries::Registries;
use crate::package::value::{Str, Value as Json};
use crate::resolve::spec;
use crate::text;

/// The registries that pnpm knows by name without settings.
const KNOWN: [(&str, &str); 1] = [("gh", "https://npm.pkg.github.com")];

/// A patch of the project, and what it is for.
pub(crate) struct PatchOf<'v> {
    /// The package, with a version or range where the project gives one.
    pub(crate) selector: &'v str,
    /// What pnpm adds to the keys of packages that have the patch: the digest of the file.
    pub(crate) hash: &'v str,
    /// The file, relative to the project, where it is known.
    pub(crate) path: Option<Str<'v>>,
}

/// The settings of a project.
#[derive(Default)]
pub(crate) struct Settings<'v> {
    /// By the name of the package and what pnpm adds to the keys of packages that have the patch.
    patches: HashMap<(&'v str, &'v str), PatchOf<'v>, RandomState>,
    named: Vec<(&'v str, &'v str)>,
    /// The packages that may run scripts when they are installed, by name: exact versions, empty for all.
    builders: HashMap<&'v str, Vec<&'v str>, RandomState>,
}

impl<'v> Settings<'v> {
    /// The settings of `pnpm-workspace.yaml` and of the `pnpm` field of package.json, which versions up to 10 read.
    pub(crate) fn of(lock: &Lock<'v>, workspace: &'v Value<'v>, manifest: &'v Json<'v>) -> Self {
        let pnpm = manifest.get("pnpm");
        let file = |selector: &str| -> Option<Str<'v>> {
            let own = workspace.get("patchedDependencies");
            let own = own
                .and_then(|it| it.get(selector))
                .and_then(Value::as_scalar);
            let old = pnpm.and_then(|it| it.get("patchedDependencies"));
            let old = old.and_then(|it| it.get(selector)).and_then(Json::text);
            own.or(old).map(Cow::Borrowed)
        };
        let mut patches = HashMap::default();
        for entry in lock.section("patchedDependencies") {
            let hash = entry.value.get("hash").unwrap_or(&entry.value);
            let path = entry.value.get("path").and_then(Value::as_scalar);
            let path = path.map(Cow::Borrowed).or_else(|| file(&entry.key));
            let name = spec::split_name(&entry.key).0;
            if let Some(hash) = hash.as_scalar() {
                let selector = &*entry.key;
                patches.insert(
                    (name, hash),
                    PatchOf {
                        selector,
                        hash,
                        path,
                    },
                );
            }
        }
        let named = workspace
            .get("namedRegistries")
            .map_or(&[][..], Value::pairs);
        let address =
            |it: &'v bomtrail_document::Entry<'v>| Some((&*it.key, it.value.as_scalar()?));
        Self {
            patches,
            named: named.iter().filter_map(address).collect(),
            builders: builders(workspace, pnpm),
        }
    }

    /// The address of a registry that a key names; the name itself where nothing says what it stands for.
    pub(crate) fn named_registry(&self, name: &'v str) -> Str<'v> {
        let known = self.named.iter().chain(&KNOWN);
        let found = known.into_iter().find(|(it, _)| *it == name);
        found.map_or(Cow::Borrowed(name), |(_, address)| {
            Cow::Borrowed(address.trim_end_matches('/'))
        })
    }

    /// The patch of a package, by the suffix of the package's key.
    pub(crate) fn patch<'s>(&'s self, name: &'s str, suffix: &'s str) -> Option<&'s PatchOf<'s>> {
        let mut parts = suffix.split(['(', ')', '_', '=']);
        parts.find_map(|it| self.patches.get(&(name, it)))
    }

    /// True when the project lets a package run scripts.
    pub(crate) fn may_run_scripts(&self, name: &str, version: Option<&str>) -> bool {
        let listed = self.builders.get(name);
        listed.is_some_and(|it| {
            let mut versions = it.iter().flat_map(|it| it.split("||")).map(str::trim);
            versions.any(|it| it.is_empty() || Some(it) == version)
        })
    }
}

/// `allowBuilds` (`name: true`) and `onlyBuiltDependencies` (a list).
fn builders<'v>(
    workspace: &'v Value<'v>,
    pnpm: Option<&'v Json<'v>>,
) -> HashMap<&'v str, Vec<&'v str>, RandomState> {
    let allowed = workspace.get("allowBuilds").map_or(&[][..], Value::pairs);
    let allowed = allowed.iter().filter(|it| it.value.is_true());
    let listed = workspace.get("onlyBuiltDependencies");
    let listed = listed.and_then(Value::as_list).unwrap_or_default();
    let old = pnpm.and_then(|it| it.get("onlyBuiltDependencies"));
    let old = old.map(Json::texts).unwrap_or_default();
    let all = allowed.map(|it| &*it.key);
    let all = all
        .chain(listed.iter().filter_map(Value::as_scalar))
        .chain(old);
    let mut builders: HashMap<&str, Vec<&str>, RandomState> = HashMap::default();
    for selector in all {
        let (name, versions) = spec::split_name(selector);
        builders.entry(name).or_default().push(versions);
    }
    builders
}

/// Adds the registries of `pnpm-workspace.yaml` (`registries: {default: …, '@scope': …}`).
pub(crate) fn add_registries(workspace: &Value<'_>, registries: &mut Registries) {
    let stated = workspace.get("registries").map_or(&[][..], Value::pairs);
    for entry in stated {
        if let Some(address) = entry.value.as_scalar() {
            let scope = Some(&*entry.key).filter(|it| *it != "default");
            registries.name(scope.map(str::to_owned), address);
        }
    }
    if let Some(address) = workspace.get("registry").and_then(Value::as_scalar) {
        registries.name(None, address);
    }
}

/// Settings that change what a lockfile has in ways that only pnpm can follow, as `(key, what it does)`.
pub(crate) fn hooks(lock: &Lock<'_>) -> Vec<(&'static str, Text)> {
    let known = [
        (
            "pnpmfileChecksum",
            "a `.pnpmfile.cjs` of the project changes packages while they are resolved",
        ),
        (
            "packageExtensionsChecksum",
            "`packageExtensions` of the project add dependencies to packages",
        ),
    ];
    let found = known
        .into_iter()
        .filter(|(key, _)| lock.get(key).is_some_and(|it| it.kind != Kind::Null));
    found.map(|(key, what)| (key, what.into())).collect()
}

/// The settings at the top of a `pnpm-workspace.yaml`: key as `.npmrc` has it, value (empty for a list or a map), and line from 1.
pub fn pnpm_workspace_settings(bytes: &[u8]) -> Vec<(String, String, usize)> {
    let (text, _) = text::decode(bytes);
    let mut page = Page::new("pnpm-workspace.yaml", &text, CODES);
    let documents = page.yaml().unwrap_or_default();
    let pairs = documents.iter().flat_map(Value::pairs);
    let setting = |it: &bomtrail_document::Entry<'_>| {
        let value = match &it.value.kind {
            Kind::Text(value) | Kind::Number(value) => value.to_string(),
            Kind::Bool(value) => value.to_string(),
            Kind::List(_) | Kind::Entries(_) => String::new(),
            Kind::Null | Kind::Date(_) => return None,
        };
        Some((kebab_case(&it.key), value, page.line(it.at)))
    };
    pairs.filter_map(setting).collect()
}

/// The settings in the `pnpm` field of a package.json, which versions up to 10 read: as [`pnpm_workspace_settings`], but without lines.
pub(crate) fn manifest_settings(bytes: &[u8]) -> Vec<(String, String, usize)> {
    let (text, _) = text::decode(bytes);
    let manifest = bomtrail_document::from_json::<Json<'_>>(&text);
    let Some(Json::Map(all)) = manifest.as_ref().ok().and_then(|it| it.get("pnpm")) else {
        return Vec::new();
    };
    let setting = |(key, value): &(Str<'_>, Json<'_>)| {
        let value = match value {
            Json::Bool(value) => value.to_string(),
            Json::Null => return None,
            value => value.text().unwrap_or_default().to_owned(),
        };
        Some((kebab_case(key), value, 0))
    };
    all.iter().filter_map(setting).collect()
}

/// `sharedWorkspaceLockfile` as `.npmrc` writes it: `shared-workspace-lockfile`.
fn kebab_case(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    for it in key.chars() {
        if it.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(it.to_ascii_lowercase());
    }
    name
}
