//! The sentences about a match that every format for people has.

use bomtrail_graph::{Blocker, Graph, Match, NodeId, ReachPhase, Update, Validity};

use crate::label;

/// The most packages of a chain and the most blockers that are named.
const MOST_NAMED: usize = 8;

/// `name@version` of a node.
pub(crate) fn name(graph: &Graph, node: NodeId) -> String {
    graph.node(node).map(label::of_node).unwrap_or_default()
}

/// The package of a match, with the core module of Perl that it is about.
pub(crate) fn subject(graph: &Graph, it: &Match) -> String {
    match &it.module {
        Some(module) => format!("{module} {} of {}", it.version, name(graph, it.node)),
        None => format!("{}@{}", it.package, it.version),
    }
}

/// Severity in words: `high (CVSS 7.5)`.
pub(crate) fn severity(it: &Match) -> String {
    if it.malicious {
        return "malicious".to_owned();
    }
    match it.severity.score() {
        Some(score) => format!("{} (CVSS {score})", it.severity.rating.name()),
        None => it.severity.rating.name().to_owned(),
    }
}

/// When the package is used and by which chain.
pub(crate) fn reach(graph: &Graph, it: &Match) -> String {
    let root = it.reach.path.first().map(|root| name(graph, *root));
    let chain = chain(graph, &it.reach.path);
    let from = root
        .map(|root| format!(" from {root} ({chain})"))
        .unwrap_or_default();
    match it.reach.phase {
        ReachPhase::Runtime => format!("reached at runtime{from}"),
        ReachPhase::Develop => format!("only for development{from}"),
        ReachPhase::Unreached => "nothing needs it".to_owned(),
        ReachPhase::Unknown => "the inputs do not say what needs it".to_owned(),
    }
}

/// The chain with the names of its packages; the middle of a long one is left out.
fn chain(graph: &Graph, path: &[NodeId]) -> String {
    let names: Vec<String> = path.iter().map(|it| name(graph, *it)).collect();
    let half = MOST_NAMED / 2;
    if names.len() <= MOST_NAMED {
        return names.join(" > ");
    }
    let (start, rest) = names.split_at(half);
    let (_, end) = rest.split_at(rest.len() - half);
    format!("{} > … > {}", start.join(" > "), end.join(" > "))
}

/// What to do: the fixed versions, and who does not allow them.
pub(crate) fn fix(graph: &Graph, it: &Match) -> String {
    if it.malicious {
        return "remove it; do not update past it".to_owned();
    }
    if it.fixed.is_empty() {
        return match &it.module {
            Some(_) => {
                "use a Perl, or install a release from CPAN, that has a fixed version".to_owned()
            }
            None => "no fixed version is known".to_owned(),
        };
    }
    let versions = it.fixed.join(", ");
    match it.reach.update {
        Update::Fits => format!("fixed in {versions}; an update of the lockfile is enough"),
        Update::Unknown => format!("fixed in {versions}"),
        Update::Blocked => {
            let all = it.reach.blockers.iter();
            let named: Vec<String> = all
                .take(MOST_NAMED)
                .map(|blocker| blocks(graph, blocker))
                .collect();
            let more = it.reach.blockers.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 {
                format!(", and {more} more")
            } else {
                String::new()
            };
            format!("fixed in {versions}; {}{more}", named.join(", "))
        }
    }
}

fn blocks(graph: &Graph, it: &Blocker) -> String {
    let name = name(graph, it.node);
    match &it.range {
        Some(range) => format!("{name} wants {range} and does not allow it"),
        None => format!("{name} bundles it"),
    }
}

/// What the project decided, and whether that counts.
pub(crate) fn decision(it: &Match) -> Option<String> {
    let decision = it.decision.as_ref()?;
    let status = decision.status.name();
    let why = decision
        .why
        .map(|it| format!(", {}", it.name()))
        .unwrap_or_default();
    let by = decision
        .by
        .as_ref()
        .map(|it| format!(" by {it}"))
        .unwrap_or_default();
    let on = decision
        .decided
        .map(|it| format!(" on {it}"))
        .unwrap_or_default();
    let validity = match &decision.validity {
        Validity::Valid => String::new(),
        Validity::Expired(day) => format!(" (expired on {day})"),
        Validity::Void(why) => format!(" (void: {why})"),
    };
    Some(format!(
        "{status}{why}{by}{on}: {}{validity}",
        decision.reason
    ))
}
