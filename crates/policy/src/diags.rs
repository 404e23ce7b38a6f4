//! The diagnostics of reading a policy: one function for each message.

use bomtrail_graph::{Code, Diagnostic, Level, Place};

/// Something in the policy that may not be there.
static INVALID: Code = Code::new(
    "policy/invalid",
    Level::Error,
    "the policy has something in it that it may not have; nothing was checked",
);
/// The facts file.
static FACTS: Code = Code::new(
    "policy/facts-invalid",
    Level::Error,
    "the facts file is not what it should be; nothing was checked",
);

pub(crate) fn invalid(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(&INVALID, place, message)
}

pub(crate) fn facts(path: &str, message: String) -> Diagnostic {
    Diagnostic::new(&FACTS, Place::file(path), message)
        .help("`schemas/facts-v1.schema.json` describes it")
}
