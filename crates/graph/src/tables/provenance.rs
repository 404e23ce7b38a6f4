//! The provenance side table: what is proved of where a node's bytes come from. Values only; who proves it lies elsewhere.
//!
//! Every axis has a state of its own, because "not checked", "could not be checked" and "checked and wrong" ask for
//! different reactions.

mod statements;

use crate::model::facts::Text;

/// How far one piece of evidence goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceState {
    /// No evidence was found.
    #[default]
    Absent,
    /// Somebody says that there is, and nothing was there to check.
    Claimed,
    /// It was checked and holds.
    Verified,
    /// It was checked and does not hold.
    Failed,
    /// It cannot be checked with what is at hand.
    Unverifiable,
}

impl EvidenceState {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Claimed => "claimed",
            Self::Verified => "verified",
            Self::Failed => "failed",
            Self::Unverifiable => "unverifiable",
        }
    }
}

/// What a piece of evidence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// The lockfile pins the archive's SHA-512.
    Pinned,
    /// The registry signed name, version and digest.
    RegistrySigned,
    /// The registry attests to the publication, in a transparency log.
    PublishAttested,
    /// The build's own attestation is authentic and about exactly these bytes.
    ProvenanceVerified,
    /// What the attestation says agrees with the signer's certificate and with the package's own metadata.
    ProvenanceConsistent,
}

impl Axis {
    /// Every axis, weakest evidence first.
    pub const ALL: [Self; 5] = [
        Self::Pinned,
        Self::RegistrySigned,
        Self::PublishAttested,
        Self::ProvenanceVerified,
        Self::ProvenanceConsistent,
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::RegistrySigned => "registry-signed",
            Self::PublishAttested => "publish-attested",
            Self::ProvenanceVerified => "provenance-verified",
            Self::ProvenanceConsistent => "provenance-consistent",
        }
    }
}

/// The strongest kind of evidence that holds for a node; each is worth more than those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceLevel {
    /// Nothing.
    #[default]
    E0,
    /// The archive's digest is pinned.
    E1,
    /// The registry signed it.
    E2,
    /// The registry attests to its publication.
    E3,
    /// Its build attestation is authentic and about these bytes.
    E4,
    /// And agrees with the signer's certificate and the package's metadata.
    E5,
}

impl EvidenceLevel {
    /// Every level with its name, weakest first.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::E0, "E0"),
        (Self::E1, "E1"),
        (Self::E2, "E2"),
        (Self::E3, "E3"),
        (Self::E4, "E4"),
        (Self::E5, "E5"),
    ];

    /// The name used in documents (`E4`).
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }

    /// The level of a name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, it)| it.eq_ignore_ascii_case(name))
            .map(|(it, _)| *it)
    }
}

/// One axis: how far the evidence goes, and why no further.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// How far.
    pub state: EvidenceState,
    /// Why, as a lower-case fragment; empty when the state says all.
    pub reason: Text,
}

impl Evidence {
    /// Evidence of a state, with its reason.
    pub fn new(state: EvidenceState, reason: &str) -> Self {
        Self {
            state,
            reason: reason.into(),
        }
    }
}

/// The level of the SLSA build track that the evidence supports (<https://slsa.dev/spec/v1.0/levels>).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BuildLevel {
    /// 1 to 3; `None` when nothing supports any.
    pub level: Option<u8>,
    /// True when it rests on a verified signature, false for what is merely said.
    pub verified: bool,
    /// Why not more, as a lower-case fragment.
    pub reason: Text,
}

/// What the certificate of a verified build attestation says of the build. The certificate authority copied these from
/// the build platform's identity token, so they are facts about who signed, as the platform states them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BuildIdentity {
    /// Who vouches for the identity (URL of the `OpenID` Connect issuer).
    pub issuer: Text,
    /// The signer: the workflow with its ref (URI), or an e-mail address.
    pub signer: Text,
    /// Source repository (URL).
    pub repository: Option<Text>,
    /// Source commit, in hexadecimal.
    pub commit: Option<Text>,
    /// Source ref (`refs/tags/v1.0.0`).
    pub git_ref: Option<Text>,
    /// The platform's number for the repository, which survives a renaming.
    pub repository_id: Option<Text>,
    /// The owner of the repository (URL).
    pub owner: Option<Text>,
    /// The platform's number for the owner.
    pub owner_id: Option<Text>,
    /// The workflow file with its ref (URI).
    pub build_config: Option<Text>,
    /// What started the build (`push`, `release`).
    pub trigger: Option<Text>,
    /// The run (URL).
    pub run: Option<Text>,
    /// Where it ran (`github-hosted`, `self-hosted`); unknown in certificates of before April 2023.
    pub runner: Option<Text>,
    /// Whether the repository was public when the certificate was issued.
    pub visibility: Option<Text>,
}

