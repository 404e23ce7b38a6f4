//! What security advisories say about the packages of a graph, and what was decided about it. Values only: `advisories` finds
//! the matches, rules and reports read them.

use crate::diagnostic::Place;
use crate::model::facts::Text;
use crate::model::fragment::Need;
use crate::model::graph::NodeId;
use crate::time::{Date, Timestamp};

/// How severe an advisory says a vulnerability is (the qualitative scale of CVSS).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// The advisory does not say.
    #[default]
    Unknown,
    /// 0.0.
    None,
    /// 0.1 to 3.9.
    Low,
    /// 4.0 to 6.9.
    Medium,
    /// 7.0 to 8.9.
    High,
    /// 9.0 to 10.0.
    Critical,
}

impl Rating {
    /// Every rating with its name in documents.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::Critical, "critical"),
        (Self::High, "high"),
        (Self::Medium, "medium"),
        (Self::Low, "low"),
        (Self::None, "none"),
        (Self::Unknown, "unknown"),
    ];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(it, _)| *it == self);
        found.map_or("unknown", |(_, name)| name)
    }

    /// The rating of a name, in any case; `moderate` is medium.
    pub fn from_name(name: &str) -> Option<Self> {
        let is = |it: &str| name.eq_ignore_ascii_case(it);
        if is("moderate") {
            return Some(Self::Medium);
        }
        let found = Self::NAMES.iter().find(|(_, it)| is(it));
        found.map(|(rating, _)| *rating)
    }
}

/// The severity of a vulnerability.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Severity {
    /// On the qualitative scale.
    pub rating: Rating,
    /// The CVSS base score in tenths (98 is 9.8); `None` without a vector.
    pub tenths: Option<u16>,
    /// The CVSS vector, as the advisory has it.
    pub vector: Option<Text>,
}

impl Severity {
    /// The score as it is printed (`9.8`).
    pub fn score(&self) -> Option<String> {
        let tenths = self.tenths?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// When a package is used, over all chains that lead to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReachPhase {
    /// A chain of runtime dependencies leads to it.
    Runtime,
    /// Every chain has a dependency that only development, build or test needs.
    Develop,
    /// The inputs say that nothing needs it.
    Unreached,
    /// The inputs do not say what needs it.
    #[default]
    Unknown,
}

impl ReachPhase {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Develop => "develop",
            Self::Unreached => "unreached",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether an update of the lockfile alone removes a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Update {
    /// One fixed version satisfies every declared range.
    Fits,
    /// A declared range or a bundled copy does not allow it.
    Blocked,
    /// No fixed version is known, or the inputs do not have the declared ranges.
    #[default]
    Unknown,
}

/// What keeps a package from a fixed version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blocker {
    /// The package that requires it or bundles it.
    pub node: NodeId,
    /// The range that no fixed version satisfies; `None` for a package that bundles it.
    pub range: Option<Text>,
}

/// A dependency that the project itself declares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnEdge {
    /// The project or the workspace member that declares it.
    pub from: NodeId,
    /// The package that it reaches.
    pub to: NodeId,
    /// The range in force.
    pub range: Option<Text>,
}

/// How the product reaches a package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Reach {
    /// When it is used.
    pub phase: ReachPhase,
    /// How much it is needed, over the shortest chain; `None` without a chain.
    pub need: Option<Need>,
    /// The roots that reach it.
    pub roots: Vec<NodeId>,
    /// A shortest chain over the edges that make the phase: the root first, the package last.
    pub path: Vec<NodeId>,
    /// The first dependency on the chain that the project itself declares and can change.
    pub own: Option<OwnEdge>,
    /// The rule of the project that replaced a declared range on the chain.
    pub overridden: Option<Text>,
    /// True when a copy is in the archive of another package.
    pub bundled: bool,
    /// The platforms that it is restricted to (`linux`, `!win32`, `x64`); empty for all.
    pub platforms: Vec<Text>,
    /// Whether an update of the lockfile is enough.
    pub update: Update,
    /// What does not allow a fixed version.
    pub blockers: Vec<Blocker>,
}

