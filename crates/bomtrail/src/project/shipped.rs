//! A package's archive as a project: what it ships. Of an archive of npm that is its manifest, the packages that are bundled in it
//! and its shrinkwrap; of a distribution of CPAN its metadata, compared with its list of files. The archive is read in memory,
//! within limits, and nothing is unpacked to the disk.

mod diags;
mod file_list;

use std::path::Path;

use bomtrail_archive::{ArchiveFile, Client, Contents, FileKind, Limits, ReadOptions, read};
use bomtrail_cpan::DistName;
use bomtrail_graph::{
    Completeness, Component, Diagnostics, Ecosystem, Flags, Fragment, Hash, HashAlgorithm, Kind,
    Lifecycle, Origin, Problem, Purl, Role, Target, is_license_file,
};

use super::ScanError;
use crate::source::Memory;
use crate::source::archives::open_file;

/// The endings of archives that are read, in lower case.
const ENDINGS: [&str; 2] = [".tgz", ".tar.gz"];
/// The digests of the archive itself.
const DIGESTS: [HashAlgorithm; 2] = [HashAlgorithm::Sha512, HashAlgorithm::Sha256];
/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;
/// How much is kept of one archive, in bytes.
const MOST_KEPT: u64 = 256 << 20;
/// The manifest of a package of npm.
const PACKAGE: &str = "package.json";
/// The folder of bundled packages.
const MODULES: &str = "node_modules";
/// The metadata of a distribution.
const META: [&str; 2] = ["META.json", "META.yml"];
/// The programs that build a distribution.
const BUILDERS: [&str; 2] = ["Makefile.PL", "Build.PL"];
/// Diagnostics about packages that are not there. An archive has only those that are bundled.
const OF_INSTALLATIONS: [&str; 4] = [
    "npm/installed-not-proven",
    "npm/missing-dependency",
    "npm/missing-peer",
    "npm/not-installed",
];

/// What is known about an archive apart from the files in it.
pub(crate) struct Shipped {
    /// The digests of its bytes.
    hashes: Vec<Hash>,
    /// Its path as given, which may name the author of a distribution.
    path: String,
    /// The package, where no metadata in the archive names it.
    bare: Option<Component>,
}

/// True for the name of an archive.
pub(crate) fn is_archive(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str());
    let name = name.unwrap_or_default().to_ascii_lowercase();
    ENDINGS.iter().any(|it| name.ends_with(it))
}

