//! Where a package's bytes come from: its `resolved` value and the specifiers that lead to it decide.

use std::borrow::Cow;

use bomtrail_document::find_byte;
use bomtrail_graph::Origin;

use crate::package::archive_url::Shape;
use crate::package::registries::Registries;
use crate::package::requesters::Requesters;
use crate::package::url::{PUBLIC, Url, is_plain_path};
use crate::package::vcs::GitUrl;
use crate::paths;

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source<'a> {
    pub(crate) origin: Origin,
    /// The address to fetch, without credentials.
    pub(crate) url: Option<Cow<'a, str>>,
    /// The Package URL qualifier that distinguishes it from a package of the public registry.
    pub(crate) qualifier: Option<(&'static str, String)>,
    /// The name and version that a registry archive's path states.
    pub(crate) stated: Option<(Cow<'a, str>, Option<Cow<'a, str>>)>,
    /// The address is the one that the public registry has for the package of that name and version.
    pub(crate) is_usual: bool,
}

impl Source<'_> {
    /// A folder of the project or next to it.
    pub(crate) fn folder() -> Self {
        Self::only(Origin::Directory)
    }

    pub(crate) fn only(origin: Origin) -> Self {
        Self {
            origin,
            url: None,
            qualifier: None,
            stated: None,
            is_usual: false,
        }
    }
}

#[cfg(feature = "managers")]
impl<'a> Source<'a> {
    /// The package of that name and version in a registry; `None` for the public one. What states the name and the version
    /// is what the registry is asked for.
    pub(crate) fn of_registry(
        name: &'a str,
        version: Option<&'a str>,
        registry: Option<&str>,
    ) -> Self {
        let origin = match registry {
            Some(_) => Origin::OtherRegistry,
            None => Origin::Registry,
        };
        Self {
            qualifier: registry.map(|it| ("repository_url", it.to_owned())),
            stated: Some((Cow::Borrowed(name), version.map(Cow::Borrowed))),
            ..Self::only(origin)
        }
    }
}

impl<'a> Source<'a> {
    /// The archive at the address that the public registry has for a package; `None` for any other address.
    pub(crate) fn usual(
        resolved: Option<&'a str>,
        name: &'a str,
        version: Option<&'a str>,
    ) -> Option<Self> {
        let (resolved, version) = resolved.zip(version)?;
        usual_address(resolved, name, version).then_some(Self {
            origin: Origin::Registry,
            url: Some(Cow::Borrowed(resolved)),
            qualifier: None,
            stated: Some((Cow::Borrowed(name), Some(Cow::Borrowed(version)))),
            is_usual: true,
        })
    }
}

/// True for `/name/-/name-1.0.0.tgz` at the public registry, with a name and a version of plain characters.
fn usual_address(resolved: &str, name: &str, version: &str) -> bool {
    let scoped = name.strip_prefix('@').and_then(|it| it.split_once('/'));
    let bare = scoped.map_or(name, |(_, bare)| bare);
    let address = resolved.strip_prefix("https://").unwrap_or_default();
    let address = address.strip_prefix("registry.").unwrap_or(address);
    let path = PUBLIC.iter().find_map(|it| address.strip_prefix(*it));
    let file = || {
        let file = path?
            .strip_prefix('/')?
            .strip_prefix(name)?
            .strip_prefix("/-/")?;
        file.strip_prefix(bare)?
            .strip_prefix('-')?
            .strip_suffix(".tgz")
    };
    !bare.is_empty()
        && file() == Some(version)
        && !has_slash(bare)
        && !has_slash(version)
        && is_plain_path(name)
        && is_plain_path(version)
}

fn has_slash(text: &str) -> bool {
    find_byte(text.as_bytes(), 0, 0, [b'/']).is_some()
}

/// Reads a `resolved` value. `name` is the package's real name.
pub(crate) fn read<'a>(
    resolved: Option<&'a str>,
    name: &str,
    asked: Requesters,
    registries: &Registries,
) -> Source<'a> {
    let Some(resolved) = resolved.filter(|it| !it.is_empty()) else {
        return unstated(name, asked, registries);
    };
    if let Some(path) = resolved.strip_prefix("file:") {
        let url = paths::join("", path).map(|path| Cow::Owned(format!("file:{path}")));
        return Source {
            url,
            ..Source::only(Origin::LocalArchive)
        };
    }
    let url = Url::parse(resolved);
    // Nearly all are archives of the public registry, and no git address looks like one.
    if let Some(url) = url.as_ref().filter(|url| url.is_public()) {
        return archive(url, name, asked, registries);
    }
    if let Some(git) = GitUrl::parse(resolved) {
        let location = git.download_location();
        return Source {
            url: Some(Cow::Owned(location.clone())),
            qualifier: Some(("vcs_url", location)),
            ..Source::only(Origin::Git)
        };
    }
    match url {
        Some(url) => archive(&url, name, asked, registries),
        None => Source::only(Origin::Unknown),
    }
}

/// An entry without an address is from the registry that the project names for its scope, else from the public one.
fn unstated<'a>(name: &str, asked: Requesters, registries: &Registries) -> Source<'a> {
    if !asked.registry_alone() {
        return Source::only(Origin::Unknown);
    }
    match registries.of_name(name) {
        Some(registry) => Source {
            qualifier: Some(("repository_url", registry.to_owned())),
            ..Source::only(Origin::OtherRegistry)
        },
        None => Source::only(Origin::Registry),
    }
}

fn archive<'a>(
    url: &Url<'a>,
    name: &str,
    asked: Requesters,
    registries: &Registries,
) -> Source<'a> {
    let clean = url.without_secrets();
    let shape = Shape::of(url, name);
    let base = shape.as_ref().map(|it| it.base.clone().into_owned());
    let stated = shape.map(|it| (it.name, it.version));
    if url.is_public() && base.as_deref() == Some("") {
        return Source {
            origin: Origin::Registry,
            url: Some(clean),
            qualifier: None,
            stated,
            is_usual: false,
        };
    }
    // The specifier and the registry decide, and the form of the address only where the project names no registry.
    let named = registries.of_archive(url).map(str::to_owned);
    let shaped = base.map(|it| format!("{}://{}{it}", url.scheme, url.host_and_port()));
    if let Some(registry) = named.or(shaped).filter(|_| asked.registry_alone()) {
        return Source {
            origin: Origin::OtherRegistry,
            url: Some(clean),
            qualifier: Some(("repository_url", registry)),
            stated,
            is_usual: false,
        };
    }
    let registry = asked.registry_alone() && asked.registry;
    Source {
        origin: if registry {
            Origin::OtherRegistry
        } else {
            Origin::RemoteArchive
        },
        qualifier: Some(("download_url", clean.clone().into_owned())),
        url: Some(clean),
        // What asks for an archive by its address accepts any package there.
        stated: stated.filter(|_| registry),
        is_usual: false,
    }
}
