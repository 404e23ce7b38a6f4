//! Small value types that facts about a component are made of, whatever input a fact came from.

use crate::model::hash::Hash;

/// Text that is kept as it was written, in the fewest bytes.
pub type Text = Box<str>;

/// A fact that may be known, unknown, or withheld on purpose; the three are never mixed up (2026 Minimum Elements,
/// "explicitly identifying unknown information").
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact<T> {
    /// The input states it.
    Known(T),
    /// Nothing that was read states it.
    #[default]
    Unknown,
    /// It is known, and deliberately not said.
    Withheld,
}

impl<T> Fact<T> {
    /// The value, when it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Withheld => None,
        }
    }

    /// True when nothing that was read states the fact.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// Whether the dependencies of a component are all known (CycloneDX `compositions.aggregate`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Completeness {
    /// Every direct dependency is an edge of the graph.
    #[default]
    Complete,
    /// Some direct dependencies are known to be absent from the graph.
    Incomplete,
    /// The input does not say what this component depends on.
    Unknown,
}

/// Yes-or-no facts about one place of a component, as its input states them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flags(u32);

impl Flags {
    /// Needed by development dependencies only.
    pub const DEV: Self = Self(1);
    /// Needed by optional dependencies only.
    pub const OPTIONAL: Self = Self(1 << 1);
    /// Needed by development and by optional dependencies, and by nothing else: it can be production.
    pub const DEV_OPTIONAL: Self = Self(1 << 2);
    /// Needed by peer dependencies only.
    pub const PEER: Self = Self(1 << 3);
    /// Shipped inside another package's archive.
    pub const BUNDLED: Self = Self(1 << 4);
    /// Present, and needed by nothing.
    pub const EXTRANEOUS: Self = Self(1 << 5);
    /// Runs a script when it is installed.
    pub const INSTALL_SCRIPT: Self = Self(1 << 6);
    /// Marked as not to be published.
    pub const PRIVATE: Self = Self(1 << 7);
    /// Carries its own lockfile.
    pub const HAS_SHRINKWRAP: Self = Self(1 << 8);

    /// Its bytes come from outside the project.
    pub const FETCHED: Self = Self(1 << 9);
    /// Its bytes come in the archive of the package that contains it.
    pub const CARRIED: Self = Self(1 << 10);
    /// The name, the version, the address, and what asks for it do not name one package.
    pub const CONTRADICTED: Self = Self(1 << 11);
    /// Only the entry itself says which package it is: its address does not, or is missing.
    pub const UNSTATED: Self = Self(1 << 12);
    /// Fetched without any digest to compare with.
    pub const UNVERIFIED: Self = Self(1 << 13);
    /// Fetched with no digest stronger than SHA-1.
    pub const WEAK_DIGEST: Self = Self(1 << 14);
    /// Fetched over a connection anyone on the way can change.
    pub const INSECURE: Self = Self(1 << 15);
    /// Its address has a user name before the host, and one of the two is a registry's.
    pub const ODD_USER: Self = Self(1 << 16);
    /// Its address is a registry's host with a port of its own.
    pub const ODD_PORT: Self = Self(1 << 17);
    /// Its address is a registry's host in another spelling than the registry's own (case, a dot at the end).
    pub const ODD_SPELLING: Self = Self(1 << 18);
    /// The host of its address has characters that may look like others (punycode, not ASCII).
    pub const ODD_SCRIPT: Self = Self(1 << 19);
    /// The host of its address contains a registry's domain and is not under it.
    pub const LOOKALIKE: Self = Self(1 << 20);
    /// The path of its address has `..`, `.` or a backslash in it.
    pub const TRAVERSAL: Self = Self(1 << 21);
    /// What is installed says of itself that it is another package.
    pub const MASKED: Self = Self(1 << 22);

    /// The flags about where its bytes come from. They are not facts about the package, so documents do not name them; what
    /// holds at one place of a package holds for the package.
    pub const SUPPLY: Self = Self(((1 << 24) - 1) & !((1 << 9) - 1));

