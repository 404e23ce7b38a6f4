//! `Cargo.lock`: every package with its source and its checksum, and which package needs which. The manifests of the workspace
//! say which packages are the project, and what it needs each dependency for.

pub(crate) mod file;
mod index;
mod links;
mod owners;

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Hash, HashAlgorithm, Input, Lifecycle, LocalId,
    PackageManager, Reader,
};

use self::file::{Lock, Locked};
use self::index::Index;
use self::owners::Owners;
use crate::package::source::Source;
use crate::package::{self, OwnPackage};
use crate::{CARGO, LOCKFILE, diags, manifest, paths};

/// Says that a lockfile does not state which dependencies of packages are for building only.
const KINDS_UNKNOWN: (&str, &str) = ("bomtrail:cargo:dependency-kinds", "unknown");

/// Reads `Cargo.lock`.
#[derive(Clone, Copy, Debug, Default)]
pub struct CargoLock;

impl Reader for CargoLock {
    fn name(&self) -> &'static str {
        "cargo/lock"
    }

    fn claims(&self, path: &str) -> bool {
        paths::file_name(path) == LOCKFILE
    }

    fn sniff(&self, beginning: &[u8]) -> bool {
        let text = String::from_utf8_lossy(beginning);
        text.lines().any(|it| it.trim_end() == "[[package]]") && text.contains("\nversion = ")
    }

    fn manager(&self) -> Option<&'static PackageManager> {
        Some(&CARGO)
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::PreBuild;
        });
        if let Some(lock) = Lock::read(input.path, input.bytes, diagnostics) {
            fill(&mut fragment, &lock, input, diagnostics);
        }
        fragment
    }
}

/// The packages of a lockfile and their components.
struct Read<'l> {
    path: &'l str,
    packages: &'l [Locked],
    index: Index<'l>,
    /// The component of each package; that of its replacement where it is replaced.
    ids: Vec<Option<LocalId>>,
    owners: Owners<'l>,
}

fn fill(fragment: &mut Fragment, lock: &Lock, input: &Input<'_>, diagnostics: &mut Diagnostics) {
    let base = paths::parent(input.path);
    let own = manifest::workspace::manifests(base, input.files, diagnostics);
    let version = lock.version.as_str().into();
    fragment.properties = vec![("bomtrail:cargo:lockfile-version".into(), version)];
    let packages = &*lock.packages;
    let mut read = Read {
        path: input.path,
        packages,
        index: Index::of(packages),
        ids: vec![None; packages.len()],
        owners: Owners::of(packages, &own),
    };
    for number in 0..packages.len() {
        if let Some(component) = component(&read, number, input, diagnostics) {
            let id = fragment.add(component);
            if let Some(slot) = read.ids.get_mut(number) {
                *slot = id;
            }
        }
    }
    if fragment.components.is_empty() {
        diagnostics.push(diags::no_packages(input.path));
    }
    let linked = links::all(&read, diagnostics);
    fragment.links = linked.links;
    for id in linked.incomplete {
        if let Some(component) = fragment.components.get_mut(id.index()) {
            component.dependencies = Completeness::Incomplete;
        }
    }
    let members = read.owners.members();
    let members: Vec<LocalId> = members
        .filter_map(|it| read.ids.get(it).copied().flatten())
        .collect();
    package::add_roots(fragment, &members, input.files.folder_name());
    read.owners.report_unlocked(input.path, diagnostics);
    if packages
        .iter()
        .any(|it| it.source.is_some() && !it.dependencies.is_empty())
    {
        let (name, value) = KINDS_UNKNOWN;
        fragment.properties.push((name.into(), value.into()));
        diagnostics.push(diags::kinds_unknown(input.path));
    }
}

/// The component of a package; `None` for one that is replaced.
fn component(
    read: &Read<'_>,
    number: usize,
    input: &Input<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Component> {
    let package = read
        .packages
        .get(number)
        .filter(|it| it.replaced_by.is_none())?;
    let Locked {
        name,
        version,
        source,
        checksum,
        ..
    } = package;
    let Some(source) = source else {
        let manifest = read.owners.of_package(number).map(|it| &it.manifest);
        let stated = manifest.map_or(Some(version), |it| it.version.as_ref());
        let (place, role) = read.owners.place(number);
        let own = OwnPackage {
            name,
            version: stated.map(String::as_str),
            place: &place,
            role,
            facts: manifest.map(|it| &it.facts),
        };
        return Some(own.component());
    };
    let place = place(read, package, source);
    let mut component = package::dependency(name, version, &place, &Source::parse(source));
    if let Some(checksum) = checksum {
        match Hash::from_hex(HashAlgorithm::Sha256, checksum) {
            Some(hash) => component.hashes = [hash].into(),
            None => diagnostics.push(diags::checksum(input.path, &place)),
        }
    }
    Some(component)
}

/// `name@version`, with the source where several packages have both.
fn place(read: &Read<'_>, package: &Locked, source: &str) -> String {
    let Locked { name, version, .. } = package;
    let plain = format!("{name}@{version}");
    if read.index.count(name, version) < 2 {
        return plain;
    }
    let source = Source::parse(source);
    let address = source.address().unwrap_or(source.origin().name());
    format!("{plain} ({address})")
}

#[cfg(test)]
mod tests;
