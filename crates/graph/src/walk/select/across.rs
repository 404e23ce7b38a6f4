//! A selection over all inputs of a project: names lead from one fragment to another, as they will when they are linked.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Selection, forget_project_flags, is, is_closed, marks, retain};
use crate::model::component::Component;
use crate::model::facts::Text;
use crate::model::fragment::{Fragment, Link, LocalId, Need, Target};
use crate::model::name_space::NameSpace;
use crate::walk::adjacency::Adjacency;

/// A component of one of the fragments.
pub(super) type Spot = (usize, LocalId);

/// Who provides a name in a name space, the one to take first before the others but for those of the asking fragment.
struct Names<'a>(HashMap<(NameSpace, &'a str), Vec<Spot>, RandomState>);

impl<'a> Names<'a> {
    fn of(fragments: &'a [Fragment]) -> Self {
        let mut order: Vec<(usize, &Fragment)> = fragments.iter().enumerate().collect();
        order.sort_by_key(|(_, it)| (it.precedence, &it.path));
        let mut names: HashMap<_, Vec<Spot>, RandomState> = HashMap::default();
        for (number, fragment) in order {
            for (component, id) in fragment.components.iter().zip((0..).map(LocalId)) {
                for provided in &component.provides {
                    let spots = names
                        .entry((NameSpace::of(provided.space), &*provided.name))
                        .or_default();
                    spots.push((number, id));
                }
            }
        }
        Self(names)
    }

    /// Where a link of the fragment `from` leads.
    fn target(&self, fragments: &[Fragment], from: usize, link: &Link) -> Option<Spot> {
        let space = match link.to {
            Target::Here(to) => return Some((from, to)),
            Target::Absent => return None,
            Target::Named(space) => space,
        };
        let name = link.name.as_deref().unwrap_or_default();
        let spots = self.0.get(&(space, name))?;
        let rank = |(number, _): &&Spot| {
            let precedence = fragments.get(*number).map_or(u8::MAX, |it| it.precedence);
            (precedence, *number != from)
        };
        spots.iter().min_by_key(rank).copied()
    }
}

impl Selection {
    /// Keeps the selected part of all fragments of a project, which names join. Fragments of which nothing is selected are
    /// dropped.
    pub fn apply_all(&self, fragments: &mut Vec<Fragment>) {
        if self.is_everything() {
            return;
        }
        let roots = self.roots(fragments);
        let kept = self.reach_all(fragments, &roots);
        for ((fragment, roots), kept) in fragments.iter_mut().zip(&roots).zip(&kept) {
            self.drop_open_ends(fragment, roots);
            retain(fragment, kept, roots);
            if !self.members.is_empty() && is_closed(fragment) {
                forget_project_flags(fragment);
            }
        }
        let mut had = kept.iter().map(|it| !it.is_empty());
        fragments.retain(|it| !had.next().unwrap_or(false) || !it.components.is_empty());
    }

    /// For each component of each fragment, whether it stays.
    fn reach_all(&self, fragments: &[Fragment], roots: &[Vec<LocalId>]) -> Vec<Vec<bool>> {
        let rooted = roots.iter().any(|it| !it.is_empty()) || !self.members.is_empty();
        let by_name = |it: &Component| !it.provides.is_empty();
        let pairs = fragments.iter().zip(roots);
        let kept = pairs.map(|(fragment, roots)| {
            let is_asked = fragment.components.iter().any(by_name);
            if roots.is_empty() && self.members.is_empty() && !(rooted && is_asked) {
                self.by_flags(fragment)
            } else {
                marks(fragment, roots)
            }
        });
        let mut kept: Vec<Vec<bool>> = kept.collect();
        let map = Map::of(fragments);
        let starts = self.starts(&map, roots);
        for (starts, kept) in starts.iter().zip(&mut kept) {
            for id in starts {
                if let Some(slot) = kept.get_mut(id.index()) {
                    *slot = true;
                }
            }
        }
        map.spread(self, &map.marks(roots), spots(&starts), &mut kept);
        kept
    }

