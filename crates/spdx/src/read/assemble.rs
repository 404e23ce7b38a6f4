//! Builds a fragment from the packages and relationships of a document. The same for every version and encoding of SPDX.

use std::collections::{BTreeSet, HashMap, HashSet};

use bomtrail_document::{Pointer, Session};
use bomtrail_graph::{
    Completeness, Component, Flags, Fragment, Link, LinkDetail, LocalId, Need, Override, Phase,
    Problem, Role, Scope, Target, Text,
};

use foldhash::fast::RandomState;

use crate::diags;

/// A package that was read.
#[derive(Default)]
pub(super) struct Draft<'v> {
    pub(super) id: &'v str,
    pub(super) pointer: Pointer<'v>,
    pub(super) component: Component,
    /// The role the document states.
    pub(super) role: Option<Role>,
    pub(super) scope: Option<Scope>,
    /// True when notes that name an author name all of them.
    pub(super) all_noted: bool,
    /// Its places, each with the flags that apply there only.
    pub(super) places: Vec<(Text, Flags)>,
}

/// What is known of one edge.
#[derive(Clone, Default)]
pub(super) struct Facts {
    name: Option<Text>,
    range: Option<Text>,
    phase: Phase,
    need: Need,
    problem: Option<Problem>,
    detail: Option<Box<LinkDetail>>,
}

/// What one relationship states about a pair of packages besides the dependency itself.
#[derive(Clone, Copy, Default)]
pub(super) struct Hint {
    pub(super) phase: Option<Phase>,
    pub(super) need: Option<Need>,
}

/// An edge with all its facts.
pub(super) struct Edge<'v> {
    pub(super) from: &'v str,
    /// `None` where the dependency is not in the document.
    pub(super) to: Option<&'v str>,
    pub(super) facts: Facts,
    /// Place of the relationship.
    pub(super) pointer: Pointer<'v>,
}

/// Two packages of which the first depends on the second.
pub(super) struct HintedPair<'v> {
    pub(super) from: &'v str,
    pub(super) to: &'v str,
    pub(super) hint: Hint,
    /// Place of the relationship.
    pub(super) pointer: Pointer<'v>,
}

/// Two elements of which the first contains the second.
pub(super) struct Contained<'v> {
    pub(super) from: &'v str,
    pub(super) to: &'v str,
}

/// Everything that was read.
#[derive(Default)]
pub(super) struct Parts<'v> {
    pub(super) drafts: Vec<Draft<'v>>,
    /// The identifiers of what the document describes.
    pub(super) described: Vec<&'v str>,
    /// Edges with all their facts.
    pub(super) edges: Vec<Edge<'v>>,
    /// Pairs of packages with hints about their edges.
    pub(super) hinted: Vec<HintedPair<'v>>,
    pub(super) contained: Vec<Contained<'v>>,
    /// Packages with stated dependencies: complete, unless the document states otherwise.
    pub(super) named: Vec<&'v str>,
    /// Stated completeness of the dependencies of a package.
    pub(super) stated: Vec<(&'v str, Completeness)>,
}

impl Facts {
    /// Reads the lines of one group; `None` for other lines.
    pub(super) fn of_lines(lines: &[(&str, String)]) -> Option<Self> {
        let mut facts = Self::default();
        let mut detail = LinkDetail::default();
        let (mut rule, mut effective) = (None, None);
        let mut named = false;
        for (key, value) in lines {
            let text = || Text::from(value.as_str());
            match *key {
                "name" => {
                    facts.name = Some(text());
                    named = true;
                }
                "range" => facts.range = Some(text()),
                "phase" => facts.phase = Phase::from_name(value)?,
                "need" => facts.need = Need::from_name(value)?,
                "problem" => {
                    let all = [Problem::Missing, Problem::Invalid];
                    facts.problem = Some(all.into_iter().find(|it| it.name() == value)?);
                }
                "alias" => detail.alias = Some(text()),
                "override" => rule = Some(text()),
                "effective" => effective = Some(text()),
                "added-by" => detail.added_by = Some(text()),
                "condition" => detail.condition = Some(text()),
                _ => return None,
            }
        }
        if !named {
            facts.name.clone_from(&detail.alias);
        }
        detail.overridden = rule
            .zip(effective)
            .map(|(rule, effective)| Override { rule, effective });
        facts.detail = detail.boxed();
        Some(facts)
    }

    /// How much it is needed.
    pub(super) fn need(&self) -> Need {
        self.need
    }

    fn link(self, from: LocalId, to: Target) -> Link {
        let Self {
            name,
            range,
            phase,
            need,
            problem,
            detail,
        } = self;
        Link::new(from, to).with(|it| {
            it.name = name.map(Into::into);
            it.range = range.map(Into::into);
            it.phase = phase;
            it.need = need;
            it.problem = problem;
            it.detail = detail;
        })
    }
}

/// Packages of the fragment by their identifier: the first, and at how many places they are.
type Ids<'v> = HashMap<&'v str, (LocalId, usize), RandomState>;

/// The components and links of `parts` in `fragment`.
pub(super) fn assemble(mut parts: Parts<'_>, fragment: &mut Fragment, session: &mut Session<'_>) {
    let ids = add_packages(&mut parts, fragment, session);
    contain(&parts, &ids, fragment, session);
    let named = parts.named.iter().map(|id| (*id, Completeness::Complete));
    for (id, completeness) in named.chain(parts.stated.iter().copied()) {
        let Some((id, count)) = ids.get(id) else {
            continue;
        };
        let these = fragment.components.iter_mut().skip(id.index()).take(*count);
        for component in these {
            component.dependencies = completeness;
        }
    }
    add_links(parts, &ids, fragment, session);
}

