//! How rows are packed: the small facts of an occurrence in one number, and the dependencies of an SBOM in one blob.

use bomtrail_graph::Need;

use crate::record::paths::{DEEPEST, NO_PHASE};
use crate::record::{Edge, PHASES, SCOPES, UNKNOWN};

/// The small facts of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The position of the phase, or [`NO_PHASE`].
    pub(crate) phase: u8,
    /// The position of the scope.
    pub(crate) scope: u8,
    /// `None` when no root reaches the package.
    pub(crate) depth: Option<u32>,
    /// The row of the judgement; 0 for none.
    pub(crate) judgement: i64,
}

impl Facts {
    /// As one number; `schema/1.sql` says how.
    pub(crate) fn packed(self) -> i64 {
        let depth = self.depth.map_or(0, |it| it.min(DEEPEST) + 1);
        let high = i64::from(depth) + 1024 * self.judgement;
        i64::from(self.phase) + 8 * (i64::from(self.scope) + 4 * high)
    }

    pub(crate) fn unpacked(number: i64) -> Self {
        let bits = |shift: u32, width: u32| (number >> shift) & ((1 << width) - 1);
        let small = |value: i64| u8::try_from(value).unwrap_or(0);
        let depth = u32::try_from(bits(5, 10)).unwrap_or(0);
        Self {
            phase: small(bits(0, 3)),
            scope: small(bits(3, 2)),
            depth: depth.checked_sub(1),
            judgement: number >> 15,
        }
    }

    /// The name of the phase.
    pub(crate) fn phase_name(self) -> &'static str {
        let phase = PHASES.get(usize::from(self.phase));
        phase.map_or(UNKNOWN, |it| it.name())
    }

    /// The name of the scope.
    pub(crate) fn scope_name(self) -> &'static str {
        let scope = SCOPES.get(usize::from(self.scope));
        scope.and_then(|it| it.name()).unwrap_or(UNKNOWN)
    }

    /// The number of the phase of a name.
    pub(crate) fn phase_of(name: &str) -> u8 {
        let found = PHASES.iter().position(|it| it.name() == name);
        found.map_or(NO_PHASE, |it| u8::try_from(it).unwrap_or(NO_PHASE))
    }

    /// The number of the scope of a name.
    pub(crate) fn scope_of(name: &str) -> u8 {
        let found = SCOPES
            .iter()
            .position(|it| it.name().unwrap_or(UNKNOWN) == name);
        u8::try_from(found.unwrap_or(3)).unwrap_or(3)
    }
}

/// The edges of `count` packages; each is numbered by its rank, and the edges are sorted.
pub(super) fn packed_edges(count: usize, edges: &[Edge]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + edges.len() * 3);
    let mut rest = edges;
    for from in 0..count {
        let is_of = |it: &&Edge| it.from as usize == from;
        let own = rest.iter().take_while(is_of).count();
        let (own, others) = rest.split_at(own);
        rest = others;
        varint(&mut bytes, own.len() as u64);
        for edge in own {
            let kind = edge.phase * 8 + edge.need;
            varint(&mut bytes, u64::from(edge.to) << 1 | u64::from(kind != 0));
            if kind != 0 {
                bytes.push(kind);
            }
        }
    }
    bytes
}

/// The edges of a blob; `None` when it is damaged.
pub(crate) fn edges_of(bytes: &[u8]) -> Option<Vec<Edge>> {
    let mut rest = bytes;
    let mut edges = Vec::with_capacity(bytes.len() / 2);
    let mut from = 0;
    while !rest.is_empty() {
        for _ in 0..read_varint(&mut rest)? {
            let to = read_varint(&mut rest)?;
            let mut kind = 0;
            if to & 1 == 1 {
                let (first, others) = rest.split_first()?;
                (kind, rest) = (*first, others);
            }
            let (phase, need) = (kind / 8, kind % 8);
            let is_known = usize::from(phase) < PHASES.len() && usize::from(need) < Need::ALL.len();
            edges.push(Edge {
                from,
                to: u32::try_from(to >> 1).ok()?,
                phase,
                need: is_known.then_some(need)?,
            });
        }
        from += 1;
    }
    Some(edges)
}

/// A number in LEB128.
fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push((value & 0x7f) as u8);
}

fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..35).step_by(7) {
        let (byte, others) = rest.split_first()?;
        *rest = others;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_fit_in_one_number() {
        for depth in [None, Some(0), Some(7), Some(1000)] {
            for (phase, scope, judgement) in [(0, 0, 0), (5, 3, 1), (4, 2, 70_000)] {
                let facts = Facts {
                    phase,
                    scope,
                    depth,
                    judgement,
                };
                assert_eq!(Facts::unpacked(facts.packed()), facts);
            }
        }
    }

    #[test]
    fn edges_survive_packing() {
        let edge = |from, to, phase, need| Edge {
            from,
            to,
            phase,
            need,
        };
        let edges = [
            edge(0, 300, 0, 0),
            edge(0, 301, 4, 6),
            edge(2, 0, 0, 1),
            edge(301, 2, 1, 0),
        ];
        let bytes = packed_edges(302, &edges);
        assert_eq!(edges_of(&bytes).unwrap(), edges);
        assert!(edges_of(&bytes[..bytes.len() - 1]).is_none());
    }
}
