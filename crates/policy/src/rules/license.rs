//! Rules about licences. An unknown licence is told as such, never taken for an allowed one.

use bomtrail_graph::{License, NodeRef};

use super::Verdict;
use crate::finding::Look;

/// What is stated of a package's licences: by inputs, else by the facts file.
fn stated(look: &Look<'_>, node: NodeRef<'_>) -> Vec<License> {
    let known = node.component().licenses.known();
    if let Some(known) = known.filter(|it| !it.is_empty()) {
        return known.to_vec();
    }
    let facts = look.evidence.facts.zip(node.purl());
    let facts = facts.and_then(|(facts, purl)| facts.get(purl));
    let license = facts.and_then(|it| License::declared(it.license.as_deref()?));
    license.into_iter().collect()
}

/// Whether an expression can be used with only such licences as `fits` takes. `None` for what is no expression.
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

pub(super) fn allow(look: &mut Look<'_>) {
    let allowed = look.setting.licenses.clone();
    let unknown = look.setting.unknown;
    let evidence = look.evidence;
    for node in evidence.packages() {
        let all = stated(look, node);
        let verdicts: Vec<Option<bool>> = all
            .iter()
            .map(|it| evaluate(it, |name| listed(&allowed, name)))
            .collect();
        if all.is_empty() || verdicts.iter().any(Option::is_none) {
            if unknown == Some(Verdict::Allow) {
                continue;
            }
            look.package(node, unknown_words(&all));
            if let Some(verdict) = unknown {
                look.taken_as(verdict);
            }
        } else if verdicts.contains(&Some(false)) {
            look.package(node, format!("its licence is `{}`", texts(&all)));
        }
    }
}

pub(super) fn deny(look: &mut Look<'_>) {
    let refused = look.setting.licenses.clone();
    let evidence = look.evidence;
    for node in evidence.packages() {
        let all = stated(look, node);
        // What can be used under another licence is not refused.
        let hit = all
            .iter()
            .any(|it| evaluate(it, |name| !listed(&refused, name)) == Some(false));
        if hit {
            look.package(node, format!("its licence is `{}`", texts(&all)));
        }
    }
}

fn texts(all: &[License]) -> String {
    let texts: Vec<&str> = all.iter().map(License::text).collect();
    texts.join("`, `")
}

fn unknown_words(all: &[License]) -> String {
    if all.is_empty() {
        "nothing states its licence".to_owned()
    } else {
        format!(
            "its licence is stated as `{}`, which is no SPDX expression",
            texts(all)
        )
    }
}
