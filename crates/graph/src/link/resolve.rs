//! Names that a fragment leaves open, resolved to the component that provides them.

use std::collections::{BTreeMap, HashMap, HashSet};

use bomtrail_purl::Purl;
use foldhash::fast::RandomState;

use super::join::{FromInput, Joined};
use crate::diagnostic::Diagnostics;
use crate::diags;
use crate::model::component::Component;
use crate::model::fragment::{Link, LocalId, Problem, Target};
use crate::model::graph::Source;
use crate::model::name_space::NameSpace;

/// A name in its name space.
type Name<'a> = (NameSpace, &'a str);

/// Who provides a name, in order.
type Providers<'a> = HashMap<Name<'a>, Vec<u32>, RandomState>;

/// A name, the name space it is looked for in, and the input that asks.
type Question<'a> = (u32, &'a str, NameSpace);

/// What a name resolves to, and how many strict links ask for it.
struct Answer {
    first: Option<u32>,
    /// Another package that provides it just as well.
    other: Option<u32>,
    strict: usize,
}

/// Resolves every named target: a provider of the lowest precedence, of the same input before others, the first of several.
pub(super) fn names(joined: &mut Joined, diagnostics: &mut Diagnostics) {
    let Joined {
        components,
        links,
        origins,
        sources,
        ..
    } = joined;
    let asked: HashSet<Name<'_>, RandomState> = links.iter().filter_map(asked).collect();
    if asked.is_empty() {
        return;
    }
    let providers = providers(components, &asked);
    let mut answers: HashMap<Question<'_>, Answer, RandomState> = HashMap::default();
    let mut targets = Vec::with_capacity(links.len());
    for link in links.iter() {
        let Target::Named(space) = link.to else {
            targets.push(link.to);
            continue;
        };
        let name = link.name.as_deref().unwrap_or_default();
        let input = origins.get(link.from.index()).map_or(0, |it| it.input);
        let answer = answers.entry((input, name, space)).or_insert_with(|| {
            let found = providers.get(&(space, name)).map_or(&[][..], Vec::as_slice);
            best(found, input, origins, components)
        });
        answer.strict += usize::from(link.need.is_strict());
        targets.push(
            answer
                .first
                .map_or(Target::Absent, |number| Target::Here(LocalId(number))),
        );
    }
    let answers: BTreeMap<Question<'_>, Answer> = answers.into_iter().collect();
    tell(&answers, components, sources, diagnostics);
    settle(links, targets);
}

/// Puts every link's target in place; a name that is needed and that nothing provides is missing.
fn settle(links: &mut [Link], targets: Vec<Target>) {
    for (link, target) in links.iter_mut().zip(targets) {
        let open = matches!(link.to, Target::Named(_)) && target == Target::Absent;
        if open && link.need.is_strict() {
            link.problem = link.problem.or(Some(Problem::Missing));
        }
        link.to = target;
    }
}

/// What a link asks for by name.
fn asked(link: &Link) -> Option<Name<'_>> {
    match link.to {
        Target::Named(space) => Some((space, link.name.as_deref().unwrap_or_default())),
        Target::Here(_) | Target::Absent => None,
    }
}

/// Who provides the names that are asked for.
fn providers<'a>(
    components: &'a [Component],
    asked: &HashSet<Name<'a>, RandomState>,
) -> Providers<'a> {
    let mut providers: Providers<'_> = HashMap::default();
    for (component, number) in components.iter().zip(0_u32..) {
        for provided in &component.provides {
            let name = (NameSpace::of(provided.space), &*provided.name);
            if asked.contains(&name) {
                providers.entry(name).or_default().push(number);
            }
        }
    }
    providers
}

/// The provider to take, and another package of the same rank if there is one.
fn best(found: &[u32], input: u32, origins: &[FromInput], components: &[Component]) -> Answer {
    let rank = |number: &u32| {
        origins
            .get(*number as usize)
            .map_or((u8::MAX, true), |it| (it.precedence, it.input != input))
    };
    let lowest = found.iter().map(rank).min();
    let mut candidates = found
        .iter()
        .copied()
        .filter(|number| Some(rank(number)) == lowest);
    let first = candidates.next();
    let component = |number: u32| components.get(number as usize);
    let chosen = first.and_then(component);
    let other = candidates.find(|number| {
        let both = chosen.zip(component(*number));
        Some(*number) != first && both.is_some_and(|(a, b)| !is_same_package(a, b))
    });
    Answer {
        first,
        other,
        strict: 0,
    }
}

/// True for two places of one package.
fn is_same_package(a: &Component, b: &Component) -> bool {
    let Some((a, b)) = a.purl.as_ref().zip(b.purl.as_ref()) else {
        return false;
    };
    let authors = a.cpan_author().zip(b.cpan_author());
    a.identity() == b.identity() && authors.is_none_or(|(a, b)| a == b)
}

fn tell(
    answers: &BTreeMap<Question<'_>, Answer>,
    components: &[Component],
    sources: &[Source],
    diagnostics: &mut Diagnostics,
) {
    let path = |input: u32| sources.get(input as usize).map_or("", |it| &*it.path);
    let component = |number: u32| components.get(number as usize);
    let label = |number: u32| {
        let purl = |it: &Component| it.purl.as_ref().map(|purl| Purl::as_str(purl).to_owned());
        component(number)
            .map(|it| purl(it).unwrap_or_else(|| it.name.clone().into_string()))
            .unwrap_or_default()
    };
    for ((input, name, _), answer) in answers {
        if let Some((first, other)) = answer.first.zip(answer.other) {
            let place = component(first).map_or("", |it| &*it.place);
            let labels = [label(first), label(other)];
            diagnostics.push(diags::ambiguous(path(*input), place, name, &labels));
        }
    }
    for ((input, name, _), answer) in answers {
        if answer.first.is_none() && answer.strict > 0 {
            diagnostics.push(diags::unresolved(path(*input), name, answer.strict));
        }
    }
}
