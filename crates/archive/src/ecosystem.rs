//! What differs between ecosystems, one row each: who unpacks an archive, and what its manifest is.

use bomtrail_graph::is_license_file;

use crate::contents::{Client, Contents};
use crate::manifest::value::Manifest;
use crate::manifest::{cpan, npm};

/// The archives of an ecosystem.
#[derive(Debug)]
pub struct ArchiveKind {
    /// The Package URL type of its packages.
    pub package_type: &'static str,
    /// Who unpacks its archives.
    pub client: Client,
    /// The files that a manifest may be.
    pub manifests: &'static [&'static str],
    manifest: fn(&Contents) -> Option<Manifest>,
    /// Whether two versions are the same.
    pub(crate) same_version: fn(&str, &str) -> bool,
    /// Whether two names are the same.
    pub(crate) same_name: fn(&str, &str) -> bool,
}

/// Every ecosystem with archives.
static KINDS: [ArchiveKind; 2] = [
    ArchiveKind {
        package_type: "npm",
        client: Client::Npm,
        manifests: &[npm::PATH],
        manifest: npm::manifest,
        same_version: |one, other| plain_npm(one) == plain_npm(other),
        same_name: |one, other| one == other,
    },
    ArchiveKind {
        package_type: "cpan",
        client: Client::Tar,
        manifests: &cpan::PATHS,
        manifest: cpan::manifest,
        same_version: same_cpan_version,
        same_name: |one, other| plain_cpan(one) == plain_cpan(other),
    },
];

impl ArchiveKind {
    /// The archives of a Package URL type.
    pub fn of_type(package_type: &str) -> Option<&'static Self> {
        KINDS.iter().find(|it| it.package_type == package_type)
    }

    /// The archives with this kind of file name, for an archive that no package names.
    pub fn of_contents(contents: &Contents) -> Option<&'static Self> {
        let has = |it: &&str| contents.files.contains_key(*it);
        KINDS.iter().find(|it| it.manifests.iter().any(has))
    }

    /// The manifest of an archive.
    pub fn manifest(&self, contents: &Contents) -> Option<Manifest> {
        (self.manifest)(contents)
    }

    /// Whether the content of a file is needed to know the facts about a package.
    pub fn keeps(&self, path: &str, size: u64) -> bool {
        const LARGEST: u64 = 4 << 20;
        let is_manifest = self.manifests.contains(&path);
        size <= LARGEST && (is_manifest || is_license_file(path))
    }
}

/// An npm version without what npm ignores before it.
fn plain_npm(version: &str) -> &str {
    version.trim().trim_start_matches(['v', '=', ' '])
}

/// The name of a distribution, which old metadata wrote like a module.
fn plain_cpan(name: &str) -> String {
    name.replace("::", "-").trim_end_matches(".pm").to_owned()
}

/// Versions of a distribution: file names have a trial mark, and a `v` that metadata may lack.
fn same_cpan_version(one: &str, other: &str) -> bool {
    let plain = |it: &str| {
        let it = it.trim().trim_start_matches('v');
        let it = it.split_once("-TRIAL").map_or(it, |(before, _)| before);
        it.replace('_', "")
    };
    plain(one) == plain(other)
}
