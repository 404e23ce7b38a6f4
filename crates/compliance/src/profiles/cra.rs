//! The Cyber Resilience Act: the facts about the product and its SBOM that Annexes I, II, V and VII require from a manufacturer.

use bomtrail_graph::ProductKey as Key;

use super::requirements;
use crate::element::Element;
use crate::requirement::{DocumentElement as Doc, Profile};

pub(super) static CRA: Profile = Profile {
    id: "cra",
    title: "EU Cyber Resilience Act, manufacturers",
    edition: "Regulation (EU) 2024/2847",
    note: "A law. It applies in full from 2027-12-11; the reporting duties of Article 14 apply since 2026-09-11. It asks for \
           an SBOM in a commonly used, machine-readable format that covers at least the top-level dependencies, and names \
           no format; the Commission may specify one (Article 13(24)). The SBOM is part of the technical \
           documentation and need not be published. Profile `bsi` covers the fields of the SBOM in more detail. No program can \
           decide whether a product conforms.",
    requirements: requirements! {
        "format" Must "SBOM in a commonly used and machine-readable format" "Annex I Part II (1)" Document(Doc::Format)
        "top-level" Must "top-level dependencies" "Annex I Part II (1)" Document(Doc::TopLevel)
        "manufacturer-name" Must "manufacturer: name or trade mark" "Annex II (1), Art. 13(16), Annex V (2)" Product(&[Key::ManufacturerName])
        "manufacturer-address" Must "manufacturer: postal address" "Annex II (1), Art. 13(16), Annex V (2)" Product(&[Key::ManufacturerAddress])
        "manufacturer-contact" Must "manufacturer: e-mail address or other digital contact" "Annex II (1), Art. 13(16)" Product(&[Key::ManufacturerEmail, Key::ManufacturerUrl])
        "manufacturer-website" IfExists "manufacturer: website" "Annex II (1)" Product(&[Key::ManufacturerUrl])
        "vulnerability-contact" Must "single point of contact for vulnerabilities" "Annex II (2), Art. 13(17)" Product(&[Key::VulnerabilityEmail, Key::VulnerabilityUrl])
        "disclosure-policy" Must "policy on coordinated vulnerability disclosure" "Annex II (2), Annex I Part II (5)" Product(&[Key::DisclosurePolicy])
        "product-name" Must "product: name" "Annex II (3), Annex V (1)" Product(&[Key::Name])
        "product-type" Must "product: type" "Annex II (3), Annex V (1)" Product(&[Key::Type])
        "product-identification" Must "product: unique identification" "Annex II (3), Annex V (1)" Product(&[Key::Version, Key::Cpe])
        "purpose" Must "intended purpose and security environment" "Annex II (4), Annex VII (1)(a)" Product(&[Key::Purpose])
        "declaration" Must "EU declaration of conformity" "Art. 28, Annex V; Annex II (6) for its address" Product(&[Key::Declaration])
        "support-type" Must "type of technical security support" "Annex II (7)" Product(&[Key::SupportType])
        "support-end" Must "end of the support period" "Annex II (7), Art. 13(19)" Product(&[Key::EndOfSupport, Key::EndOfGuaranteedSupport])
        "instructions" Must "information and instructions for users" "Annex II (8)" Product(&[Key::Instructions])
        "sbom-location" IfExists "where users can get the SBOM" "Annex II (9)" Product(&[Key::SbomLocation])
        "technical-documentation" Must "technical documentation" "Art. 31, Annex VII" Product(&[Key::TechnicalDocumentation])
        "risk-assessment" Must "assessment of cybersecurity risks" "Art. 13(3), Annex VII (3)" Product(&[Key::RiskAssessment])
        "standards" IfExists "harmonised standards and other specifications applied" "Annex V (6), Annex VII (5)" Product(&[Key::Standards])
        "notified-body" IfExists "notified body" "Annex V (7)" Product(&[Key::Body])
        "representative" IfExists "authorised representative" "Art. 18, Annex V (2)" Product(&[Key::Representative])
        "component-identified" Must "components identified" "Annex I Part II (1)" Component(Element::Identified)
        "component-dependencies" May "dependencies of components" "beyond Annex I Part II (1)" Component(Element::Dependencies)
        "component-producer" May "maker of a component" "for due diligence, Art. 13(5)" Component(Element::Producer)
        "component-source" May "where to report to, upstream" "for reports upstream, Art. 13(6)" Component(Element::SourceCode)
    },
};
