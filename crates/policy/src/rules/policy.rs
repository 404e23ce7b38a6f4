//! Rules about the policy itself.

use crate::context::{RuleContext, line_of};
use crate::policy::Setting;
use crate::verdict::Verdict;

/// Unused exceptions are found once all other rules have run.
pub(super) fn unused_exception(_context: &mut RuleContext<'_>) {}

pub(super) fn contradiction(context: &mut RuleContext<'_>) {
    let policy = context.policy;
    let mut found: Vec<(usize, String)> = Vec::new();
    for (id, setting) in &policy.settings {
        if let Some(why) = useless(id, setting, context.verdict_of(id)) {
            found.push((setting.line, format!("`{id}` {why}")));
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
            let line = policy.setting("license/deny").map_or(0, |it| it.line);
            found.push((line, format!("`{both}` is both allowed and denied")));
        }
    }
    for exception in &policy.exceptions {
        if context.verdict_of(&exception.rule) == Verdict::Allow {
            let message = format!(
                "there is an exception from `{}`, which is set to `allow`",
                exception.rule
            );
            found.push((exception.line, message));
        }
    }
    for (line, message) in found {
        let subject = message.clone();
        context.project(&subject, line_of(&policy.path, line), message);
    }
}

/// Why a setting of a rule has no effect.
fn useless(id: &str, setting: &Setting, verdict: Verdict) -> Option<&'static str> {
    let needs_names = matches!(id, "graph/singleton" | "pkg/scope-allow");
    let needs_limit = matches!(id, "graph/max-depth" | "graph/max-packages");
    let needs_licenses = matches!(id, "license/allow-only" | "license/deny");
    let options = !setting.packages.is_empty()
        || setting.limit.is_some()
        || setting.days.is_some()
        || !setting.licenses.is_empty();
    if verdict == Verdict::Allow {
        return options.then_some("has options and is set to `allow`, so it does not run");
    }
    if needs_names && setting.packages.is_empty() {
        return Some("has no `packages`, so it finds nothing or everything");
    }
    if needs_limit && setting.limit.is_none() {
        return Some("has no `limit`, so it finds nothing");
    }
    if needs_licenses && setting.licenses.is_empty() {
        return Some("has no `licenses`, so it finds nothing or everything");
    }
    (id == "age/min-release" && setting.days == Some(0))
        .then_some("has `days = 0`, so it finds nothing")
}
