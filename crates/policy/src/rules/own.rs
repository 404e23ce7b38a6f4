//! Rules about single packages, and about the policy itself.

use bomtrail_graph::{ApprovalStatus, Flags, NodeRef, Origin, Place};

use super::{RULES, Verdict};
use crate::evidence::Script;
use crate::finding::Look;

pub(super) fn scripts(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence
        .packages()
        .filter(|it| it.flags().has(Flags::INSTALL_SCRIPT))
    {
        let decision = evidence
            .approval(node)
            .filter(|it| it.status() == ApprovalStatus::Approved)
            .and_then(|it| it.decision.as_deref());
        match decision.and_then(|it| it.install_scripts) {
            Some(true) => {}
            Some(false) => look.package(
                node,
                "its review does not let it run install scripts".to_owned(),
            ),
            None if manifest_allows(evidence.scripts, node) == Some(true) => {}
            None => look.package(node, "it runs an install script".to_owned()),
        }
    }
}

/// What the manifest says of the install scripts of a registry package; a refusal wins.
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

pub(super) fn deprecated(look: &mut Look<'_>) {
    let evidence = look.evidence;
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
            look.package(node, format!("it is deprecated: {message}"));
        } else if facts.is_some_and(|it| it.deprecated == Some(true)) {
            look.package(node, "it is deprecated".to_owned());
        }
    }
}

/// True when a name is one of the patterns; `*` stands for any text.
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

pub(super) fn scope(look: &mut Look<'_>) {
    let allowed = look.setting.packages.clone();
    let evidence = look.evidence;
    for node in evidence.packages() {
        if !matches_any(&allowed, node.name()) {
            look.package(node, "its name is not among those allowed".to_owned());
        }
    }
}

pub(super) fn platform(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.packages() {
        let Some(details) = &node.component().details else {
            continue;
        };
        let limits = details.os.iter().chain(&details.cpu).chain(&details.libc);
        let limits: Vec<&str> = limits.map(|it| &**it).collect();
        if !limits.is_empty() {
            look.package(
                node,
                format!("it installs on `{}` only", limits.join("`, `")),
            );
        }
    }
}

/// For a rule that others find for.
pub(super) fn nothing(_look: &mut Look<'_>) {}

pub(super) fn contradiction(look: &mut Look<'_>) {
    let policy = look.policy;
    let mut told: Vec<(usize, String)> = Vec::new();
    for (id, setting) in &policy.settings {
        let default = RULES.iter().find(|it| it.id == id).map(|it| it.default);
        let verdict = setting.verdict.or(default).unwrap_or(Verdict::Allow);
        if let Some(why) = useless(id, setting, verdict) {
            told.push((setting.line, format!("`{id}` {why}")));
        }
    }
    let licenses = |id: &str| {
        policy
            .setting(id)
            .map(|it| it.licenses.as_slice())
            .unwrap_or_default()
    };
    for both in licenses("license/allow-only") {
        if licenses("license/deny")
            .iter()
            .any(|it| it.eq_ignore_ascii_case(both))
        {
            let line = policy.setting("license/deny").map_or(1, |it| it.line);
            told.push((line, format!("`{both}` is both allowed and denied")));
        }
    }
    for exception in &policy.exceptions {
        let default = RULES
            .iter()
            .find(|it| it.id == exception.rule)
            .map(|it| it.default);
        let set = policy.setting(&exception.rule).and_then(|it| it.verdict);
        if set.or(default) == Some(Verdict::Allow) {
            let message = format!(
                "there is an exception from `{}`, which is allowed anyway",
                exception.rule
            );
            told.push((exception.line, message));
        }
    }
    for (line, message) in told {
        let subject = message.clone();
        look.project(&subject, Place::line(&policy.path, line, None), message);
    }
}

/// Why what a rule is set to has no effect.
fn useless(id: &str, setting: &crate::policy::Setting, verdict: Verdict) -> Option<&'static str> {
    let needs_names = matches!(id, "graph/singleton" | "pkg/scope-allow");
    let needs_limit = matches!(id, "graph/max-depth" | "graph/max-packages");
    let needs_licenses = matches!(id, "license/allow-only" | "license/deny");
    let options = !setting.packages.is_empty()
        || setting.limit.is_some()
        || setting.days.is_some()
        || !setting.licenses.is_empty();
    if verdict == Verdict::Allow {
        return options.then_some("has options and is allowed, so that nobody looks");
    }
    if needs_names && setting.packages.is_empty() {
        return Some("names no `packages`, so that it finds nothing or everything");
    }
    if needs_limit && setting.limit.is_none() {
        return Some("has no `limit`, so that it finds nothing");
    }
    if needs_licenses && setting.licenses.is_empty() {
        return Some("names no `licenses`, so that it finds nothing or everything");
    }
    (id == "age/min-release" && setting.days == Some(0))
        .then_some("asks for 0 days, so that it finds nothing")
}
