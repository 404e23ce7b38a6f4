//! The profiles, one table each.

mod bsi;
mod cisa;
mod cra;
mod ntia;
mod steward;

use crate::requirement::Profile;

/// Every profile.
pub static PROFILES: [&Profile; 5] = [
    &cra::CRA,
    &steward::STEWARD,
    &bsi::BSI,
    &cisa::CISA,
    &ntia::NTIA,
];

/// The profile of a name.
pub fn profile(id: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|it| it.id == id).copied()
}

/// The rows of a profile: `id weight "field" "clause" check`.
macro_rules! requirements {
    ($($id:literal $weight:ident $field:literal $clause:literal $check:ident($what:expr))*) => {
        &[$(crate::requirement::Requirement {
            id: $id,
            field: $field,
            weight: crate::requirement::Weight::$weight,
            clause: $clause,
            check: crate::requirement::Check::$check($what),
        },)*]
    };
}
use requirements;
