//! Exceptions: findings that are accepted until a day. An expired exception has no effect and is reported.

use bomtrail_graph::Purl;

use crate::context::line_of;
use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::policy::{Exception, Policy};
use crate::rule::Rule;
use crate::rules;
use crate::verdict::Verdict;

/// Marks the findings that exceptions cover, and reports the exceptions that cover nothing or have expired.
pub(crate) fn apply(evidence: &Evidence<'_>, policy: &Policy, findings: &mut Vec<Finding>) {
    let mut unused = Vec::new();
    for exception in &policy.exceptions {
        let expired = exception.expires < evidence.today;
        let mut hits = 0_usize;
        for finding in findings.iter_mut() {
            let covered =
                finding.rule.id == exception.rule && is_about(evidence, finding, exception);
            if !covered {
                continue;
            }
            hits += 1;
            if !expired {
                finding.excepted.get_or_insert(exception.reason.clone());
            }
        }
        let why = match (expired, hits) {
            (true, 1..) => format!(
                "it expired on {}, and the findings it covered count again",
                exception.expires
            ),
            (true, 0) => format!("it expired on {}", exception.expires),
            (false, 0) if !evidence.whole => continue,
            (false, 0) => "no finding matches it".to_owned(),
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
        findings.push(unused_exception(rule, verdict, policy, exception, &why));
    }
}

fn unused_exception(
    rule: &'static Rule,
    verdict: Verdict,
    policy: &Policy,
    exception: &Exception,
    why: &str,
) -> Finding {
    let message = format!(
        "the exception for `{}` from `{}` has no effect: {why}",
        exception.package.decoded(),
        exception.rule
    );
    Finding {
        rule,
        verdict,
        node: None,
        subject: format!("{} {}", exception.rule, exception.package),
        message,
        help: rule.help.to_owned(),
        place: line_of(&policy.path, exception.line),
        excepted: None,
    }
}

/// True when an exception names the package of a finding, or all its versions.
fn is_about(evidence: &Evidence<'_>, finding: &Finding, exception: &Exception) -> bool {
    match finding.node.and_then(|it| evidence.graph.node(it)) {
        Some(node) => node.purl().is_some_and(|it| covers(exception, it)),
        None => Purl::parse(&finding.subject).is_ok_and(|it| covers(exception, &it)),
    }
}

/// True when an exception names a package, and its version where the exception has one.
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
