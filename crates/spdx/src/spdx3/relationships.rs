//! Who depends on whom, which licence, which archive and which build a package has (SPDX 3.0.1 `Relationship`). Every dependency is a
//! `dependsOn` in the scope of its phase; what may be absent or is provided by others is said once more in its own type. Facts
//! of single edges are lines of the comment, in groups that begin with the IRI they are about.

use std::collections::BTreeMap;

use bomtrail_graph::{Completeness, EdgeRef, Need, NodeRef, Phase};
use serde::ser::SerializeSeq;

use super::bsi;
use super::build;
use super::document::Document;
use super::element::Element;
use super::names::{NO_ASSERTION, NO_ASSERTION_LICENSE, NONE, NONE_LICENSE};
use super::package::file_name;
use super::shared::{license_name, license_of};
use crate::license::declared;
use crate::lines::Lines;
use crate::product;
use crate::spdx2::add_edge;

/// Prints the relationships that start at packages.
pub(super) fn write<S: SerializeSeq>(
    document: &Document<'_>,
    list: &mut S,
) -> Result<(), S::Error> {
    for node in document.graph.nodes() {
        let package = document.package_name(node);
        let mut number = 0;
        let mut next = |kind: &'static str| {
            number += 1;
            Element {
                from: Some(document.iri(&package)),
                ..document.element(kind, &format!("Relationship-{number}-{package}"))
            }
        };
        list.serialize_element(&Element {
            relationship_type: Some("hasDeclaredLicense"),
            to: vec![license(document, node)],
            ..next("Relationship")
        })?;
        if let Some(expression) = product::concluded(document.bom, node) {
            list.serialize_element(&Element {
                relationship_type: Some("hasConcludedLicense"),
                to: vec![document.iri(&license_name(&expression))],
                ..next("Relationship")
            })?;
        }
        if product::file_name(document.bom, node).is_some() {
            list.serialize_element(&Element {
                relationship_type: Some("hasDistributionArtifact"),
                to: vec![document.iri(&file_name(&package))],
                ..next("Relationship")
            })?;
        }
        if bsi::repository(document.bom, node).is_some() {
            list.serialize_element(&Element {
                relationship_type: Some("generates"),
                from: Some(document.iri(&bsi::source_name(&package))),
                to: vec![document.iri(&package)],
                ..next("Relationship")
            })?;
        }
        if let Some(build) = build::name_of(document.bom, node) {
            // The run may have made more than this.
            list.serialize_element(&Element {
                relationship_type: Some("hasOutput"),
                from: Some(document.iri(&build)),
                to: vec![document.iri(&package)],
                scope: Some("build"),
                completeness: Some("noAssertion"),
                ..next("LifecycleScopedRelationship")
            })?;
        }
        for group in dependencies(document, node) {
            let kind = match group.scope {
                Some(_) => "LifecycleScopedRelationship",
                None => "Relationship",
            };
            list.serialize_element(&Element {
                relationship_type: Some(group.kind),
                scope: group.scope,
                completeness: group.completeness,
                comment: group.comment,
                to: group.to,
                ..next(kind)
            })?;
        }
    }
    Ok(())
}

fn license(document: &Document<'_>, node: NodeRef<'_>) -> String {
    let component = node.component();
    match license_of(component) {
        Some(expression) => document.iri(&license_name(&expression)),
        None if declared(component).expression == "NONE" => NONE_LICENSE.to_owned(),
        None => NO_ASSERTION_LICENSE.to_owned(),
    }
}

/// One relationship to several packages.
struct Group {
    kind: &'static str,
    scope: Option<&'static str>,
    completeness: Option<&'static str>,
    comment: Option<String>,
    to: Vec<String>,
}

fn scope(phase: Phase) -> &'static str {
    match phase {
        Phase::Configure | Phase::Build => "build",
        Phase::Test => "test",
        Phase::Runtime => "runtime",
        Phase::Develop => "development",
    }
}

/// Whether a need is of a type.
type Holds = fn(Need) -> bool;

/// The types that say more than that something is needed.
const TYPED: [(&str, Holds); 2] = [
    ("hasOptionalDependency", |it| {
        !it.is_strict() && !matches!(it, Need::Conflicts)
    }),
    ("hasProvidedDependency", Need::is_peer),
];

fn dependencies(document: &Document<'_>, node: NodeRef<'_>) -> Vec<Group> {
    let known = match node.component().dependencies {
        Completeness::Complete => "complete",
        Completeness::Incomplete => "incomplete",
        Completeness::Unknown => "noAssertion",
    };
    let mut by_scope: BTreeMap<&str, Vec<EdgeRef<'_>>> = BTreeMap::new();
    let (conflicts, edges): (Vec<_>, Vec<_>) =
        node.edges().partition(|it| it.need() == Need::Conflicts);
    for edge in &edges {
        by_scope.entry(scope(edge.phase())).or_default().push(*edge);
    }
    let mut groups: Vec<Group> = by_scope
        .into_iter()
        .map(|(scope, edges)| group(document, &edges, "dependsOn", Some(scope), Some(known)))
        .collect();
    if groups.is_empty() {
        let end = if known == "complete" {
            NONE
        } else {
            NO_ASSERTION
        };
        groups.push(Group {
            kind: "dependsOn",
            scope: None,
            completeness: Some(known),
            comment: None,
            to: vec![end.to_owned()],
        });
    }
    for (kind, holds) in TYPED {
        let these = edges.iter().filter(|it| holds(it.need()));
        let mut to: Vec<String> = these
            .filter_map(|it| it.to())
            .map(|it| document.package_iri(it))
            .collect();
        to.sort_unstable();
        to.dedup();
        if !to.is_empty() {
            groups.push(Group {
                kind,
                scope: None,
                completeness: Some(known),
                comment: None,
                to,
            });
        }
    }
    if !conflicts.is_empty() {
        groups.push(group(document, &conflicts, "other", None, None));
    }
    groups
}

fn group(
    document: &Document<'_>,
    edges: &[EdgeRef<'_>],
    kind: &'static str,
    scope: Option<&'static str>,
    completeness: Option<&'static str>,
) -> Group {
    let mut lines = Lines::default();
    let mut to: Vec<String> = Vec::new();
    for edge in edges {
        let end = edge
            .to()
            .map_or(NO_ASSERTION.to_owned(), |it| document.package_iri(it));
        lines.end_group();
        let target = edge.to().map(|it| document.package_name(it));
        lines.add("to", target.as_deref().unwrap_or_default());
        lines.add_known("range", edge.range());
        add_edge(&mut lines, *edge);
        to.push(end);
    }
    to.sort_unstable();
    to.dedup();
    Group {
        kind,
        scope,
        completeness,
        comment: lines.finish(),
        to,
    }
}
