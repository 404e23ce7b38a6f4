//! The production closure: what ships, what may ship, what only development needs. Walks places, not merged packages, so
//! that one instance of a package does not lend its dependencies to another.

use crate::model::component::Component;
use crate::model::facts::{Completeness, Flags};
use crate::model::fragment::{Link, LocalId, Need, Phase, Target};
use crate::model::scope::Scope;
use crate::walk::adjacency::Adjacency;
use crate::walk::ahead;

/// What a walk needs to know of a link, in eight bytes: the walks look at all links several times.
#[derive(Clone, Copy, Default)]
struct Step {
    to: u32,
    /// The first walk that follows it.
    scope: Scope,
}

impl Step {
    fn of(link: &Link) -> Option<(u32, Self)> {
        let Target::Here(to) = link.to else {
            return None;
        };
        let scope = match (link.phase, link.need) {
            (_, Need::Conflicts) => return None,
            (Phase::Runtime, need) if need.is_strict() => Scope::Required,
            (Phase::Runtime, _) => Scope::Optional,
            _ => Scope::Excluded,
        };
        Some((link.from.0, Self { to: to.0, scope }))
    }
}

/// The scope of every component, by number. Three walks, each iterative: strict runtime links, then any runtime link,
/// then any link. A walk begins where the one before it left links.
pub(crate) fn scopes(components: &[Component], links: &[Link], roots: &[LocalId]) -> Vec<Scope> {
    let steps = Adjacency::new(components.len(), links.iter().filter_map(Step::of));
    let mut scopes = vec![None; components.len()];
    let mut open: Vec<LocalId> = roots.to_vec();
    for scope in [Scope::Required, Scope::Optional, Scope::Excluded] {
        open = spread(&mut scopes, open, scope, &steps);
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

/// How many components later the steps of one are read. Those of two that are reached one after the other are far apart, and what
/// is read early enough is at hand when the walk comes to it.
const AHEAD: usize = 8;

/// Gives `scope` to everything newly reached from the open components. The result are those with links that only a later walk
/// follows.
fn spread(
    scopes: &mut [Option<Scope>],
    mut open: Vec<LocalId>,
    scope: Scope,
    steps: &Adjacency<Step>,
) -> Vec<LocalId> {
    let mut left = Vec::new();
    let mut next = 0;
    while let Some(from) = open.get(next).copied() {
        next += 1;
        if let Some(later) = open.get(next + AHEAD) {
            ahead::read(steps.of(later.0).first().copied().into_iter());
        }
        if let Some(slot) = scopes.get_mut(from.index()) {
            slot.get_or_insert(scope);
        }
        let steps = steps.of(from.0);
        if steps.iter().any(|it| it.scope > scope) {
            left.push(from);
        }
        for step in steps.iter().filter(|it| it.scope <= scope) {
            let to = LocalId(step.to);
            if let Some(slot @ None) = scopes.get_mut(to.index()) {
                *slot = Some(scope);
                open.push(to);
            }
        }
    }
    left
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
