//! The words of each format for statuses and justifications, as one table.

use bomtrail_graph::{Justification, VexStatus};

/// What a status is called.
pub(crate) struct StatusWords {
    pub(crate) status: VexStatus,
    /// CycloneDX `analysis.state`.
    pub(crate) cyclonedx: &'static str,
    /// OpenVEX `status`.
    pub(crate) openvex: &'static str,
    /// CSAF `product_status`.
    pub(crate) csaf: &'static str,
}

/// What a justification is called.
pub(crate) struct WhyWords {
    pub(crate) why: Justification,
    /// CycloneDX `analysis.justification`.
    pub(crate) cyclonedx: &'static str,
    /// OpenVEX `justification`, which is the label of a flag in CSAF.
    pub(crate) openvex: &'static str,
}

pub(crate) const STATUSES: [StatusWords; 5] = [
    words(
        VexStatus::NotAffected,
        "not_affected",
        "not_affected",
        "known_not_affected",
    ),
    words(
        VexStatus::Affected,
        "exploitable",
        "affected",
        "known_affected",
    ),
    words(VexStatus::Fixed, "resolved", "fixed", "fixed"),
    words(
        VexStatus::Investigating,
        "in_triage",
        "under_investigation",
        "under_investigation",
    ),
    // OpenVEX and CSAF have no word of its own for it.
    words(
        VexStatus::FalsePositive,
        "false_positive",
        "not_affected",
        "known_not_affected",
    ),
];

pub(crate) const JUSTIFICATIONS: [WhyWords; 5] = [
    why(
        Justification::ComponentNotPresent,
        "code_not_present",
        "component_not_present",
    ),
    why(
        Justification::CodeNotPresent,
        "code_not_present",
        "vulnerable_code_not_present",
    ),
    why(
        Justification::CodeNotReachable,
        "code_not_reachable",
        "vulnerable_code_not_in_execute_path",
    ),
    why(
        Justification::NotControllable,
        "requires_environment",
        "vulnerable_code_cannot_be_controlled_by_adversary",
    ),
    why(
        Justification::Mitigated,
        "protected_by_mitigating_control",
        "inline_mitigations_already_exist",
    ),
];

const fn words(
    status: VexStatus,
    cyclonedx: &'static str,
    openvex: &'static str,
    csaf: &'static str,
) -> StatusWords {
    StatusWords {
        status,
        cyclonedx,
        openvex,
        csaf,
    }
}

const fn why(why: Justification, cyclonedx: &'static str, openvex: &'static str) -> WhyWords {
    WhyWords {
        why,
        cyclonedx,
        openvex,
    }
}

/// The words of a status.
pub(crate) fn of_status(status: VexStatus) -> &'static StatusWords {
    let [first, ..] = &STATUSES;
    STATUSES
        .iter()
        .find(|it| it.status == status)
        .unwrap_or(first)
}

/// The words of a justification.
pub(crate) fn of_why(why: Justification) -> &'static WhyWords {
    let [first, ..] = &JUSTIFICATIONS;
    JUSTIFICATIONS
        .iter()
        .find(|it| it.why == why)
        .unwrap_or(first)
}
