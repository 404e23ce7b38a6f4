//! Places become packages: components of one identity are merged, unless their bytes differ.

mod classes;
mod fill;
mod references;

use bomtrail_purl::Purl;

use super::join::FromInput;
use crate::diagnostic::Diagnostics;
use crate::diags;
use crate::model::component::Component;
use crate::model::facts::Flags;
use crate::model::graph::{Instance, Node, Source};
use crate::model::scope::Scope;
use crate::walk::adjacency::Adjacency;
use crate::walk::ahead::{self, AHEAD};

/// The nodes, sorted by reference, and the node of every component.
pub(super) struct Merged {
    pub(super) nodes: Vec<Node>,
    pub(super) node_of: Vec<u32>,
}

/// Merges. `scopes` and `origins` are by component number.
pub(super) fn merge(
    mut components: Vec<Component>,
    scopes: &[Scope],
    origins: &[FromInput],
    sources: &[Source],
    diagnostics: &mut Diagnostics,
) -> Merged {
    let classes = classes::classes(&components, |number, other| {
        let input = origins.get(number as usize).map_or(0, |it| it.input);
        let path = sources.get(input as usize).map_or("", |it| &*it.path);
        let component = |number: u32| components.get(number as usize);
        let place = |number: u32| component(number).map_or("", |it| &*it.place);
        let purl = component(number).and_then(|it| it.purl.as_ref());
        let reference = purl.map(Purl::decoded).unwrap_or_default();
        diagnostics.push(diags::conflict(
            path,
            place(number),
            &reference,
            place(other),
        ));
    });
    let pairs = classes.of.iter().copied().zip(0_u32..);
    let members = Adjacency::new(classes.count as usize, pairs);
    let mut nodes: Vec<Node> = Vec::with_capacity(classes.count as usize);
    for class in 0..classes.count {
        if nodes.len().is_multiple_of(AHEAD) {
            let next = (class..classes.count).take(AHEAD);
            let places = next.flat_map(|it| members.of(it)).filter_map(|it| {
                let component = components.get(*it as usize)?;
                component.place.as_bytes().first()
            });
            ahead::read(places.copied());
        }
        nodes.push(node(members.of(class), &mut components, scopes, origins));
    }
    drop(components);
    let position = references::name_and_sort(&mut nodes);
    let mut node_of = classes.of;
    for class in &mut node_of {
        *class = position.get(*class as usize).copied().unwrap_or_default();
    }
    Merged { nodes, node_of }
}

/// One node of all members: the first with digests speaks, the others fill its gaps.
fn node(
    members: &[u32],
    components: &mut [Component],
    scopes: &[Scope],
    origins: &[FromInput],
) -> Node {
    if let [only] = members {
        let found = components.get_mut(*only as usize).map(std::mem::take);
        let component = found.unwrap_or_default();
        return Node {
            instances: Box::new([instance(&component, *only, origins)]),
            component,
            reference: None,
            scope: scopes.get(*only as usize).copied().unwrap_or_default(),
        };
    }
    let mut taken: Vec<Component> = Vec::with_capacity(members.len());
    for number in members {
        taken.extend(components.get_mut(*number as usize).map(std::mem::take));
    }
    let instances = taken
        .iter()
        .zip(members)
        .map(|(it, number)| instance(it, *number, origins))
        .collect();
    let scope = joint_scope(
        members
            .iter()
            .filter_map(|number| scopes.get(*number as usize))
            .copied(),
    );
    let speaker = taken
        .iter()
        .position(|it| !it.hashes.is_empty())
        .unwrap_or(0);
    let mut component = if taken.is_empty() {
        Component::default()
    } else {
        taken.remove(speaker)
    };
    if !taken.is_empty() {
        let all = |flags: Flags, it: &Component| flags.both(it.flags);
        let any = |flags: Flags, it: &Component| flags.either(it.flags);
        let both = taken.iter().fold(component.flags, all);
        let either = taken.iter().fold(component.flags, any);
        component.flags = joint_flags(both, either);
        fill::gaps(&mut component, taken);
    }
    Node {
        component,
        reference: None,
        instances,
        scope,
    }
}

/// The place of a component.
fn instance(component: &Component, number: u32, origins: &[FromInput]) -> Instance {
    let details = component.details.as_ref();
    Instance {
        place: component.place.clone(),
        flags: component.flags,
        bundled_by: details.and_then(|it| it.bundled_by.clone()),
        input: origins.get(number as usize).map_or(0, |from| from.input),
    }
}

fn joint_scope(scopes: impl Iterator<Item = Scope> + Clone) -> Scope {
    let best = scopes.clone().min().unwrap_or_default();
    if best != Scope::Required && scopes.into_iter().any(|it| it == Scope::Unknown) {
        Scope::Unknown
    } else {
        best
    }
}

fn joint_flags(both: Flags, either: Flags) -> Flags {
    let mut flags = both.either(either.both(Flags::SUPPLY));
    for lasting in [Flags::INSTALL_SCRIPT, Flags::PRIVATE, Flags::HAS_SHRINKWRAP] {
        flags.set(lasting, either.has(lasting));
    }
    flags
}
