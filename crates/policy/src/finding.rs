//! Running the rules, and what comes of it.

use bomtrail_graph::{NodeId, NodeRef, Place};

use crate::evidence::Evidence;
use crate::exceptions;
use crate::policy::{Policy, Setting};
use crate::rules::{RULES, Rule, Verdict};

/// Something a rule found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad the policy takes it; never [`Verdict::Allow`].
    pub verdict: Verdict,
    /// The package it is about.
    pub node: Option<NodeId>,
    /// What it is about, in one stable text: a Package URL, or a name of its own.
    pub subject: String,
    /// Lower-case fragment.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The reason of the exception that sets it aside.
    pub excepted: Option<String>,
}

/// What a rule hands over.
pub(crate) struct Hit {
    node: Option<NodeId>,
    subject: String,
    message: String,
    place: Place,
    verdict: Option<Verdict>,
}

/// One rule at work: what it is set to, and what it has found.
pub(crate) struct Look<'a> {
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) setting: &'a Setting,
    hits: Vec<Hit>,
}

impl Look<'_> {
    /// A finding about a package, at the first of its places that `at` is true for.
    pub(crate) fn package(&mut self, node: NodeRef<'_>, message: String) {
        let place = place_of(self.evidence, node, |_| true);
        self.at(node, place, message);
    }

    pub(crate) fn at(&mut self, node: NodeRef<'_>, place: Place, message: String) {
        self.hits.push(Hit {
            node: Some(node.id()),
            subject: node.reference().into_owned(),
            message,
            place,
            verdict: None,
        });
    }

    /// A finding about the project as a whole.
    pub(crate) fn project(&mut self, subject: &str, place: Place, message: String) {
        self.hits.push(Hit {
            node: None,
            subject: subject.to_owned(),
            message,
            place,
            verdict: None,
        });
    }

    /// Gives the last finding a verdict of its own.
    pub(crate) fn taken_as(&mut self, verdict: Verdict) {
        if let Some(last) = self.hits.last_mut() {
            last.verdict = Some(verdict);
        }
    }
}

/// Where a package stands in its input: the first place that `is` picks, else the first of all.
pub(crate) fn place_of(
    evidence: &Evidence<'_>,
    node: NodeRef<'_>,
    is: impl Fn(&bomtrail_graph::Instance) -> bool,
) -> Place {
    let instances = node.instances();
    let picked = instances
        .iter()
        .find(|it| is(it))
        .or_else(|| instances.first());
    let Some(instance) = picked else {
        return Place::default();
    };
    let input = evidence.graph.inputs().get(instance.input as usize);
    Place::entry(input.map_or("", |it| &*it.path), &instance.place)
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
        let mut look = Look {
            evidence,
            policy,
            setting,
            hits: Vec::new(),
        };
        (rule.look)(&mut look);
        findings.extend(look.hits.into_iter().map(|hit| finding(rule, verdict, hit)));
    }
    exceptions::apply(evidence, policy, &mut findings);
    findings.sort_by(|a, b| {
        let key = |it: &Finding| (it.rule.position(), it.subject.clone(), it.place.clone());
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    findings
}

fn finding(rule: &'static Rule, verdict: Verdict, hit: Hit) -> Finding {
    let Hit {
        node,
        subject,
        message,
        place,
        verdict: own,
    } = hit;
    Finding {
        rule,
        verdict: own.unwrap_or(verdict),
        node,
        subject,
        message,
        place,
        excepted: None,
    }
}

/// True when a check with these findings fails.
pub fn fails(findings: &[Finding], policy: &Policy) -> bool {
    findings
        .iter()
        .any(|it| it.excepted.is_none() && it.verdict >= policy.options.fail_on)
}