/// One attestation that was found for a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Attestation {
    /// The type of its predicate (URI).
    pub predicate_type: Text,
    /// How far it could be verified, and why no further.
    pub evidence: Evidence,
    /// SHA-256 of the signed payload, in hexadecimal: which statement this is.
    pub payload_sha256: Text,
    /// When it was signed, as a log or time-stamping authority vouches for (RFC 3339, UTC, seconds).
    pub signed_at: Option<Text>,
    /// Its number in the transparency log, where a signature of the log covers it.
    pub log_index: Option<u64>,
}

impl Attestation {
    /// True when it is one of where the package was built.
    pub fn is_build(&self) -> bool {
        self.predicate_type
            .starts_with("https://slsa.dev/provenance/")
    }
}

/// What is proved of one node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// One piece of evidence for each axis, in the order of [`Axis::ALL`].
    axes: [Evidence; 5],
    /// What the build track of SLSA calls it.
    pub build_level: BuildLevel,
    /// Who built and signed it, from a verified attestation.
    pub build: Option<Box<BuildIdentity>>,
    /// Every attestation that was found, verified or not.
    pub attestations: Vec<Attestation>,
    /// Unsigned remarks of the registry (`trusted-publisher`, `staged-approved`), sorted.
    pub registry_remarks: Vec<Text>,
}

impl Provenance {
    /// The evidence on one axis.
    pub fn evidence(&self, axis: Axis) -> &Evidence {
        let [pinned, signed, published, verified, consistent] = &self.axes;
        match axis {
            Axis::Pinned => pinned,
            Axis::RegistrySigned => signed,
            Axis::PublishAttested => published,
            Axis::ProvenanceVerified => verified,
            Axis::ProvenanceConsistent => consistent,
        }
    }

    /// Sets the evidence on one axis.
    pub fn set(&mut self, axis: Axis, evidence: Evidence) {
        let [pinned, signed, published, verified, consistent] = &mut self.axes;
        let slot = match axis {
            Axis::Pinned => pinned,
            Axis::RegistrySigned => signed,
            Axis::PublishAttested => published,
            Axis::ProvenanceVerified => verified,
            Axis::ProvenanceConsistent => consistent,
        };
        *slot = evidence;
    }

    /// The strongest kind of evidence that holds.
    pub fn level(&self) -> EvidenceLevel {
        let holds = |axis| self.evidence(axis).state == EvidenceState::Verified;
        if holds(Axis::ProvenanceVerified) {
            return if holds(Axis::ProvenanceConsistent) {
                EvidenceLevel::E5
            } else {
                EvidenceLevel::E4
            };
        }
        let below = [
            (Axis::PublishAttested, EvidenceLevel::E3),
            (Axis::RegistrySigned, EvidenceLevel::E2),
            (Axis::Pinned, EvidenceLevel::E1),
        ];
        below
            .into_iter()
            .find(|(axis, _)| holds(*axis))
            .map_or(EvidenceLevel::E0, |(_, level)| level)
    }

    /// True when the evidence of a level is verified. A higher level does not replace it: a verified build provenance
    /// ([`EvidenceLevel::E4`]) is not an attested publication ([`EvidenceLevel::E3`]).
    pub fn meets(&self, level: EvidenceLevel) -> bool {
        let is_verified = |axis| self.evidence(axis).state == EvidenceState::Verified;
        match level {
            EvidenceLevel::E0 => true,
            EvidenceLevel::E1 => is_verified(Axis::Pinned),
            EvidenceLevel::E2 => is_verified(Axis::RegistrySigned),
            EvidenceLevel::E3 => is_verified(Axis::PublishAttested),
            EvidenceLevel::E4 => is_verified(Axis::ProvenanceVerified),
            EvidenceLevel::E5 => {
                is_verified(Axis::ProvenanceVerified) && is_verified(Axis::ProvenanceConsistent)
            }
        }
    }

    /// True when anything was checked and does not hold.
    pub fn has_failed(&self) -> bool {
        self.first_failure().is_some()
    }

    /// Why the first thing that does not hold does not, the strongest evidence first.
    pub fn first_failure(&self) -> Option<&Evidence> {
        let attested = self.attestations.iter().map(|it| &it.evidence);
        self.axes
            .iter()
            .rev()
            .chain(attested)
            .find(|it| it.state == EvidenceState::Failed)
    }

    /// True when anything was checked, whatever came of it: a digest alone is a fact of the lockfile, not a check.
    pub fn is_checked(&self) -> bool {
        let [_, others @ ..] = &self.axes;
        others
            .iter()
            .any(|it| !matches!(it.state, EvidenceState::Absent | EvidenceState::Claimed))
    }
}
