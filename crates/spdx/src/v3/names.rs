//! The IRIs that the specification defines, and the names of elements that packages share.

use crate::identifier::short_hash;

/// The JSON-LD context of SPDX 3.0.1.
pub(crate) const CONTEXT: &str = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
/// No element.
pub(crate) const NONE: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoneElement";
/// Not stated.
pub(crate) const NO_ASSERTION: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";
/// An individual that the specification defines: its IRI, and that of its creation.
pub(super) type Individual = (&'static str, &'static str);
/// No element, as an element of a document: programs that look for the ends of relationships in the document find it.
pub(super) const NONE_ELEMENT: Individual =
    (NONE, "https://spdx.org/rdf/3.0.1/creationInfo_NoneElement");
/// Not stated, as an element of a document.
pub(super) const NO_ASSERTION_ELEMENT: Individual = (
    NO_ASSERTION,
    "https://spdx.org/rdf/3.0.1/creationInfo_NoAssertionElement",
);

/// No licence.
pub(crate) const NONE_LICENSE: &str =
    "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoneLicense";
/// The licence is not stated.
pub(crate) const NO_ASSERTION_LICENSE: &str =
    "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";

/// Other names of these individuals: of the JSON-LD context, and of the model, which has two for licences.
const SYNONYMS: [(&str, &str); 6] = [
    ("NoneElement", NONE),
    ("NoAssertionElement", NO_ASSERTION),
    ("expandedlicensing_NoneLicense", NONE_LICENSE),
    (
        "https://spdx.org/rdf/3.0.1/terms/Licensing/None",
        NONE_LICENSE,
    ),
    ("expandedlicensing_NoAssertionLicense", NO_ASSERTION_LICENSE),
    (
        "https://spdx.org/rdf/3.0.1/terms/Licensing/NoAssertion",
        NO_ASSERTION_LICENSE,
    ),
];

/// The IRI of an individual by any of its names; any other name as it is.
pub(crate) fn individual(name: &str) -> &str {
    let found = SYNONYMS.iter().find(|(it, _)| *it == name);
    found.map_or(name, |(_, iri)| iri)
}

/// The name of the element of a licence expression.
pub(super) fn license_name(expression: &str) -> String {
    ["License-", &short_hash(expression)].concat()
}

/// The name of the element of a package's archive.
pub(super) fn file_name(package: &str) -> String {
    ["File-", package].concat()
}
