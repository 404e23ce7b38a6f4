//! What needs attention: the components with a property that people look for first.

use bomtrail_graph::{ApprovalStatus, Flags, NodeRef, Problem};
use serde::Serialize;

use super::verdict::has_no_license;
use super::{Compliance, ComponentView};

/// The components with one property.
#[derive(Serialize)]
pub(in crate::compliance) struct AttentionView {
    pub(in crate::compliance) id: &'static str,
    pub(in crate::compliance) title: &'static str,
    /// Positions in `components`.
    pub(in crate::compliance) components: Vec<usize>,
}

/// A component as the graph has it and as the report shows it.
type Test = fn(&Compliance<'_>, NodeRef<'_>, &ComponentView<'_>) -> bool;

/// The properties, the most urgent first.
const PROPERTIES: &[(&str, &str, Test)] = &[
    ("denied", "Denied", |report, node, _| {
        status(report, node) == Some(ApprovalStatus::Denied)
    }),
    (
        "provenance-failed",
        "Failed provenance",
        |_, _, component| {
            let provenance = component.provenance.as_ref();
            provenance.is_some_and(|it| it.failure.is_some())
        },
    ),
    ("unreviewed", "Unreviewed", |report, node, _| {
        status(report, node) == Some(ApprovalStatus::Unreviewed)
    }),
    (
        "missing-dependencies",
        "Missing dependencies",
        |_, node, _| has_problem(node, Problem::Missing),
    ),
    (
        "invalid-dependencies",
        "Dependencies outside their range",
        |_, node, _| has_problem(node, Problem::Invalid),
    ),
    ("no-licence", "No licence", |report, node, _| {
        !node.is_root() && has_no_license(report, node)
    }),
    ("copyleft", "Copyleft licence", |_, node, component| {
        !node.component().role.is_first_party() && component.licenses.iter().any(|it| copyleft(it))
    }),
    ("deprecated", "Deprecated", |_, node, _| {
        let details = node.component().details.as_deref();
        details.is_some_and(|it| it.deprecated.is_some())
    }),
    ("install-scripts", "Install scripts", |_, node, _| {
        node.flags().has(Flags::INSTALL_SCRIPT)
    }),
    ("no-supplier", "No supplier", |_, node, component| {
        !node.component().role.is_first_party() && component.supplier.is_empty()
    }),
];

/// The properties that any component has, the most urgent first.
pub(super) fn attention(
    report: &Compliance<'_>,
    components: &[ComponentView<'_>],
) -> Vec<AttentionView> {
    let all = PROPERTIES.iter().map(|(id, title, test)| {
        let pairs = report.graph.nodes().zip(components).enumerate();
        let found = pairs.filter(|(_, (node, component))| test(report, *node, component));
        AttentionView {
            id,
            title,
            components: found.map(|(position, _)| position).collect(),
        }
    });
    all.filter(|it| !it.components.is_empty()).collect()
}

fn status(report: &Compliance<'_>, node: NodeRef<'_>) -> Option<ApprovalStatus> {
    let approval = report.tables.approvals?.get(node.id())?;
    Some(approval.status())
}

fn has_problem(node: NodeRef<'_>, problem: Problem) -> bool {
    node.edges().any(|it| it.problem() == Some(problem))
}

/// Whether every way to satisfy a licence includes a copyleft licence of the SPDX list.
fn copyleft(license: &str) -> bool {
    let Ok(expression) = spdx::Expression::parse(license) else {
        return false;
    };
    !expression.evaluate(|it| !it.license.id().is_some_and(spdx::LicenseId::is_copyleft))
}

#[cfg(test)]
mod tests {
    use super::copyleft;

    #[test]
    fn a_choice_without_copyleft_is_not_copyleft() {
        for (license, is_copyleft) in [
            ("GPL-3.0-only", true),
            ("MIT OR GPL-3.0-only", false),
            ("MIT AND LGPL-2.1-or-later", true),
            ("MIT", false),
            ("see the file", false),
        ] {
            assert_eq!(copyleft(license), is_copyleft, "{license}");
        }
    }
}
