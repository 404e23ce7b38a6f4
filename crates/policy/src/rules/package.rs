//! Rules about single packages.

use bomtrail_graph::{ApprovalStatus, Flags, NodeRef, Origin};

use super::lock::repeated;
use crate::context::RuleContext;
use crate::evidence::Script;

pub(super) fn scripts(context: &mut RuleContext<'_>) {
    repeated(context, &["npm/scripts-allowed"]);
    let evidence = context.evidence;
    for node in evidence
        .packages()
        .filter(|it| it.flags().has(Flags::INSTALL_SCRIPT))
    {
        let is_allowed = manifest_allows(evidence.scripts, node) == Some(true);
        if !is_allowed && !evidence.scripts_run {
            continue;
        }
        let decision = evidence
            .approval(node)
            .filter(|it| it.status() == ApprovalStatus::Approved)
            .and_then(|it| it.decision.as_deref());
        match decision.and_then(|it| it.install_scripts) {
            Some(true) => {}
            Some(false) => context.package(
                node,
                "its review does not allow its install scripts".to_owned(),
            ),
            None if is_allowed => {}
            None => context.package(node, "it runs an install script".to_owned()),
        }
    }
}

/// What the manifest says about the install scripts of a registry package; a refusal wins.
pub fn manifest_allows(scripts: &[Script], node: NodeRef<'_>) -> Option<bool> {
    if node.component().origin != Origin::Registry {
        return None;
    }
    let about = scripts.iter().filter(|it| {
        let version = node.version().unwrap_or_default();
        it.name == node.name()
            && (it.versions.is_empty() || it.versions.iter().any(|it| it == version))
    });
    about.map(|it| it.allowed).min()
}

pub(super) fn deprecated(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.packages() {
        let stated = node
            .component()
            .details
            .as_ref()
            .and_then(|it| it.deprecated.as_deref());
        let facts = evidence
            .facts
            .zip(node.purl())
            .and_then(|(facts, purl)| facts.get(purl));
        if let Some(message) = stated {
            context.package(node, format!("it is deprecated: {message}"));
        } else if facts.is_some_and(|it| it.deprecated == Some(true)) {
            context.package(node, "it is deprecated".to_owned());
        }
    }
}

/// True when a name matches one of the patterns; `*` matches any text.
pub(super) fn matches_any(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| {
        let Some((start, rest)) = pattern.split_once('*') else {
            return pattern == name;
        };
        let Some(mut left) = name.strip_prefix(start) else {
            return false;
        };
        let (middle, end) = rest
            .rsplit_once('*')
            .map_or((None, rest), |(middle, end)| (Some(middle), end));
        for part in middle
            .unwrap_or_default()
            .split('*')
            .filter(|it| !it.is_empty())
        {
            match left.split_once(part) {
                Some((_, after)) => left = after,
                None => return false,
            }
        }
        left.ends_with(end)
    })
}

pub(super) fn scope(context: &mut RuleContext<'_>) {
    let allowed = context.setting.packages.clone();
    let evidence = context.evidence;
    for node in evidence.packages() {
        if !matches_any(&allowed, node.name()) {
            context.package(node, "its name is not in `packages`".to_owned());
        }
    }
}

pub(super) fn platform(context: &mut RuleContext<'_>) {
    let evidence = context.evidence;
    for node in evidence.packages() {
        let Some(details) = &node.component().details else {
            continue;
        };
        let limits = details.os.iter().chain(&details.cpu).chain(&details.libc);
        let limits: Vec<&str> = limits.map(|it| &**it).collect();
        if !limits.is_empty() {
            context.package(
                node,
                format!("it can be installed on `{}` only", limits.join("`, `")),
            );
        }
    }
}
