//! Which package of a synthetic lock needs which: arithmetic on indexes, nothing kept.

use std::ops::Range;

/// The sizes everything else follows from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Packages at the top of `node_modules`.
    tops: u32,
    /// Entries nested below one of them.
    nested: u32,
}

/// Why a package is in the tree, which decides its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Runtime,
    Develop,
    Optional,
    Peer,
}

impl Plan {
    /// A plan of `count` entries: three quarters at the top, the rest nested.
    pub(super) fn new(count: u32) -> Self {
        let nested = if count < 40 { 0 } else { count / 4 };
        Self {
            tops: count - nested,
            nested,
        }
    }

    /// Every package at the top, those in a scope first, as npm sorts them.
    pub(super) fn tops(self) -> impl Iterator<Item = u32> {
        let all = move || 0..self.tops;
        all()
            .filter(|top| is_scoped(*top))
            .chain(all().filter(|top| !is_scoped(*top)))
    }

    /// The packages of a group, one range each. The first of a range is what the root asks for.
    pub(super) fn members(self, group: Group) -> Range<u32> {
        let share = |percent: u64| {
            u32::try_from((u64::from(self.tops) * percent).div_ceil(100)).unwrap_or(self.tops)
        };
        match group {
            Group::Runtime => 0..share(70),
            Group::Develop => share(70)..share(90),
            Group::Optional => share(90)..share(98),
            Group::Peer => share(98)..self.tops,
        }
    }

    /// The group a package is in.
    pub(super) fn group(self, top: u32) -> Group {
        let groups = [Group::Runtime, Group::Develop, Group::Optional];
        groups
            .into_iter()
            .find(|group| self.members(*group).contains(&top))
            .unwrap_or(Group::Peer)
    }

    /// The packages one needs: two of its own group as in a binary heap, so that everything is reached, and a third
    /// from the runtime group.
    pub(super) fn needs(self, top: u32) -> Vec<u32> {
        let group = self.group(top);
        let members = self.members(group);
        let runtime = self.members(Group::Runtime);
        let mut needs = Vec::with_capacity(3);
        if group != Group::Peer {
            let place = top - members.start;
            let children = [2 * place + 1, 2 * place + 2];
            needs.extend(
                children
                    .iter()
                    .map(|child| members.start + child)
                    .filter(|child| members.contains(child)),
            );
        }
        for round in 0..3 {
            let other = self.any_runtime(top, round);
            // Within the runtime group only forward, so that the tree has no cycles.
            let forward = group != Group::Runtime || other > top;
            if needs.len() < 3 && runtime.contains(&other) && forward && !needs.contains(&other) {
                needs.push(other);
            }
        }
        needs
    }

    /// The peer a runtime package asks for: each peer is asked for by one.
    pub(super) fn peer(self, top: u32) -> Option<u32> {
        let peers = self.members(Group::Peer);
        let runtime = self.members(Group::Runtime);
        let asked = peers.start.checked_add(top)?;
        (runtime.contains(&top) && peers.contains(&asked)).then_some(asked)
    }

    /// The packages nested below one, outermost first: none, one, or one inside the other.
    pub(super) fn nested(self, top: u32) -> Vec<u32> {
        let holder = top / 3;
        if top % 3 != 2 || holder >= self.nested {
            return Vec::new();
        }
        // Of four holders one nests two deep and one not at all, so that the count stays exact.
        let last = holder + 1 >= self.nested;
        let depth = match holder % 4 {
            0 if !last => 2,
            1 => 0,
            _ => 1,
        };
        let taken = self.needs(top);
        let mut chosen: Vec<u32> = Vec::with_capacity(2);
        for round in 3.. {
            if chosen.len() == depth {
                break;
            }
            let other = self.any_runtime(top, round);
            if other != top && !taken.contains(&other) && !chosen.contains(&other) {
                chosen.push(other);
            }
        }
        chosen
    }

    /// The runtime packages a nested one needs; never one that is nested next to it.
    pub(super) fn nested_needs(self, top: u32, beside: &[u32]) -> Vec<u32> {
        let mut needs: Vec<u32> = Vec::with_capacity(2);
        for round in 100.. {
            if needs.len() == 2 {
                break;
            }
            let other = self.any_runtime(top, round);
            if !beside.contains(&other) && !needs.contains(&other) {
                needs.push(other);
            }
        }
        needs
    }

    fn any_runtime(self, top: u32, round: u32) -> u32 {
        let size = u64::from(self.members(Group::Runtime).end.max(1));
        u32::try_from(scramble(u64::from(top) << 32 | u64::from(round)) % size).unwrap_or_default()
    }
}

/// Whether a package's name has a scope: one in four.
pub(super) fn is_scoped(package: u32) -> bool {
    package.is_multiple_of(4)
}

/// A well-spread number for a number (the finaliser of `SplitMix64`).
pub(super) fn scramble(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
