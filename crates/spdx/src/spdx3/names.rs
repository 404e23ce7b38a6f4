//! The IRIs that the specification defines.

/// The JSON-LD context of SPDX 3.0.1.
pub(crate) const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
/// "There is none".
pub(crate) const NONE: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoneElement";
/// "There may be some".
pub(crate) const NO_ASSERTION: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";
/// "There is no licence".
pub(crate) const NONE_LICENSE: &str = "https://spdx.org/rdf/3.0.1/terms/Licensing/None";
/// "Nobody says which licence".
pub(crate) const NO_ASSERTION_LICENSE: &str =
    "https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion";
