//! Exceptions: a finding that is known and accepted for a while. One that is over counts no more, and is told.

use bomtrail_graph::{Place, Purl};

use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::policy::{Exception, Policy};
use crate::rules::{self, Rule, Verdict};

/// Sets aside what exceptions cover, and tells those that cover nothing or are over.
pub(crate) fn apply(evidence: &Evidence<'_>, policy: &Policy, findings: &mut Vec<Finding>) {
    let mut unused = Vec::new();
    for exception in &policy.exceptions {
        let over = exception.expires < evidence.today;
        let mut hits = 0_usize;
        for finding in findings.iter_mut() {
            let covered =
                finding.rule.id == exception.rule && is_about(evidence, finding, exception);
            if !covered {
                continue;
            }
            hits += 1;
            if !over {
                finding.excepted.get_or_insert(exception.reason.clone());
            }
        }
        let why = match (over, hits) {
            (true, 1..) => format!(
                "it was over on {}, and what it set aside counts again",
                exception.expires
            ),
            (true, 0) => format!("it was over on {}", exception.expires),
            (false, 0) if !evidence.whole => continue,
            (false, 0) => "nothing that it sets aside is found".to_owned(),
            (false, 1..) => continue,
        };
        unused.push((exception, why));
    }
    let Some(rule) = rules::rule("policy/unused-exception") else {
        return;
    };
    let setting = policy.setting(rule.id).and_then(|it| it.verdict);
    let verdict = setting.unwrap_or(rule.default);
    if verdict == Verdict::Allow {
        return;
    }
    for (exception, why) in unused {
        findings.push(told(rule, verdict, policy, exception, &why));
    }
}

fn told(
    rule: &'static Rule,
    verdict: Verdict,
    policy: &Policy,
    exception: &Exception,
    why: &str,
) -> Finding {
    let message = format!(
        "the exception of `{}` from `{}` is of no use: {why}",
        exception.package.decoded(),
        exception.rule
    );
    Finding {
        rule,
        verdict,
        node: None,
        subject: format!("{} {}", exception.rule, exception.package),
        message,
        place: Place::line(&policy.path, exception.line, None),
        excepted: None,
    }
}

/// True when an exception is about what a finding is about: a package, or all its versions together.
fn is_about(evidence: &Evidence<'_>, finding: &Finding, exception: &Exception) -> bool {
    match finding.node.and_then(|it| evidence.graph.node(it)) {
        Some(node) => node.purl().is_some_and(|it| covers(exception, it)),
        None => Purl::parse(&finding.subject).is_ok_and(|it| covers(exception, &it)),
    }
}

/// True when an exception is about a package: that one, and its version where one is given.
fn covers(exception: &Exception, found: &Purl) -> bool {
    let wanted = &exception.package;
    let same = |a: &Purl, b: &Purl| {
        a.package_type() == b.package_type()
            && a.name() == b.name()
            && a.namespace() == b.namespace()
    };
    let sources = |it: &Purl| -> Vec<(String, String)> {
        let qualifiers = it.qualifiers();
        qualifiers
            .map(|(key, value)| (key.to_owned(), value.into_owned()))
            .collect()
    };
    wanted.identity() == found.identity()
        || (same(wanted, found)
            && wanted
                .version()
                .is_none_or(|it| Some(it) == found.version())
            && (wanted.package_type() == "cpan" || sources(wanted) == sources(found)))
}
