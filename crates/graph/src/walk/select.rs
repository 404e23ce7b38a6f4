//! Parts of a fragment: one workspace, without development dependencies, for one platform. Walks from the chosen roots and
//! keeps what is reached, so flags of the whole project never leak into a part.

mod across;
mod parts;

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::model::component::{Component, Role};
use crate::model::facts::{Completeness, Flags, Text};
use crate::model::fragment::{Fragment, Lifecycle, Link, LocalId, Need, Phase, Target};

pub use across::{MemberNeeds, Needed};
pub use parts::Parts;

/// A platform that packages are installed on, as package metadata names it (`linux`, `x64`, `glibc`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Platform {
    /// Operating system (`process.platform`).
    pub os: String,
    /// Processor architecture (`process.arch`).
    pub cpu: String,
    /// C library, where it is known.
    pub libc: Option<String>,
}

impl Platform {
    /// Reads `os-cpu` or `os-cpu-libc`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(str::to_owned);
        let (os, cpu, libc) = (parts.next()?, parts.next()?, parts.next());
        let filled = !os.is_empty() && !cpu.is_empty() && libc.as_deref() != Some("");
        (filled && parts.next().is_none()).then_some(Self { os, cpu, libc })
    }

    /// True when a component's constraints allow this platform.
    pub fn allows(&self, component: &Component) -> bool {
        let Some(details) = &component.details else {
            return true;
        };
        let libc = self
            .libc
            .as_deref()
            .is_none_or(|libc| listed(&details.libc, libc));
        listed(&details.os, &self.os) && listed(&details.cpu, &self.cpu) && libc
    }
}

/// Whether an os, cpu or libc list allows a value: no negated match, and a match where anything is asked for positively.
fn listed(list: &[Text], value: &str) -> bool {
    let mut positive = list.iter().filter(|it| !it.starts_with('!')).peekable();
    let refused = list.iter().any(|it| it.strip_prefix('!') == Some(value));
    !refused && (positive.peek().is_none() || positive.any(|it| &**it == value || &**it == "any"))
}

/// What to keep of a fragment. The default keeps everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Keep only what these workspace members need, by name or place; they become the roots.
    pub members: Vec<String>,
    /// Leave out what only development needs.
    pub omit_dev: bool,
    /// Leave out what only optional dependencies need.
    pub omit_optional: bool,
    /// Leave out what only peer dependencies need.
    pub omit_peer: bool,
    /// Leave out optional packages that do not install on this platform.
    pub platform: Option<Platform>,
}

impl Selection {
    /// True when nothing is left out.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The first of `members` that no workspace member (or root) of these fragments has as its name or its folder.
    pub fn unknown<'s>(&'s self, fragments: &[Fragment]) -> Option<&'s str> {
        if self.members.is_empty() {
            return None;
        }
        let components = fragments.iter().flat_map(|it| &it.components);
        let own = components.filter(|it| is_own(it));
        let known: HashSet<Asked<'_>, RandomState> = own
            .flat_map(|it| [Asked::Name(&it.name), Asked::Place(&it.place)])
            .collect();
        let is_known = |it: &&String| Asked::both(it).iter().any(|it| known.contains(it));
        self.members
            .iter()
            .find(|it| !is_known(it))
            .map(String::as_str)
    }

    /// Whether the walk takes `link`, which reaches `to` where it is not a name.
    fn follows(&self, link: &Link, from_root: bool, to: Option<&Component>) -> bool {
        if link.is_membership && !self.members.is_empty() && !from_root {
            return false;
        }
        let develop = link.phase != Phase::Runtime;
        if develop && (self.omit_dev || (!self.members.is_empty() && !from_root)) {
            return false;
        }
        if self.omit_optional && matches!(link.need, Need::Optional | Need::OptionalPeer) {
            return false;
        }
        if self.omit_peer && link.need.is_peer() {
            return false;
        }
        link.need.is_strict() || !to.is_some_and(|it| self.is_foreign(it))
    }

    /// The components of each fragment from which the walk begins.
    fn roots(&self, fragments: &[Fragment]) -> Vec<Vec<LocalId>> {
        if self.members.is_empty() {
            return fragments.iter().map(|it| it.roots.clone()).collect();
        }
        let all = self.members.iter().flat_map(|it| Asked::both(it));
        let asked: HashSet<Asked<'_>, RandomState> = all.collect();
        let asks_for = |it: &Component| {
            is_own(it)
                && (asked.contains(&Asked::Name(&it.name))
                    || asked.contains(&Asked::Place(&it.place)))
        };
        let of_fragment = |it: &Fragment| {
            let numbered = it.components.iter().zip((0..).map(LocalId));
            let wanted = numbered.filter(|(it, _)| asks_for(it));
            wanted.map(|(_, id)| id).collect()
        };
        fragments.iter().map(of_fragment).collect()
    }

    /// What the input's own flags let stay, for an input that names no root to walk from.
    fn by_flags(&self, fragment: &Fragment) -> Vec<bool> {
        let omitted = [
            (self.omit_dev, Flags::DEV),
            (self.omit_optional, Flags::OPTIONAL),
            (self.omit_dev && self.omit_optional, Flags::DEV_OPTIONAL),
            (self.omit_peer, Flags::PEER),
        ];
        let stays = |component: &Component| {
            let may_be_absent =
                component.flags.has(Flags::OPTIONAL) || component.flags.has(Flags::DEV_OPTIONAL);
            let refused = omitted
                .iter()
                .any(|(on, flag)| *on && component.flags.has(*flag));
            !(refused || (may_be_absent && self.is_foreign(component)))
        };
        fragment.components.iter().map(stays).collect()
    }

    /// True when a component does not install on the platform asked for.
    fn is_foreign(&self, component: &Component) -> bool {
        self.platform
            .as_ref()
            .is_some_and(|it| !it.allows(component))
    }

    /// Names that only a refused link asks for are left out with it.
    fn drop_open_ends(&self, fragment: &mut Fragment, roots: &[LocalId]) {
        let is_root = marks(fragment, roots);
        let installed = fragment.lifecycle == Lifecycle::Build;
        let Fragment {
            components, links, ..
        } = fragment;
        links.retain(|link| {
            let open = !matches!(link.to, Target::Here(_));
            let refused = open && !self.follows(link, is(&is_root, link.from), None);
            // What is not installed was left out already.
            if refused && !(installed && link.to == Target::Absent) {
                mark_incomplete(components, link);
            }
            !refused
        });
    }
}

