//! Dependencies, licence, archive and build of a package (SPDX 3.0.1 `Relationship`). Every dependency is a `dependsOn` in the
//! scope of its phase; optional and provided ones have a relationship of their own type as well. Facts about single edges are
//! lines of the comment, in groups that begin with the name of their target.

use std::collections::BTreeMap;

use bomtrail_graph::{Completeness, EdgeRef, Graph, Need, NodeRef, Phase};

use super::bsi;
use super::build;
use super::context::Context;
use super::element::Element;
use super::names::{
    Individual, NO_ASSERTION, NO_ASSERTION_ELEMENT, NO_ASSERTION_LICENSE, NONE, NONE_ELEMENT,
    NONE_LICENSE, file_name, license_name,
};
use crate::license::{self, declared, declared_expression};
use crate::notes::edge::{add_edge, is_unusual, is_wanted};
use crate::notes::lines::Lines;
use crate::product;

/// The relationships of a package.
pub(super) fn of<'d>(context: &Context<'_>, node: NodeRef<'_>) -> Vec<Element<'d>> {
    let bom = context.bom;
    let package = context.package_name(node);
    let own = || context.iri(&package);
    let concluded = product::concluded(bom, node);
    let file = product::file_name(bom, node);
    let source = bsi::repository(bom, node);
    let single = |kind, from, to| Group {
        from: Some(from),
        ..Group::new(kind, vec![to])
    };
    let groups = [
        Some(single("hasDeclaredLicense", own(), license(context, node))),
        concluded.map(|it| {
            single(
                "hasConcludedLicense",
                own(),
                context.iri(&license_name(&it)),
            )
        }),
        file.map(|_| {
            single(
                "hasDistributionArtifact",
                own(),
                context.iri(&file_name(&package)),
            )
        }),
        source.map(|_| single("generates", context.iri(&bsi::source_name(&package)), own())),
        build::name_of(bom, node).map(|name| Group {
            scope: Some("build"),
            // The run may have other outputs.
            completeness: Some("noAssertion"),
            ..single("hasOutput", context.iri(&name), own())
        }),
    ];
    let children = context.containment.children(context.graph, node);
    let children: Vec<String> = children.map(|it| context.package_iri(it)).collect();
    let contents = (!children.is_empty()).then(|| Group::new("contains", children));
    let groups = groups
        .into_iter()
        .flatten()
        .chain(contents)
        .chain(dependencies(context, node));
    let element = |(number, it): (usize, Group)| {
        let class = match it.scope {
            Some(_) => "LifecycleScopedRelationship",
            None => "Relationship",
        };
        context
            .element(class, &format!("Relationship-{}-{package}", number + 1))
            .known("comment", it.comment)
            .text("from", it.from.unwrap_or_else(own))
            .text("relationshipType", it.kind)
            .known("scope", it.scope)
            .known("completeness", it.completeness)
            .texts("to", it.to)
    };
    groups.enumerate().map(element).collect()
}

/// The individuals of the specification that the relationships of a document refer to.
pub(super) fn individuals(graph: &Graph) -> impl Iterator<Item = Individual> {
    let is_alone = |node: &NodeRef<'_>| node.edges().all(|it| it.need() == Need::Conflicts);
    let is_complete = |node: &NodeRef<'_>| node.component().dependencies == Completeness::Complete;
    let mut alone = graph.nodes().filter(is_alone);
    let none = alone.clone().any(|it| is_complete(&it));
    let unknown = alone.any(|it| !is_complete(&it)) || graph.edges().any(|it| it.to().is_none());
    let none = none.then_some(NONE_ELEMENT);
    none.into_iter()
        .chain(unknown.then_some(NO_ASSERTION_ELEMENT))
}

fn license(context: &Context<'_>, node: NodeRef<'_>) -> String {
    let component = node.component();
    match declared_expression(component) {
        Some(expression) => context.iri(&license_name(&expression)),
        None if declared(component).expression == license::NONE => NONE_LICENSE.to_owned(),
        None => NO_ASSERTION_LICENSE.to_owned(),
    }
}

/// One relationship to several packages.
struct Group {
    /// Where it starts, unless at the package.
    from: Option<String>,
    kind: &'static str,
    scope: Option<&'static str>,
    completeness: Option<&'static str>,
    comment: Option<String>,
    to: Vec<String>,
}

impl Group {
    fn new(kind: &'static str, to: Vec<String>) -> Self {
        Self {
            from: None,
            kind,
            scope: None,
            completeness: None,
            comment: None,
            to,
        }
    }
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

fn dependencies(context: &Context<'_>, node: NodeRef<'_>) -> Vec<Group> {
    let known = match node.component().dependencies {
        Completeness::Complete => "complete",
        Completeness::Incomplete => "incomplete",
        Completeness::Unknown => "noAssertion",
    };
    let mut by_scope: BTreeMap<&str, Vec<EdgeRef<'_>>> = BTreeMap::new();
    let is_full = context.bom.is_full();
    let edges = node.edges().filter(|it| is_full || is_wanted(*it));
    let (conflicts, edges): (Vec<_>, Vec<_>) = edges.partition(|it| it.need() == Need::Conflicts);
    for edge in &edges {
        by_scope.entry(scope(edge.phase())).or_default().push(*edge);
    }
    let mut groups: Vec<Group> = by_scope
        .into_iter()
        .map(|(scope, edges)| group(context, &edges, "dependsOn", Some(scope), Some(known)))
        .collect();
    if groups.is_empty() {
        let end = if known == "complete" {
            NONE
        } else {
            NO_ASSERTION
        };
        groups.push(Group {
            completeness: Some(known),
            ..Group::new("dependsOn", vec![end.to_owned()])
        });
    }
    for (kind, holds) in TYPED {
        let these = edges.iter().filter(|it| holds(it.need()));
        let mut to: Vec<String> = these
            .filter_map(|it| it.to())
            .map(|it| context.package_iri(it))
            .collect();
        to.sort_unstable();
        to.dedup();
        if !to.is_empty() {
            groups.push(Group {
                completeness: Some(known),
                ..Group::new(kind, to)
            });
        }
    }
    if !conflicts.is_empty() {
        groups.push(group(context, &conflicts, "other", None, None));
    }
    groups
}

fn group(
    context: &Context<'_>,
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
            .map_or(NO_ASSERTION.to_owned(), |it| context.package_iri(it));
        to.push(end);
        if context.bom.is_full() || is_unusual(*edge) {
            lines.end_group();
            let target = edge.to().map(|it| context.package_name(it));
            lines.add("to", target.as_deref().unwrap_or_default());
            lines.add_known("range", edge.range());
            add_edge(&mut lines, *edge);
        }
    }
    to.sort_unstable();
    to.dedup();
    Group {
        scope,
        completeness,
        comment: lines.finish(),
        ..Group::new(kind, to)
    }
}
