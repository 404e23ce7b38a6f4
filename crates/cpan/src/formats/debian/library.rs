//! The modules in the list of a package's files.

use bomtrail_graph::Files;

use super::status::Package;
use crate::formats::text;
use crate::package::module::is_module_name;

/// A module of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Module {
    pub(super) name: String,
    /// Its file, in the root file system.
    pub(super) path: String,
}

/// The modules that a package installs, sorted by name. Programs have modules of their own elsewhere, which no other program
/// loads.
pub(super) fn modules(files: &dyn Files, folder: &str, package: &Package) -> Vec<Module> {
    let Package {
        name, architecture, ..
    } = package;
    let paths = [
        format!("{folder}/info/{name}.list"),
        format!("{folder}/info/{name}:{architecture}.list"),
        format!("{folder}/status.d/{name}.md5sums"),
    ];
    let Some(bytes) = paths.iter().find_map(|it| files.read(it)) else {
        return Vec::new();
    };
    let (text, _) = text::decode(&bytes);
    let mut found: Vec<Module> = text.lines().filter_map(module).collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.name == b.name);
    found
}

/// The module in a line: a path, maybe after a digest.
fn module(line: &str) -> Option<Module> {
    let path = line.rsplit("  ").next()?.trim_start_matches(['.', '/']);
    let inner = path.strip_prefix("usr/share/perl5/").or_else(|| {
        // `usr/lib/x86_64-linux-gnu/perl5/5.36/`, and `usr/lib/perl5/` of old releases.
        let below = path.strip_prefix("usr/lib/")?;
        let (_, below) = below.split_once("perl5/")?;
        let (release, rest) = below.split_once('/')?;
        let is_release = release.starts_with(|it: char| it.is_ascii_digit());
        Some(if is_release { rest } else { below })
    })?;
    let name = inner.strip_suffix(".pm")?.replace('/', "::");
    is_module_name(&name).then(|| Module {
        name,
        path: path.to_owned(),
    })
}
