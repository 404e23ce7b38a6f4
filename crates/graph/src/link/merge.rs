//! Places become packages: components of one identity are merged, unless their bytes differ.

use std::borrow::Cow;

use bomtrail_purl::Purl;

use super::join::FromInput;
use crate::component::{Component, Origin};
use crate::diagnostic::Diagnostics;
use crate::diags;
use crate::facts::{Completeness, Details, Fact, Flags, Text};
use crate::graph::{Instance, Node, Source};
use crate::scope::Scope;

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
    let classes = classes(&components, |component, number, other| {
        let input = origins.get(number as usize).map_or(0, |it| it.input);
        let path = sources.get(input as usize).map_or("", |it| &*it.path);
        let reference = component
            .purl
            .as_ref()
            .map(Purl::decoded)
            .unwrap_or_default();
        diagnostics.push(diags::conflict(
            path,
            &component.place,
            &reference,
            &other.place,
        ));
    });
    let mut nodes: Vec<(Node, Vec<u32>)> = Vec::with_capacity(classes.len());
    for members in classes {
        nodes.push((node(&members, &mut components, scopes, origins), members));
    }
    name_apart(&mut nodes);
    let mut node_of = vec![0; components.len()];
    let mut sorted = Vec::with_capacity(nodes.len());
    for ((node, members), number) in nodes.into_iter().zip(0_u32..) {
        for member in members {
            if let Some(slot) = node_of.get_mut(member as usize) {
                *slot = number;
            }
        }
        sorted.push(node);
    }
    Merged {
        nodes: sorted,
        node_of,
    }
}

/// What a component is sorted and grouped by.
fn key(component: &Component) -> Cow<'_, str> {
    match &component.purl {
        Some(purl) if purl.package_type() == "cpan" => purl.identity(),
        Some(purl) => purl.decoded(),
        None => Cow::Borrowed(&component.place),
    }
}

/// Groups component numbers that are one package; calls `conflict` where one identity has different bytes.
fn classes(
    components: &[Component],
    mut conflict: impl FnMut(&Component, u32, &Component),
) -> Vec<Vec<u32>> {
    let keys: Vec<Cow<'_, str>> = components.iter().map(key).collect();
    let key_of = |number: &u32| keys.get(*number as usize).map_or("", |it| &**it);
    let component = |number: u32| components.get(number as usize);
    let mut order: Vec<u32> = (0_u32..)
        .zip(components)
        .map(|(number, _)| number)
        .collect();
    order.sort_by(|a, b| key_of(a).cmp(key_of(b)));
    let mut classes: Vec<Vec<u32>> = Vec::with_capacity(order.len());
    for run in order.chunk_by(|a, b| key_of(a) == key_of(b)) {
        let start = classes.len();
        for number in run {
            let Some(it) = component(*number) else {
                continue;
            };
            let mut clash = None;
            let home = classes.iter_mut().skip(start).find(|class| {
                let difference = class
                    .iter()
                    .filter_map(|other| component(*other))
                    .find_map(|other| difference(it, other).map(|what| (what, other)));
                if let Some((Difference::Bytes, other)) = difference {
                    clash.get_or_insert(other);
                }
                difference.is_none()
            });
            if let Some(class) = home {
                class.push(*number);
            } else {
                classes.push(vec![*number]);
                if let Some(other) = clash {
                    conflict(it, *number, other);
                }
            }
        }
    }
    classes
}

#[derive(Clone, Copy)]
enum Difference {
    /// Not the same thing, though the name is the same.
    Identity,
    /// The same package with other bytes.
    Bytes,
}

/// Why two components of one key are not one package.
fn difference(a: &Component, b: &Component) -> Option<Difference> {
    let (Some(purl_a), Some(purl_b)) = (&a.purl, &b.purl) else {
        return Some(Difference::Identity);
    };
    let authors = purl_a.cpan_author().zip(purl_b.cpan_author());
    if a.role.is_first_party() != b.role.is_first_party() || authors.is_some_and(|(a, b)| a != b) {
        return Some(Difference::Identity);
    }
    let differs = a.hashes.iter().any(|hash| {
        let mut same = b
            .hashes
            .iter()
            .filter(|other| other.algorithm() == hash.algorithm())
            .peekable();
        same.peek().is_some() && !same.any(|other| other == hash)
    });
    differs.then_some(Difference::Bytes)
}

/// One node of all members: the first with digests speaks, the others fill its gaps.
fn node(
    members: &[u32],
    components: &mut [Component],
    scopes: &[Scope],
    origins: &[FromInput],
) -> Node {
    let mut taken: Vec<Component> = Vec::with_capacity(members.len());
    for number in members {
        taken.extend(components.get_mut(*number as usize).map(std::mem::take));
    }
    let instances = taken
        .iter_mut()
        .zip(members)
        .map(|(it, number)| Instance {
            place: it.place.clone(),
            flags: it.flags,
            input: origins.get(*number as usize).map_or(0, |from| from.input),
        })
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
        taken.swap_remove(speaker)
    };
    if !taken.is_empty() {
        let all = |flags: Flags, it: &Component| flags.both(it.flags);
        let any = |flags: Flags, it: &Component| flags.either(it.flags);
        let both = taken.iter().fold(component.flags, all);
        let either = taken.iter().fold(component.flags, any);
        component.flags = joint_flags(both, either);
        for other in taken {
            fill(&mut component, other);
        }
    }
    Node {
        component,
        reference: None,
        instances,
        scope,
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
    let mut flags = both;
    for lasting in [Flags::INSTALL_SCRIPT, Flags::PRIVATE, Flags::HAS_SHRINKWRAP] {
        flags.set(lasting, either.has(lasting));
    }
    flags
}

