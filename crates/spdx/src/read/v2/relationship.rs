//! Relationships of SPDX 2: what the document describes, dependencies, and the comments of our own writer about them.

use bomtrail_document::{Object, Pointer, Session};
use bomtrail_graph::{Completeness, Need, Phase};

use super::super::assemble::{Contained, Edge, Facts, Hint, HintedPair, Parts};
use super::{NO_ASSERTION, NONE};
use crate::notes::edge::{INCOMPLETE, UNREACHED, UNROOTED};
use crate::notes::lines;
use crate::v2::DOCUMENT;

/// The meaning of a relationship type that states a dependency; true when it starts at the dependent package.
fn dependency(kind: &str) -> Option<(bool, Hint)> {
    let phase = |phase| Hint {
        phase: Some(phase),
        need: None,
    };
    let need = |need| Hint {
        phase: None,
        need: Some(need),
    };
    let hint = match kind {
        "DEPENDS_ON" | "HAS_PREREQUISITE" => return Some((true, Hint::default())),
        "DEPENDENCY_OF" | "PREREQUISITE_FOR" => Hint::default(),
        "BUILD_DEPENDENCY_OF" | "BUILD_TOOL_OF" => phase(Phase::Build),
        "TEST_DEPENDENCY_OF" | "TEST_TOOL_OF" => phase(Phase::Test),
        "DEV_DEPENDENCY_OF" | "DEV_TOOL_OF" => phase(Phase::Develop),
        "RUNTIME_DEPENDENCY_OF" => phase(Phase::Runtime),
        "OPTIONAL_DEPENDENCY_OF" => need(Need::Optional),
        "PROVIDED_DEPENDENCY_OF" => need(Need::Peer),
        _ => return None,
    };
    Some((false, hint))
}

pub(super) fn relationship<'v>(
    object: &Object<'v>,
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let (Some(from), Some(kind), Some(to)) = (
        object.required("spdxElementId", session),
        object.required("relationshipType", session),
        object.required("relatedSpdxElement", session),
    ) else {
        return;
    };
    let comment = object.text("comment", session).unwrap_or_default();
    match kind {
        "DESCRIBES" if from == DOCUMENT => {
            if comment != UNROOTED && to != NO_ASSERTION {
                parts.described.push(to);
            }
            return;
        }
        "DESCRIBED_BY" if to == DOCUMENT => return parts.described.push(from),
        "CONTAINS" if from != DOCUMENT && comment != UNREACHED => {
            return parts.contained.push(Contained { from, to });
        }
        "CONTAINED_BY" if to != DOCUMENT => {
            return parts.contained.push(Contained { from: to, to: from });
        }
        // Our own writer adds these so that every package is reached from a root.
        "CONTAINS" if comment == UNREACHED => return,
        _ => {}
    }
    let groups: Option<Vec<Facts>> = lines::parse(comment)
        .iter()
        .map(|it| Facts::of_lines(it))
        .collect();
    let facts = groups.filter(|it| !it.is_empty());
    let is_conflict = |it: &Vec<Facts>| it.iter().all(|it| it.need() == Need::Conflicts);
    let pointer = || object.pointer().clone();
    let edge = |facts| Edge {
        from,
        to: (to != NO_ASSERTION).then_some(to),
        facts,
        pointer: pointer(),
    };
    match (kind, facts) {
        ("OTHER", Some(facts)) if is_conflict(&facts) => {
            parts.edges.extend(facts.into_iter().map(edge));
        }
        ("DEPENDS_ON", Some(facts)) => {
            parts.edges.extend(facts.into_iter().map(edge));
            parts.named.push(from);
        }
        ("DEPENDS_ON", None) if to == NONE => parts.named.push(from),
        ("DEPENDS_ON", None) if to == NO_ASSERTION => {
            let known = if comment == INCOMPLETE {
                Completeness::Incomplete
            } else {
                Completeness::Unknown
            };
            parts.stated.push((from, known));
        }
        _ => hint((from, kind, to), (comment, pointer()), parts, session),
    }
}

/// A relationship that states a dependency by its type alone; any other is counted.
fn hint<'v>(
    (from, kind, to): (&'v str, &str, &'v str),
    (comment, pointer): (&str, Pointer<'v>),
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let Some((forward, hint)) = dependency(kind) else {
        return session.unkept(&format!("relationships of type `{kind}`"));
    };
    let (from, to) = if forward { (from, to) } else { (to, from) };
    parts.hinted.push(HintedPair {
        from,
        to,
        hint,
        pointer,
    });
    parts.named.push(from);
    if !comment.is_empty() {
        session.unkept("comments of relationships");
    }
}
