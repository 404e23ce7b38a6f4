//! Relationships of SPDX 3: licences of packages, dependencies, and the comments of our own writer about them.

use std::collections::HashMap;

use bomtrail_document::{Object, Session};
use bomtrail_graph::{Completeness, Component, Fact, License, Need, Phase, Text};
use foldhash::fast::RandomState;

use super::super::assemble::{Contained, Draft, Edge, Facts, Hint, HintedPair, Parts};
use super::package::HASHES;
use super::{Index, Positions, build};
use crate::license::words_of;
use crate::notes::lines;
use crate::read::digests;
use crate::v3::{NO_ASSERTION, NONE, NONE_LICENSE, individual};

pub(super) fn relationship<'v>(
    element: &Object<'v>,
    index: &Index<'_, 'v>,
    positions: &Positions<'_>,
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let (Some(from), Some(kind)) = (
        element.required("from", session),
        element.required("relationshipType", session),
    ) else {
        return;
    };
    let to: Vec<&str> = element
        .texts("to", session)
        .into_iter()
        .map(|(_, it)| individual(it))
        .collect();
    let position = positions.get(from).copied();
    match kind {
        "hasDeclaredLicense" => {
            if let Some(draft) = position.and_then(|at| parts.drafts.get_mut(at)) {
                let found = to.first().and_then(|it| license_of(it, index, session));
                declare(&mut draft.component, found);
            }
        }
        "hasConcludedLicense" => {}
        "hasDistributionArtifact" => {
            if let Some(draft) = position.and_then(|at| parts.drafts.get_mut(at)) {
                let files = to.iter().filter_map(|it| index.get(it));
                files.for_each(|it| archive(&it.object, &mut draft.component, session));
            }
        }
        "contains" if position.is_some() => {
            let all = to.iter().map(|to| Contained { from, to });
            parts.contained.extend(all);
        }
        "hasOutput" if build::is_build(from, index) => {}
        "dependsOn"
        | "hasPrerequisite"
        | "hasOptionalDependency"
        | "hasProvidedDependency"
        | "other" => dependency(element, (from, kind, &to), parts, session),
        kind => session.unkept(&format!("relationships of type `{kind}`")),
    }
}

/// The hashes of an archive are those of its package, where that states none.
fn archive(file: &Object<'_>, component: &mut Component, session: &mut Session<'_>) {
    let hashes = digests(file, &HASHES, session);
    if component.hashes.is_empty() {
        component.hashes = hashes.into();
        return;
    }
    for _ in hashes.iter().filter(|it| !component.hashes.contains(it)) {
        session.unkept("hashes of archives that differ from those of the package");
    }
}

/// Licences, and the texts of those that are not on the list.
#[derive(Default)]
struct Licenses {
    licenses: Vec<License>,
    texts: Vec<(Text, Text)>,
}

/// Sets the licences unless a note of our own writer has set them.
fn declare(component: &mut Component, found: Option<Licenses>) {
    let Some(found) = found else { return };
    if !found.texts.is_empty() {
        let texts = &mut component.details_mut().license_texts;
        texts.extend(found.texts);
        texts.sort_unstable();
        texts.dedup();
    }
    if component.licenses.is_unknown() {
        component.licenses = Fact::Known(found.licenses.into());
    }
}

/// Reads concluded licences: they are the licences of a package that declares none.
pub(super) fn conclude<'v>(
    element: &Object<'v>,
    index: &Index<'_, 'v>,
    draft: &mut Draft<'v>,
    session: &mut Session<'_>,
) {
    let to = element.texts("to", session);
    let license = to.first().map(|(_, it)| individual(it));
    let found = license.and_then(|it| license_of(it, index, session));
    for license in found.iter().flat_map(|it| &it.licenses) {
        let name = "bomtrail:license:concluded".into();
        let properties = &mut draft.component.details_mut().properties;
        properties.push((name, license.text().into()));
    }
    declare(&mut draft.component, found);
}

