//! Facts that a reader of the document will not find in the usual field, by kind and count.

use bomtrail_graph::{Bom, Component, Diagnostics, License, Need};

use crate::diags;
use crate::license;
use crate::location;
use crate::product;

/// How often the graph says something of one kind.
type Count = fn(&Component) -> usize;

/// Reports facts that a reader of the document will not find in the usual field.
pub(crate) fn report(version: &str, bom: &Bom<'_>, diagnostics: &mut Diagnostics) {
    let graph = bom.graph;
    let input = graph.inputs().first().map_or("", |it| &*it.path);
    let kinds: [(Count, &str, &str); 5] = [
        (
            uncombined,
            "several licences without AND or OR between them",
            "they are listed in a comment",
        ),
        (
            later_expressions,
            "a licence expression that refers to another document or to an addition",
            "it is the text of a `LicenseRef-`",
        ),
        (
            |it| it.details.as_ref().map_or(0, |it| it.patches.len()),
            "a patch without its SHA-1",
            "it is in an annotation",
        ),
        (
            unlocated,
            "where a package is fetched from unless that is a URI with a full domain name",
            "it is in an annotation",
        ),
        (
            |it| it.provides.len(),
            "which names a package provides",
            "they are left out; the dependencies they resolved to are there",
        ),
    ];
    for (count, what, instead) in kinds {
        let count: usize = graph.nodes().map(|node| count(node.component())).sum();
        if count > 0 {
            diagnostics.push(diags::lossy((input, version), count, what, instead));
        }
    }
    for (count, what) in product::unsaid(bom).into_iter().filter(|(it, _)| *it > 0) {
        diagnostics.push(diags::lossy(
            (input, version),
            count,
            what,
            "it is left out",
        ));
    }
    let conflicts = graph.edges().filter(|it| it.need() == Need::Conflicts);
    let count = conflicts.count();
    if count > 0 {
        let instead = "it is a relationship of type OTHER with a comment";
        diagnostics.push(diags::lossy(
            (input, version),
            count,
            "a conflict of two packages",
            instead,
        ));
    }
}

fn licenses(component: &Component) -> &[License] {
    component.licenses.known().map_or(&[], |it| it)
}

fn uncombined(component: &Component) -> usize {
    usize::from(licenses(component).len() > 1)
}

fn unlocated(component: &Component) -> usize {
    let fetched = component.source.is_some() && !component.role.is_first_party();
    usize::from(fetched && location::download(component).is_none())
}

fn later_expressions(component: &Component) -> usize {
    match licenses(component) {
        [license] if license.is_expression() => usize::from(license::expression(license).is_none()),
        _ => 0,
    }
}