/// Takes from `other` what `component` does not say.
fn fill(component: &mut Component, other: Component) {
    let Component {
        purl,
        role,
        origin,
        dependencies,
        source,
        hashes,
        licenses,
        details,
        provides,
        taxonomy,
        ..
    } = other;
    let author_known =
        |it: &Option<Purl>| it.as_ref().is_some_and(|purl| purl.cpan_author().is_some());
    if component.purl.is_none() || (author_known(&purl) && !author_known(&component.purl)) {
        component.purl = purl;
    }
    component.role = component.role.min(role);
    if matches!(component.origin, Origin::Unknown | Origin::Bundle) {
        component.origin = origin;
    }
    component.dependencies = joint_completeness(component.dependencies, dependencies);
    component.source = component.source.take().or(source);
    let missing: Vec<_> = hashes
        .into_iter()
        .filter(|it| !component.hashes.contains(it))
        .collect();
    if !missing.is_empty() {
        component.hashes = std::mem::take(&mut component.hashes)
            .into_iter()
            .chain(missing)
            .collect();
        component.hashes.sort();
    }
    if matches!(component.licenses, Fact::Unknown) {
        component.licenses = licenses;
    }
    component.provides = if component.provides.is_empty() {
        provides
    } else {
        std::mem::take(&mut component.provides)
    };
    component.taxonomy = component.taxonomy.or(taxonomy);
    match (&mut component.details, details) {
        (Some(mine), Some(theirs)) => fill_details(mine, *theirs),
        (mine @ None, theirs) => *mine = theirs,
        (Some(_), None) => {}
    }
}

fn joint_completeness(a: Completeness, b: Completeness) -> Completeness {
    a.max(b)
}

fn fill_details(mine: &mut Details, theirs: Details) {
    fn text(mine: &mut Option<Text>, theirs: Option<Text>) {
        *mine = mine.take().or(theirs);
    }
    fn list<T>(mine: &mut Vec<T>, theirs: Vec<T>) {
        if mine.is_empty() {
            *mine = theirs;
        }
    }
    let Details {
        description,
        authors,
        homepage,
        repository,
        bugs,
        funding,
        deprecated,
        ..
    } = theirs;
    text(&mut mine.description, description);
    text(&mut mine.homepage, homepage);
    text(&mut mine.repository, repository);
    text(&mut mine.bugs, bugs);
    text(&mut mine.deprecated, deprecated);
    list(&mut mine.authors, authors);
    list(&mut mine.funding, funding);
    list(&mut mine.engines, theirs.engines);
    list(&mut mine.os, theirs.os);
    list(&mut mine.cpu, theirs.cpu);
    list(&mut mine.libc, theirs.libc);
    list(&mut mine.patches, theirs.patches);
    mine.properties.extend(theirs.properties);
    mine.properties.sort_unstable();
    mine.properties.dedup();
}

/// Sorts nodes by reference, and gives every node that would share one its place as a suffix.
fn name_apart(nodes: &mut [(Node, Vec<u32>)]) {
    let mut last: Option<Text> = None;
    for (node, _) in nodes.iter_mut() {
        let plain = default_reference(&node.component);
        if last.as_deref() == Some(&*plain) {
            let place = node.instances.first().map_or("", |it| &*it.place);
            node.reference = Some(format!("{plain}#{place}").into());
        } else {
            let own = node.component.purl.is_none().then(|| Text::from(&*plain));
            last = Some(plain.into());
            node.reference = own;
        }
    }
    nodes.sort_by(|(a, _), (b, _)| reference(a).cmp(&reference(b)));
    while mark_twins(nodes) {
        nodes.sort_by(|(a, _), (b, _)| reference(a).cmp(&reference(b)));
    }
}

/// Marks every second of two neighbours with the same reference; true when there was one.
fn mark_twins(nodes: &mut [(Node, Vec<u32>)]) -> bool {
    let mut any = false;
    let mut last: Option<Text> = None;
    for (node, _) in nodes {
        let own = reference(node);
        if last.as_deref() == Some(&*own) {
            let marked = format!("{own}'").into();
            node.reference = Some(marked);
            any = true;
        } else {
            last = Some(own.into());
        }
    }
    any
}

fn reference(node: &Node) -> Cow<'_, str> {
    node.reference
        .as_deref()
        .map_or_else(|| default_reference(&node.component), Cow::Borrowed)
}

fn default_reference(component: &Component) -> Cow<'_, str> {
    match &component.purl {
        Some(purl) => purl.decoded(),
        None if component.place.is_empty() => Cow::Borrowed(&component.name),
        None => Cow::Borrowed(&component.place),
    }
}
