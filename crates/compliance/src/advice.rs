//! Where each element is looked up, and how to supply it: one line each, the same in every profile.

use crate::element::Element;
use crate::requirement::DocumentElement;

impl DocumentElement {
    /// Where it is looked up, and how to supply it.
    pub(crate) fn advice(self) -> (&'static str, &'static str) {
        match self {
            Self::Format => (
                "the document's format",
                "write CycloneDX or SPDX: `bomtrail sbom -f cyclonedx-json`",
            ),
            Self::RecentFormat => (
                "the document's format and version",
                "write CycloneDX 1.6 or later: `bomtrail sbom -f cyclonedx-json@1.6`",
            ),
            Self::Tool => (
                "the program named in the document",
                "bomtrail names itself; for a document of another producer, ask its author",
            ),
            Self::Timestamp => (
                "the document's time",
                "use `--timestamp`, or set SOURCE_DATE_EPOCH in the build",
            ),
            Self::Context => (
                "the kinds of inputs: lockfiles are pre-build, installed trees are build",
                "scan a lockfile or an installed tree",
            ),
            Self::Identity => (
                "the serial number or namespace of the document",
                "bomtrail derives one from the content; for a document of another producer, ask its author",
            ),
            Self::Author => (
                "`sbom.author`, else `manufacturer.name`, else `steward.name` in bomtrail.toml",
                "set `sbom.author` or `manufacturer.name` in bomtrail.toml",
            ),
            Self::AuthorContact => (
                "`sbom.author-email` or `sbom.author-url`, else those of the manufacturer, in bomtrail.toml",
                "set `sbom.author-email` or `manufacturer.email` in bomtrail.toml",
            ),
            Self::Primary => (
                "the root of the graph",
                "scan one project, or choose one of its parts with `--workspace`",
            ),
            Self::TopLevel => (
                "the direct dependencies of the root",
                "keep the root manifest next to the lockfile, and the lockfile up to date",
            ),
        }
    }
}

impl Element {
    /// Where it is looked up, and how to supply it.
    pub(crate) fn advice(self) -> (&'static str, &'static str) {
        match self {
            Self::Producer => (
                "the package's authors; `manufacturer` for the product itself",
                "scan with the packages installed, or state `supplier` in a `[[component]]` of bomtrail.toml, or list `producer` under its `unknown`",
            ),
            Self::ProducerContact => (
                "e-mail or web page of the package's authors, its home page, its repository",
                "scan with the packages installed, or state `supplier` with an e-mail or url in a `[[component]]` of bomtrail.toml",
            ),
            Self::Name | Self::Identified => (
                "name, version and Package URL of the component",
                "add the missing name to the input",
            ),
            Self::Version => (
                "version of the component; `product.version` for the product itself",
                "give the package a version, or list `version` under `unknown` in a `[[component]]` of bomtrail.toml",
            ),
            Self::Identifier => (
                "Package URL; `product.cpe` for the product itself",
                "give the package a name and a version",
            ),
            Self::License => (
                "licence in the package's metadata, or concluded in bomtrail.toml",
                "state `license` with a `reason` in a `[[component]]` of bomtrail.toml, or list `license` under its `unknown`",
            ),
            Self::LicenseExpression => (
                "licence as an SPDX expression in the package's metadata, or concluded in bomtrail.toml",
                "state `license` as an SPDX expression, with a `reason`, in a `[[component]]` of bomtrail.toml",
            ),
            Self::DeclaredLicense => (
                "licence in the package's metadata",
                "scan with the packages installed; only the package's authors can declare a licence",
            ),
            Self::EffectiveLicense => (
                "licence concluded in bomtrail.toml",
                "state `license` with a `reason` in a `[[component]]` of bomtrail.toml",
            ),
            Self::Hash => (
                "digests in the lockfile; those of `product.artifact` for the product itself",
                "use a lockfile with integrity values; set `product.artifact`; or list `hash` under `unknown` in a `[[component]]` of bomtrail.toml",
            ),
            Self::Sha512 => (
                "SHA-512 digest of the archive in the lockfile; that of `product.artifact` for the product itself",
                "update the lockfile so that every entry has a sha512 integrity, or keep the archives next to it (`carton bundle`); set `product.artifact`",
            ),
            Self::FileName => (
                "the file name in the archive's address; `product.artifact` for the product itself",
                "use a lockfile with archive addresses, or keep the archives next to it (`carton bundle`)",
            ),
            Self::Nature => (
                "the kind of its source: registry archives are executable, structured archives",
                "use a lockfile with archive addresses; set `product.artifact`",
            ),
            Self::Dependencies => (
                "the dependencies of the component, and whether its input has all of them",
                "update the lockfile; dependencies that stay unresolved are marked incomplete or unknown",
            ),
            Self::SourceCode => (
                "repository in the package's metadata, or the commit it was fetched from",
                "scan with the packages installed",
            ),
            Self::Distribution => (
                "address of the archive in the lockfile",
                "use a lockfile with archive addresses",
            ),
        }
    }
}