/// Reads an archive: the files that describe what it ships, and what is known about the archive itself.
pub(crate) fn open(
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<(Memory, Shipped), ScanError> {
    let mut contents = contents(path, Client::Tar)?;
    let is_of_npm = is_of_npm(&contents);
    if is_of_npm {
        contents = self::contents(path, Client::Npm)?;
    }
    if let Some(oddity) = contents.first_hostile() {
        return Err(ScanError::HostileArchive {
            path: path.to_path_buf(),
            oddity: oddity.clone(),
        });
    }
    let label = path.to_string_lossy().replace('\\', "/");
    let name = label.rsplit('/').next().unwrap_or(&label);
    for it in &contents.oddities {
        diagnostics.push(diags::odd(name, it));
    }
    let has_metadata = META.iter().any(|it| contents.files.contains_key(*it));
    let bare = (!is_of_npm && !has_metadata)
        .then(|| bare(&label))
        .flatten();
    if !is_of_npm && !has_metadata && (bare.is_none() || !has_any(&contents, &BUILDERS)) {
        return Err(ScanError::NothingToRead {
            folder: path.to_path_buf(),
            wanted: [PACKAGE].into_iter().chain(META).collect(),
            advice: vec!["archives of npm and CPAN have one of them".to_owned()],
        });
    }
    if bare.is_some() {
        diagnostics.push(diags::no_metadata(name));
    }
    if !is_of_npm {
        file_list::compare(name, &contents, diagnostics);
    }
    let lower = name.to_ascii_lowercase();
    let ending = ENDINGS.iter().find(|it| lower.ends_with(*it));
    let stem = name.len().saturating_sub(ending.map_or(0, |it| it.len()));
    let mut memory = Memory::new().folder_name(name.get(..stem).unwrap_or(name));
    for (path, file) in &contents.files {
        match &file.content {
            Some(content) => memory = memory.file(path, content.to_vec()),
            None if is_file(file) && is_kept(path) => diagnostics.push(diags::not_kept(name, path)),
            None => {}
        }
    }
    let hashes = contents.digests;
    let shipped = Shipped {
        hashes,
        path: label,
        bare,
    };
    Ok((memory, shipped))
}

fn contents(path: &Path, client: Client) -> Result<Contents, ScanError> {
    let keep = |path: &str, size: u64| size <= LARGEST && is_kept(path);
    let limits = Limits::default().with(|it| it.kept = MOST_KEPT);
    let options = ReadOptions::of(client).with(|it| {
        it.digests = &DIGESTS;
        it.limits = limits;
        it.keep = &keep;
    });
    let (file, size) = open_file(path).map_err(|error| ScanError::Unreachable {
        path: path.to_path_buf(),
        cause: error.into(),
    })?;
    read(file, size, &options).map_err(|cause| ScanError::Archive {
        path: path.to_path_buf(),
        cause,
    })
}

/// Whether a file of an archive is read.
fn is_kept(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_bundled = path.split('/').any(|it| it == MODULES);
    match name {
        PACKAGE => is_bundled || path == PACKAGE,
        "npm-shrinkwrap.json" | "META.json" | "META.yml" | file_list::NAME => path == name,
        _ => is_license_file(path) || (is_bundled && is_license_file(name)),
    }
}

fn is_file(file: &ArchiveFile) -> bool {
    matches!(file.kind, FileKind::Plain | FileKind::Executable)
}

fn has_any(contents: &Contents, names: &[&str]) -> bool {
    names.iter().any(|it| contents.files.contains_key(*it))
}

/// True for an archive of npm. A distribution may have a package.json among its files, next to what builds it.
fn is_of_npm(contents: &Contents) -> bool {
    let is_distribution = has_any(contents, &META) && has_any(contents, &BUILDERS);
    contents.files.contains_key(PACKAGE) && !is_distribution
}

/// A distribution of which only the name of its archive is known.
fn bare(path: &str) -> Option<Component> {
    let named = DistName::parse(path);
    let name = named.name.as_deref()?;
    let version = named.version.as_deref();
    let purl = Purl::build("cpan", name).version(version.unwrap_or_default());
    Some(Component::new(name).with(|it| {
        it.version = version.map(Into::into);
        it.purl = purl.finish().ok();
        it.ecosystem = Ecosystem::of_type("cpan");
        it.role = Role::Root;
        it.dependencies = Completeness::Unknown;
    }))
}

impl Shipped {
    /// The fragment of an archive without metadata; `None` for one that has some.
    pub(crate) fn bare_fragment(&self) -> Option<Fragment> {
        let component = self.bare.clone()?;
        let mut fragment = Fragment::default().with(|it| {
            it.path = self.path.rsplit('/').next().unwrap_or_default().into();
            it.lifecycle = Lifecycle::Build;
        });
        let root = fragment.add(component)?;
        fragment.roots.push(root);
        Some(fragment)
    }

    /// Adds what is known about the archive itself: its digests to the package, and that the bundled packages are in it.
    pub(crate) fn complete(&self, fragments: &mut [Fragment], diagnostics: &mut Diagnostics) {
        for fragment in fragments.iter_mut() {
            let roots = fragment.roots.clone();
            for root in &roots {
                if let Some(root) = fragment.components.get_mut(root.index()) {
                    self.describe(root);
                }
            }
            if &*fragment.path == MODULES {
                bundled(fragment);
            }
        }
        let all = std::mem::take(diagnostics);
        for it in &all {
            if !OF_INSTALLATIONS.contains(&it.code.id) {
                diagnostics.push(it.clone());
            }
        }
    }

    fn describe(&self, root: &mut Component) {
        root.hashes = self.hashes.clone().into();
        root.origin = Origin::LocalArchive;
        root.kind = Kind::Library;
        let named = DistName::parse(&self.path);
        let is_named = named.name.as_deref() == Some(&*root.name)
            && named.version.as_deref() == root.version.as_deref();
        let of_cpan = root.purl.as_ref().filter(|it| it.package_type() == "cpan");
        if let (Some(author), Some(purl)) = (named.author.filter(|_| is_named), of_cpan) {
            root.purl = purl.with_qualifier("author", author).ok();
        }
    }
}

/// Marks the packages in the archive of another one. What it asks for and does not contain is not missing.
fn bundled(fragment: &mut Fragment) {
    for it in &mut fragment.components {
        if it.role == Role::Dependency {
            it.flags.set(Flags::BUNDLED, true);
            it.flags.set(Flags::CARRIED, true);
            it.origin = Origin::Bundle;
        }
    }
    let mut open = Vec::new();
    for link in &mut fragment.links {
        if link.to == Target::Absent && link.problem == Some(Problem::Missing) {
            link.problem = None;
            open.push(link.from);
        }
    }
    for id in open {
        if let Some(it) = fragment.components.get_mut(id.index()) {
            it.dependencies = Completeness::Incomplete;
        }
    }
}