/// What a project decided about a vulnerability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VexStatus {
    /// The product is affected, and something is done about it.
    Affected,
    /// The product is not affected.
    NotAffected,
    /// The product has a fix of its own, such as a patch.
    Fixed,
    /// It is not known yet.
    Investigating,
    /// The advisory does not apply to the package.
    FalsePositive,
}

impl VexStatus {
    /// Every status with its name in decisions and documents.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::Affected, "affected"),
        (Self::NotAffected, "not-affected"),
        (Self::Fixed, "fixed"),
        (Self::Investigating, "investigating"),
        (Self::FalsePositive, "false-positive"),
    ];

    /// The name used in decisions and documents.
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(it, _)| *it == self);
        found.map_or("affected", |(_, name)| name)
    }

    /// True when nothing is left to do about the vulnerability.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::NotAffected | Self::Fixed | Self::FalsePositive)
    }
}

/// Why a product is not affected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Justification {
    /// The package is not part of what is shipped.
    ComponentNotPresent,
    /// The vulnerable code is not part of the package as it is used.
    CodeNotPresent,
    /// The vulnerable code is never run.
    CodeNotReachable,
    /// An attacker does not control what reaches the vulnerable code.
    NotControllable,
    /// Something else prevents an attack.
    Mitigated,
}

impl Justification {
    /// Every justification with its name in decisions.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::ComponentNotPresent, "component-not-present"),
        (Self::CodeNotPresent, "code-not-present"),
        (Self::CodeNotReachable, "code-not-reachable"),
        (Self::NotControllable, "not-controllable"),
        (Self::Mitigated, "mitigated"),
    ];

    /// The name used in decisions.
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(it, _)| *it == self);
        found.map_or("mitigated", |(_, name)| name)
    }
}

/// Whether a decision counts at the time of the check.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Validity {
    /// It counts.
    Valid,
    /// Its last day is over.
    Expired(Date),
    /// A condition that it depends on does not hold; the text says which.
    Void(Text),
}

/// A decision about a match.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct MatchDecision {
    /// What was decided.
    pub status: VexStatus,
    /// Why the product is not affected.
    pub why: Option<Justification>,
    /// The reason, in the words of who decided.
    pub reason: Text,
    /// What users are to do about an affected product.
    pub action: Option<Text>,
    /// Who decided.
    pub by: Option<Text>,
    /// When.
    pub decided: Option<Date>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// Whether it counts.
    pub validity: Validity,
    /// Where it is written.
    pub place: Place,
}

impl MatchDecision {
    /// A decision that counts, with a reason.
    pub fn new(status: VexStatus, reason: &str, place: Place) -> Self {
        Self {
            status,
            why: None,
            reason: reason.into(),
            action: None,
            by: None,
            decided: None,
            until: None,
            validity: Validity::Valid,
            place,
        }
    }
}

/// A statement of someone else about a match: a claim, never a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    /// What is claimed.
    pub status: VexStatus,
    /// The reason that is given.
    pub reason: Text,
    /// The document that has it.
    pub document: Text,
    /// Who wrote the document.
    pub author: Text,
}

/// An advisory that applies to a package version of the graph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Match {
    /// The package.
    pub node: NodeId,
    /// The core module of Perl that the advisory is about, where the package is Perl itself.
    pub module: Option<Text>,
    /// The name that the advisory has for the package.
    pub package: Text,
    /// The version that matched.
    pub version: Text,
    /// The id of the record.
    pub id: Text,
    /// The other ids of the vulnerability, over all records that were read.
    pub aliases: Vec<Text>,
    /// The part of the record that applies, as comparators (`>=1.0.0 <1.2.0`).
    pub range: Text,
    /// The versions that end the ranges that apply and that the record does not call affected.
    pub fixed: Vec<Text>,
    /// One line about the vulnerability.
    pub summary: Text,
    /// How severe it is.
    pub severity: Severity,
    /// Its weaknesses, as numbers of the Common Weakness Enumeration.
    pub cwes: Vec<u32>,
    /// Web pages about it.
    pub references: Vec<Text>,
    /// When the record was last changed.
    pub modified: Option<Timestamp>,
    /// The source of the record, as a position in [`Advisories::sources`].
    pub source: usize,
    /// True when the package itself is malicious.
    pub malicious: bool,
    /// True when the vulnerability is known to be exploited.
    pub known_exploited: bool,
    /// The library inside of the package that is vulnerable.
    pub embedded: Option<Text>,
    /// True when only the name says that it is the package of the advisory, because it is from another registry, a repository or
    /// an archive.
    pub by_name: bool,
    /// How the product reaches the package.
    pub reach: Reach,
    /// What the project decided about it.
    pub decision: Option<MatchDecision>,
    /// What others state about it.
    pub claims: Vec<Claim>,
}

