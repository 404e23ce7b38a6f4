//! One verdict from several signatures over the same bytes. Does not verify any.

use bomtrail_graph::{Evidence, EvidenceState};

/// A failed one decides, else a verified one, else the first.
pub(crate) fn combine(verdicts: &[Evidence]) -> Evidence {
    let of = |state| verdicts.iter().find(|it| it.state == state);
    of(EvidenceState::Failed)
        .or_else(|| of(EvidenceState::Verified))
        .or_else(|| verdicts.first())
        .cloned()
        .unwrap_or_default()
}