    /// Where the walk starts: at the roots, and at every component that nothing is known to require, unless its own flags say
    /// that it is not selected.
    fn starts(&self, map: &Map<'_>, roots: &[Vec<LocalId>]) -> Vec<Vec<LocalId>> {
        let mut starts = roots.to_vec();
        if !self.members.is_empty() {
            return starts;
        }
        let is_root = map.marks(roots);
        let mut required = is_root.clone();
        map.spread(&Self::default(), &is_root, spots(roots), &mut required);
        let fragments = map.fragments.iter().zip(roots).zip(&required);
        for (((fragment, roots), required), starts) in fragments.zip(&mut starts) {
            // Without a root, the flags decide about every component.
            if roots.is_empty() {
                continue;
            }
            let stays = self.by_flags(fragment).into_iter().zip(required).zip(0..);
            let unrequired = stays.filter(|((stays, required), _)| *stays && !**required);
            starts.extend(unrequired.map(|(_, id)| LocalId(id)));
        }
        starts
    }
}

/// The links of all fragments of a project, ready to be walked several times.
pub(super) struct Map<'a> {
    pub(super) fragments: &'a [Fragment],
    names: Names<'a>,
    pub(super) adjacency: Vec<Adjacency>,
}

impl<'a> Map<'a> {
    pub(super) fn of(fragments: &'a [Fragment]) -> Self {
        Self {
            fragments,
            names: Names::of(fragments),
            adjacency: fragments.iter().map(links_of).collect(),
        }
    }

    /// A mark for each component, none of them set.
    pub(super) fn unmarked(&self) -> Vec<Vec<bool>> {
        self.fragments.iter().map(|it| marks(it, &[])).collect()
    }

    /// Whether each component is a root.
    fn marks(&self, roots: &[Vec<LocalId>]) -> Vec<Vec<bool>> {
        let pairs = self.fragments.iter().zip(roots);
        pairs.map(|(it, roots)| marks(it, roots)).collect()
    }

    /// Marks what the links that `selection` follows lead to from the roots and `starts`, and returns what it marks.
    pub(super) fn spread(
        &self,
        selection: &Selection,
        is_root: &[Vec<bool>],
        starts: Vec<Spot>,
        kept: &mut [Vec<bool>],
    ) -> Vec<Spot> {
        let mut marked = Vec::new();
        let mut open = starts;
        while let Some((number, from)) = open.pop() {
            let (Some(fragment), Some(adjacency)) =
                (self.fragments.get(number), self.adjacency.get(number))
            else {
                continue;
            };
            let from_root = is_root.get(number).is_some_and(|it| is(it, from));
            let links = adjacency.of(from.0).iter();
            for link in links.filter_map(|at| fragment.links.get(*at as usize)) {
                let Some((other, to)) = self.names.target(self.fragments, number, link) else {
                    continue;
                };
                let component = self.fragments.get(other).and_then(|it| it.component(to));
                if link.need == Need::Conflicts || !selection.follows(link, from_root, component) {
                    continue;
                }
                let slot = kept.get_mut(other).and_then(|it| it.get_mut(to.index()));
                if let Some(slot @ false) = slot {
                    *slot = true;
                    open.push((other, to));
                    marked.push((other, to));
                }
            }
        }
        marked
    }
}

/// Components by fragment as one list.
fn spots(numbered: &[Vec<LocalId>]) -> Vec<Spot> {
    let numbered = numbered.iter().enumerate();
    let spots = numbered.flat_map(|(number, ids)| ids.iter().map(move |id| (number, *id)));
    spots.collect()
}

/// A place that a workspace member needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needed {
    /// The input that has it.
    pub path: Text,
    /// The place in that input.
    pub place: Text,
    /// True when the member needs it for development, build or test only.
    pub development: bool,
}

/// What one workspace member needs, by places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberNeeds {
    /// The place of the member.
    pub member: Text,
    /// Its name.
    pub name: Text,
    /// What it needs, itself included.
    pub needed: Vec<Needed>,
}

