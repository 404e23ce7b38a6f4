//! One entry of a pnpm lockfile as a package: where its bytes come from, and its facts.

use std::borrow::Cow;

use bomtrail_document::{Kind, Value};
use bomtrail_graph::{Hash, HashAlgorithm, Patch, Role};

use super::key::{Key, KeyRegistry};
use super::lock::Instance;
use super::settings::Settings;
use crate::locked::package::{Package, Resolution};
use crate::package::entry::{EntryFlags, Field};
use crate::package::hosted;
use crate::package::url::{PUBLIC, Url, redact};
use crate::package::value::{Str, Value as Json};
use crate::package::vcs;

/// The package of an entry.
pub(crate) fn package<'v>(instance: &Instance<'v>, settings: &Settings<'v>) -> Package<'v> {
    let info = instance.package;
    let text = |key: &str| info.and_then(|it| it.get(key)).and_then(Value::as_scalar);
    let key = instance.key();
    let named = text("name");
    let name = named.or(key.name).unwrap_or(instance.place);
    let stated = text("version");
    let version = stated.or(key.version);
    let resolution = info.and_then(|it| it.get("resolution"));
    let mut package = source(instance.place, name, &key, resolution, settings);
    package.place = place(instance.place);
    if named.or(key.name).is_none() {
        // The name that is left is the key, which may be the path of a repository.
        package.name = place(instance.place);
    }
    package.entry.version = version.or(runtime(&key)).map(Cow::Borrowed);
    let differ = |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| a != b);
    package.contradicted |= differ(named, key.name) || differ(stated, key.version);
    package.patches.extend(patch(name, &key, settings));
    if let Some(info) = info {
        facts(&mut package, info);
    }
    let flag = |key: &str| {
        let of = |it: &Value<'_>| it.get(key).is_some_and(Value::is_true);
        of(instance.snapshot) || info.is_some_and(of)
    };
    package
        .entry
        .bits
        .set(EntryFlags::OPTIONAL, flag("optional"));
    let scripts = flag("requiresBuild") || settings.may_run_scripts(name, version);
    package.entry.bits.set(EntryFlags::INSTALL_SCRIPT, scripts);
    package
}

/// The place of an entry: its key, without the credentials of an address.
pub(crate) fn place(key: &str) -> Str<'_> {
    if key.contains("://") {
        redact(key)
    } else {
        Cow::Borrowed(key)
    }
}

/// The version of a runtime (`node@runtime:22.0.0`).
fn runtime<'v>(key: &Key<'v>) -> Option<&'v str> {
    key.address.and_then(|it| it.strip_prefix("runtime:"))
}

fn source<'v>(
    place: &'v str,
    name: &'v str,
    key: &Key<'v>,
    resolution: Option<&'v Value<'v>>,
    settings: &Settings<'v>,
) -> Package<'v> {
    let (place, name): (Str<'v>, Str<'v>) = (Cow::Borrowed(place), Cow::Borrowed(name));
    let text = |field: &str| {
        resolution
            .and_then(|it| it.get(field))
            .and_then(Value::as_scalar)
    };
    let kind = text("type").unwrap_or_default();
    if let Some(path) = folder(key, resolution) {
        let agrees = key.address.is_none_or(|it| is_at(it, path));
        return Package::of_folder(place, name, Role::Local).with(|it| it.contradicted = !agrees);
    }
    match kind {
        "git" => {
            let (repository, commit) = (text("repo"), text("commit"));
            let address = git_address(repository.unwrap_or_default(), commit.unwrap_or_default());
            let pinned = key.address.and_then(|it| it.split_once('#'));
            let agrees =
                pinned.is_none_or(|(_, it)| Some(it.split('&').next().unwrap_or(it)) == commit);
            let of_git = Package::of_address(place, name, Cow::Owned(address));
            of_git.with(|it| it.contradicted = !agrees || key.version.is_some())
        }
        "variations" | "binary" => Package::of_folder(place, name, Role::Dependency).with(|it| {
            it.resolution = Resolution::Program;
            it.asked.note_other();
        }),
        "" => match text("tarball").filter(|it| !it.is_empty()) {
            Some(tarball) => archive(place, name, key, tarball, resolution),
            None => registry(place, name, key, text("registry"), settings),
        },
        // A fetcher of the project's own (`custom:…`) decides, or one that is not known.
        _ => Package::of_address(place, name, Cow::Borrowed("")),
    }
    .with(|it| integrity(it, resolution, text("integrity")))
}

