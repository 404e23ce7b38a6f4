//! The packages of a lockfile, whatever its version.

use std::collections::BTreeMap;

use bomtrail_document::Value;
use bomtrail_graph::Diagnostics;

use crate::diags;
use crate::toml::{self, File};

/// The latest version of lockfiles that is known.
const LATEST: u32 = 4;

/// A lockfile.
pub(crate) struct Lock {
    /// The version as text; `1` where the file states none.
    pub(crate) version: String,
    pub(crate) packages: Vec<Locked>,
}

/// A package of a lockfile.
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) version: String,
    /// As written; `None` for a package of the workspace or at a path.
    pub(crate) source: Option<String>,
    pub(crate) checksum: Option<String>,
    /// The packages it needs, as written.
    pub(crate) dependencies: Vec<String>,
    /// The package that takes its place.
    pub(crate) replaced_by: Option<String>,
}

impl Lock {
    /// Reads the packages. `None`, and a diagnostic, without packages.
    pub(crate) fn read(path: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Self> {
        let file = File::read(path, bytes, diagnostics)?;
        let version = version(path, &file.value, diagnostics);
        let checksums = checksums_of_version_1(&file.value);
        let listed = toml::get(&file.value, "package").and_then(Value::as_list);
        // Lockfiles of 2015 and 2016 have the root package in a table of its own.
        let root = toml::get(&file.value, "root");
        let all = root.into_iter().chain(listed.unwrap_or_default());
        let mut packages = Vec::new();
        for package in all {
            match Locked::of(package, &checksums) {
                Some(locked) => packages.push(locked),
                None => diagnostics.push(diags::incomplete_package(path, file.line(package.start))),
            }
        }
        let patches = toml::get(&file.value, "patch");
        let unused = patches.and_then(|it| toml::get(it, "unused"));
        for patch in unused.and_then(Value::as_list).unwrap_or_default() {
            if let Some(name) = toml::text(patch, "name") {
                diagnostics.push(diags::unused_patch(path, name));
            }
        }
        if packages.is_empty() {
            diagnostics.push(diags::no_packages(path));
            return None;
        }
        Some(Self { version, packages })
    }
}

impl Locked {
    fn of(value: &Value<'_>, checksums: &BTreeMap<String, String>) -> Option<Self> {
        let text = |key| toml::text(value, key).filter(|it| !it.is_empty());
        let (name, version) = (text("name")?, text("version")?);
        let source = text("source");
        let of_version_1 = || {
            let key = format!("checksum {name} {version} ({})", source?);
            checksums.get(&key).cloned()
        };
        Some(Self {
            name: name.to_owned(),
            version: version.to_owned(),
            source: source.map(str::to_owned),
            checksum: text("checksum").map(str::to_owned).or_else(of_version_1),
            dependencies: toml::texts(value, "dependencies")
                .into_iter()
                .map(str::to_owned)
                .collect(),
            replaced_by: text("replace").map(str::to_owned),
        })
    }
}

fn version(path: &str, value: &Value<'_>, diagnostics: &mut Diagnostics) -> String {
    let Some(stated) = toml::get(value, "version").and_then(Value::as_count) else {
        let checksums = toml::get(value, "metadata").is_some();
        // Version 2 states no number either: it is recognised by checksums in the packages.
        let first = toml::get(value, "package").and_then(Value::as_list);
        let mut packages = first.into_iter().flatten();
        let in_packages = packages.any(|it| toml::get(it, "checksum").is_some());
        return if in_packages && !checksums { "2" } else { "1" }.to_owned();
    };
    if stated > LATEST {
        diagnostics.push(diags::newer_lockfile(path, &stated.to_string(), LATEST));
    }
    stated.to_string()
}

/// `"checksum NAME VERSION (SOURCE)" = "DIGEST"`.
fn checksums_of_version_1(value: &Value<'_>) -> BTreeMap<String, String> {
    let pairs = toml::entries(value, "metadata");
    let digests = pairs.filter_map(|(key, it)| Some((key, it.as_text()?)));
    let known = digests.filter(|(_, digest)| *digest != "<none>");
    known
        .map(|(key, it)| (key.to_owned(), it.to_owned()))
        .collect()
}
