//! Rules about known vulnerabilities, and about what was decided about them. Without advisories they find nothing.

use bomtrail_graph::{Advisories, Match, Rating, ReachPhase, Validity};

use crate::context::RuleContext;
use crate::verdict::Verdict;

fn known<'a>(context: &RuleContext<'a>) -> Option<&'a Advisories> {
    context.evidence.advisories
}

/// The matches of a kind that nothing closes.
fn open<'a>(context: &RuleContext<'a>, is: impl Fn(&Match) -> bool) -> Vec<&'a Match> {
    let matches = known(context).map_or(&[][..], |it| &it.matches).iter();
    matches.filter(|it| it.is_open() && is(it)).collect()
}

pub(super) fn malicious(context: &mut RuleContext<'_>) {
    for it in open(context, |it| it.malicious) {
        let message = format!("`{}` says that it is malicious{}", it.id, reached(it));
        found(context, it, message);
    }
}

pub(super) fn exploited(context: &mut RuleContext<'_>) {
    for it in open(context, |it| it.known_exploited && !it.malicious) {
        let message = format!("`{}` is known to be exploited{}", it.id, reached(it));
        found(context, it, message);
    }
}

pub(super) fn affected(context: &mut RuleContext<'_>) {
    let (least, runtime_only) = (context.setting.severity, context.setting.runtime_only);
    let counts = move |it: &Match| {
        let rating = it.severity.rating;
        let severe = least.is_none_or(|least| rating >= least || rating == Rating::Unknown);
        // Where the inputs do not say when a package is used, it may be at runtime.
        let phase =
            !runtime_only || matches!(it.reach.phase, ReachPhase::Runtime | ReachPhase::Unknown);
        severe && phase && !it.malicious && !it.known_exploited
    };
    for it in open(context, counts) {
        let rating = it.severity.rating.name();
        let fixed = if it.fixed.is_empty() {
            "no fixed version is known".to_owned()
        } else {
            format!("fixed in `{}`", it.fixed.join("`, `"))
        };
        let message = format!(
            "`{}` ({rating}) applies to `{}`{}; {fixed}",
            it.id,
            it.range,
            reached(it)
        );
        found(context, it, message);
    }
}

fn reached(it: &Match) -> &'static str {
    match it.reach.phase {
        ReachPhase::Runtime => ", reached at runtime",
        ReachPhase::Develop => ", only for development",
        ReachPhase::Unreached => ", which nothing needs",
        ReachPhase::Unknown => "",
    }
}

fn found(context: &mut RuleContext<'_>, it: &Match, message: String) {
    let message = match &it.module {
        Some(module) => format!("its core module `{module}` {}: {message}", it.version),
        None => message,
    };
    if let Some(node) = context.evidence.graph.node(it.node) {
        context.package(node, message);
    }
}

pub(super) fn expired(context: &mut RuleContext<'_>) {
    decisions(context, |validity| match validity {
        Validity::Expired(day) => Some(format!("its last day was {day}")),
        Validity::Valid | Validity::Void(_) => None,
    });
}

pub(super) fn void(context: &mut RuleContext<'_>) {
    decisions(context, |validity| match validity {
        Validity::Void(why) => Some(why.to_string()),
        Validity::Valid | Validity::Expired(_) => None,
    });
}

fn decisions(context: &mut RuleContext<'_>, why: impl Fn(&Validity) -> Option<String>) {
    let matches = known(context).map_or(&[][..], |it| &it.matches);
    for it in matches {
        let Some(decision) = &it.decision else {
            continue;
        };
        if let (Some(why), Some(node)) = (
            why(&decision.validity),
            context.evidence.graph.node(it.node),
        ) {
            let status = decision.status.name();
            let message = format!(
                "the decision `{status}` about `{}` does not count: {why}",
                it.id
            );
            context.at(node, decision.place.clone(), message);
        }
    }
}

pub(super) fn unused(context: &mut RuleContext<'_>) {
    let unused = known(context).map_or(&[][..], |it| &it.unused);
    for it in unused {
        let message = format!("the decision about `{}` applies to nothing", it.subject);
        context.project(&it.subject, it.place.clone(), message);
    }
}

pub(super) fn too_old(context: &mut RuleContext<'_>) {
    let Some(advisories) = known(context) else {
        return;
    };
    for (number, age) in &advisories.too_old {
        let Some(source) = advisories.sources.get(*number) else {
            continue;
        };
        let message = match source.newest {
            Some(newest) => format!(
                "the newest advisory in `{}` is of {newest}, {age} days ago",
                source.name
            ),
            None => format!("the age of the advisories in `{}` is unknown", source.name),
        };
        let place = bomtrail_graph::Place::file(&source.name);
        context.project(&source.name, place, message);
    }
}

pub(super) fn incomplete(context: &mut RuleContext<'_>) {
    let Some(advisories) = known(context) else {
        return;
    };
    for it in advisories.sources.iter().filter(|it| it.damaged > 0) {
        let message = format!("{} of its records cannot be read", it.damaged);
        context.project(&it.name, bomtrail_graph::Place::file(&it.name), message);
    }
    for it in &advisories.coverage {
        let place = bomtrail_graph::Place::default();
        if !it.is_known {
            let message = format!(
                "no advisories were read for `{}`, so that its packages were not checked",
                it.ecosystem
            );
            context.project(&it.ecosystem, place, message);
        } else if it.without_version > 0 {
            let count = it.without_version;
            let message = format!(
                "packages of `{}` without a version were not checked: {count}",
                it.ecosystem
            );
            context.project(&it.ecosystem, place, message);
            context.set_verdict(Verdict::Warn);
        }
    }
}
