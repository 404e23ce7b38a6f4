//! Statements of a version 3 document about builds (profile Build): claims of its author.

use std::collections::BTreeSet;

use bomtrail_document::{Object, Session};
use bomtrail_graph::Text;

use super::super::assemble::Draft;
use super::super::notes::provenance_claim;
use super::element::{Class, Element, Relation};
use super::{Index, Positions};

/// Fields of one value or a list of values, with the name of the claim.
const FIELDS: [(&str, &str); 6] = [
    ("build_buildType", "build-type"),
    ("build_buildId", "run"),
    ("build_buildStartTime", "build-started"),
    ("build_buildEndTime", "build-ended"),
    ("build_configSourceUri", "build-config"),
    ("build_configSourceEntrypoint", "build-entrypoint"),
];
/// Fields of names and values.
const DICTIONARIES: [(&str, &str); 2] = [
    ("build_parameter", "build-parameter"),
    ("build_environment", "build-environment"),
];

/// True when an identifier is one of a build.
pub(super) fn is_build(id: &str, index: &Index<'_, '_>) -> bool {
    index.get(id).is_some_and(|it| it.class == Class::Build)
}

/// Gives packages the claims of their builds, unless a note of our own writer has more detail; builds without a package are
/// counted.
pub(super) fn claims<'v>(
    elements: &[Element<'v>],
    index: &Index<'_, 'v>,
    positions: &Positions<'_>,
    drafts: &mut [Draft<'v>],
    session: &mut Session<'_>,
) {
    let mut used = BTreeSet::new();
    let producing = |it: &&Element<'_>| it.relation == Some(Relation::Output);
    for Element {
        object: element, ..
    } in elements.iter().filter(producing)
    {
        let from = element.text("from", session).unwrap_or_default();
        let Some(build) = index.get(from).filter(|it| it.class == Class::Build) else {
            continue;
        };
        let build = &build.object;
        for (_, to) in element.texts("to", session) {
            let Some(draft) = positions.get(to).and_then(|at| drafts.get_mut(*at)) else {
                continue;
            };
            used.insert(build.pointer().to_string());
            let properties = &mut draft.component.details_mut().properties;
            if !properties
                .iter()
                .any(|(name, _)| name.starts_with(&*provenance_claim("")))
            {
                properties.extend(said(build, session));
            }
        }
    }
    let builds = elements.iter().filter(|it| it.class == Class::Build);
    for _ in builds.filter(|it| !used.contains(&it.object.pointer().to_string())) {
        session.unkept("builds of no package");
    }
}

fn said(build: &Object<'_>, session: &mut Session<'_>) -> Vec<(Text, Text)> {
    let mut all = Vec::new();
    for (key, name) in FIELDS {
        let is_list = build
            .get(key)
            .is_some_and(bomtrail_document::Json::is_array);
        let values = if is_list {
            let texts = build.texts(key, session).into_iter();
            texts.map(|(_, it)| it).collect()
        } else {
            Vec::from_iter(build.text(key, session))
        };
        all.extend(
            values
                .into_iter()
                .map(|it| (provenance_claim(name), it.into())),
        );
    }
    for (key, name) in DICTIONARIES {
        for entry in build.objects(key, session) {
            let key = entry.required("key", session).unwrap_or_default();
            let value = entry.text("value", session).unwrap_or_default();
            let text = [key, "=", value].concat();
            all.push((provenance_claim(name), text.into()));
        }
    }
    all
}
