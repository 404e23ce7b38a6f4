//! The facts that a project states about its product, one line each. `bomtrail.toml`, its schema, the compliance profiles
//! and the writers all name a fact by its key in this table.

/// What the value of a fact looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// A calendar date (`2026-11-21`).
    Date,
    /// An absolute `https:` or `http:` address.
    Url,
    /// An e-mail address.
    Email,
    /// The path of a file, relative to the project.
    Path,
    /// A CPE 2.3 or 2.2 name.
    Cpe,
    /// A kind of component, by its CycloneDX name.
    Kind,
}

impl Shape {
    /// An example of such a value.
    pub fn example(self) -> &'static str {
        match self {
            Self::Text => "…",
            Self::Date => "2031-12-31",
            Self::Url => "https://example.com/",
            Self::Email => "someone@example.com",
            Self::Path => "dist/product.tar.gz",
            Self::Cpe => "cpe:2.3:a:example:product:1.0.0:*:*:*:*:*:*:*",
            Self::Kind => "application",
        }
    }
}

/// A row of [`ProductKey::TABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyInfo {
    /// The key.
    pub key: ProductKey,
    /// Its table in `bomtrail.toml`.
    pub section: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// What it says, as a sentence fragment.
    pub about: &'static str,
}

macro_rules! product_keys {
    ($($variant:ident $section:literal $name:literal $shape:ident $about:literal)*) => {
        /// A fact that a project states about its product.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ProductKey {
            $(#[doc = $about] $variant,)*
        }

        impl ProductKey {
            /// Every key, section by section.
            pub const TABLE: &'static [KeyInfo] = &[
                $(KeyInfo {
                    key: Self::$variant,
                    section: $section,
                    name: $name,
                    shape: Shape::$shape,
                    about: $about,
                },)*
            ];
        }
    };
}

product_keys! {
    Name "product" "name" Text "the name the product is placed on the market under"
    Version "product" "version" Text "the version of this release"
    Type "product" "type" Kind "what kind of thing it is: application, library, framework, platform or file"
    Purpose "product" "purpose" Text "what it is intended for, with the security environment it is meant to run in"
    Cpe "product" "cpe" Cpe "its name in the Common Platform Enumeration"
    ReleaseDate "product" "release-date" Date "the day this version is released"
    Artifact "product" "artifact" Path "the file that is delivered; its digests become those of the product"
    ProductUrl "product" "url" Url "the product's own page"
    ManufacturerName "manufacturer" "name" Text "the manufacturer's name, registered trade name or trade mark"
    ManufacturerAddress "manufacturer" "address" Text "the manufacturer's postal address"
    ManufacturerUrl "manufacturer" "url" Url "the manufacturer's web page"
    ManufacturerEmail "manufacturer" "email" Email "the manufacturer's e-mail address"
    SupplierName "supplier" "name" Text "who supplies the product, where that is not the manufacturer"
    SupplierAddress "supplier" "address" Text "the supplier's postal address"
    SupplierUrl "supplier" "url" Url "the supplier's web page"
    SupplierEmail "supplier" "email" Email "the supplier's e-mail address"
    StewardName "steward" "name" Text "the open-source software steward, where there is one"
    StewardUrl "steward" "url" Url "the steward's web page"
    StewardEmail "steward" "email" Email "the steward's e-mail address"
    SecurityPolicy "steward" "security-policy" Url "the steward's cybersecurity policy"
    VulnerabilityEmail "contact" "vulnerability-email" Email "where vulnerabilities are reported by e-mail"
    VulnerabilityUrl "contact" "vulnerability-url" Url "where vulnerabilities are reported on the web"
    SecurityTxt "contact" "security-txt" Url "the security.txt file (RFC 9116)"
    DisclosurePolicy "contact" "disclosure-policy" Url "the policy on coordinated vulnerability disclosure"
    SupportType "support" "type" Text "what technical security support is offered"
    SupportUrl "support" "url" Url "where support is described"
    GeneralAvailability "support" "general-availability" Date "the day the product became generally available"
    EndOfDevelopment "support" "end-of-development" Date "the day development of new features ends"
    EndOfProduction "support" "end-of-production" Date "the day production ends"
    EndOfMarketing "support" "end-of-marketing" Date "the day marketing ends"
    EndOfGuaranteedSupport "support" "end-of-guaranteed-support" Date "the day until which support is guaranteed"
    EndOfSupport "support" "end-of-support" Date "the day the support period ends"
    EndOfLife "support" "end-of-life" Date "the day the product's life ends"
    Declaration "conformity" "declaration" Text "the EU declaration of conformity: its address, or where it is kept"
    TechnicalDocumentation "conformity" "technical-documentation" Text "where the technical documentation is kept"
    RiskAssessment "conformity" "risk-assessment" Text "where the assessment of cybersecurity risks is kept"
    Instructions "conformity" "instructions" Url "the information and instructions for users"
    Standards "conformity" "standards" Text "the harmonised standards, common specifications or certifications that are applied"
    Body "conformity" "body" Text "the notified body, with its number, where one took part"
    Representative "conformity" "authorised-representative" Text "the authorised representative's name and address, where there is one"
    AuthorName "sbom" "author" Text "who answers for this SBOM; the manufacturer where it is left out"
    AuthorEmail "sbom" "author-email" Email "the SBOM author's e-mail address"
    AuthorUrl "sbom" "author-url" Url "the SBOM author's web page"
    SbomLocation "sbom" "location" Url "where users can get this SBOM"
    SbomSignature "sbom" "signature" Text "the detached signature of this SBOM: its file or address"
}

impl ProductKey {
    /// The sections, in order.
    pub fn sections() -> impl Iterator<Item = &'static str> {
        let mut last = "";
        Self::TABLE.iter().filter_map(move |it| {
            let new = it.section != last;
            last = it.section;
            new.then_some(it.section)
        })
    }

    /// The row of a key as `bomtrail.toml` writes it.
    pub fn find(section: &str, name: &str) -> Option<&'static KeyInfo> {
        Self::TABLE
            .iter()
            .find(|it| it.section == section && it.name == name)
    }

    /// The row of the key written `section.name`.
    pub fn from_path(path: &str) -> Option<&'static KeyInfo> {
        path.split_once('.')
            .and_then(|(section, name)| Self::find(section, name))
    }

    /// Its row in the table; every key has one.
    pub fn info(self) -> Option<&'static KeyInfo> {
        Self::TABLE.iter().find(|it| it.key == self)
    }

    /// `section.name`.
    pub fn path(self) -> String {
        self.info()
            .map(|it| [it.section, it.name].join("."))
            .unwrap_or_default()
    }

    /// The name of a milestone in the CycloneDX property taxonomy (`cdx:lifecycle:milestone`).
    pub fn milestone(self) -> Option<&'static str> {
        match self {
            Self::GeneralAvailability => Some("generalAvailability"),
            Self::EndOfDevelopment => Some("endOfDevelopment"),
            Self::EndOfProduction => Some("endOfProduction"),
            Self::EndOfMarketing => Some("endOfMarketing"),
            Self::EndOfGuaranteedSupport => Some("endOfGuaranteedSupport"),
            Self::EndOfSupport => Some("endOfSupport"),
            Self::EndOfLife => Some("endOfLife"),
            _ => None,
        }
    }
}
