//! What a project states about registries, applied to the packages of all its inputs: a mirror of the public registry has the
//! public packages, and a known registry is recognised by its address.

use bomtrail_graph::{Component, Diagnostics, Flags, Fragment, Origin, Phase, Problem, Purl};

use crate::diags::{self, Asked};
use crate::lockfile::names::HIDDEN_LOCKFILE;
use crate::manager::NPM;
use crate::package::registries::{address, is_in};
use crate::package::url::Url;

/// The registries that the settings of a project name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownRegistries {
    known: Vec<String>,
    mirrors: Vec<String>,
}

impl KnownRegistries {
    /// Registries by address: those that are known, and mirrors of the public npm registry. Text that is not a web address is
    /// left out.
    pub fn new(known: &[String], mirrors: &[String]) -> Self {
        let plain = |it: &String| Url::parse(it).map(|it| address(&it));
        Self {
            known: known.iter().filter_map(plain).collect(),
            mirrors: mirrors.iter().filter_map(plain).collect(),
        }
    }
}

/// Reports the development dependencies that are not installed, where they were not omitted.
pub(crate) fn report_uninstalled(fragments: &[Fragment], diagnostics: &mut Diagnostics) {
    for fragment in fragments
        .iter()
        .filter(|it| it.path.ends_with(HIDDEN_LOCKFILE))
    {
        for link in &fragment.links {
            let missing = link.problem == Some(Problem::Missing) && link.phase == Phase::Develop;
            if let (true, Some(from)) = (missing, fragment.component(link.from)) {
                let asked = Asked {
                    from: &from.place,
                    name: link.name.as_deref().unwrap_or_default(),
                    spec: link.range.as_deref().unwrap_or("*"),
                };
                diagnostics.push(diags::missing(
                    &fragment.path,
                    &asked,
                    link.need.is_peer(),
                    &NPM,
                ));
            }
        }
    }
}

/// Gives packages from mirrors the identity of the public package, and packages from known registries that of their registry.
pub(crate) fn apply(registries: &KnownRegistries, fragments: &mut [Fragment]) {
    if *registries == KnownRegistries::default() {
        return;
    }
    for component in fragments.iter_mut().flat_map(|it| &mut it.components) {
        identify(component, registries);
    }
}

fn identify(component: &mut Component, registries: &KnownRegistries) {
    let purl = component
        .purl
        .as_ref()
        .filter(|it| it.package_type() == "npm");
    let Some(purl) = purl.filter(|_| component.origin != Origin::RemoteArchive) else {
        return;
    };
    let stated = purl
        .qualifier("repository_url")
        .map(std::borrow::Cow::into_owned);
    let from = component.source.as_deref().or(stated.as_deref());
    let Some(url) = from.and_then(Url::parse) else {
        return;
    };
    let among = |list: &[String]| list.iter().find(|it| is_in(&url, it)).cloned();
    if among(&registries.mirrors).is_some() {
        component.purl = public(purl);
        component.origin = Origin::Registry;
    } else if let Some(registry) = among(&registries.known) {
        let named = public(purl).and_then(|it| it.with_qualifier("repository_url", &registry).ok());
        if purl.qualifier("download_url").is_some() && named.is_some() {
            component.purl = named;
        }
    } else {
        return;
    }
    // A similar name does not matter for a host that the project names itself.
    component.flags.set(Flags::LOOKALIKE, false);
}

/// The package of that name and version in the public registry.
fn public(purl: &Purl) -> Option<Purl> {
    let name = match purl.namespace() {
        Some(scope) => [&*scope, "/", &purl.name()].concat(),
        None => purl.name().into_owned(),
    };
    Purl::npm(&name, purl.version().as_deref()).ok()
}

#[cfg(test)]
mod tests;