/// The licences that an element names; `None` for "not stated".
fn license_of(id: &str, index: &Index<'_, '_>, session: &mut Session<'_>) -> Option<Licenses> {
    if id == NONE_LICENSE {
        return Some(Licenses::default());
    }
    let element = &index.get(id)?.object;
    let expression = element.text("simplelicensing_licenseExpression", session)?;
    let mut found = Licenses::default();
    let mut called = None;
    for entry in element.objects("simplelicensing_customIdToUri", session) {
        let id = entry.text("key", session).unwrap_or_default();
        let text = entry.text("value", session).and_then(|it| index.get(it));
        let Some(text) = text.map(|it| &it.object) else {
            continue;
        };
        let name = text.text("name", session);
        let words = text.text("simplelicensing_licenseText", session);
        let (name, words) = words_of(id, name, words.unwrap_or_default());
        let words = words.map(|it| (name.unwrap_or(id).into(), it.into()));
        found.texts.extend(words);
        called = called.or(name.filter(|_| id == expression));
    }
    let license = License::declared(called.unwrap_or(expression));
    found.licenses.extend(license);
    Some(found)
}

fn dependency<'v>(
    element: &Object<'v>,
    (from, kind, to): (&'v str, &str, &[&'v str]),
    parts: &mut Parts<'v>,
    session: &mut Session<'_>,
) {
    let pointer = || element.pointer().clone();
    let comment = element.text("comment", session).unwrap_or_default();
    if let Some(edges) = noted_edges(comment, to) {
        parts
            .edges
            .extend(edges.into_iter().map(|(to, facts)| Edge {
                from,
                to,
                facts,
                pointer: pointer(),
            }));
        if kind == "dependsOn" {
            parts.named.push(from);
        }
    } else if kind == "other" {
        return session.unkept("relationships of type `other`");
    } else {
        let phase = element
            .text("scope", session)
            .and_then(|scope| match scope {
                "build" => Some(Phase::Build),
                "test" => Some(Phase::Test),
                "development" => Some(Phase::Develop),
                "runtime" => Some(Phase::Runtime),
                _ => None,
            });
        let need = match kind {
            "hasOptionalDependency" => Some(Need::Optional),
            "hasProvidedDependency" => Some(Need::Peer),
            _ => None,
        };
        let ends = to.iter().filter(|it| !matches!(**it, NONE | NO_ASSERTION));
        let hint = Hint { phase, need };
        parts.hinted.extend(ends.map(|to| HintedPair {
            from,
            to,
            hint,
            pointer: pointer(),
        }));
        parts.named.push(from);
    }
    let stated = match element.text("completeness", session) {
        Some("complete") => Some(Completeness::Complete),
        Some("incomplete") => Some(Completeness::Incomplete),
        Some(_) => Some(Completeness::Unknown),
        None if kind != "other" && to.contains(&NO_ASSERTION) => Some(Completeness::Unknown),
        None => None,
    };
    parts.stated.extend(stated.map(|it| (from, it)));
}

/// The edges in a comment of our own writer; `None` for any other comment.
fn noted_edges<'v>(comment: &str, to: &[&'v str]) -> Option<Vec<(Option<&'v str>, Facts)>> {
    let groups = lines::parse(comment);
    let mut all = Vec::with_capacity(groups.len());
    let mut ends = Ends::new(to);
    for group in &groups {
        let (("to", target), rest) = group
            .split_first()
            .map(|((key, value), rest)| ((*key, value), rest))?
        else {
            return None;
        };
        let to = ends.find(target);
        if to.is_none() && !target.is_empty() {
            return None;
        }
        all.push((to, Facts::of_lines(rest)?));
    }
    (!all.is_empty()).then_some(all)
}

/// The ends of a relationship by what follows `#` in their IRIs. Our own writer names them in their order.
struct Ends<'t, 'v> {
    all: &'t [&'v str],
    /// The end after the one that was found last.
    next: usize,
    /// The first end of each name; made for the first one that is out of order.
    named: Option<HashMap<&'v str, &'v str, RandomState>>,
}

impl<'t, 'v> Ends<'t, 'v> {
    fn new(all: &'t [&'v str]) -> Self {
        Self {
            all,
            next: 0,
            named: None,
        }
    }

    fn find(&mut self, name: &str) -> Option<&'v str> {
        let next = self.all.get(self.next).copied();
        if let Some(end) = next.filter(|it| fragment(it) == Some(name)) {
            self.next += 1;
            return Some(end);
        }
        let all = self.all.iter().rev();
        let named = self
            .named
            .get_or_insert_with(|| all.filter_map(|it| Some((fragment(it)?, *it))).collect());
        named.get(name).copied()
    }
}

/// What follows the last `#` of an IRI.
fn fragment(iri: &str) -> Option<&str> {
    iri.rsplit_once('#').map(|(_, name)| name)
}
