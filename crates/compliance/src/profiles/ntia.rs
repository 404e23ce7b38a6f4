//! The seven data fields of NTIA's 2021 minimum elements.

use super::requirements;
use crate::element::Element;
use crate::requirement::{DocumentElement as Doc, Profile};

pub(super) static NTIA: Profile = Profile {
    id: "ntia-2021",
    title: "The Minimum Elements for a Software Bill of Materials",
    edition: "NTIA, 2021-07-12",
    note: "Recommendations, not a law; replaced by the 2026 Minimum Elements, and still required in contracts.",
    requirements: requirements! {
        "author" Must "Author of SBOM Data" "data fields" Document(Doc::Author)
        "timestamp" Must "Timestamp" "data fields" Document(Doc::Timestamp)
        "supplier" Must "Supplier Name" "data fields" Component(Element::Producer)
        "name" Must "Component Name" "data fields" Component(Element::Name)
        "version" Must "Version of the Component" "data fields" Component(Element::Version)
        "identifiers" Must "Other Unique Identifiers" "data fields" Component(Element::Identifier)
        "dependency" Must "Dependency Relationship" "data fields" Component(Element::Dependencies)
    },
};
