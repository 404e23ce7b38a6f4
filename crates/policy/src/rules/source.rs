//! Rules about where packages come from.

use std::collections::BTreeSet;

use bomtrail_graph::{Flags, NodeId, NodeRef, Origin, Role};

use super::Verdict;
use crate::evidence::Mirror;
use crate::finding::Look;
use crate::policy::Scope;

/// The packages that the project itself asks for.
fn direct(look: &Look<'_>) -> BTreeSet<NodeId> {
    let graph = look.evidence.graph;
    let own = graph
        .nodes()
        .filter(|it| matches!(it.component().role, Role::Root | Role::Member));
    own.flat_map(|it| it.dependencies().map(NodeRef::id))
        .collect()
}

/// Tells the packages of some origins, within the scope the rule is set to.
fn of_origin(look: &mut Look<'_>, origins: &[Origin], message: &str) {
    let direct = direct(look);
    let evidence = look.evidence;
    for node in evidence.packages() {
        let in_scope = match look.setting.scope {
            Scope::All => true,
            Scope::Direct => direct.contains(&node.id()),
            Scope::Transitive => !direct.contains(&node.id()),
        };
        if in_scope && origins.contains(&node.component().origin) {
            let source = node
                .component()
                .source
                .as_deref()
                .unwrap_or("an unknown place");
            look.package(node, format!("{message} `{source}`"));
        }
    }
}

pub(super) fn only_registry(look: &mut Look<'_>) {
    of_origin(look, &[Origin::Git, Origin::RemoteArchive], "it is from");
}

pub(super) fn git(look: &mut Look<'_>) {
    of_origin(look, &[Origin::Git], "it is from the repository");
}

pub(super) fn remote(look: &mut Look<'_>) {
    of_origin(look, &[Origin::RemoteArchive], "it is the archive");
}

pub(super) fn git_ref(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.packages() {
        let url = node.purl().and_then(|it| it.qualifier("vcs_url"));
        let Some(url) = url else { continue };
        let commit = url.rsplit_once('@').map_or("", |(_, commit)| commit);
        let whole =
            matches!(commit.len(), 40 | 64) && commit.bytes().all(|it| it.is_ascii_hexdigit());
        if !whole {
            look.package(node, format!("`{url}` names no commit"));
        }
    }
}

/// True for a registry that the policy names.
fn is_known(look: &Look<'_>, registry: &str) -> bool {
    let plain = |it: &str| it.trim_end_matches('/').to_ascii_lowercase();
    let known = &look.policy.options.registries;
    known.iter().any(|it| plain(it) == plain(registry))
}

/// Tells of another registry that stands in for the public one. Pinned digests hold what comes from there to what was
/// reviewed, so it is no more than a warning unless the policy says otherwise.
fn mirror(look: &mut Look<'_>, mirror: &Mirror) {
    let from_there = |node: NodeRef<'_>| {
        let of_scope = mirror.scope.as_deref().is_none_or(|scope| {
            let name = node.name().split_once('/');
            name.is_some_and(|(it, _)| it == scope)
        });
        of_scope && node.component().origin == Origin::Registry
    };
    let fetched = look.evidence.packages().any(from_there);
    if !fetched || is_known(look, &mirror.url) {
        return;
    }
    let message = format!(
        "what the lockfile has from the public registry is fetched from `{}`; only pinned digests say that it is the same",
        mirror.url
    );
    look.project(&mirror.url, mirror.place.clone(), message);
    if look.setting.verdict.is_none() {
        look.taken_as(Verdict::Warn);
    }
}

pub(super) fn unknown_registry(look: &mut Look<'_>) {
    for it in look.evidence.mirrors {
        mirror(look, it);
    }
    let evidence = look.evidence;
    for node in evidence.packages() {
        let component = node.component();
        let fetched = node.flags().has(Flags::FETCHED);
        let registry = node.purl().and_then(|it| it.qualifier("repository_url"));
        match (component.origin, registry) {
            (Origin::OtherRegistry, Some(registry)) if !is_known(look, &registry) => {
                look.package(node, format!("it is from the registry `{registry}`"));
            }
            (Origin::OtherRegistry, None) | (Origin::Unknown, _) if fetched => {
                let source = component.source.as_deref();
                let message = match source {
                    Some(source) => {
                        format!("`{source}` is the address of no registry that is known")
                    }
                    None => "nothing says where it is from".to_owned(),
                };
                look.package(node, message);
            }
            _ => {}
        }
    }
}