impl MemberNeeds {
    /// What each of the members at `places` needs of the fragments of a project: the same places that a selection of that
    /// member keeps.
    pub fn of(fragments: &[Fragment], places: &[&str]) -> Vec<Self> {
        if places.is_empty() {
            return Vec::new();
        }
        let map = Map::of(fragments);
        let mut walks = Walks::of(&map);
        places.iter().map(|place| walks.needs(place)).collect()
    }
}

/// Walks from one member after the other. The marks of one are cleared before the next, so that each costs what it reaches.
struct Walks<'m, 'a> {
    map: &'m Map<'a>,
    /// The members by their places.
    members: HashMap<&'a str, Vec<Spot>, RandomState>,
    /// The member itself.
    is_root: Vec<Vec<bool>>,
    /// What it needs to run.
    runtime: Vec<Vec<bool>>,
    /// All that it needs.
    all: Vec<Vec<bool>>,
}

impl<'m, 'a> Walks<'m, 'a> {
    fn of(map: &'m Map<'a>) -> Self {
        let mut members: HashMap<_, Vec<Spot>, RandomState> = HashMap::default();
        for (number, fragment) in map.fragments.iter().enumerate() {
            let numbered = fragment.components.iter().zip((0..).map(LocalId));
            for (it, id) in numbered.filter(|(it, _)| it.role.is_first_party()) {
                members.entry(&*it.place).or_default().push((number, id));
            }
        }
        let none = map.unmarked();
        Self {
            map,
            members,
            is_root: none.clone(),
            runtime: none.clone(),
            all: none,
        }
    }

    fn needs(&mut self, place: &str) -> MemberNeeds {
        let whole = Selection {
            members: vec![place.to_owned()],
            ..Selection::default()
        };
        let shipped = Selection {
            omit_dev: true,
            ..whole.clone()
        };
        let roots = self.members.get(place).cloned().unwrap_or_default();
        for marks in [&mut self.is_root, &mut self.runtime, &mut self.all] {
            set(marks, &roots, true);
        }
        let start = || roots.clone();
        self.map
            .spread(&shipped, &self.is_root, start(), &mut self.runtime);
        let reached = self
            .map
            .spread(&whole, &self.is_root, start(), &mut self.all);
        let mut reached = [roots, reached].concat();
        reached.sort_unstable();
        let needs = self.found(place, &reached);
        for marks in [&mut self.is_root, &mut self.runtime, &mut self.all] {
            set(marks, &reached, false);
        }
        needs
    }

    /// What the member at a place needs, which is what was reached from it.
    fn found(&self, place: &str, reached: &[Spot]) -> MemberNeeds {
        let mut needs = MemberNeeds {
            member: place.into(),
            name: place.into(),
            needed: Vec::with_capacity(reached.len()),
        };
        for (number, id) in reached {
            let fragment = self.map.fragments.get(*number);
            let Some((fragment, component)) =
                fragment.and_then(|it| Some((it, it.component(*id)?)))
            else {
                continue;
            };
            if *component.place == *place && component.role.is_first_party() {
                needs.name = component.name.clone();
            }
            let runtime = self.runtime.get(*number).is_some_and(|it| is(it, *id));
            needs.needed.push(Needed {
                path: fragment.path.clone(),
                place: component.place.clone(),
                development: !runtime,
            });
        }
        needs
    }
}

/// Marks or clears these components.
pub(super) fn set(marks: &mut [Vec<bool>], spots: &[Spot], value: bool) {
    for (number, id) in spots {
        let slot = marks.get_mut(*number).and_then(|it| it.get_mut(id.index()));
        if let Some(slot) = slot {
            *slot = value;
        }
    }
}

/// The links that leave each component of a fragment, by number.
fn links_of(fragment: &Fragment) -> Adjacency {
    let numbered = fragment.links.iter().zip(0_u32..);
    let pairs = numbered.map(|(link, number)| (link.from.0, number));
    Adjacency::new(fragment.components.len(), pairs)
}
