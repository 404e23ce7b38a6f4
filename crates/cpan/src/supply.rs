//! What the inputs leave open: modules that come with Perl itself, and modules that an index of CPAN leads to a distribution
//! for. The answers are fragments of their own, behind those of the inputs, so that [`bomtrail_graph::link`] joins them.

mod diags;
mod hints;
mod settle;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Kind, Lifecycle, Origin, Provided, Target,
};
use foldhash::fast::RandomState;

use crate::core;
use crate::dist_name::DistName;
use crate::index::Index;
use crate::module::{MODULES, PERL};
use crate::perl::Perl;
use crate::purl;
use verdict::{Ask, Source, Verdict};

/// Who wins after the inputs, whose precedence is 0.
const OF_INDEX: u8 = 1;
const OF_CORE: u8 = 2;

/// The target of a link that asks for a module.
const NAMED: Target = Target::Named(MODULES);

/// What was found on every open module; `None` for one that is nowhere.
type Verdicts = BTreeMap<String, Option<Verdict>>;

/// What is known besides a project's inputs.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The Perl it runs on; `None` stands for the newest stable release that is known.
    pub perl: Option<Perl>,
    /// An index of CPAN.
    pub index: Option<Index>,
}

/// Adds fragments for the modules that `fragments` ask for and do not provide, and notes on components what points to
/// software outside of CPAN.
///
/// A module of the core that is new enough is Perl's; otherwise the index says which distribution has it. A module that is
/// too old in the core, or no longer part of it, stays open and is reported.
pub fn supply(
    fragments: &mut Vec<Fragment>,
    surroundings: &Surroundings,
    diagnostics: &mut Diagnostics,
) {
    hints::note(fragments);
    let asks = open(fragments);
    if asks.is_empty() {
        return;
    }
    let Some(perl) = surroundings.perl.or_else(Perl::newest_known) else {
        return;
    };
    let assumed = surroundings.perl.is_none();
    let names: BTreeSet<&str> = asks.keys().copied().collect();
    let index = surroundings.index.as_ref();
    let rows = index.map(|it| it.find(&names)).unwrap_or_default();
    let mut verdicts = Verdicts::new();
    for (name, ask) in &asks {
        let row = rows.get(name).copied();
        verdicts.insert((*name).to_owned(), verdict::of(name, ask, perl, row));
        diags::tell(
            diagnostics,
            name,
            ask,
            &verdict::Around { perl, assumed, row },
        );
    }
    drop(asks);
    if perl.is_beyond_table() {
        diagnostics.push(diags::beyond_table(perl));
    } else if assumed && verdicts.values().flatten().any(Verdict::is_core) {
        diagnostics.push(diags::assumed(perl));
    }
    settle::links(fragments, &verdicts, assumed, diagnostics);
    let lifecycle = fragments
        .iter()
        .map(|it| it.lifecycle)
        .max_by_key(|it| *it == Lifecycle::Build);
    let of_core = core_fragment(&verdicts, perl, assumed);
    let of_index = index.and_then(|index| index_fragment(&verdicts, index));
    let more = of_core.into_iter().chain(of_index);
    fragments.extend(more.map(|it| Fragment {
        lifecycle: lifecycle.unwrap_or_default(),
        ..it
    }));
}

/// The modules that are asked for and that no input provides.
fn open(fragments: &[Fragment]) -> BTreeMap<&str, Ask<'_>> {
    let components = fragments.iter().flat_map(|it| &it.components);
    let provided = components.flat_map(|it| &it.provides);
    let provided = provided.filter(|it| it.space == MODULES);
    let provided: HashSet<&str, RandomState> = provided.map(|it| &*it.name).collect();
    let mut asks: HashMap<&str, Ask<'_>, RandomState> = HashMap::default();
    for fragment in fragments {
        for link in fragment.links.iter().filter(|it| it.to == NAMED) {
            let name = link.name.as_deref().unwrap_or_default();
            if !provided.contains(name) {
                let ask = asks.entry(name);
                ask.or_insert_with(|| Ask::new(&fragment.path)).add(link);
            }
        }
    }
    asks.into_iter().collect()
}

/// Perl itself, with the modules that come with it.
fn core_fragment(verdicts: &Verdicts, perl: Perl, assumed: bool) -> Option<Fragment> {
    let mine = found(verdicts).filter(|(_, it)| it.is_core());
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
fn index_fragment(verdicts: &Verdicts, index: &Index) -> Option<Fragment> {
    let mut by_archive: BTreeMap<&str, Vec<Provided>> = BTreeMap::new();
    for (name, verdict) in found(verdicts) {
        if let Source::Index(pathname) = &verdict.source {
            let all = by_archive.entry(pathname).or_default();
            all.push(provided((name, verdict)));
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

fn found(verdicts: &Verdicts) -> impl Iterator<Item = (&String, &Verdict)> {
    let all = verdicts.iter();
    all.filter_map(|(name, verdict)| Some((name, verdict.as_ref()?)))
}

fn provided((name, verdict): (&String, &Verdict)) -> Provided {
    Provided {
        space: MODULES,
        name: name.as_str().into(),
        version: verdict.version.as_deref().map(Into::into),
    }
}

#[cfg(test)]
mod tests;
