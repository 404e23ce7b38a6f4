//! Where a package's bytes come from: its `resolved` value and the specifiers that lead to it decide.

use std::borrow::Cow;

use bomtrail_graph::Origin;

use crate::package::archive_url::Shape;
use crate::package::requesters::Requesters;
use crate::package::url::Url;
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
}

impl Source<'_> {
    fn only(origin: Origin) -> Self {
        Self {
            origin,
            url: None,
            qualifier: None,
            stated: None,
        }
    }
}

/// Reads a `resolved` value. `name` is the package's real name.
pub(crate) fn read<'a>(resolved: Option<&'a str>, name: &str, asked: Requesters) -> Source<'a> {
    let Some(resolved) = resolved.filter(|it| !it.is_empty()) else {
        let origin = if asked.registry_alone() {
            Origin::Registry
        } else {
            Origin::Unknown
        };
        return Source::only(origin);
    };
    if let Some(path) = resolved.strip_prefix("file:") {
        let url = paths::join("", path).map(|path| Cow::Owned(format!("file:{path}")));
        return Source {
            origin: Origin::LocalArchive,
            url,
            qualifier: None,
            stated: None,
        };
    }
    let url = Url::parse(resolved);
    // Nearly all are archives of the public registry, and no git address looks like one.
    if let Some(url) = url.as_ref().filter(|url| url.is_public()) {
        return archive(url, name, asked);
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
        Some(url) => archive(&url, name, asked),
        None => Source::only(Origin::Unknown),
    }
}

fn archive<'a>(url: &Url<'a>, name: &str, asked: Requesters) -> Source<'a> {
    let clean = url.without_credentials();
    match Shape::of(url, name) {
        Some(shape) if url.is_public() && shape.base.is_empty() => Source {
            origin: Origin::Registry,
            url: Some(clean),
            qualifier: None,
            stated: Some((shape.name, shape.version)),
        },
        Some(shape) if asked.registry_alone() => {
            let registry = format!("{}://{}{}", url.scheme, url.host_and_port(), shape.base);
            Source {
                origin: Origin::OtherRegistry,
                url: Some(clean),
                qualifier: Some(("repository_url", registry)),
                stated: Some((shape.name, shape.version)),
            }
        }
        _ => {
            let origin = if asked.registry_alone() && asked.registry {
                Origin::OtherRegistry
            } else {
                Origin::RemoteArchive
            };
            let qualifier = Some(("download_url", clean.clone().into_owned()));
            Source {
                origin,
                url: Some(clean),
                qualifier,
                stated: None,
            }
        }
    }
}
