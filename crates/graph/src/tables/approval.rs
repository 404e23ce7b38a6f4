//! The approval side table: what a project's approvals say of each node. Values only; who decides lies elsewhere.

use std::borrow::Cow;

use crate::model::facts::Text;

/// Whether a package may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApprovalStatus {
    /// Listed, and nothing speaks against it.
    Approved,
    /// The project's own code, which no list covers.
    FirstParty,
    /// This version is not approved, or not for this use.
    Unreviewed,
    /// Refused by a list, or not what it says it is.
    Denied,
}

impl ApprovalStatus {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::FirstParty => "first-party",
            Self::Unreviewed => "unreviewed",
            Self::Denied => "denied",
        }
    }
}

/// Why a package has its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApprovalReason {
    /// The project's own list names the version.
    Listed,
    /// A list that is extended names the version.
    Inherited,
    /// It comes in the archive of an approved package whose digest is pinned.
    BundledInApproved,
    /// It is the project's own code.
    FirstParty,
    /// No list says anything of the package.
    NoEntry,
    /// A list names other versions of the package.
    OtherVersionApproved,
    /// The review has run out.
    Expired,
    /// The review covers another use than this.
    ScopeNotCovered,
    /// The review is not against the criteria asked for.
    CriteriaMissing,
    /// The entry is for the public registry, and this comes from elsewhere.
    RegistryNotCovered,
    /// Nothing but the lockfile entry says which package this is, and no review pins its digest.
    NoTrustedIdentity,
    /// The review pins no digest, and one is needed here.
    IntegrityUnpinned,
    /// It comes in the archive of a package that is not approved with a pinned digest.
    BundledInUnapproved,
    /// The list refuses the version.
    DeniedExact,
    /// The list refuses the package.
    DeniedName,
    /// The list refuses a range that holds the version.
    DeniedRange,
    /// A list that is extended refuses it.
    DeniedInherited,
    /// The digest is not the one that was reviewed.
    IntegrityMismatch,
    /// Two lists pin different digests.
    IntegrityConflict,
    /// Name, version, address, and what asks for it do not name one package.
    IdentityMismatch,
    /// What is installed says of itself that it is another package.
    ManifestMismatch,
    /// The address has a user name before the host.
    AddressUserInfo,
    /// The address is a registry's host with another port.
    AddressPort,
    /// The address is a registry's host in an unusual spelling.
    AddressSpelling,
    /// The address has a host of look-alike characters.
    AddressScript,
    /// The address has a host that contains a registry's domain and is not under it.
    AddressLookalike,
    /// The path of the address leads elsewhere than it seems.
    AddressTraversal,
}