/// The folder of a package that is one; the entry may lack its resolution.
pub(crate) fn folder<'v>(key: &Key<'v>, resolution: Option<&'v Value<'v>>) -> Option<&'v str> {
    if let Some(resolution) = resolution {
        let is_folder = resolution.get("type").and_then(Value::as_scalar) == Some("directory");
        let stated = resolution.get("directory").and_then(Value::as_scalar);
        return stated.filter(|_| is_folder);
    }
    let path = key.address?.strip_prefix("file:")?;
    let is_archive = [".tgz", ".tar.gz", ".tar"]
        .iter()
        .any(|it| path.ends_with(it));
    (!is_archive).then_some(path)
}

/// True when a key's address is the folder at `path`. Version 5 writes peers after it: `file:packages/a_react@17.0.2`.
fn is_at(address: &str, path: &str) -> bool {
    let stated = address.strip_prefix("file:").unwrap_or(address);
    let with_peers = stated.strip_prefix(path);
    with_peers.is_some_and(|it| it.starts_with('_')) || same_path(address, path)
}

fn same_path(address: &str, path: &str) -> bool {
    let plain = |it: &str| crate::paths::join("", it.strip_prefix("file:").unwrap_or(it));
    plain(address) == plain(path)
}

/// A package with the address of its archive.
fn archive<'v>(
    place: Str<'v>,
    name: Str<'v>,
    key: &Key<'v>,
    tarball: &'v str,
    resolution: Option<&'v Value<'v>>,
) -> Package<'v> {
    let git_hosted = resolution
        .and_then(|it| it.get("gitHosted"))
        .is_some_and(Value::is_true);
    if let Some(version) = key.version {
        // An archive under the name and version of a registry's package: its address has to be that of them.
        let mut package = Package::of_registry(place, name, Cow::Borrowed(""));
        if Url::parse(tarball).is_none() {
            // A path in the registry.
            let file = tarball.rsplit('/').next().unwrap_or_default();
            let stem = file.strip_suffix(".tgz").unwrap_or_default();
            let bare = package.name.rsplit('/').next().unwrap_or_default();
            let stated = stem.strip_prefix(bare).and_then(|it| it.strip_prefix('-'));
            package.contradicted = stated != Some(version);
            return package;
        }
        package.resolution = Resolution::Address;
        package.entry.resolved = Some(Cow::Borrowed(tarball));
        return package;
    }
    let address = key
        .address
        .filter(|it| it.starts_with("http") || it.starts_with("file:"));
    let agrees = address.is_none_or(|it| it == tarball || same_path(it, tarball));
    let git = hosted::git_address(tarball);
    let resolved = match git {
        Some(address) => Cow::Owned(address),
        None if git_hosted => Cow::Owned(["git+", tarball].concat()),
        None => Cow::Borrowed(tarball),
    };
    Package::of_address(place, name, resolved).with(|it| it.contradicted = !agrees)
}

/// A package that its name and version are enough to fetch.
fn registry<'v>(
    place: Str<'v>,
    name: Str<'v>,
    key: &Key<'v>,
    stated: Option<&'v str>,
    settings: &Settings<'v>,
) -> Package<'v> {
    if key.version.is_none() {
        // The key has neither a version nor a known address: nothing says where it is from.
        return Package::of_address(place, name, Cow::Borrowed(""));
    }
    let address: Option<Str<'v>> = match key.registry {
        None => stated.filter(|it| !is_public(it)).map(Cow::Borrowed),
        Some(KeyRegistry::Host(host)) => {
            let is_other = !PUBLIC.iter().any(|it| host.ends_with(it));
            is_other.then(|| Cow::Owned(["https://", host].concat()))
        }
        Some(KeyRegistry::Named(name)) => Some(settings.named_registry(name)),
    };
    Package::of_registry(place, name, Cow::Borrowed(""))
        .with(|it| it.resolution = Resolution::Registry(address))
}

