//! The parts of a project that its workspace members need, each member alone. What they have in common is prepared once, so that
//! a part costs what the member needs and not what the project has.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::across::{Map, Spot, set};
use super::{Asked, Selection, forget_project_flags, is_closed, is_own, mark_incomplete};
use crate::model::fragment::{Fragment, Link, LocalId, Target};

/// The fragments of a project, of which any member's part can be asked for.
///
/// ```
/// use bomtrail_graph::{Component, Fragment, Parts, Role, Selection};
///
/// let mut member = Component::new("a");
/// member.role = Role::Member;
/// let mut fragment = Fragment::default();
/// fragment.add(member);
/// let fragments = [fragment];
/// let mut parts = Parts::of(&fragments, &Selection::default());
/// assert_eq!(parts.of_member("a").map(|it| it.len()), Some(1));
/// assert_eq!(parts.of_member("b"), None);
/// ```
pub struct Parts<'a> {
    map: Map<'a>,
    selection: Selection,
    /// The members by what they can be asked for.
    own: HashMap<Asked<'a>, Vec<Spot>, RandomState>,
    /// Whether each component is the member; all false between two members.
    is_root: Vec<Vec<bool>>,
    /// Whether each component stays; all false between two members.
    kept: Vec<Vec<bool>>,
}

impl<'a> Parts<'a> {
    /// Prepares the fragments of a project. Of `selection`, everything but its members holds for each part.
    pub fn of(fragments: &'a [Fragment], selection: &Selection) -> Self {
        let map = Map::of(fragments);
        let mut own: HashMap<_, Vec<Spot>, RandomState> = HashMap::default();
        for (number, fragment) in fragments.iter().enumerate() {
            let numbered = fragment.components.iter().zip((0..).map(LocalId));
            for (it, id) in numbered.filter(|(it, _)| is_own(it)) {
                for asked in [Asked::Name(&it.name), Asked::Place(&it.place)] {
                    own.entry(asked).or_default().push((number, id));
                }
            }
        }
        let none = map.unmarked();
        Self {
            map,
            selection: selection.clone(),
            own,
            is_root: none.clone(),
            kept: none,
        }
    }

    /// What a member needs, as [`Selection::apply_all`] leaves it; `None` when no member has this name or place.
    pub fn of_member(&mut self, member: &str) -> Option<Vec<Fragment>> {
        self.selection.members = vec![member.to_owned()];
        let asked = Asked::both(member);
        let found = asked.iter().filter_map(|it| self.own.get(it)).flatten();
        let mut roots: Vec<Spot> = found.copied().collect();
        roots.sort_unstable();
        roots.dedup();
        if roots.is_empty() {
            return None;
        }
        for marks in [&mut self.is_root, &mut self.kept] {
            set(marks, &roots, true);
        }
        let (selection, start) = (&self.selection, roots.clone());
        let reached = self
            .map
            .spread(selection, &self.is_root, start, &mut self.kept);
        let mut reached = [roots.clone(), reached].concat();
        reached.sort_unstable();
        let fragments = self.map.fragments.iter().enumerate();
        let parts = fragments.filter_map(|(number, it)| {
            let roots = in_fragment(&roots, number);
            let reached = in_fragment(&reached, number);
            let stays = it.components.is_empty() || !reached.is_empty();
            stays.then(|| self.part((number, it), &roots, &reached))
        });
        let parts = parts.collect();
        for marks in [&mut self.is_root, &mut self.kept] {
            set(marks, &reached, false);
        }
        Some(parts)
    }

    /// The components `reached` of a fragment, with `roots` as its roots. Both are sorted.
    fn part(
        &self,
        (number, fragment): (usize, &Fragment),
        roots: &[LocalId],
        reached: &[LocalId],
    ) -> Fragment {
        let position = |id: LocalId| {
            let at = reached.binary_search(&id).ok()?;
            u32::try_from(at).ok().map(LocalId)
        };
        let components = reached.iter().filter_map(|it| fragment.component(*it));
        let mut components: Vec<_> = components.cloned().collect();
        let mut links = Vec::new();
        for link in self.links((number, fragment), reached) {
            let Some(from) = position(link.from) else {
                continue;
            };
            let mut link = link.clone();
            link.from = from;
            if let Target::Here(to) = link.to {
                let Some(to) = position(to) else {
                    mark_incomplete(&mut components, &link);
                    continue;
                };
                link.to = Target::Here(to);
            }
            links.push(link);
        }
        let mut part = Fragment {
            path: fragment.path.clone(),
            lifecycle: fragment.lifecycle,
            components,
            links,
            features: fragment.features.clone(),
            roots: roots.iter().filter_map(|it| position(*it)).collect(),
            scopes: Vec::new(),
            properties: fragment.properties.clone(),
            precedence: fragment.precedence,
        };
        let roots = part.roots.clone();
        self.selection.drop_open_ends(&mut part, &roots);
        if is_closed(&part) {
            forget_project_flags(&mut part);
        } else {
            let scopes = fragment.scopes.iter();
            part.scopes = scopes
                .filter_map(|(id, scope)| Some((position(*id)?, *scope)))
                .collect();
        }
        part
    }

    /// The links of these components, in the order of the fragment.
    fn links<'f>(
        &self,
        (number, fragment): (usize, &'f Fragment),
        from: &[LocalId],
    ) -> impl Iterator<Item = &'f Link> {
        let adjacency = self.map.adjacency.get(number);
        let all = from
            .iter()
            .filter_map(|it| Some(adjacency?.of(it.0)))
            .flatten();
        let mut all: Vec<u32> = all.copied().collect();
        all.sort_unstable();
        all.into_iter()
            .filter_map(|at| fragment.links.get(at as usize))
    }
}

/// The components of one fragment among sorted ones.
fn in_fragment(spots: &[Spot], number: usize) -> Vec<LocalId> {
    let start = spots.partition_point(|(it, _)| *it < number);
    let all = spots.get(start..).unwrap_or_default().iter();
    all.take_while(|(it, _)| *it == number)
        .map(|(_, id)| *id)
        .collect()
}