impl Match {
    /// A record that applies to a version of a node; nothing else is known.
    pub fn new(node: NodeId, id: &str, package: &str, version: &str) -> Self {
        Self {
            node,
            module: None,
            package: package.into(),
            version: version.into(),
            id: id.into(),
            aliases: Vec::new(),
            range: Text::default(),
            fixed: Vec::new(),
            summary: Text::default(),
            severity: Severity::default(),
            cwes: Vec::new(),
            references: Vec::new(),
            modified: None,
            source: 0,
            malicious: false,
            known_exploited: false,
            embedded: None,
            by_name: false,
            reach: Reach::default(),
            decision: None,
            claims: Vec::new(),
        }
    }

    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// The decision, where it counts.
    pub fn valid_decision(&self) -> Option<&MatchDecision> {
        let decision = self.decision.as_ref();
        decision.filter(|it| it.validity == Validity::Valid)
    }

    /// True unless a decision that counts leaves nothing to do.
    pub fn is_open(&self) -> bool {
        !self
            .valid_decision()
            .is_some_and(|it| it.status.is_closed())
    }

    /// True when `id` is the record's own or one of its aliases.
    pub fn has_id(&self, id: &str) -> bool {
        *self.id == *id || self.aliases.iter().any(|it| **it == *id)
    }
}

/// A file of advisories that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AdvisorySource {
    /// Its name.
    pub name: Text,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: Text,
    /// How many records were read of it.
    pub entries: u64,
    /// How many records could not be read.
    pub damaged: u64,
    /// The newest date in it.
    pub newest: Option<Timestamp>,
    /// The ecosystems that it has records of, by Package URL type.
    pub ecosystems: Vec<Text>,
}

impl AdvisorySource {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }
}

/// An ecosystem of the graph, and whether advisories were read for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Coverage {
    /// The Package URL type.
    pub ecosystem: Text,
    /// How many packages were looked up.
    pub packages: usize,
    /// How many packages have no version, so that nothing is known about them.
    pub without_version: usize,
    /// The newest date of its records; `None` without any.
    pub newest: Option<Timestamp>,
    /// False when no source has records of it: whether its packages are vulnerable is unknown.
    pub is_known: bool,
}

/// A decision that does not apply to anything.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnusedDecision {
    /// The advisory and the package that it names.
    pub subject: Text,
    /// Where it is written.
    pub place: Place,
}

/// What advisories say about a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Advisories {
    /// The matches, sorted by package and id.
    pub matches: Vec<Match>,
    /// What was read.
    pub sources: Vec<AdvisorySource>,
    /// The ecosystems of the graph.
    pub coverage: Vec<Coverage>,
    /// Decisions that apply to nothing.
    pub unused: Vec<UnusedDecision>,
    /// The day of the check.
    pub today: Option<Date>,
    /// The sources whose newest record is older than the limit that was asked for, with their age in days.
    pub too_old: Vec<(usize, i64)>,
}

impl Advisories {
    /// Sets fields by name. A field that a later version adds keeps its default.
    #[must_use]
    pub fn with(mut self, set: impl FnOnce(&mut Self)) -> Self {
        set(&mut self);
        self
    }

    /// How many records could not be read.
    pub fn damaged(&self) -> u64 {
        self.sources.iter().map(|it| it.damaged).sum()
    }

    /// True when data is missing, damaged or too old, so that no match does not mean that nothing is vulnerable. Packages without
    /// a version are unknown one by one.
    pub fn is_incomplete(&self) -> bool {
        self.damaged() > 0
            || !self.too_old.is_empty()
            || self.coverage.iter().any(|it| !it.is_known)
    }
}
