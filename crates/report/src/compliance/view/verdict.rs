//! The result of a report on one line.

use bomtrail_compliance::{State, Weight};
use bomtrail_graph::{ApprovalStatus, Fact, NodeRef};

use super::{Compliance, problems};
use crate::count;

/// The result on one line: the gaps of the profile first, then licences, approvals, provenance and problems of the inputs.
pub(in crate::compliance) fn verdict(report: &Compliance<'_>) -> String {
    let parts = [
        Some(gaps(report)),
        Some(licenses(report)),
        approvals(report),
        provenance(report),
        Some(problems(report).count())
            .filter(|it| *it > 0)
            .map(|it| count(it, "problem") + " in the inputs"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// How many required fields are missing: those of the product and the document, and those that any component lacks.
fn gaps(report: &Compliance<'_>) -> String {
    let document = report.assessment.document.iter();
    let document = document
        .filter(|it| it.requirement.weight == Weight::Must && it.state == State::Missing)
        .count();
    let components = report.assessment.components.iter();
    let components = components
        .filter(|it| it.requirement.weight == Weight::Must && it.counts.missing > 0)
        .count();
    match document + components {
        0 => "no required field is missing".to_owned(),
        1 => "1 required field is missing".to_owned(),
        more => format!("{more} required fields are missing"),
    }
}

/// Whether a component states no licence and the project states none for it either.
pub(in crate::compliance) fn has_no_license(report: &Compliance<'_>, node: NodeRef<'_>) -> bool {
    let statement = report.tables.statements.and_then(|it| it.get(node.id()));
    if statement.is_some_and(|it| it.license.is_some()) {
        return false;
    }
    match &node.component().licenses {
        Fact::Known(licenses) => licenses.is_empty(),
        Fact::Unknown => true,
        Fact::Withheld => false,
    }
}

fn licenses(report: &Compliance<'_>) -> String {
    let nodes = report.graph.nodes().filter(|it| !it.is_root());
    match nodes.filter(|it| has_no_license(report, *it)).count() {
        0 => "every component has a licence".to_owned(),
        1 => "1 component has no licence".to_owned(),
        more => format!("{more} components have no licence"),
    }
}

fn approvals(report: &Compliance<'_>) -> Option<String> {
    let table = report.tables.approvals?;
    let of = |status| table.iter().filter(|(_, it)| it.status() == status).count();
    let denied = match of(ApprovalStatus::Denied) {
        0 => "nothing denied".to_owned(),
        more => count(more, "package") + " denied",
    };
    Some(match of(ApprovalStatus::Unreviewed) {
        0 => denied,
        more => format!("{denied}, {more} unreviewed"),
    })
}

fn provenance(report: &Compliance<'_>) -> Option<String> {
    let table = report.tables.provenance?;
    let failed = table.iter().filter(|(_, it)| it.has_failed()).count();
    (failed > 0).then(|| "provenance failed for ".to_owned() + &count(failed, "package"))
}
