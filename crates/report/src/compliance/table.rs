//! The components as a table, for every format that has rows and cells.

use std::borrow::Cow;

use super::view::{ComponentView, ProvenanceView, View};
use crate::wire::approval::ApprovalView;

/// The names of the columns.
pub(super) const HEAD: [&str; 29] = [
    "name",
    "version",
    "purl",
    "role",
    "scope",
    "origin",
    "licenses",
    "supplier",
    "hashes",
    "source",
    "workspaces",
    "approval",
    "approval reason",
    "reviewed by",
    "reviewed on",
    "review expires",
    "review basis",
    "review note",
    "provenance",
    "provenance failure",
    "slsa build level",
    "built from",
    "commit",
    "signer",
    "vulnerabilities to act on",
    "vulnerabilities that are decided",
    "missing",
    "unknown",
    "withheld",
];

/// The cells of a component.
pub(super) type Row<'v> = [Cow<'v, str>; HEAD.len()];

/// One row for each component.
pub(super) fn rows<'v>(view: &'v View<'_>) -> impl Iterator<Item = Row<'v>> {
    view.components.iter().map(|it| row(view, it))
}

fn row<'v>(view: &'v View<'_>, it: &'v ComponentView<'_>) -> Row<'v> {
    let workspaces = it.workspaces.iter();
    let workspaces = workspaces.filter_map(|it| view.workspaces.get(*it).copied());
    let workspaces = workspaces.collect::<Vec<_>>().join("; ");
    let [status, why, by, on, expires, basis, note] = approval(it.approval.as_ref());
    let [level, failure, slsa, repository, commit, signer] = provenance(it.provenance.as_ref());
    [
        it.name.into(),
        it.version.into(),
        it.purl.into(),
        it.role.into(),
        it.scope.into(),
        it.origin.into(),
        it.licenses.join("; ").into(),
        (&*it.supplier).into(),
        hashes(it).into(),
        it.source.into(),
        workspaces.into(),
        status,
        why,
        by,
        on,
        expires,
        basis,
        note,
        level,
        failure,
        slsa,
        repository,
        commit,
        signer,
        vulnerabilities(view, it, true).into(),
        vulnerabilities(view, it, false).into(),
        it.missing.join("; ").into(),
        it.unknown.join("; ").into(),
        it.withheld.join("; ").into(),
    ]
}

/// The ids of the vulnerabilities of a component that are open, or those that are not.
fn vulnerabilities(view: &View<'_>, component: &ComponentView<'_>, open: bool) -> String {
    let rows = view.advisories.as_ref().map_or(&[][..], |it| &it.matches);
    let own = rows
        .iter()
        .filter(|it| it.reference == component.reference && it.open == open);
    let ids: Vec<&str> = own.filter_map(|it| it.ids.first().copied()).collect();
    ids.join("; ")
}

fn hashes(it: &ComponentView<'_>) -> String {
    let each = it.hashes.iter();
    let each = each.map(|it| [it.alg, " ", &it.content].concat());
    each.collect::<Vec<_>>().join("; ")
}

fn approval<'v>(it: Option<&'v ApprovalView<'_>>) -> [Cow<'v, str>; 7] {
    let Some(it) = it else {
        return [(); 7].map(|()| Cow::Borrowed(""));
    };
    [
        it.status.into(),
        it.why().into(),
        it.by.join("; ").into(),
        it.on.unwrap_or_default().into(),
        it.expires.unwrap_or_default().into(),
        it.basis.unwrap_or_default().into(),
        it.note.unwrap_or_default().into(),
    ]
}

fn provenance<'v>(it: Option<&'v ProvenanceView<'_>>) -> [Cow<'v, str>; 6] {
    let Some(it) = it else {
        return [(); 6].map(|()| Cow::Borrowed(""));
    };
    let slsa = it.slsa_build_level.map(|it| it.to_string());
    [
        it.level.into(),
        it.failure.unwrap_or_default().into(),
        slsa.unwrap_or_default().into(),
        it.repository.unwrap_or_default().into(),
        it.commit.unwrap_or_default().into(),
        it.signer.unwrap_or_default().into(),
    ]
}
