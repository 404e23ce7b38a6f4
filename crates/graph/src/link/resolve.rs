//! Names that a fragment leaves open, resolved to the component that provides them.

use std::collections::{BTreeMap, HashMap};

use bomtrail_purl::Purl;
use foldhash::fast::RandomState;

use super::join::{FromInput, Joined};
use crate::component::Component;
use crate::diagnostic::Diagnostics;
use crate::diags;
use crate::fragment::{LocalId, Problem, Target};
use crate::graph::Source;

type Providers<'a> = HashMap<(&'static str, &'a str), Vec<u32>, RandomState>;

/// What is told afterwards, once for each name and input.
#[derive(Default)]
struct Findings<'a> {
    /// The provider taken, and another.
    ambiguous: BTreeMap<(u32, &'a str), (u32, u32)>,
    /// How many strict links ask for it.
    open: BTreeMap<(u32, &'a str), usize>,
}

/// Resolves every named target: a provider of the lowest precedence, of the same input before others, the first of several.
pub(super) fn names(joined: &mut Joined, diagnostics: &mut Diagnostics) {
    if !joined
        .links
        .iter()
        .any(|link| matches!(link.to, Target::Named(_)))
    {
        return;
    }
    let Joined {
        components,
        links,
        origins,
        sources,
        ..
    } = joined;
    let providers = providers(components);
    let mut targets = Vec::with_capacity(links.len());
    let mut findings = Findings::default();
    for link in links.iter() {
        let (Target::Named(space), Some(name)) = (link.to, link.name.as_deref()) else {
            targets.push(link.to);
            continue;
        };
        let input = origins.get(link.from.index()).map_or(0, |it| it.input);
        let found = providers.get(&(space, name)).map_or(&[][..], Vec::as_slice);
        let (first, other) = best(found, input, origins, components);
        targets.push(first.map_or(Target::Absent, |number| Target::Here(LocalId(number))));
        if let Some((first, other)) = first.zip(other) {
            findings
                .ambiguous
                .entry((input, name))
                .or_insert((first, other));
        }
        if first.is_none() && link.need.is_strict() {
            *findings.open.entry((input, name)).or_default() += 1;
        }
    }
    tell(&findings, components, sources, diagnostics);
    for (link, target) in links.iter_mut().zip(targets) {
        if matches!(link.to, Target::Named(_)) && target == Target::Absent && link.need.is_strict()
        {
            link.problem = link.problem.or(Some(Problem::Missing));
        }
        link.to = target;
    }
}

fn providers(components: &[Component]) -> Providers<'_> {
    let mut providers: Providers<'_> = HashMap::default();
    for (component, number) in components.iter().zip(0_u32..) {
        for provided in &component.provides {
            providers
                .entry((provided.space, &provided.name))
                .or_default()
                .push(number);
        }
    }
    providers
}

/// The provider to take, and another package of the same rank if there is one.
fn best(
    found: &[u32],
    input: u32,
    origins: &[FromInput],
    components: &[Component],
) -> (Option<u32>, Option<u32>) {
    let rank = |number: &u32| {
        origins
            .get(*number as usize)
            .map_or((u8::MAX, true), |it| (it.precedence, it.input != input))
    };
    let Some(best) = found.iter().map(rank).min() else {
        return (None, None);
    };
    let mut candidates = found.iter().copied().filter(|number| rank(number) == best);
    let first = candidates.next();
    let purl = |number: u32| {
        components
            .get(number as usize)
            .and_then(|it| it.purl.as_ref())
    };
    let chosen = first.and_then(purl);
    (first, candidates.find(|number| purl(*number) != chosen))
}

fn tell(
    findings: &Findings<'_>,
    components: &[Component],
    sources: &[Source],
    diagnostics: &mut Diagnostics,
) {
    let path = |input: u32| sources.get(input as usize).map_or("", |it| &*it.path);
    let component = |number: u32| components.get(number as usize);
    let label = |number: u32| {
        component(number)
            .and_then(|it| it.purl.as_ref())
            .map_or("", Purl::as_str)
    };
    for ((input, name), (first, other)) in &findings.ambiguous {
        let place = component(*first).map_or("", |it| &*it.place);
        diagnostics.push(diags::ambiguous(
            path(*input),
            place,
            name,
            &[label(*first), label(*other)],
        ));
    }
    for ((input, name), count) in &findings.open {
        diagnostics.push(diags::unresolved(path(*input), name, *count));
    }
}
