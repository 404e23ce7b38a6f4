//! Notes about one dependency, and the comments of relationships that our own reader knows again.

use bomtrail_graph::{EdgeRef, Need, Phase};

use crate::notes::lines::Lines;

/// The comment on a package that the document describes only because it has no root.
pub(crate) const UNROOTED: &str = "Nothing is known that needs this package.";
/// The comment on a package that a root contains only because no dependency leads to it.
pub(crate) const UNREACHED: &str = "No dependency of a described package leads here.";
/// The comment on packages with incomplete dependencies.
pub(crate) const INCOMPLETE: &str = "Some dependencies are not in this document.";

/// True for an edge that is more than a dependency on a package of the document: its end is not there, its version is not
/// accepted, or a rule of the project changed it.
pub(crate) fn is_unusual(edge: EdgeRef<'_>) -> bool {
    edge.to().is_none() || edge.problem().is_some() || edge.detail().is_some()
}

/// True unless an edge leads to nothing and nothing has to be there.
pub(crate) fn is_wanted(edge: EdgeRef<'_>) -> bool {
    edge.to().is_some() || !matches!(edge.need(), Need::Suggested | Need::OptionalPeer)
}

/// Facts about one edge that SPDX has no field for, except its range.
pub(crate) fn add_edge(lines: &mut Lines, edge: EdgeRef<'_>) {
    let name = edge.name();
    let alias = edge.detail().and_then(|it| it.alias.as_deref());
    let own = match alias {
        Some(alias) => alias == name,
        None => edge.to().is_some_and(|it| it.name() == name),
    };
    lines.add_known("name", Some(name).filter(|_| !own));
    lines.add_known("alias", alias);
    lines.add_known(
        "phase",
        Some(edge.phase().name()).filter(|_| edge.phase() != Phase::Runtime),
    );
    lines.add_known(
        "need",
        Some(edge.need().name()).filter(|_| edge.need() != Need::Required),
    );
    lines.add_known("problem", edge.problem().map(bomtrail_graph::Problem::name));
    if let Some(detail) = edge.detail() {
        if let Some(overridden) = &detail.overridden {
            lines.add("override", &overridden.rule);
            lines.add("effective", &overridden.effective);
        }
        lines.add_known("added-by", detail.added_by.as_deref());
        lines.add_known("condition", detail.condition.as_deref());
    }
}
