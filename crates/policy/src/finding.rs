//! Running the rules.

use bomtrail_graph::{NodeId, PackageManager, Place};

use crate::context::{RawFinding, RuleContext};
use crate::evidence::Evidence;
use crate::exceptions;
use crate::policy::{Policy, Setting};
use crate::rule::Rule;
use crate::rules::RULES;
use crate::verdict::Verdict;

/// A finding of a rule.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The verdict under the policy; never [`Verdict::Allow`].
    pub verdict: Verdict,
    /// The package it is about.
    pub node: Option<NodeId>,
    /// What it is about, as a stable text: a Package URL, or a name of its own.
    pub subject: String,
    /// Lower-case fragment.
    pub message: String,
    /// What to do, in the words of the package manager of the input.
    pub help: String,
    /// Where.
    pub place: Place,
    /// The reason of the exception that covers it.
    pub excepted: Option<String>,
}

/// Every finding, sorted by rule, subject and place.
pub fn check(evidence: &Evidence<'_>, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let unset = Setting::default();
    for rule in RULES {
        let setting = policy.setting(rule.id).unwrap_or(&unset);
        let verdict = setting.verdict.unwrap_or(rule.default);
        if verdict == Verdict::Allow {
            continue;
        }
        let mut context = RuleContext {
            evidence,
            policy,
            setting,
            rules: RULES,
            found: Vec::new(),
        };
        (rule.run)(&mut context);
        let found = context.found.into_iter();
        findings.extend(found.map(|it| finding(evidence, rule, verdict, it)));
    }
    exceptions::apply(evidence, policy, &mut findings);
    let position = |id: &str| RULES.iter().position(|it| it.id == id);
    findings.sort_by_cached_key(|it| {
        let Finding {
            subject,
            place,
            message,
            ..
        } = it;
        (
            position(it.rule.id),
            subject.clone(),
            place.clone(),
            message.clone(),
        )
    });
    findings
}

fn finding(
    evidence: &Evidence<'_>,
    rule: &'static Rule,
    verdict: Verdict,
    found: RawFinding,
) -> Finding {
    let manager = manager_of(evidence, &found);
    Finding {
        rule,
        verdict: found.verdict.unwrap_or(verdict),
        node: found.node,
        subject: found.subject,
        message: found.message,
        help: rule.help_for(manager),
        place: found.place,
        excepted: None,
    }
}

/// The package manager of the input that a finding is about; where that is not an input, that of the first input.
fn manager_of(evidence: &Evidence<'_>, found: &RawFinding) -> Option<&'static PackageManager> {
    let inputs = evidence.graph.inputs();
    let of_place = inputs.iter().position(|it| *it.path == *found.place.path);
    let of_node = || {
        let node = evidence.graph.node(found.node?)?;
        node.instances().first().map(|it| it.input as usize)
    };
    let position = of_place.or_else(of_node).unwrap_or_default();
    evidence.inputs.get(position)?.manager
}

/// True when a check with these findings fails.
pub fn fails(findings: &[Finding], policy: &Policy) -> bool {
    findings
        .iter()
        .any(|it| it.excepted.is_none() && it.verdict >= policy.options.fail_on)
}