    /// The supply flags that make it doubtful which package it is.
    pub const DOUBTFUL: Self = Self(
        Self::CONTRADICTED.0
            | Self::ODD_USER.0
            | Self::ODD_PORT.0
            | Self::ODD_SPELLING.0
            | Self::ODD_SCRIPT.0
            | Self::LOOKALIKE.0
            | Self::TRAVERSAL.0
            | Self::MASKED.0,
    );

    /// All flags with the names they have in documents.
    pub const NAMES: [(Self, &'static str); 9] = [
        (Self::DEV, "dev"),
        (Self::OPTIONAL, "optional"),
        (Self::DEV_OPTIONAL, "dev-optional"),
        (Self::PEER, "peer"),
        (Self::BUNDLED, "bundled"),
        (Self::EXTRANEOUS, "extraneous"),
        (Self::INSTALL_SCRIPT, "install-script"),
        (Self::PRIVATE, "private"),
        (Self::HAS_SHRINKWRAP, "has-shrinkwrap"),
    ];

    /// True when every flag of `other` is set.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets the flags of `other` when `on`.
    pub fn set(&mut self, other: Self, on: bool) {
        if on {
            self.0 |= other.0;
        } else {
            self.0 &= !other.0;
        }
    }

    /// True when any flag of `other` is set.
    pub fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The flags set in both.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The flags set in either.
    #[must_use]
    pub fn either(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The names of the flags that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES
            .into_iter()
            .filter(move |(flag, _)| self.has(*flag))
            .map(|(_, name)| name)
    }
}

/// A person or organisation as package metadata names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Person {
    /// Name as written; may be empty when only an address is known.
    pub name: Text,
    /// E-mail address.
    pub email: Option<Text>,
    /// Web page.
    pub url: Option<Text>,
}

/// A patch that is applied to the package after it is unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Patch {
    /// Path of the patch file, relative to the project.
    pub path: Text,
    /// Digests of the patch file.
    pub hashes: Vec<Hash>,
}

/// A resource outside of the document that a component refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// What it is: a type of CycloneDX `externalReferences`, or a word of another format.
    pub kind: Text,
    /// Where it is, as written; usually an IRI.
    pub url: Text,
    /// What the document says about it.
    pub comment: Option<Text>,
    /// Digests of what is there.
    pub hashes: Vec<Hash>,
}

/// Facts that only some components state, kept apart so that the others stay small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Details {
    /// One line about the package.
    pub description: Option<Text>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// Home page (IRI).
    pub homepage: Option<Text>,
    /// Source repository (IRI, credentials removed).
    pub repository: Option<Text>,
    /// Issue tracker (IRI).
    pub bugs: Option<Text>,
    /// Where to fund it (IRIs).
    pub funding: Vec<Text>,
    /// The message of a deprecated package.
    pub deprecated: Option<Text>,
    /// Runtime engines and their ranges, as written.
    pub engines: Vec<(Text, Text)>,
    /// Operating systems it installs on; `!` negates.
    pub os: Vec<Text>,
    /// Processor architectures it installs on; `!` negates.
    pub cpu: Vec<Text>,
    /// C libraries it installs with; `!` negates.
    pub libc: Vec<Text>,
    /// The place of the package whose archive carries this one.
    pub bundled_by: Option<Text>,
    /// The place of the component that contains this one, as its document states it.
    pub container: Option<Text>,
    /// The organisation or person that distributes it, as its document states it.
    pub supplier: Option<Person>,
    /// The supplier is a person, not an organisation.
    pub supplier_is_person: bool,
    /// The organisation that made it, as its document states it.
    pub manufacturer: Option<Person>,
    /// What the document says about it that has no field.
    pub comment: Option<Text>,
    /// Further resources that it refers to.
    pub references: Vec<Reference>,
    /// Words of its licences: an identifier (`LicenseRef-…`) or the name of a licence, and its text.
    pub license_texts: Vec<(Text, Text)>,
    /// Copyright notice.
    pub copyright: Option<Text>,
    /// Common Platform Enumeration names, in version 2.2 (`cpe:/`) or 2.3 (`cpe:2.3:`) form.
    pub cpes: Vec<Text>,
    /// Patches applied to it.
    pub patches: Vec<Patch>,
    /// Further facts of the ecosystem, as `(property name, value)`.
    pub properties: Vec<(Text, Text)>,
}

impl Details {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}