fn is_public(address: &str) -> bool {
    Url::parse(address).is_some_and(|it| it.is_plainly_public())
}

/// The digests of the archive. What git hosts make of a commit has no fixed bytes, and pnpm does not compare them.
fn integrity<'v>(
    package: &mut Package<'v>,
    resolution: Option<&'v Value<'v>>,
    integrity: Option<&'v str>,
) {
    let is_git = package.entry.resolved.as_deref().is_some_and(vcs::is_git);
    let is_program = package.resolution == Resolution::Program;
    if !is_git && !is_program && resolution.is_some() {
        package.entry.integrity = integrity.filter(|it| !it.is_empty()).map(Cow::Borrowed);
    }
}

/// A repository and a commit as one address.
fn git_address(repository: &str, commit: &str) -> String {
    let prefix = if repository.starts_with("git") || repository.starts_with("ssh:") {
        ""
    } else {
        "git+"
    };
    [prefix, repository, "#", commit].concat()
}

/// The patch of the project for a package: pnpm adds its digest to the key.
fn patch(name: &str, key: &Key<'_>, settings: &Settings<'_>) -> Option<Patch> {
    let patch = settings.patch(name, key.suffix)?;
    Some(Patch {
        path: patch.path.as_deref().unwrap_or(patch.selector).into(),
        hashes: digest(patch.hash).into_iter().collect(),
    })
}

/// The SHA-256 of a patch file. Old versions of pnpm write another digest, which no other program knows.
fn digest(hex: &str) -> Option<Hash> {
    if hex.len() != 64 {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
    Hash::new(HashAlgorithm::Sha256, &bytes?)
}

/// The facts that npm's lockfiles have under the same names.
fn facts<'v>(package: &mut Package<'v>, info: &'v Value<'v>) {
    let fields = [
        ("engines", Field::Engines),
        ("os", Field::Os),
        ("cpu", Field::Cpu),
        ("libc", Field::Libc),
        ("deprecated", Field::Deprecated),
    ];
    let stated = fields.iter().filter(|(key, _)| info.get(key).is_some());
    let facts = package.entry.facts.to_mut();
    facts.reserve_exact(stated.count());
    for (key, field) in fields {
        if let Some(value) = info.get(key).map(json).filter(|it| field.fits(it)) {
            facts.push((field, value));
        }
    }
    let bundled = info.get("bundledDependencies");
    // The packages in its archive are not in the lockfile.
    package.incomplete =
        bundled.is_some_and(|it| it.is_true() || it.as_list().is_some_and(|it| !it.is_empty()));
}

/// A value of the kinds that facts have: a scalar, a list of scalars, a map of scalars.
fn json<'v>(value: &'v Value<'v>) -> Json<'v> {
    let text = |it: &'v Value<'v>| it.as_scalar().map(|it| Json::Text(Cow::Borrowed(it)));
    match &value.kind {
        Kind::Text(it) | Kind::Number(it) => Json::Text(Cow::Borrowed(it)),
        Kind::Bool(it) => Json::Bool(*it),
        Kind::List(items) => {
            let mut all = Vec::with_capacity(items.len());
            all.extend(items.iter().filter_map(text));
            Json::List(all)
        }
        Kind::Entries(entries) => {
            let pair = |it: &'v bomtrail_document::Entry<'v>| {
                Some((Cow::Borrowed(&*it.key), text(&it.value)?))
            };
            let mut all = Vec::with_capacity(entries.0.len());
            all.extend(entries.0.iter().filter_map(pair));
            Json::Map(all)
        }
        Kind::Null | Kind::Date(_) => Json::Null,
    }
}
