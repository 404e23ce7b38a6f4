//! The 2026 Minimum Elements: seventeen data fields, for which an explicit unknown is accepted and silence is not.

use bomtrail_graph::ProductKey as Key;

use super::requirements;
use crate::element::Element;
use crate::requirement::{DocumentElement as Doc, Profile};

pub(super) static CISA: Profile = Profile {
    id: "cisa-2026",
    title: "2026 Minimum Elements for a Software Bill of Materials",
    edition: "version 2.1 (2026-07-29), CISA and partners",
    note: "Recommendations, not a law. An element that is stated to be unknown or withheld is accepted; one that is silently \
           absent is not.",
    requirements: requirements! {
        "author" Must "SBOM Author" "SBOM metadata" Document(Doc::Author)
        "signature" Must "SBOM Author Signature" "SBOM metadata" Product(&[Key::SbomSignature])
        "format" Must "Data Format Name" "SBOM metadata" Document(Doc::Format)
        "format-version" Must "Data Format Version" "SBOM metadata" Document(Doc::Format)
        "context" Must "Generation Context" "SBOM metadata" Document(Doc::Context)
        "timestamp" Must "Timestamp" "SBOM metadata" Document(Doc::Timestamp)
        "tool-name" Must "Tool Name" "SBOM metadata" Document(Doc::Tool)
        "tool-version" Must "Tool Version" "SBOM metadata" Document(Doc::Tool)
        "sbom-version" Must "SBOM Version" "SBOM metadata" Document(Doc::Identity)
        "producer" Must "Component Producer" "component" Component(Element::Producer)
        "name" Must "Component Name" "component" Component(Element::Name)
        "version" Must "Component Version" "component" Component(Element::Version)
        "identifiers" Must "Component Identifiers" "component" Component(Element::Identifier)
        "license" Must "License" "component" Component(Element::License)
        "hash-value" Must "Hash Value" "component" Component(Element::Hash)
        "hash-algorithm" Must "Hash Algorithm" "component" Component(Element::Hash)
        "dependency" Must "Dependency Relationship" "component" Component(Element::Dependencies)
    },
};
