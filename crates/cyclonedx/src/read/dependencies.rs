//! Dependencies: `dependencies`, the lines of our own property about edges, and the completeness in `compositions`.

use std::collections::{BTreeMap, HashMap, HashSet};

use bomtrail_document::Json;
use bomtrail_document::{Object, Session};
use bomtrail_graph::{Completeness, Fragment, Link, LocalId, Need, Phase, Target};

use foldhash::fast::RandomState;

use super::draft::{Placed, Unresolved};
use crate::diags;
use crate::edge;
use crate::names::SERVICE;

/// How many links room is made for at once for each entry of `dependencies`: a list that grows is copied, and more room costs
/// nothing until it is used.
const LINKS_OF_EACH: usize = 4;
/// The most links that room is made for at once.
const MOST_ROOM: usize = 1 << 20;

/// Pairs of components that have a link.
type Pairs = HashSet<(LocalId, LocalId), RandomState>;

/// The targets of bom-refs.
struct References<'v, 'u> {
    of: HashMap<&'v str, LocalId, RandomState>,
    /// Names that nothing provides.
    unresolved: &'u BTreeMap<&'v str, Unresolved<'v>>,
    /// Other elements with a bom-ref (services, licences).
    others: HashSet<&'v str, RandomState>,
}

/// Adds the links of a document.
pub(super) fn read<'v>(
    document: &Object<'v>,
    placed: &[Placed<'v>],
    unresolved: &BTreeMap<&'v str, Unresolved<'v>>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) {
    let references = references(document, placed, unresolved);
    let stated = lines(placed, &references, fragment, session);
    let listed = listed(document, (placed, &references), &stated, fragment, session);
    for it in placed {
        if !listed.has(it.id) {
            set(fragment, placed, it.id, Completeness::Unknown);
        }
    }
    compositions(document, placed, &references, fragment, session);
}

