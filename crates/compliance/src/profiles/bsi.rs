//! BSI TR-03183-2 v2.1.0: the fields of its chapters 5.2 and 8, for CycloneDX 1.6 or SPDX 3.0.1 and later.

use bomtrail_graph::ProductKey as Key;

use super::requirements;
use crate::element::Element;
use crate::requirement::{DocumentElement as Doc, Profile};

pub(super) static BSI: Profile = Profile {
    id: "bsi",
    title: "BSI TR-03183-2, Software Bill of Materials",
    edition: "version 2.1.0 (2025-08-20)",
    note: "A technical guideline, not a law. Fields of files do not apply to logical components (first-party folders, and \
           packages inside the archive of another). The hash of source code is not checked: no input states it.",
    requirements: requirements! {
        "format" Must "format and version of the SBOM" "ch. 4" Document(Doc::RecentFormat)
        "creator" Must "creator of the SBOM: e-mail address, else URL" "5.2.1, required" Document(Doc::AuthorContact)
        "timestamp" Must "timestamp" "5.2.1, required" Document(Doc::Timestamp)
        "sbom-uri" IfExists "SBOM-URI" "5.2.3, additional" Document(Doc::Identity)
        "primary" Must "primary component" "5.1" Document(Doc::Primary)
        "component-creator" Must "component creator: e-mail address, else URL" "5.2.2, required" Component(Element::ProducerContact)
        "component-name" Must "component name" "5.2.2, required" Component(Element::Name)
        "component-version" Must "component version" "5.2.2, required" Component(Element::Version)
        "file-name" Must "filename of the component" "5.2.2, required" Component(Element::FileName)
        "dependencies" Must "dependencies on other components, with their completeness" "5.2.2, required" Component(Element::Dependencies)
        "distribution-licence" Must "distribution licences" "5.2.2, required" Component(Element::LicenseExpression)
        "hash" Must "hash value (SHA-512) of the deployable component" "5.2.2, required" Component(Element::Sha512)
        "properties" Must "executable, archive and structured property" "5.2.2, required" Component(Element::Nature)
        "source-uri" IfExists "source code URI" "5.2.4, additional" Component(Element::SourceCode)
        "deployable-uri" IfExists "URI of the deployable form" "5.2.4, additional" Component(Element::Distribution)
        "identifiers" IfExists "other unique identifiers" "5.2.4, additional" Component(Element::Identifier)
        "original-licence" IfExists "original licences" "5.2.4, additional" Component(Element::DeclaredLicense)
        "effective-licence" May "effective licence" "5.2.5, optional" Component(Element::EffectiveLicense)
        "security-txt" May "URL of the security.txt" "5.2.5, optional" Product(&[Key::SecurityTxt])
    },
};
