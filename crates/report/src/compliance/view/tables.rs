//! The side tables in numbers: approvals, provenance, changes.

use std::collections::BTreeMap;

use bomtrail_graph::{ApprovalStatus, Axis, EvidenceLevel, EvidenceState};
use serde::Serialize;

use super::Compliance;
use crate::compliance::Since;
use crate::wire::ChangeView;

/// The approvals in numbers.
#[derive(Serialize)]
pub(in crate::compliance) struct ApprovalsView<'g> {
    /// The name of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::compliance) list: Option<&'g str>,
    /// How many components have each status.
    pub(in crate::compliance) counts: BTreeMap<&'static str, usize>,
}

/// Worst first.
pub(in crate::compliance) const STATUSES: [ApprovalStatus; 4] = [
    ApprovalStatus::Denied,
    ApprovalStatus::Unreviewed,
    ApprovalStatus::Approved,
    ApprovalStatus::FirstParty,
];

pub(in crate::compliance) fn approvals<'g>(report: &Compliance<'g>) -> Option<ApprovalsView<'g>> {
    let table = report.tables.approvals?;
    let mut counts: BTreeMap<&'static str, usize> =
        STATUSES.into_iter().map(|it| (it.name(), 0)).collect();
    for (_, approval) in table.iter() {
        *counts.entry(approval.status().name()).or_default() += 1;
    }
    Some(ApprovalsView {
        list: report.list,
        counts,
    })
}

/// The provenance in numbers.
#[derive(Serialize)]
pub(in crate::compliance) struct ProvenancesView<'g> {
    /// The trust material.
    pub(in crate::compliance) basis: Vec<&'g str>,
    /// How many components reach each level.
    pub(in crate::compliance) levels: Vec<LevelRow>,
    /// How many have each state, for each kind of evidence.
    pub(in crate::compliance) axes: Vec<AxisView>,
    /// How many have evidence that failed.
    pub(in crate::compliance) failed: usize,
}

#[derive(Serialize)]
pub(in crate::compliance) struct LevelRow {
    pub(in crate::compliance) level: &'static str,
    pub(in crate::compliance) about: &'static str,
    pub(in crate::compliance) components: usize,
}

#[derive(Serialize)]
pub(in crate::compliance) struct AxisView {
    axis: &'static str,
    counts: BTreeMap<&'static str, usize>,
}

/// The meaning of a level.
fn about(level: EvidenceLevel) -> &'static str {
    match level {
        EvidenceLevel::E0 => "no evidence",
        EvidenceLevel::E1 => "the lockfile pins the digest of the archive",
        EvidenceLevel::E2 => "the registry signed it",
        EvidenceLevel::E3 => "the registry attests to its publication",
        EvidenceLevel::E4 => "the build attestation is authentic and about this archive",
        EvidenceLevel::E5 => {
            "the build attestation agrees with the certificate of the signer and with the package"
        }
    }
}

pub(in crate::compliance) fn provenance<'g>(
    report: &Compliance<'g>,
) -> Option<ProvenancesView<'g>> {
    let table = report.tables.provenance?;
    let count = |level| table.iter().filter(|(_, it)| it.level() == level).count();
    let levels = EvidenceLevel::NAMES.iter().rev();
    let states = [
        EvidenceState::Verified,
        EvidenceState::Failed,
        EvidenceState::Claimed,
        EvidenceState::Unverifiable,
        EvidenceState::Absent,
    ];
    let of_axis = |axis, state| {
        let it = table.iter();
        it.filter(|(_, it)| it.evidence(axis).state == state)
            .count()
    };
    Some(ProvenancesView {
        basis: report
            .tables
            .provenance_basis
            .iter()
            .map(|it| &**it)
            .collect(),
        levels: levels
            .map(|(level, name)| LevelRow {
                level: name,
                about: about(*level),
                components: count(*level),
            })
            .collect(),
        axes: Axis::ALL
            .into_iter()
            .map(|axis| AxisView {
                axis: axis.name(),
                counts: states
                    .into_iter()
                    .map(|it| (it.name(), of_axis(axis, it)))
                    .collect(),
            })
            .collect(),
        failed: table.iter().filter(|(_, it)| it.has_failed()).count(),
    })
}

/// The changes.
#[derive(Serialize)]
pub(in crate::compliance) struct SinceView<'g> {
    /// The older state, as it was named.
    pub(in crate::compliance) old: &'g str,
    pub(in crate::compliance) changes: Vec<ChangeView<'g>>,
}

impl<'g> SinceView<'g> {
    pub(super) fn new(since: Since<'g>) -> Self {
        Self {
            old: since.old,
            changes: since.changes.iter().map(ChangeView::from).collect(),
        }
    }
}
