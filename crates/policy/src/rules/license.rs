//! Rules about licences. An unknown licence is reported as unknown, never accepted as allowed.

use bomtrail_graph::{License, NodeRef};

use crate::context::RuleContext;
use crate::verdict::Verdict;

/// The licences of a package: from the inputs, otherwise from the facts file.
fn stated(context: &RuleContext<'_>, node: NodeRef<'_>) -> Vec<License> {
    let known = node.component().licenses.known();
    if let Some(known) = known.filter(|it| !it.is_empty()) {
        return known.to_vec();
    }
    let facts = context.evidence.facts.zip(node.purl());
    let facts = facts.and_then(|(facts, purl)| facts.get(purl));
    let license = facts.and_then(|it| License::declared(it.license.as_deref()?));
    license.into_iter().collect()
}

/// Whether an expression can be met with licences that `fits` accepts. `None` where it is not an expression.
fn evaluate(license: &License, fits: impl Fn(&str) -> bool) -> Option<bool> {
    let mode = spdx::ParseMode {
        allow_deprecated: true,
        ..spdx::ParseMode::STRICT
    };
    let expression = spdx::Expression::parse_mode(license.text(), mode).ok()?;
    Some(expression.evaluate(|requirement| {
        let whole = requirement.to_string();
        // `Apache-2.0 WITH X` and `GPL-2.0-only+` are allowed under their own names or that of the licence alone.
        let bare = whole.split(" WITH ").next().unwrap_or(&whole);
        fits(&whole) || (requirement.addition.is_none() && fits(bare.trim_end_matches('+')))
    }))
}

fn listed(list: &[String], name: &str) -> bool {
    list.iter().any(|it| it.eq_ignore_ascii_case(name))
}

pub(super) fn allow(context: &mut RuleContext<'_>) {
    let allowed = context.setting.licenses.clone();
    let unknown = context.setting.unknown;
    let evidence = context.evidence;
    for node in evidence.packages() {
        let all = stated(context, node);
        let verdicts: Vec<Option<bool>> = all
            .iter()
            .map(|it| evaluate(it, |name| listed(&allowed, name)))
            .collect();
        if all.is_empty() || verdicts.iter().any(Option::is_none) {
            if unknown == Some(Verdict::Allow) {
                continue;
            }
            context.package(node, unknown_words(&all));
            if let Some(verdict) = unknown {
                context.set_verdict(verdict);
            }
        } else if verdicts.contains(&Some(false)) {
            context.package(node, format!("its licence is `{}`", texts(&all)));
        }
    }
}

pub(super) fn deny(context: &mut RuleContext<'_>) {
    let denied = context.setting.licenses.clone();
    let evidence = context.evidence;
    for node in evidence.packages() {
        let all = stated(context, node);
        // A package that can be used under another licence is not denied.
        let hit = all
            .iter()
            .any(|it| evaluate(it, |name| !listed(&denied, name)) == Some(false));
        if hit {
            context.package(node, format!("its licence is `{}`", texts(&all)));
        }
    }
}

fn texts(all: &[License]) -> String {
    let texts: Vec<&str> = all.iter().map(License::text).collect();
    texts.join("`, `")
}

fn unknown_words(all: &[License]) -> String {
    if all.is_empty() {
        "its licence is unknown".to_owned()
    } else {
        format!(
            "its licence is stated as `{}`, which is not an SPDX expression",
            texts(all)
        )
    }
}