impl ApprovalReason {
    /// Every reason, with the name it has in documents.
    pub const NAMES: [(Self, &'static str); 27] = [
        (Self::Listed, "listed"),
        (Self::Inherited, "inherited"),
        (Self::BundledInApproved, "bundled-in-approved"),
        (Self::FirstParty, "first-party"),
        (Self::NoEntry, "no-entry"),
        (Self::OtherVersionApproved, "other-version-approved"),
        (Self::Expired, "expired"),
        (Self::ScopeNotCovered, "scope-not-covered"),
        (Self::CriteriaMissing, "criteria-missing"),
        (Self::RegistryNotCovered, "registry-not-covered"),
        (Self::NoTrustedIdentity, "no-trusted-identity"),
        (Self::IntegrityUnpinned, "integrity-unpinned"),
        (Self::BundledInUnapproved, "bundled-in-unapproved"),
        (Self::DeniedExact, "denied-exact"),
        (Self::DeniedName, "denied-name"),
        (Self::DeniedRange, "denied-range"),
        (Self::DeniedInherited, "denied-inherited"),
        (Self::IntegrityMismatch, "integrity-mismatch"),
        (Self::IntegrityConflict, "integrity-conflict"),
        (Self::IdentityMismatch, "identity-mismatch"),
        (Self::ManifestMismatch, "manifest-mismatch"),
        (Self::AddressUserInfo, "address-user-info"),
        (Self::AddressPort, "address-port"),
        (Self::AddressSpelling, "address-spelling"),
        (Self::AddressScript, "address-script"),
        (Self::AddressLookalike, "address-lookalike"),
        (Self::AddressTraversal, "address-traversal"),
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }

    /// The status that follows from it.
    pub fn status(self) -> ApprovalStatus {
        match self {
            Self::Listed | Self::Inherited | Self::BundledInApproved => ApprovalStatus::Approved,
            Self::FirstParty => ApprovalStatus::FirstParty,
            Self::NoEntry
            | Self::OtherVersionApproved
            | Self::Expired
            | Self::ScopeNotCovered
            | Self::CriteriaMissing
            | Self::RegistryNotCovered
            | Self::NoTrustedIdentity
            | Self::IntegrityUnpinned
            | Self::BundledInUnapproved => ApprovalStatus::Unreviewed,
            Self::DeniedExact
            | Self::DeniedName
            | Self::DeniedRange
            | Self::DeniedInherited
            | Self::IntegrityMismatch
            | Self::IntegrityConflict
            | Self::IdentityMismatch
            | Self::ManifestMismatch
            | Self::AddressUserInfo
            | Self::AddressPort
            | Self::AddressSpelling
            | Self::AddressScript
            | Self::AddressLookalike
            | Self::AddressTraversal => ApprovalStatus::Denied,
        }
    }
}

/// What is on record about the decision, for readers of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Decision {
    /// Who decided: `name` or `name <address>`.
    pub by: Vec<Text>,
    /// True when one of them is a person.
    pub by_person: bool,
    /// When (a date, `2026-11-21`).
    pub on: Option<Text>,
    /// Until when it holds (a date).
    pub expires: Option<Text>,
    /// How it was reached: `full`, `delta`, `imported`, `bulk` or `exemption`.
    pub basis: Option<Text>,
    /// What was noted.
    pub note: Option<Text>,
    /// True when the digest is the one that was reviewed.
    pub integrity_verified: bool,
    /// Whether its install scripts may run, where that is on record.
    pub install_scripts: Option<bool>,
}

/// What a project's approvals say of one node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Approval {
    /// Why it has its status.
    pub reason: ApprovalReason,
    /// The lists that lead to the one that says so, the project's own first; empty when none says anything.
    pub chain: Vec<Text>,
    /// The nearest version of the package that is approved, where this one is not.
    pub nearest: Option<Text>,
    /// What exactly, as a lower-case fragment; empty when the reason says all.
    pub detail: Text,
    /// What is on record about it.
    pub decision: Option<Box<Decision>>,
}

impl Approval {
    /// An opinion of which nothing but the reason is known.
    pub fn new(reason: ApprovalReason) -> Self {
        Self {
            reason,
            chain: Vec::new(),
            nearest: None,
            detail: Text::default(),
            decision: None,
        }
    }

    /// Whether the package may be used.
    pub fn status(&self) -> ApprovalStatus {
        self.reason.status()
    }

    /// What documents say of it: names in kebab-case with their values, in a fixed order.
    pub fn statements(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut all = vec![
            ("status", Cow::Borrowed(self.status().name())),
            ("reason", Cow::Borrowed(self.reason.name())),
        ];
        if !self.chain.is_empty() {
            all.push(("source", Cow::Owned(self.chain.join(" > "))));
        }
        if let Some(nearest) = &self.nearest {
            all.push(("nearest", Cow::Borrowed(nearest)));
        }
        let Some(decision) = &self.decision else {
            return all;
        };
        let verified = decision.integrity_verified && self.status() == ApprovalStatus::Approved;
        if verified {
            all.push(("integrity-verified", Cow::Borrowed("true")));
        }
        all.extend(decision.by.iter().map(|it| ("by", Cow::Borrowed(&**it))));
        for (name, value) in [
            ("on", &decision.on),
            ("expires", &decision.expires),
            ("basis", &decision.basis),
            ("note", &decision.note),
        ] {
            all.extend(value.iter().map(|it| (name, Cow::Borrowed(&**it))));
        }
        all
    }

    /// The person who decided and the day, where a person did: such a decision is a review and no more a tool's opinion.
    pub fn review(&self) -> Option<(&str, &str)> {
        let decided = matches!(
            self.status(),
            ApprovalStatus::Approved | ApprovalStatus::Denied
        );
        let decision = self
            .decision
            .as_deref()
            .filter(|it| decided && it.by_person)?;
        // A package that no person read is not reviewed, even when a person let it in.
        let read = decision.basis.as_deref() != Some("bulk");
        let by = decision.by.first().filter(|_| read)?;
        Some((by, decision.on.as_deref()?))
    }
}
