//! Parts of a fragment: one workspace, without development dependencies, for one platform. Walks from the chosen roots and
//! keeps what is reached, so flags of the whole project never leak into a part.

use crate::adjacency::Adjacency;
use crate::component::{Component, Role};
use crate::facts::{Completeness, Flags, Text};
use crate::fragment::{Fragment, Link, LocalId, Need, Phase, Target};

/// A platform that packages are installed on, in npm's words (`linux`, `x64`, `glibc`).
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
    fn allows(&self, component: &Component) -> bool {
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

/// npm's rule for os, cpu and libc lists: no negated match, and a match where anything is asked for positively.
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

    /// True when `component` is a workspace member (or the root) that was asked for by name or place.
    fn asks_for(&self, component: &Component) -> bool {
        let first_party = matches!(component.role, Role::Root | Role::Member);
        first_party
            && self
                .members
                .iter()
                .any(|it| **it == *component.name || **it == *component.place)
    }

    fn follows(&self, link: &Link, from_root: bool, to: &Component) -> bool {
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
        let may_be_absent = !link.need.is_strict();
        !(may_be_absent
            && self
                .platform
                .as_ref()
                .is_some_and(|platform| !platform.allows(to)))
    }

    /// Keeps the selected part of `fragment`. Returns `false`, and changes nothing, when no asked-for member is there.
    #[must_use]
    pub fn apply(&self, fragment: &mut Fragment) -> bool {
        if self.is_everything() {
            return true;
        }
        let roots = self.roots(fragment);
        if roots.is_empty() {
            return fragment.components.is_empty();
        }
        let kept = self.reach(fragment, &roots);
        for (component, kept) in fragment.components.iter_mut().zip(&kept) {
            if *kept == Reached::InPart && component.dependencies == Completeness::Complete {
                component.dependencies = Completeness::Incomplete;
            }
        }
        let kept: Vec<bool> = kept.into_iter().map(|it| it != Reached::No).collect();
        retain(fragment, &kept, &roots);
        if !self.members.is_empty() {
            forget_project_flags(fragment);
        }
        true
    }

    fn roots(&self, fragment: &Fragment) -> Vec<LocalId> {
        if self.members.is_empty() {
            return fragment.roots.clone();
        }
        let numbered = fragment.components.iter().zip((0..).map(LocalId));
        numbered
            .filter(|(it, _)| self.asks_for(it))
            .map(|(_, id)| id)
            .collect()
    }

    fn reach(&self, fragment: &Fragment, roots: &[LocalId]) -> Vec<Reached> {
        let pairs = fragment
            .links
            .iter()
            .zip(0_u32..)
            .map(|(link, number)| (link.from.0, number));
        let adjacency = Adjacency::new(fragment.components.len(), pairs);
        let mut kept = vec![Reached::No; fragment.components.len()];
        let mut open: Vec<LocalId> = roots.to_vec();
        for id in roots {
            mark(&mut kept, *id, Reached::Whole);
        }
        while let Some(from) = open.pop() {
            let from_root = roots.contains(&from);
            for link in adjacency
                .of(from.0)
                .iter()
                .filter_map(|number| fragment.links.get(*number as usize))
            {
                let Target::Here(to) = link.to else { continue };
                let Some(component) = fragment.component(to) else {
                    continue;
                };
                if !self.follows(link, from_root, component) {
                    mark(&mut kept, from, Reached::InPart);
                } else if kept.get(to.index()) == Some(&Reached::No) {
                    mark(&mut kept, to, Reached::Whole);
                    open.push(to);
                }
            }
        }
        kept
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    No,
    Whole,
    /// Reached, and some of its dependencies were left out on request.
    InPart,
}

fn mark(kept: &mut [Reached], id: LocalId, as_what: Reached) {
    if let Some(slot) = kept.get_mut(id.index()) {
        *slot = as_what;
    }
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
    fragment.links.retain_mut(|link| {
        let Some(from) = number(link.from) else {
            return false;
        };
        link.from = from;
        let Target::Here(to) = link.to else {
            return true;
        };
        number(to).is_some_and(|to| {
            link.to = Target::Here(to);
            true
        })
    });
    fragment.roots = roots.iter().filter_map(|id| number(*id)).collect();
}

/// Flags computed over the whole project say nothing about one member: the scopes are walked anew.
fn forget_project_flags(fragment: &mut Fragment) {
    let roots = fragment.roots.clone();
    let scopes = crate::scope::scopes(&fragment.components, &fragment.links, &roots);
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
            .set(Flags::DEV, scope == crate::scope::Scope::Excluded);
        component
            .flags
            .set(Flags::OPTIONAL, scope == crate::scope::Scope::Optional);
    }
    for id in roots {
        if let Some(root) = fragment.components.get_mut(id.index()) {
            root.role = Role::Root;
        }
    }
}
