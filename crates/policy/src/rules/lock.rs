//! Rules about lockfiles.

use std::collections::BTreeSet;

use bomtrail_graph::{Flags, Lifecycle, NodeRef, Place, Problem, Role};

use super::approvals::{is_identity, words};
use crate::context::{RuleContext, place_of};
use crate::evidence::Evidence;

/// Reports every package that has a flag at one of its places, at that place.
fn flagged(context: &mut RuleContext<'_>, flag: Flags, message: &str) {
    let evidence = context.evidence;
    for node in evidence.graph.nodes().filter(|it| it.flags().has(flag)) {
        let place = place_of(evidence, node, |it| it.flags.has(flag));
        context.at(node, place, message.to_owned());
    }
}

pub(super) fn identity(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.graph.nodes() {
        let approval = evidence.approval(node).filter(|it| is_identity(it.reason));
        let Some(approval) = approval else { continue };
        let place = place_of(evidence, node, |it| it.flags.has_any(Flags::DOUBTFUL));
        let message = reported(context, &place).unwrap_or_else(|| words(approval));
        context.at(node, place, message);
    }
}

/// The message of a reader about the same entry, which names both packages.
fn reported(context: &RuleContext<'_>, place: &Place) -> Option<String> {
    let ids = ["npm/resolved-mismatch", "npm/manifest-mismatch"];
    let mut all = context.evidence.diagnostics.iter();
    let found = all.find(|it| ids.contains(&it.code.id) && it.place.entry == place.entry);
    found.map(|it| it.message.clone())
}

pub(super) fn integrity_missing(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let flag = Flags::UNVERIFIED;
    for node in evidence.graph.nodes().filter(|it| it.flags().has(flag)) {
        let place = place_of(evidence, node, |it| it.flags.has(flag));
        let mut inputs = evidence.graph.inputs().iter();
        let input = inputs.find(|it| *it.path == *place.path);
        let message = match input.map(|it| it.lifecycle) {
            Some(Lifecycle::Build) => "what is installed states no digest of it",
            _ if is_left_out(evidence, node) => {
                "the lockfile has no digest of it: Yarn writes none for a package of some platforms"
            }
            _ => "the lockfile has no digest of it",
        };
        context.at(node, place, message.to_owned());
    }
}

/// True for a package of some platforms in a lockfile of Yarn 2 or later, which has no digest of such packages.
fn is_left_out(evidence: &Evidence<'_>, node: NodeRef<'_>) -> bool {
    let details = node.component().details.as_ref();
    let is_limited =
        details.is_some_and(|it| !(it.os.is_empty() && it.cpu.is_empty() && it.libc.is_empty()));
    is_limited && is_of("yarn", evidence, node)
}

pub(super) fn integrity_weak(context: &mut RuleContext<'_>) {
    flagged(
        context,
        Flags::WEAK_DIGEST,
        "the lockfile has only a weak digest of it",
    );
}

pub(super) fn insecure(context: &mut RuleContext<'_>) {
    flagged(
        context,
        Flags::INSECURE,
        "it is fetched over http or git without encryption",
    );
}

pub(super) fn shrinkwrap(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let nodes = evidence.packages();
    for node in nodes.filter(|it| it.flags().has(Flags::HAS_SHRINKWRAP)) {
        let place = place_of(evidence, node, |it| it.flags.has(Flags::HAS_SHRINKWRAP));
        let message = "its archive has an `npm-shrinkwrap.json`, which decides what is installed below it instead of this lockfile";
        context.at(node, place, message.to_owned());
    }
}

/// Repeats the diagnostics of readers.
pub(super) fn repeated(context: &mut RuleContext<'_>, ids: &[&str]) {
    for it in context.evidence.diagnostics {
        if ids.contains(&it.code.id) {
            let subject = format!("{} {}", it.code.id, it.place);
            context.project(&subject, it.place.clone(), it.message.clone());
        }
    }
}

pub(super) fn both(context: &mut RuleContext<'_>) {
    // Whatever package.json names, somebody may run the other manager.
    let ids = [
        "bomtrail/second-lockfile",
        "bomtrail/other-lockfile",
        "bomtrail/leftover-lockfile",
    ];
    repeated(context, &ids);
}

