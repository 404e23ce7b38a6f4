//! The production closure: what ships, what may ship, what only development needs. Walks places, not merged packages, so
//! that one instance of a package does not lend its dependencies to another.

use crate::model::component::Component;
use crate::model::facts::{Completeness, Flags};
use crate::model::fragment::{Link, LocalId, Need, Phase, Target};
use crate::model::scope::Scope;
use crate::walk::adjacency::Adjacency;

/// Whether a walk follows a link.
type Follow<'a> = &'a dyn Fn(&Link) -> bool;

/// The scope of every component, by number. Three walks, each iterative: strict runtime links, then any runtime link,
/// then any link.
pub(crate) fn scopes(components: &[Component], links: &[Link], roots: &[LocalId]) -> Vec<Scope> {
    let pairs = links
        .iter()
        .zip(0_u32..)
        .map(|(link, number)| (link.from.0, number));
    let adjacency = Adjacency::new(components.len(), pairs);
    let mut scopes = vec![None; components.len()];
    let mut reached: Vec<LocalId> = roots.to_vec();
    let strict = |link: &Link| link.phase == Phase::Runtime && link.need.is_strict();
    let runtime = |link: &Link| link.phase == Phase::Runtime && link.need != Need::Conflicts;
    let any = |link: &Link| link.need != Need::Conflicts;
    let walks: [(Scope, Follow<'_>); 3] = [
        (Scope::Required, &strict),
        (Scope::Optional, &runtime),
        (Scope::Excluded, &any),
    ];
    for (scope, follow) in walks {
        spread(&mut scopes, &mut reached, scope, |from| {
            adjacency
                .of(from.0)
                .iter()
                .filter_map(|number| links.get(*number as usize))
                .filter(|link| follow(link))
        });
    }
    let open = roots.is_empty()
        || roots.iter().any(|id| {
            components
                .get(id.index())
                .is_some_and(|root| root.dependencies != Completeness::Complete)
        });
    scopes
        .into_iter()
        .zip(components)
        .map(|(scope, it)| scope.unwrap_or_else(|| unreached(it, open)))
        .collect()
}

/// Gives `scope` to everything newly reached. `reached` starts as what earlier walks reached and grows.
fn spread<'a, I: Iterator<Item = &'a Link>>(
    scopes: &mut [Option<Scope>],
    reached: &mut Vec<LocalId>,
    scope: Scope,
    links: impl Fn(LocalId) -> I,
) {
    let mut next = 0;
    while let Some(from) = reached.get(next).copied() {
        next += 1;
        if let Some(slot) = scopes.get_mut(from.index()) {
            slot.get_or_insert(scope);
        }
        for link in links(from) {
            let Target::Here(to) = link.to else { continue };
            if let Some(slot @ None) = scopes.get_mut(to.index()) {
                *slot = Some(scope);
                reached.push(to);
            }
        }
    }
}

/// The scope of what no root reaches: the input's own flags where the root's links are not all known.
fn unreached(component: &Component, roots_open: bool) -> Scope {
    let flags = component.flags;
    if !roots_open || flags.has(Flags::EXTRANEOUS) || flags.has(Flags::DEV) {
        Scope::Excluded
    } else if flags.has(Flags::OPTIONAL) || flags.has(Flags::DEV_OPTIONAL) {
        Scope::Optional
    } else {
        Scope::Unknown
    }
}
