//! What the inputs leave open: modules that come with Perl itself, and modules that an index of CPAN leads to a distribution
//! for. The answers are fragments of their own, behind those of the inputs, so that [`bomtrail_graph::link`] joins them.

mod diags;
mod hints;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Kind, Lifecycle, Link, Need, Origin, Problem,
    Provided, Target,
};

use crate::core;
use crate::dist_name::DistName;
use crate::index::Index;
use crate::module::{MODULES, PERL};
use crate::perl::Perl;
use crate::provided::fits;
use crate::purl;
use verdict::{Ask, Source, Verdict};

/// Who wins after the inputs, whose precedence is 0.
const OF_INDEX: u8 = 1;
const OF_CORE: u8 = 2;

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
    let mut verdicts: BTreeMap<String, Verdict> = BTreeMap::new();
    for (name, ask) in &asks {
        let row = rows.get(name).copied();
        if let Some(verdict) = verdict::of(name, ask, perl, row) {
            verdicts.insert((*name).to_owned(), verdict);
        }
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
    } else if assumed && verdicts.values().any(|it| it.source == Source::Core) {
        diagnostics.push(diags::assumed(perl));
    }
    settle(fragments, &verdicts, assumed);
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
    let provided: std::collections::HashSet<&str, foldhash::fast::RandomState> = provided
        .filter(|it| it.space == MODULES)
        .map(|it| &*it.name)
        .collect();
    let mut asks: BTreeMap<&str, Ask<'_>> = BTreeMap::new();
    for fragment in fragments {
        for link in fragment.links.iter().filter(|it| is_named(it)) {
            let name = link.name.as_deref().unwrap_or_default();
            if !provided.contains(name) {
                let ask = asks.entry(name).or_insert_with(|| Ask::new(&fragment.path));
                ask.add(link);
            }
        }
    }
    asks
}

fn is_named(link: &Link) -> bool {
    link.to == Target::Named(MODULES)
}

/// Marks the links whose answer is not what they ask for. What the core has too old is not there.
fn settle(fragments: &mut [Fragment], verdicts: &BTreeMap<String, Verdict>, assumed: bool) {
    for link in fragments
        .iter_mut()
        .flat_map(|it| &mut it.links)
        .filter(|it| is_named(it))
    {
        let name = link.name.as_deref().unwrap_or_default();
        let Some(verdict) = verdicts.get(name).filter(|_| link.need != Need::Conflicts) else {
            continue;
        };
        // An assumed Perl is no reason to find fault.
        if name == PERL && assumed {
            continue;
        }
        if fits(
            link.range.as_deref().unwrap_or_default(),
            verdict.version.as_deref(),
        ) {
            continue;
        }
        if verdict.source == Source::Core && name != PERL {
            link.to = Target::Absent;
            let missing = link.need.is_strict().then_some(Problem::Missing);
            link.problem = link.problem.or(missing);
        } else {
            link.problem = link.problem.or(Some(Problem::Invalid));
        }
    }
}

/// Perl itself, with the modules that come with it.
fn core_fragment(
    verdicts: &BTreeMap<String, Verdict>,
    perl: Perl,
    assumed: bool,
) -> Option<Fragment> {
    let mine = verdicts.iter().filter(|(_, it)| it.source == Source::Core);
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
fn index_fragment(verdicts: &BTreeMap<String, Verdict>, index: &Index) -> Option<Fragment> {
    let mut by_archive: BTreeMap<&str, Vec<Provided>> = BTreeMap::new();
    for (name, verdict) in verdicts {
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

fn provided((name, verdict): (&String, &Verdict)) -> Provided {
    Provided {
        space: MODULES,
        name: name.as_str().into(),
        version: verdict.version.as_deref().map(Into::into),
    }
}

#[cfg(test)]
mod tests;
