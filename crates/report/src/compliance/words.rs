//! The words for states and weights in every format for people, and their colours on the page.

use bomtrail_compliance::{State, Weight};

/// What other programs make of fields that are stated as unknown.
pub(super) const UNKNOWN_ELSEWHERE: &str = "A field that is stated as unknown is `NOASSERTION` in SPDX; some checkers, such as the NTIA conformance checker, count it as missing.";

/// The word for a state: an optional field that is missing is not stated.
pub(super) fn state<'w>(state: &'w str, weight: &str) -> &'w str {
    if state == State::Missing.name() && weight != Weight::Must.name() {
        return "not stated";
    }
    if state == State::Unknown.name() {
        return "stated as unknown";
    }
    state
}

/// The colour of a state.
pub(super) fn state_color<'w>(name: &'w str, weight: &str) -> &'w str {
    if state(name, weight).starts_with("not ") {
        return "na";
    }
    name
}

/// What a weight asks for.
pub(super) fn weight(name: &str) -> &'static str {
    match name {
        "must" => "required",
        "may" => "optional",
        _ => "required if it exists",
    }
}

/// The colour of an approval status.
pub(super) fn status_color(status: &str) -> &'static str {
    match status {
        "denied" => "missing",
        "unreviewed" => "unknown",
        "approved" => "present",
        _ => "na",
    }
}

/// The colour of a level of evidence.
pub(super) fn level_color(level: &str) -> &'static str {
    match level {
        "E5" | "E4" => "present",
        "E3" | "E2" => "fair",
        "E1" => "na",
        _ => "unknown",
    }
}
