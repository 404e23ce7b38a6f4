//! Checksums of packages, from the lockfile next to the metadata.

use std::collections::BTreeMap;

use bomtrail_graph::{Component, Diagnostics, Hash, HashAlgorithm, Input};

use super::wire::Package;
use crate::lock::file::Lock;
use crate::{LOCKFILE, paths};

/// Checksums by name, version and source.
#[derive(Default)]
pub(super) struct Checksums(BTreeMap<(String, String, String), Hash>);

impl Checksums {
    /// Those of the lockfile next to an input. Its own reader reports what is wrong with it.
    pub(super) fn next_to(input: &Input<'_>) -> Self {
        let path = paths::join(paths::parent(input.path), LOCKFILE).unwrap_or_default();
        let bytes = input.files.read(&path).unwrap_or_default();
        let mut unsaid = Diagnostics::new();
        let lock = Lock::read(&path, &bytes, &mut unsaid);
        let packages = lock.map(|it| it.packages).unwrap_or_default().into_iter();
        let known = packages.filter_map(|it| {
            let hash = Hash::from_hex(HashAlgorithm::Sha256, &it.checksum?)?;
            Some(((it.name, it.version, it.source?), hash))
        });
        Self(known.collect())
    }

    /// Adds the checksum of a package to its component.
    pub(super) fn add(&self, package: &Package, component: &mut Component) {
        let Package {
            name,
            version,
            source,
            ..
        } = package;
        let Some(source) = source.clone() else { return };
        if let Some(hash) = self.0.get(&(name.clone(), version.clone(), source)) {
            component.hashes = [hash.clone()].into();
        }
    }
}
