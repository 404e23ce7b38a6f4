//! Resolution of the Perl modules that no input provides: modules that come with Perl, and modules for which an index of CPAN
//! names a distribution. The results are additional fragments, which [`bomtrail_graph::link`] joins to those of the inputs.

mod apply;
mod core;
mod diags;
mod environment;
mod hints;
mod index;
mod perl;
mod resolution;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Kind, Lifecycle, Origin, Provided, Target,
};
use foldhash::fast::RandomState;

use crate::package::dist_name::DistName;
use crate::package::module::{MODULES, PERL};
use crate::package::purl;
use resolution::{Request, Resolution, Source};

pub use environment::PerlEnvironment;
pub use index::{Index, IndexError};
pub use perl::Perl;

pub(crate) use perl::LIBRARIES;

/// Who wins after the inputs, whose precedence is 0.
const OF_INDEX: u8 = 1;
const OF_CORE: u8 = 2;

/// The target of a link that requests for a module.
const NAMED: Target = Target::Named(MODULES);

/// What was found on every open module; `None` for one that is nowhere.
type Resolutions = BTreeMap<String, Option<Resolution>>;

/// Adds fragments for the modules that `fragments` request for and do not provide, and notes on components what points to
/// software outside of CPAN.
///
/// A module of the core that is new enough is Perl's; otherwise the index says which distribution has it. A module that is
/// too old in the core, or no longer part of it, stays open and is reported.
pub fn core_and_index(
    fragments: &mut Vec<Fragment>,
    environment: &PerlEnvironment,
    diagnostics: &mut Diagnostics,
) {
    hints::note(fragments);
    let requests = open(fragments);
    if requests.is_empty() {
        return;
    }
    let Some(perl) = environment.perl.or_else(Perl::newest_known) else {
        return;
    };
    let assumed = environment.perl.is_none();
    let names: BTreeSet<&str> = requests.keys().copied().collect();
    let index = environment.index.as_ref();
    let rows = index.map(|it| it.find(&names)).unwrap_or_default();
    let mut resolutions = Resolutions::new();
    for (name, request) in &requests {
        let row = rows.get(name).copied();
        resolutions.insert((*name).to_owned(), resolution::of(name, request, perl, row));
        diags::tell(
            diagnostics,
            name,
            request,
            &resolution::Around { perl, assumed, row },
        );
    }
    drop(requests);
    if perl.is_beyond_table() {
        diagnostics.push(diags::beyond_table(perl));
    } else if assumed && resolutions.values().flatten().any(Resolution::is_core) {
        diagnostics.push(diags::assumed(perl));
    }
    apply::links(fragments, &resolutions, assumed, diagnostics);
    let lifecycle = fragments
        .iter()
        .map(|it| it.lifecycle)
        .max_by_key(|it| *it == Lifecycle::Build);
    let of_core = core_fragment(&resolutions, perl, assumed);
    let of_index = index.and_then(|index| index_fragment(&resolutions, index));
    let more = of_core.into_iter().chain(of_index);
    fragments.extend(more.map(|it| Fragment {
        lifecycle: lifecycle.unwrap_or_default(),
        ..it
    }));
}

/// The modules that are asked for and that no input provides.
fn open(fragments: &[Fragment]) -> BTreeMap<&str, Request<'_>> {
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

/// Perl itself, with the modules that come with it.
fn core_fragment(resolutions: &Resolutions, perl: Perl, assumed: bool) -> Option<Fragment> {
    let mine = found(resolutions).filter(|(_, it)| it.is_core());
    let provides: Box<[Provided]> = mine.map(provided).collect();
    if provides.is_empty() {
        return None;
    }
    let mut component = Component {
        version: Some(perl.to_string().into()),
        purl: perl.purl(),
        place: PERL.into(),
        kind: Kind::Platform,
        dependencies: Completeness::Unknown,
        provides,
        ..Component::new(PERL)
    };
    if assumed {
        let property = ("bomtrail:cpan:perl".into(), "assumed".into());
        component.details_mut().properties.push(property);
    }
    let mut fragment = Fragment {
        path: core::source().into(),
        precedence: OF_CORE,
        ..Fragment::default()
    };
    fragment.add(component);
    Some(fragment)
}

/// The distributions that the index leads to. It does not say what they need.
fn index_fragment(resolutions: &Resolutions, index: &Index) -> Option<Fragment> {
    let mut by_archive: BTreeMap<&str, Vec<Provided>> = BTreeMap::new();
    for (name, resolution) in found(resolutions) {
        if let Source::Index(pathname) = &resolution.source {
            let all = by_archive.entry(pathname).or_default();
            all.push(provided((name, resolution)));
        }
    }
    let mut fragment = Fragment {
        path: index.name().into(),
        precedence: OF_INDEX,
        ..Fragment::default()
    };
    for (pathname, provides) in by_archive {
        let archive = DistName::parse(pathname);
        fragment.add(Component {
            name: archive.name.as_deref().unwrap_or(pathname).into(),
            version: archive.version.as_deref().map(Into::into),
            purl: purl::of_archive(&archive),
            place: pathname.into(),
            kind: Kind::Library,
            origin: Origin::Registry,
            dependencies: Completeness::Unknown,
            provides: provides.into_boxed_slice(),
            ..Component::default()
        });
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