fn add_packages<'v>(
    parts: &mut Parts<'v>,
    fragment: &mut Fragment,
    session: &mut Session<'_>,
) -> Ids<'v> {
    let described: BTreeSet<&str> = parts.described.iter().copied().collect();
    let mut ids = Ids::with_capacity_and_hasher(parts.drafts.len(), RandomState::default());
    fragment.components.reserve(parts.drafts.len());
    for draft in &mut parts.drafts {
        let is_root = described.contains(draft.id);
        let assumed = if is_root && draft.places.is_empty() {
            Role::Root
        } else {
            Role::Dependency
        };
        draft.component.dependencies = Completeness::Unknown;
        draft.component.role = draft.role.unwrap_or(assumed);
        let Some(place) = place(draft, fragment) else {
            break;
        };
        if ids.contains_key(draft.id) {
            session.tell(diags::duplicate_id(
                session.path(),
                &draft.pointer.to_string(),
                draft.id,
            ));
            continue;
        }
        ids.insert(draft.id, place);
        if is_root {
            fragment.roots.push(place.0);
        }
    }
    ids
}

/// States the container of packages that another package contains; containment of files and other elements is counted.
fn contain(parts: &Parts<'_>, ids: &Ids<'_>, fragment: &mut Fragment, session: &mut Session<'_>) {
    for Contained { from, to } in &parts.contained {
        let Some((parent, child)) = ids.get(from).zip(ids.get(to)) else {
            session.unkept("containment of elements that are not packages");
            continue;
        };
        let parent = fragment.components.get(parent.0.index());
        let Some(place) = parent.map(|it| it.place.clone()) else {
            continue;
        };
        let (first, count) = child;
        for component in fragment
            .components
            .iter_mut()
            .skip(first.index())
            .take(*count)
        {
            let container = &mut component.details_mut().container;
            if container.as_ref().is_some_and(|it| *it != place) {
                session.unkept("containment of a package in several others");
            }
            container.get_or_insert_with(|| place.clone());
        }
    }
}

fn add_links(parts: Parts<'_>, ids: &Ids<'_>, fragment: &mut Fragment, session: &mut Session<'_>) {
    let find = |id: &str| ids.get(id).map(|(id, _)| *id);
    let room = parts.edges.len() + parts.hinted.len();
    fragment.links.reserve(room);
    let mut seen: HashSet<(LocalId, LocalId), RandomState> = HashSet::default();
    for Edge {
        from,
        to,
        facts,
        pointer,
    } in parts.edges
    {
        let ends = find(from).zip(to.map_or(Some(None), |to| find(to).map(Some)));
        let Some((from, to)) = ends else {
            dangling(&find, [Some(from), to], &pointer, session);
            continue;
        };
        seen.extend(to.map(|to| (from, to)));
        let to = to.map_or(Target::Absent, Target::Here);
        fragment.links.push(facts.link(from, to));
    }
    let mut pairs: Vec<((LocalId, LocalId), Hint)> = Vec::with_capacity(parts.hinted.len());
    let mut last: Option<(&str, Option<LocalId>)> = None;
    for it in parts.hinted {
        // The pairs of a package follow each other.
        let from = last.filter(|(from, _)| *from == it.from);
        let (_, from) = *last.insert(from.unwrap_or_else(|| (it.from, find(it.from))));
        match from.zip(find(it.to)) {
            Some(pair) => pairs.push((pair, it.hint)),
            None => dangling(&find, [Some(it.from), Some(it.to)], &it.pointer, session),
        }
    }
    pairs.sort_by_key(|(pair, _)| *pair);
    for hints in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        if let Some((pair, _)) = hints.first().filter(|(pair, _)| !seen.contains(pair)) {
            fragment.links.extend(links(*pair, hints));
        }
    }
}

fn dangling(
    find: &dyn Fn(&str) -> Option<LocalId>,
    ends: [Option<&str>; 2],
    pointer: &Pointer<'_>,
    session: &mut Session<'_>,
) {
    for id in ends.into_iter().flatten().filter(|id| find(id).is_none()) {
        if id.contains(':') {
            session.unkept("relationships with elements of other documents");
        } else {
            session.tell(diags::dangling_id(session.path(), &pointer.to_string(), id));
        }
    }
}

/// One link for each phase that is hinted; a weaker need applies to all of them.
fn links(
    (from, to): (LocalId, LocalId),
    hints: &[((LocalId, LocalId), Hint)],
) -> impl Iterator<Item = Link> {
    let mut phases: Vec<Phase> = hints.iter().filter_map(|(_, it)| it.phase).collect();
    phases.sort_unstable();
    phases.dedup();
    if phases.is_empty() {
        phases.push(Phase::Runtime);
    }
    let need = hints.iter().find_map(|(_, it)| it.need);
    let need = need.unwrap_or_default();
    let link = move |phase| {
        let facts = Facts {
            phase,
            need,
            ..Facts::default()
        };
        facts.link(from, Target::Here(to))
    };
    phases.into_iter().map(link)
}

/// Adds a package once for each of its places; returns the first and their number.
fn place(draft: &mut Draft<'_>, fragment: &mut Fragment) -> Option<(LocalId, usize)> {
    if draft.places.is_empty() {
        draft.places.push((draft.id.into(), Flags::default()));
    }
    let mut first = None;
    let last = draft.places.len() - 1;
    for (number, (place, there)) in draft.places.iter().enumerate() {
        let mut component = if number == last {
            std::mem::take(&mut draft.component)
        } else {
            draft.component.clone()
        };
        component.place = place.clone();
        component.flags = component.flags.either(*there);
        let id = fragment.add(component)?;
        first.get_or_insert(id);
        if let Some(scope) = draft.scope {
            fragment.scopes.push((id, scope));
        }
    }
    first.map(|id| (id, draft.places.len()))
}
