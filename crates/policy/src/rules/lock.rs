//! Rules about what a lockfile says, and does not say.

use std::collections::BTreeSet;

use bomtrail_graph::{Flags, NodeRef, Place, Problem, Role};

use super::approvals::{is_identity, words};
use crate::finding::{Look, place_of};

/// Tells every package one of whose places has a flag, at that place.
fn flagged(look: &mut Look<'_>, flag: Flags, message: &str) {
    let evidence = look.evidence;
    for node in evidence.graph.nodes().filter(|it| it.flags().has(flag)) {
        let place = place_of(evidence, node, |it| it.flags.has(flag));
        look.at(node, place, message.to_owned());
    }
}

pub(super) fn identity(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.graph.nodes() {
        let approval = evidence.approval(node).filter(|it| is_identity(it.reason));
        let Some(approval) = approval else { continue };
        let place = place_of(evidence, node, |it| it.flags.has_any(Flags::DOUBTFUL));
        let told = said(look, &place).unwrap_or_else(|| words(approval));
        look.at(node, place, told);
    }
}

/// What a reader said of the same entry, which names both packages.
fn said(look: &Look<'_>, place: &Place) -> Option<String> {
    let ids = ["npm/resolved-mismatch", "npm/manifest-mismatch"];
    let mut all = look.evidence.diagnostics.iter();
    let found = all.find(|it| ids.contains(&it.code.id) && it.place.entry == place.entry);
    found.map(|it| it.message.clone())
}

pub(super) fn integrity_missing(look: &mut Look<'_>) {
    flagged(look, Flags::UNVERIFIED, "the lockfile has no digest of it");
}

pub(super) fn integrity_weak(look: &mut Look<'_>) {
    flagged(
        look,
        Flags::WEAK_DIGEST,
        "the lockfile has only a weak digest of it",
    );
}

pub(super) fn insecure(look: &mut Look<'_>) {
    flagged(
        look,
        Flags::INSECURE,
        "it is fetched over http or git without encryption",
    );
}

pub(super) fn shrinkwrap(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let nodes = evidence.packages();
    for node in nodes.filter(|it| it.flags().has(Flags::HAS_SHRINKWRAP)) {
        let place = place_of(evidence, node, |it| it.flags.has(Flags::HAS_SHRINKWRAP));
        let message =
            "what is installed beneath it stands in its own archive, whatever this lockfile says";
        look.at(node, place, message.to_owned());
    }
}

/// Repeats what a reader said.
fn repeated(look: &mut Look<'_>, ids: &[&str]) {
    for it in look.evidence.diagnostics {
        if ids.contains(&it.code.id) {
            let subject = format!("{} {}", it.code.id, it.place);
            look.project(&subject, it.place.clone(), it.message.clone());
        }
    }
}

pub(super) fn both(look: &mut Look<'_>) {
    repeated(look, &["bomtrail/second-lockfile"]);
}

pub(super) fn not_as_npm_writes(look: &mut Look<'_>) {
    repeated(look, &["npm/not-as-npm-writes"]);
}

pub(super) fn command_clash(look: &mut Look<'_>) {
    repeated(look, &["npm/command-clash"]);
}

pub(super) fn out_of_sync(look: &mut Look<'_>) {
    repeated(
        look,
        &[
            "npm/out-of-step",
            "npm/merge-conflict",
            "npm/broken-link",
            "npm/other-source",
        ],
    );
    let evidence = look.evidence;
    let own = evidence
        .graph
        .nodes()
        .filter(|it| matches!(it.component().role, Role::Root | Role::Member));
    for node in own {
        for edge in node.edges() {
            let range = edge.range().unwrap_or("*");
            let message = match edge.problem() {
                Some(Problem::Missing) => format!("nothing provides `{}@{range}`", edge.name()),
                Some(Problem::Invalid) => {
                    let found = edge.to().and_then(NodeRef::version).unwrap_or("no version");
                    format!("`{}@{range}` resolves to `{found}`", edge.name())
                }
                None => continue,
            };
            let place = place_of(evidence, node, |_| true);
            let subject = format!("{} {}", node.reference(), edge.name());
            look.project(&subject, place, message);
        }
    }
}

pub(super) fn alias(look: &mut Look<'_>) {
    let evidence = look.evidence;
    let mut aliases: BTreeSet<(_, &str)> = BTreeSet::new();
    for edge in evidence.graph.edges() {
        let alias = edge.detail().and_then(|it| it.alias.as_deref());
        if let (Some(node), Some(alias)) = (edge.to(), alias) {
            aliases.insert((node.id(), alias));
        }
    }
    for (id, alias) in aliases {
        if let Some(node) = evidence.graph.node(id) {
            let message = format!("`{alias}` is an alias of `{}`", node.name());
            look.package(node, message);
        }
    }
}

pub(super) fn bundled(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence
        .graph
        .nodes()
        .filter(|it| it.flags().has(Flags::CARRIED))
    {
        let place = place_of(evidence, node, |it| it.flags.has(Flags::CARRIED));
        let entry = place.entry.clone().unwrap_or_default();
        let message = if node.flags().has(Flags::UNLISTED) {
            format!(
                "`{entry}` is said to come in the archive of a package above it, which does not list it"
            )
        } else {
            format!("`{entry}` comes in the archive of the package above it")
        };
        look.at(node, place, message);
    }
}
