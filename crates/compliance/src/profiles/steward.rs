//! The Cyber Resilience Act for open-source software stewards (Article 24): far less than for manufacturers.

use bomtrail_graph::ProductKey as Key;

use super::requirements;
use crate::element::Element;
use crate::requirement::{DocumentElement as Doc, Profile};

pub(super) static STEWARD: Profile = Profile {
    id: "cra-steward",
    title: "EU Cyber Resilience Act, open-source software stewards",
    edition: "Regulation (EU) 2024/2847, Article 24",
    note: "A law. It asks stewards for a cybersecurity policy, cooperation with authorities, and parts of the reporting \
           duties; it does not ask them for an SBOM. The rows about one help manufacturers who use the software.",
    requirements: requirements! {
        "steward-name" Must "name of the steward" "Art. 3(14), Art. 24" Product(&[Key::StewardName])
        "security-policy" Must "documented cybersecurity policy" "Art. 24(1)" Product(&[Key::SecurityPolicy])
        "contact" Must "contact of the steward for authorities" "Art. 24(2)" Product(&[Key::StewardEmail, Key::StewardUrl])
        "vulnerability-contact" Must "where vulnerabilities are reported" "Art. 24(1) and (3)" Product(&[Key::VulnerabilityEmail, Key::VulnerabilityUrl])
        "disclosure-policy" IfExists "policy on coordinated vulnerability disclosure" "Art. 24(1)" Product(&[Key::DisclosurePolicy])
        "security-txt" May "security.txt" "no duty" Product(&[Key::SecurityTxt])
        "support-end" May "until when versions are supported" "no duty" Product(&[Key::EndOfSupport, Key::EndOfGuaranteedSupport])
        "format" May "SBOM in a machine-readable format" "no duty" Document(Doc::Format)
        "top-level" May "top-level dependencies" "no duty" Document(Doc::TopLevel)
        "component-identified" May "components identified" "no duty" Component(Element::Identified)
        "component-license" May "licences of components" "no duty" Component(Element::License)
    },
};