pub(super) fn not_as_npm_writes(context: &mut RuleContext<'_>) {
    let ids = ["npm/not-as-npm-writes", "npm/not-as-manager-writes"];
    repeated(context, &ids);
}

pub(super) fn unsafe_setting(context: &mut RuleContext<'_>) {
    // Settings that cannot be read may have any value.
    repeated(context, &["npm/unsafe-setting", "npm/settings"]);
}

pub(super) fn command_clash(context: &mut RuleContext<'_>) {
    repeated(context, &["npm/command-clash"]);
}

pub(super) fn out_of_sync(context: &mut RuleContext<'_>) {
    repeated(
        context,
        &[
            "npm/out-of-step",
            "npm/merge-conflict",
            "npm/broken-link",
            "npm/other-source",
            "npm/other-version",
            "bomtrail/stale-lockfile",
        ],
    );
    let evidence = context.evidence;
    let own = evidence
        .graph
        .nodes()
        .filter(|it| matches!(it.component().role, Role::Root | Role::Member));
    let mut diagnostics = evidence.diagnostics.iter();
    let ignores_peers = diagnostics.any(|it| it.code.id == "npm/legacy-peer-deps");
    for node in own {
        let is_manifest = is_of_manifest(evidence, node);
        let ignores_peers = ignores_peers && is_of("npm", evidence, node);
        let edges = node.edges();
        for edge in edges.filter(|it| !(ignores_peers && it.need().is_peer())) {
            let range = edge.range().unwrap_or("*");
            let message = match edge.problem() {
                Some(Problem::Missing) if is_manifest => continue,
                Some(Problem::Missing) => format!("nothing provides `{}@{range}`", edge.name()),
                Some(Problem::Invalid) => {
                    let found = edge.to().and_then(NodeRef::version).unwrap_or("no version");
                    format!("`{}@{range}` resolves to `{found}`", edge.name())
                }
                None => continue,
            };
            let place = place_of(evidence, node, |_| true);
            let subject = format!("{} {}", node.reference(), edge.name());
            context.project(&subject, place, message);
        }
    }
}

/// True for a node of projects of one package manager.
fn is_of(manager: &str, evidence: &Evidence<'_>, node: NodeRef<'_>) -> bool {
    let of_input = |input: u32| evidence.inputs.get(input as usize)?.manager;
    let mut instances = node.instances().iter();
    instances.all(|it| of_input(it.input).is_some_and(|it| it.name == manager))
}

/// True for a node that only a manifest states: no lockfile can be out of sync with it.
fn is_of_manifest(evidence: &Evidence<'_>, node: NodeRef<'_>) -> bool {
    let facts = |input: u32| evidence.inputs.get(input as usize);
    let mut instances = node.instances().iter();
    instances.all(|it| facts(it.input).is_some_and(|it| it.is_manifest))
}

/// Manifests without a lockfile, of projects that need packages.
pub(super) fn missing(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let asking: BTreeSet<u32> = evidence
        .graph
        .nodes()
        .filter(|it| it.edges().next().is_some())
        .flat_map(|it| it.instances().iter().map(|it| it.input))
        .collect();
    let inputs = evidence.graph.inputs().iter().zip(evidence.inputs);
    for ((input, facts), number) in inputs.zip(0_u32..) {
        if facts.is_manifest && asking.contains(&number) {
            let lockfile = facts.manager.map(|it| it.lockfile);
            let message = match lockfile.filter(|it| !it.is_empty()) {
                Some(lockfile) => format!("`{}` has no `{lockfile}`", input.path),
                None => format!("`{}` has no lockfile", input.path),
            };
            context.project(&input.path, Place::file(&input.path), message);
        }
    }
}

pub(super) fn alias(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
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
            context.package(node, message);
        }
    }
}

pub(super) fn bundled(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence
        .graph
        .nodes()
        .filter(|it| it.flags().has(Flags::CARRIED))
    {
        let place = place_of(evidence, node, |it| it.flags.has(Flags::CARRIED));
        let entry = place.entry.clone().unwrap_or_default();
        let message =
            format!("`{entry}` is bundled: it comes in the archive of the package above it");
        context.at(node, place, message);
    }
}
