//! What a project states about registries, applied to the packages of all its inputs: a mirror of the public registry has the
//! public packages, and a known registry is recognised by its address.

use bomtrail_graph::{
    Component, Diagnostics, Files, Flags, Fragment, Origin, Phase, Problem, Purl,
};

use crate::diags::{self, Asked};
use crate::manager::NPM;
use crate::manifest::npmrc::NpmrcSetting;
use crate::manifest::settings;
use crate::package::registries::{Registries, address, is_in};
use crate::package::url::Url;
use crate::paths;

/// The registries that the settings of a project name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownRegistries {
    known: Vec<String>,
    mirrors: Vec<String>,
    weaker: Vec<NpmrcSetting>,
    stronger: Vec<NpmrcSetting>,
}

impl KnownRegistries {
    /// Registries by address: those that are known, and mirrors of the public npm registry. Text that is not a web address is
    /// left out.
    pub fn new(known: &[String], mirrors: &[String]) -> Self {
        let plain = |it: &String| Url::parse(it).map(|it| address(&it));
        Self {
            known: known.iter().filter_map(plain).collect(),
            mirrors: mirrors.iter().filter_map(plain).collect(),
            ..Self::default()
        }
    }

    /// With settings of npm from outside of the project: those that the `.npmrc` of the project overrides, and those that
    /// override it. Later settings replace earlier ones.
    #[must_use]
    pub fn settings(mut self, weaker: Vec<NpmrcSetting>, stronger: Vec<NpmrcSetting>) -> Self {
        let outside = Registries::of(weaker.iter().chain(&stronger));
        self.known.extend(outside.addresses().map(str::to_owned));
        (self.weaker, self.stronger) = (weaker, stronger);
        self
    }

    /// The registries that npm uses for a project with these settings; `None` when all settings are the project's own.
    fn effective(&self, project: &[NpmrcSetting]) -> Option<Registries> {
        if Registries::of(self.weaker.iter().chain(&self.stronger)).is_empty() {
            return None;
        }
        let all = self.weaker.iter().chain(project).chain(&self.stronger);
        Some(Registries::of(all))
    }
}

/// Reports the development dependencies that are not installed, where they were not omitted.
pub(crate) fn report_uninstalled(fragments: &[Fragment], diagnostics: &mut Diagnostics) {
    for fragment in fragments.iter().filter(|it| paths::is_installed(&it.path)) {
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
pub(crate) fn apply(registries: &KnownRegistries, fragments: &mut [Fragment], files: &dyn Files) {
    if *registries == KnownRegistries::default() {
        return;
    }
    for fragment in fragments {
        let project = settings::read(paths::project_of(&fragment.path), files);
        let effective = registries.effective(&project);
        for component in &mut fragment.components {
            if let Some(effective) = &effective {
                redirect(component, effective);
            }
            identify(component, registries);
        }
    }
}

/// Gives a package without an address the registry that npm asks for its name.
fn redirect(component: &mut Component, registries: &Registries) {
    let purl = component
        .purl
        .as_ref()
        .filter(|it| it.package_type() == "npm");
    let fetched = matches!(component.origin, Origin::Registry | Origin::OtherRegistry);
    let purl = purl.filter(|_| fetched && component.source.is_none());
    let Some(public) = purl.and_then(public) else {
        return;
    };
    let registry = registries.of_name(&name(&public));
    let named = registry.map(|it| public.with_qualifier("repository_url", it));
    match named {
        Some(Ok(purl)) => {
            component.origin = Origin::OtherRegistry;
            component.purl = Some(purl);
        }
        Some(Err(_)) => {}
        None => {
            component.origin = Origin::Registry;
            component.purl = Some(public);
        }
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
    Purl::npm(&name(purl), purl.version().as_deref()).ok()
}

/// The name of a package of npm, with its scope.
fn name(purl: &Purl) -> String {
    match purl.namespace() {
        Some(scope) => [&*scope, "/", &purl.name()].concat(),
        None => purl.name().into_owned(),
    }
}

#[cfg(test)]
mod tests;
