//! Resolution of the Perl modules that no input provides: modules that come with Perl, and modules for which an index of CPAN
//! names a distribution. The results are additional fragments, which [`bomtrail_graph::link`] joins to those of the inputs.

mod apply;
mod core;
mod diags;
mod environment;
mod hints;
mod index;
mod perl;
mod request;
mod resolution;
mod resolver;
mod target;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bomtrail_graph::{Completeness, Diagnostics, Fragment, Kind, Lifecycle, Provided};
use foldhash::fast::RandomState;

use crate::package;
use crate::package::archive::{Archive, Index as Archives};
use crate::package::module::{MODULES, NAMED, PERL};
use crate::package::purl;
use request::Request;
use resolution::{Resolution, Source};
use target::TargetPerl;

pub use self::core::{CoreList, CoreListError};
pub use environment::PerlEnvironment;
pub use index::{Index, IndexError};
pub use perl::Perl;
pub use resolver::ModuleResolver;

/// The precedence of the added fragments; that of the inputs is 0.
const OF_INDEX: u8 = 1;
const OF_CORE: u8 = 2;

/// The resolution of every module that no input provides; `None` for one that nothing known provides.
type Resolutions = BTreeMap<String, Option<Resolution>>;

/// Adds fragments for the modules that links of `fragments` ask for and no component of them provides, and hints at software
/// from outside CPAN to the components.
///
/// A core module in an accepted version comes with Perl; for any other module the index names a distribution. A module that
/// is too old in the core, or was removed from it, stays unresolved and is reported.
pub fn core_and_index(
    fragments: &mut Vec<Fragment>,
    environment: &PerlEnvironment,
    diagnostics: &mut Diagnostics,
) {
    hints::add(fragments);
    let requests = requests(fragments);
    if requests.is_empty() {
        return;
    }
    let Some(target) = TargetPerl::of(environment, requests.get(PERL)) else {
        return;
    };
    let index = environment.index.as_ref();
    let resolutions = resolutions(&requests, &target, index, diagnostics);
    drop(requests);
    let uses_perl = resolutions.values().flatten().any(Resolution::is_core);
    if target.beyond_list || (target.assumed && uses_perl) {
        diagnostics.push(diags::stand_in(&target));
    }
    apply::resolutions(fragments, &resolutions, target.assumed, diagnostics);
    let lifecycle = fragments
        .iter()
        .map(|it| it.lifecycle)
        .max_by_key(|it| *it == Lifecycle::Build);
    let of_core = core_fragment(&resolutions, &target);
    let of_index = index.and_then(|index| index_fragment(&resolutions, index));
    let more = of_core.into_iter().chain(of_index);
    fragments.extend(more.map(|it| {
        it.with(|it| {
            it.lifecycle = lifecycle.unwrap_or_default();
        })
    }));
}

/// Resolves every requested module, and reports why a module of the core cannot be used.
fn resolutions(
    requests: &BTreeMap<&str, Request<'_>>,
    target: &TargetPerl<'_>,
    index: Option<&Index>,
    diagnostics: &mut Diagnostics,
) -> Resolutions {
    let names: BTreeSet<&str> = requests.keys().copied().collect();
    let rows = index.map(|it| it.find(&names)).unwrap_or_default();
    let mut resolutions = Resolutions::new();
    for (name, request) in requests {
        let row = rows.get(name).copied();
        let found = resolution::resolve(name, request, target, row);
        resolutions.insert((*name).to_owned(), found);
        if let Some(unusable) = diags::unusable(name, request, target, row) {
            diagnostics.push(unusable);
        }
    }
    resolutions
}

/// The modules that links ask for and no input provides.
fn requests(fragments: &[Fragment]) -> BTreeMap<&str, Request<'_>> {
    let components = fragments.iter().flat_map(|it| &it.components);
    let provided = components.flat_map(|it| &it.provides);
    let provided = provided.filter(|it| it.space == MODULES);
    let provided: HashSet<&str, RandomState> = provided.map(|it| &*it.name).collect();
    let mut requests: HashMap<&str, Request<'_>, RandomState> = HashMap::default();
    for fragment in fragments {
        for link in fragment.links.iter().filter(|it| it.to == NAMED) {
            let name = link.name.as_deref().unwrap_or_default();
            if !provided.contains(name) {
                let request = requests.entry(name);
                request
                    .or_insert_with(|| Request::new(&fragment.path))
                    .add(link);
            }
        }
    }
    requests.into_iter().collect()
}

/// Perl itself, with the core modules that are used. The version of an assumed Perl is not stated as a fact.
fn core_fragment(resolutions: &Resolutions, target: &TargetPerl<'_>) -> Option<Fragment> {
    let core = found(resolutions).filter(|(_, it)| it.is_core());
    let exact = |it: Provided| Provided {
        version: it.version.filter(|_| target.is_exact()),
        ..it
    };
    let provides: Box<[Provided]> = core.map(provided).map(exact).collect();
    if provides.is_empty() {
        return None;
    }
    let version = (!target.assumed).then(|| target.perl.to_string());
    let mut component = package::component(PERL).with(|it| {
        it.purl = purl::of_parts(PERL, version.as_deref(), None);
        it.version = version.map(Into::into);
        it.place = PERL.into();
        it.kind = Kind::Platform;
        it.dependencies = Completeness::Unknown;
    });
    let properties = &mut component.details_mut().properties;
    if target.assumed {
        let assumed = target.perl.to_string();
        properties.push(("bomtrail:cpan:perl-assumed".into(), assumed.into()));
    }
    for module in provides.iter().filter(|it| *it.name != *PERL) {
        let version = module.version.as_deref();
        let text = version.map_or_else(
            || module.name.to_string(),
            |version| [&*module.name, "@", version].concat(),
        );
        properties.push(("bomtrail:cpan:core-module".into(), text.into()));
    }
    component.provides = provides;
    let mut fragment = Fragment::default().with(|it| {
        it.path = target.core.source().into();
        it.precedence = OF_CORE;
    });
    fragment.add(component);
    Some(fragment)
}

/// The distributions that the index names. An index does not state what they require.
fn index_fragment(resolutions: &Resolutions, index: &Index) -> Option<Fragment> {
    let mut by_archive: BTreeMap<&str, Vec<Provided>> = BTreeMap::new();
    for (name, resolution) in found(resolutions) {
        if let Source::Index(pathname) = &resolution.source {
            let all = by_archive.entry(pathname).or_default();
            all.push(provided((name, resolution)));
        }
    }
    let mut fragment = Fragment::default().with(|it| {
        it.path = index.name().into();
        it.precedence = OF_INDEX;
    });
    for (pathname, provides) in by_archive {
        let mut component = package::component(pathname).with(|it| {
            it.place = pathname.into();
            it.kind = Kind::Library;
            it.dependencies = Completeness::Unknown;
            it.provides = provides.into_boxed_slice();
        });
        Archive::parse(pathname, &Archives::default()).describe(&mut component);
        fragment.add(component);
    }
    (!fragment.components.is_empty()).then_some(fragment)
}

fn found(resolutions: &Resolutions) -> impl Iterator<Item = (&String, &Resolution)> {
    let all = resolutions.iter();
    all.filter_map(|(name, resolution)| Some((name, resolution.as_ref()?)))
}

fn provided((name, resolution): (&String, &Resolution)) -> Provided {
    Provided {
        space: MODULES,
        name: name.as_str().into(),
        version: resolution.version.as_deref().map(Into::into),
    }
}

#[cfg(test)]
mod tests;
