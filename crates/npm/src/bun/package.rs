//! The package of an entry of `bun.lock`.

use bomtrail_graph::Patch;

use super::lock::{Lock, Tuple};
use crate::locked::package::{Package, Resolution};
use crate::package::archive_url::Shape;
use crate::package::entry::{EntryFlags, Field};
use crate::package::requesters::Requesters;
use crate::package::url::Url;
use crate::package::value::Str;
use crate::paths;
use crate::resolve::spec;

/// What an entry is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'l> {
    /// The root or a workspace, by its folder.
    Workspace(String),
    /// Another folder; true for a link.
    Folder(String, bool),
    /// A git repository, as npm writes its address.
    Git(Str<'l>),
    /// An archive at an address or on the disk, as npm writes its address.
    Archive(Str<'l>),
    /// A version of a registry's package.
    Version,
}

impl<'l> Kind<'l> {
    pub(super) fn of(resolution: &'l str) -> Self {
        let folder = |path: &str| paths::join("", path).unwrap_or_else(|| outside(path));
        if let Some(path) = resolution.strip_prefix("workspace:") {
            return Self::Workspace(folder(path));
        }
        if resolution == "root:" {
            return Self::Workspace(String::new());
        }
        if let Some(path) = resolution.strip_prefix("link:") {
            return Self::Folder(folder(path), true);
        }
        let is_archive = spec::is_archive(resolution);
        let path = resolution.strip_prefix("file:");
        if let Some(path) = path.filter(|_| !is_archive) {
            return Self::Folder(folder(path), false);
        }
        let is_web = resolution.starts_with("https://") || resolution.starts_with("http://");
        if is_git(resolution) {
            return Self::Git(Str::Borrowed(resolution));
        }
        if is_web {
            return Self::Archive(Str::Borrowed(resolution));
        }
        if is_archive {
            let path = folder(path.unwrap_or(resolution));
            return Self::Archive(Str::Owned(["file:", &path].concat()));
        }
        Self::Version
    }
}

fn is_git(resolution: &str) -> bool {
    let schemes = [
        "github:",
        "gitlab:",
        "bitbucket:",
        "git+",
        "git:",
        "git@",
        "ssh:",
    ];
    schemes.iter().any(|it| resolution.starts_with(it))
}

/// A place for an absolute path, which is never shown.
fn outside(path: &str) -> String {
    let last = path
        .trim_end_matches(['/', '\\'])
        .rsplit(['/', '\\'])
        .next();
    [".../", last.unwrap_or_default()].concat()
}

/// The package of an entry that is not a folder.
pub(super) fn fetched<'l>(tuple: &Tuple<'l>, kind: Kind<'l>, lock: &Lock<'l>) -> Package<'l> {
    let (place, name) = (Str::Borrowed(tuple.key), Str::Borrowed(tuple.name));
    let integrity = tuple.listed.integrity.as_deref().map(Str::Borrowed);
    let mut package = match kind {
        Kind::Git(address) => Package::of_address(place, name, address),
        Kind::Archive(address) => {
            let version = published_version(&address, tuple.name);
            Package::of_address(place, name, address).with(|it| {
                it.entry.integrity = integrity;
                it.entry.version = version;
            })
        }
        Kind::Version | Kind::Workspace(_) | Kind::Folder(..) => {
            of_registry(tuple, place, name).with(|it| it.entry.integrity = integrity)
        }
    };
    let info = tuple.info();
    let platforms = [Field::Os, Field::Cpu, Field::Libc].into_iter();
    let stated = platforms.filter_map(|it| Some((it, info.platform(it)?.clone())));
    package.entry.facts.to_mut().extend(stated);
    let bits = &mut package.entry.bits;
    bits.set(EntryFlags::IN_BUNDLE, info.is_bundled);
    bits.set(EntryFlags::INSTALL_SCRIPT, info.has_install_script);
    package
        .patches
        .extend(lock.patch(&tuple.listed.id).map(|path| {
            Patch {
                path: paths::join("", path)
                    .unwrap_or_else(|| outside(path))
                    .into(),
                hashes: Vec::new(),
            }
        }));
    package
}

/// The path of an archive on the disk, as a range or a resolution writes it.
pub(super) fn local_archive(text: &str) -> Option<&str> {
    let is_local = spec::is_archive(text) && !text.contains("://") && !is_git(text);
    is_local.then(|| text.strip_prefix("file:").unwrap_or(text))
}

/// The version that the public registry's address of a package states. The entry of an archive has none.
fn published_version<'l>(address: &str, name: &str) -> Option<Str<'l>> {
    let url = Url::parse(address).filter(Url::is_plainly_public)?;
    let shape = Shape::of(&url, name)?;
    let is_own = shape.base.is_empty() && shape.name == name;
    let version = shape.version.filter(|_| is_own)?;
    Some(Str::Owned(version.into_owned()))
}

/// The package of a registry: the default one, or that whose address, or whose archive's address, the entry has.
fn of_registry<'l>(tuple: &Tuple<'l>, place: Str<'l>, name: Str<'l>) -> Package<'l> {
    let version = Str::Borrowed(tuple.resolution);
    let address = tuple.listed.registry.as_deref();
    let address = address.filter(|it| !it.is_empty());
    match address {
        Some(address) if spec::is_archive(address) => {
            let package = Package::of_address(place, name, Str::Borrowed(address));
            package.with(|it| {
                it.entry.version = Some(version);
                it.asked = Requesters::default();
                it.asked.note_registry();
            })
        }
        registry => Package::of_registry(place, name, version).with(|it| {
            let registry = registry.map(|it| Str::Borrowed(it.trim_end_matches('/')));
            it.resolution = Resolution::Registry(registry);
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolutions_are_of_one_kind_each() {
        for (text, expected) in [
            ("1.0.0", Kind::Version),
            ("workspace:packages/a", Kind::Workspace("packages/a".into())),
            ("root:", Kind::Workspace(String::new())),
            ("file:vendor/c", Kind::Folder("vendor/c".into(), false)),
            ("link:../c", Kind::Folder("../c".into(), true)),
            ("file:/home/me/c", Kind::Folder(".../c".into(), false)),
            ("./vendor/t.tgz", Kind::Archive("file:vendor/t.tgz".into())),
            (
                "https://npm.example.com/a.tgz",
                Kind::Archive("https://npm.example.com/a.tgz".into()),
            ),
            ("github:o/r#abc", Kind::Git("github:o/r#abc".into())),
            (
                "git+ssh://git@h/p#abc",
                Kind::Git("git+ssh://git@h/p#abc".into()),
            ),
        ] {
            assert_eq!(Kind::of(text), expected, "{text}");
        }
    }
}
