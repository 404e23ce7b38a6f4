//! One verdict of several signatures over the same bytes. Checks no signature.

use bomtrail_graph::{Evidence, EvidenceState};

/// One that failed decides, then one that was verified; without either, the first speaks for all.
pub(crate) fn combine(verdicts: &[Evidence]) -> Evidence {
    let of = |state| verdicts.iter().find(|it| it.state == state);
    of(EvidenceState::Failed)
        .or_else(|| of(EvidenceState::Verified))
        .or_else(|| verdicts.first())
        .cloned()
        .unwrap_or_default()
}