fn references<'v, 'u>(
    document: &Object<'v>,
    placed: &[Placed<'v>],
    unresolved: &'u BTreeMap<&'v str, Unresolved<'v>>,
) -> References<'v, 'u> {
    let mut of = HashMap::with_capacity_and_hasher(placed.len(), RandomState::default());
    for it in placed {
        let Some(reference) = it.draft.reference else {
            continue;
        };
        of.entry(reference).or_insert(it.id);
    }
    let mut others = HashSet::default();
    let apart = |key: &&str| !matches!(*key, "components" | "dependencies");
    let mut open: Vec<&Json<'_>> = document
        .keys()
        .filter(apart)
        .filter_map(|it| document.get(it))
        .collect();
    while let Some(value) = open.pop() {
        match value {
            Json::Array(items) => open.extend(items),
            Json::Object(map) => {
                others.extend(map.get("bom-ref").and_then(Json::as_str));
                open.extend(map.values());
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
        }
    }
    References {
        of,
        unresolved,
        others,
    }
}

/// Links from our own lines; returns their pairs of components.
fn lines(
    placed: &[Placed<'_>],
    references: &References<'_, '_>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Pairs {
    let mut stated = Pairs::default();
    for it in placed {
        let is_lean = it.draft.edges.is_empty() && references.unresolved.is_empty();
        let missing = it.draft.missing.iter().filter(|_| is_lean);
        let edges = it.draft.edges.iter().flat_map(|text| edge::parse(text));
        for line in edges.chain(missing.map(|it| edge::parse_missing(it))) {
            let Some(line) = line else {
                session.tell(diags::bad_edge(
                    session.path(),
                    &it.draft.pointer.to_string(),
                ));
                continue;
            };
            let to = line
                .to
                .as_deref()
                .and_then(|to| references.of.get(to))
                .copied();
            if let Some(to) = to {
                stated.insert((it.id, to));
            } else if let Some(to) = &line.to {
                let pointer = it.draft.pointer.to_string();
                session.tell(diags::dangling_ref(session.path(), &pointer, to));
            }
            fragment.links.push(
                Link::new(it.id, to.map_or(Target::Absent, Target::Here)).with(|it| {
                    it.name = line.name.map(Into::into);
                    it.range = line.range.map(Into::into);
                    it.phase = line.phase;
                    it.need = line.need;
                    it.problem = line.problem;
                    it.detail = line.detail;
                }),
            );
        }
    }
    stated
}

/// The components that have an entry in `dependencies`, and the pairs that these join.
struct Listed {
    has_entry: Vec<bool>,
    /// The component that was the last to depend on each: enough while every component has one entry.
    last: Vec<Option<LocalId>>,
    /// All pairs, once a component has a second entry.
    pairs: Option<Pairs>,
}

impl Listed {
    fn of(count: usize) -> Self {
        Self {
            has_entry: vec![false; count],
            last: vec![None; count],
            pairs: None,
        }
    }

    fn has(&self, id: LocalId) -> bool {
        self.has_entry.get(id.index()).copied().unwrap_or_default()
    }

    /// Begins an entry; `links` are those of the entries before.
    fn begin(&mut self, from: LocalId, links: &[Link]) {
        let slot = self.has_entry.get_mut(from.index());
        let is_again = slot.is_some_and(|it| std::mem::replace(it, true));
        if is_again && self.pairs.is_none() {
            let pair = |it: &Link| match it.to {
                Target::Here(to) => Some((it.from, to)),
                Target::Named(_) | Target::Absent => None,
            };
            self.pairs = Some(links.iter().filter_map(pair).collect());
        }
    }

    /// Adds a dependency of the entry; false when it was added before.
    fn add(&mut self, from: LocalId, to: LocalId) -> bool {
        if let Some(pairs) = &mut self.pairs {
            return pairs.insert((from, to));
        }
        let last = self.last.get_mut(to.index());
        last.is_some_and(|it| it.replace(from) != Some(from))
    }
}

/// Links from `dependencies`; returns the components that have an entry.
fn listed(
    document: &Object<'_>,
    (placed, references): (&[Placed<'_>], &References<'_, '_>),
    stated: &Pairs,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Listed {
    let mut listed = Listed::of(fragment.components.len());
    let entries = document.objects("dependencies", session);
    let room = entries.len().saturating_mul(LINKS_OF_EACH).min(MOST_ROOM);
    fragment.links.reserve(room);
    for entry in entries {
        entry.rest("dependencies", &["ref", "dependsOn"], session);
        let Some(reference) = entry.text("ref", session) else {
            continue;
        };
        let from = references.of.get(reference).copied();
        if from.is_none() && !references.others.contains(reference) {
            session.tell(diags::dangling_ref(
                session.path(),
                &entry.at("ref"),
                reference,
            ));
        }
        let Some(from) = from else { continue };
        listed.begin(from, &fragment.links);
        let speaks = speaks(placed, from);
        for (index, target) in entry.texts("dependsOn", session) {
            if let Some(it) = references.unresolved.get(target) {
                if !speaks {
                    fragment.links.push(needs(from, it));
                }
                continue;
            }
            if target.starts_with(SERVICE) && references.others.contains(target) {
                // The product facts state it, too.
                continue;
            }
            let to = references.of.get(target).copied();
            if to.is_none() && !references.others.contains(target) {
                let pointer = format!("{}/dependsOn/{index}", entry.pointer());
                session.tell(diags::dangling_ref(session.path(), &pointer, target));
            }
            let Some(to) = to else {
                fragment
                    .links
                    .push(link(from, Target::Absent, Some(target)));
                continue;
            };
            if !stated.contains(&(from, to)) && listed.add(from, to) {
                fragment.links.push(link(from, Target::Here(to), None));
            }
        }
    }
    listed
}

/// True when a component has lines about its edges, which include every name that nothing provides.
fn speaks(placed: &[Placed<'_>], id: LocalId) -> bool {
    let position = placed.partition_point(|it| it.id < id);
    let found = placed.get(position).filter(|it| it.id == id);
    found.is_some_and(|it| !it.draft.edges.is_empty())
}

/// The need for a name that nothing provides.
fn needs(from: LocalId, unresolved: &Unresolved<'_>) -> Link {
    let range = Some(unresolved.range).filter(|it| !it.is_empty());
    link(from, Target::Absent, Some(&unresolved.name)).with(|it| {
        it.range = range.map(Into::into);
    })
}

fn link(from: LocalId, to: Target, name: Option<&str>) -> Link {
    Link::new(from, to).with(|it| {
        it.name = name.map(Into::into);
        it.range = None;
        it.phase = Phase::Runtime;
        it.need = Need::Required;
        it.problem = None;
        it.detail = None;
    })
}

/// The completeness of dependencies; the last statement counts.
fn compositions(
    document: &Object<'_>,
    placed: &[Placed<'_>],
    references: &References<'_, '_>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) {
    let known = ["bom-ref", "aggregate", "dependencies"];
    for composition in document.objects("compositions", session) {
        composition.rest("compositions", &known, session);
        if !composition.has("dependencies") {
            session.unkept("compositions that are not about dependencies");
        }
        let Some(aggregate) = composition.text("aggregate", session) else {
            continue;
        };
        let completeness = match aggregate {
            "complete" => Completeness::Complete,
            "unknown" | "not_specified" => Completeness::Unknown,
            it if it.starts_with("incomplete") => Completeness::Incomplete,
            _ => continue,
        };
        for (_, reference) in composition.texts("dependencies", session) {
            if let Some(id) = references.of.get(reference) {
                set(fragment, placed, *id, completeness);
            }
        }
    }
}

/// Sets what is known of the dependencies of a component, at all its places.
fn set(fragment: &mut Fragment, placed: &[Placed<'_>], id: LocalId, completeness: Completeness) {
    let position = placed.partition_point(|it| it.id < id);
    let count = placed.get(position).map_or(1, |it| it.draft.places.len());
    let these = fragment.components.iter_mut().skip(id.index()).take(count);
    for component in these {
        component.dependencies = completeness;
    }
}
