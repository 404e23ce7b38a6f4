//! Rules about the sources of packages.

use std::collections::BTreeSet;

use bomtrail_graph::{Flags, NodeId, NodeRef, Origin, Place, Role};

use crate::context::RuleContext;
use crate::evidence::Mirror;
use crate::policy::Scope;
use crate::verdict::Verdict;

/// The packages that the project itself asks for.
fn direct(context: &RuleContext<'_>) -> BTreeSet<NodeId> {
    let graph = context.evidence.graph;
    let own = graph
        .nodes()
        .filter(|it| matches!(it.component().role, Role::Root | Role::Member));
    own.flat_map(|it| it.dependencies().map(NodeRef::id))
        .collect()
}

/// Reports the packages of some origins, within the scope of the rule.
fn of_origin(context: &mut RuleContext<'_>, origins: &[Origin], message: &str) {
    let direct = direct(context);
    let evidence = context.evidence;
    for node in evidence.packages() {
        let in_scope = match context.setting.scope {
            Scope::All => true,
            Scope::Direct => direct.contains(&node.id()),
            Scope::Transitive => !direct.contains(&node.id()),
        };
        if in_scope && origins.contains(&node.component().origin) {
            let source = node
                .component()
                .source
                .as_deref()
                .unwrap_or("an unknown source");
            context.package(node, format!("{message} `{source}`"));
        }
    }
}

pub(super) fn only_registry(context: &mut RuleContext<'_>) {
    of_origin(context, &[Origin::Git, Origin::RemoteArchive], "it is from");
}

pub(super) fn git(context: &mut RuleContext<'_>) {
    of_origin(context, &[Origin::Git], "it is from the repository");
}

pub(super) fn remote(context: &mut RuleContext<'_>) {
    of_origin(context, &[Origin::RemoteArchive], "it is the archive");
}

pub(super) fn git_ref(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.packages() {
        let url = node.purl().and_then(|it| it.qualifier("vcs_url"));
        let Some(url) = url else { continue };
        let commit = url.rsplit_once('@').map_or("", |(_, commit)| commit);
        let whole =
            matches!(commit.len(), 40 | 64) && commit.bytes().all(|it| it.is_ascii_hexdigit());
        if !whole {
            context.package(node, format!("`{url}` does not name a commit"));
        }
    }
}

/// True for a registry in `registries` of the policy.
fn is_known(context: &RuleContext<'_>, registry: &str) -> bool {
    let known = &context.policy.options.registries;
    known.iter().any(|it| is_same(it, registry))
}

fn is_same(one: &str, other: &str) -> bool {
    let plain = |it: &str| it.trim_end_matches('/').to_ascii_lowercase();
    plain(one) == plain(other)
}

/// Where a registry is set, in parentheses; empty for a setting of the project.
fn set_by(mirror: &Mirror) -> String {
    let set_by = mirror.set_by.as_ref();
    set_by
        .map(|it| format!(" (set by {it})"))
        .unwrap_or_default()
}

/// The message about a package from a registry. Where the lockfile has no address, a setting names the registry.
fn from_registry(context: &RuleContext<'_>, node: NodeRef<'_>, registry: &str) -> String {
    let mut mirrors = context.evidence.mirrors.iter();
    let unstated = node.component().source.is_none();
    let mirror = mirrors.find(|it| unstated && is_same(&it.url, registry));
    let set_by = mirror.map(set_by).unwrap_or_default();
    format!("it is from the registry `{registry}`{set_by}")
}

/// Reports a registry that is used instead of the public one. Pinned digests still guarantee the reviewed bytes, so it is a
/// warning unless the policy sets another verdict.
fn mirror(context: &mut RuleContext<'_>, mirror: &Mirror) {
    let from_there = |node: NodeRef<'_>| {
        let of_scope = mirror.scope.as_deref().is_none_or(|scope| {
            let name = node.name().split_once('/');
            name.is_some_and(|(it, _)| it == scope)
        });
        of_scope && node.component().origin == Origin::Registry
    };
    let fetched = context.evidence.packages().any(from_there);
    if !fetched || is_known(context, &mirror.url) {
        return;
    }
    let message = format!(
        "packages of the public registry are fetched from `{}`{}; only pinned digests prove that they are the same",
        mirror.url,
        set_by(mirror),
    );
    warning(context, &mirror.url, mirror.place.clone(), message);
}

/// Reports settings that cannot be read: they may name any registry.
fn unread(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    let input = evidence.graph.inputs().first();
    let place = Place::file(input.map_or("", |it| &*it.path));
    let all = evidence.diagnostics.iter();
    for it in all.filter(|it| it.code.id == "bomtrail/npm-settings-unread") {
        warning(context, it.code.id, place.clone(), it.message.clone());
    }
}

/// A finding that is a warning unless the policy sets another verdict.
fn warning(context: &mut RuleContext<'_>, subject: &str, place: Place, message: String) {
    context.project(subject, place, message);
    if context.setting.verdict.is_none() {
        context.set_verdict(Verdict::Warn);
    }
}

pub(super) fn unknown_registry(context: &mut RuleContext<'_>) {
    for it in context.evidence.mirrors {
        mirror(context, it);
    }
    unread(context);
    let evidence = context.evidence;
    for node in evidence.packages() {
        let component = node.component();
        let fetched = node.flags().has(Flags::FETCHED);
        let registry = node.purl().and_then(|it| it.qualifier("repository_url"));
        match (component.origin, registry) {
            (Origin::OtherRegistry, Some(registry)) if !is_known(context, &registry) => {
                let message = from_registry(context, node, &registry);
                context.package(node, message);
            }
            (Origin::OtherRegistry, None) | (Origin::Unknown, _) if fetched => {
                let source = component.source.as_deref();
                let message = match source {
                    Some(source) => {
                        format!("`{source}` is not the address of a known registry")
                    }
                    None => "its source is unknown".to_owned(),
                };
                context.package(node, message);
            }
            _ => {}
        }
    }
}
