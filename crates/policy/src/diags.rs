//! The kinds of problems in a policy and in a facts file.

use bomtrail_graph::{Code, Level};

/// The policy is not valid.
pub(crate) static INVALID: Code = Code::new(
    "policy/invalid",
    Level::Error,
    "the policy is not valid; the check did not complete",
);
/// The facts file is not valid.
pub(crate) static FACTS: Code = Code::new(
    "policy/facts-invalid",
    Level::Error,
    "the facts file is not valid; the check did not complete",
);