/// What a workspace member can be asked for by.
#[derive(PartialEq, Eq, Hash)]
enum Asked<'a> {
    Name(&'a str),
    Place(&'a str),
}

impl<'a> Asked<'a> {
    fn both(asked: &'a str) -> [Self; 2] {
        [Self::Name(asked), Self::Place(member_place(asked))]
    }
}

/// True for a workspace member and the root.
fn is_own(component: &Component) -> bool {
    matches!(component.role, Role::Root | Role::Member)
}

/// The folder that a member is asked for by, without `./` in front and `/` behind.
fn member_place(asked: &str) -> &str {
    let mut place = asked;
    while let Some(rest) = place.strip_prefix("./") {
        place = rest.trim_start_matches('/');
    }
    place.trim_end_matches('/')
}

/// What loses a dependency no longer lists them all. A conflict is not a dependency.
fn mark_incomplete(components: &mut [Component], link: &Link) {
    let from = components.get_mut(link.from.index());
    if let Some(from) = from.filter(|_| link.need != Need::Conflicts) {
        from.dependencies = from.dependencies.max(Completeness::Incomplete);
    }
}

/// One truth value for each component: whether it is among `ids`.
fn marks(fragment: &Fragment, ids: &[LocalId]) -> Vec<bool> {
    let mut marks = vec![false; fragment.components.len()];
    for id in ids {
        if let Some(slot) = marks.get_mut(id.index()) {
            *slot = true;
        }
    }
    marks
}

fn is(marks: &[bool], id: LocalId) -> bool {
    marks.get(id.index()).copied().unwrap_or_default()
}

/// Drops components that are not `kept`, renumbers the links, and makes `roots` the roots.
fn retain(fragment: &mut Fragment, kept: &[bool], roots: &[LocalId]) {
    let mut count = 0_u32;
    let renumbered: Vec<Option<LocalId>> = kept
        .iter()
        .map(|kept| {
            kept.then(|| {
                count += 1;
                LocalId(count - 1)
            })
        })
        .collect();
    let number = |id: LocalId| renumbered.get(id.index()).copied().flatten();
    let mut index = 0;
    fragment.components.retain(|_| {
        index += 1;
        kept.get(index - 1).copied().unwrap_or(false)
    });
    let Fragment {
        components, links, ..
    } = fragment;
    links.retain_mut(|link| {
        let Some(from) = number(link.from) else {
            return false;
        };
        link.from = from;
        let Target::Here(to) = link.to else {
            return true;
        };
        let Some(to) = number(to) else {
            mark_incomplete(components, link);
            return false;
        };
        link.to = Target::Here(to);
        true
    });
    fragment.roots = roots.iter().filter_map(|id| number(*id)).collect();
    fragment.scopes = std::mem::take(&mut fragment.scopes)
        .into_iter()
        .filter_map(|(id, scope)| Some((number(id)?, scope)))
        .collect();
}

/// True when no link leads to a name: what names lead to is not known within one fragment.
fn is_closed(fragment: &Fragment) -> bool {
    let mut links = fragment.links.iter();
    links.all(|it| !matches!(it.to, Target::Named(_)))
}

/// Flags computed over the whole project do not hold for one member: its scopes are computed again.
fn forget_project_flags(fragment: &mut Fragment) {
    fragment.scopes.clear();
    let roots = fragment.roots.clone();
    let scopes = crate::walk::scope::scopes(&fragment.components, &fragment.links, &roots);
    for (component, scope) in fragment.components.iter_mut().zip(scopes) {
        for flag in [
            Flags::DEV,
            Flags::OPTIONAL,
            Flags::DEV_OPTIONAL,
            Flags::PEER,
            Flags::EXTRANEOUS,
        ] {
            component.flags.set(flag, false);
        }
        component
            .flags
            .set(Flags::DEV, scope == crate::model::scope::Scope::Excluded);
        component.flags.set(
            Flags::OPTIONAL,
            scope == crate::model::scope::Scope::Optional,
        );
    }
    for id in roots {
        if let Some(root) = fragment.components.get_mut(id.index()) {
            root.role = Role::Root;
        }
    }
}
