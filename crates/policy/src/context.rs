//! One rule while it runs: what it looks at, what it is set to, and what it has found.

use bomtrail_graph::{Instance, NodeId, NodeRef, Place};

use crate::evidence::Evidence;
use crate::policy::{Policy, Setting};
use crate::rule::Rule;
use crate::verdict::Verdict;

/// What a rule found, without the rule.
#[derive(Debug)]
pub(crate) struct RawFinding {
    pub(crate) node: Option<NodeId>,
    pub(crate) subject: String,
    pub(crate) message: String,
    pub(crate) place: Place,
    /// A verdict other than that of the rule.
    pub(crate) verdict: Option<Verdict>,
}

/// One rule while it runs.
pub(crate) struct RuleContext<'a> {
    pub(crate) evidence: &'a Evidence<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) setting: &'a Setting,
    /// Every rule there is.
    pub(crate) rules: &'static [Rule],
    pub(crate) found: Vec<RawFinding>,
}

impl RuleContext<'_> {
    /// A finding about a package, at its first place.
    pub(crate) fn package(&mut self, node: NodeRef<'_>, message: String) {
        let place = place_of(self.evidence, node, |_| true);
        self.at(node, place, message);
    }

    /// A finding about a package, at a place.
    pub(crate) fn at(&mut self, node: NodeRef<'_>, place: Place, message: String) {
        self.found.push(RawFinding {
            node: Some(node.id()),
            subject: node.reference().into_owned(),
            message,
            place,
            verdict: None,
        });
    }

    /// A finding about the project as a whole.
    pub(crate) fn project(&mut self, subject: &str, place: Place, message: String) {
        self.found.push(RawFinding {
            node: None,
            subject: subject.to_owned(),
            message,
            place,
            verdict: None,
        });
    }

    /// Gives the last finding a verdict of its own.
    pub(crate) fn set_verdict(&mut self, verdict: Verdict) {
        if let Some(last) = self.found.last_mut() {
            last.verdict = Some(verdict);
        }
    }

    /// The verdict of another rule under this policy.
    pub(crate) fn verdict_of(&self, id: &str) -> Verdict {
        let set = self.policy.setting(id).and_then(|it| it.verdict);
        let rule = self.rules.iter().find(|it| it.id == id);
        set.or(rule.map(|it| it.default)).unwrap_or(Verdict::Allow)
    }
}

/// A place of a package in its input: the first one that `is` accepts, otherwise the first of all.
pub(crate) fn place_of(
    evidence: &Evidence<'_>,
    node: NodeRef<'_>,
    is: impl Fn(&Instance) -> bool,
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
    let path = input.map_or("", |it| &*it.path);
    Place::entry(path, &instance.place)
}

/// A line of a file; the file alone where the line is 0, for what was made in memory.
pub(crate) fn line_of(path: &str, line: usize) -> Place {
    if line == 0 {
        return Place::file(path);
    }
    Place::line(path, line, None)
}
