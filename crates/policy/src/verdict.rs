//! How bad a finding is.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The rule does not run.
    Allow,
    /// The finding is reported.
    Warn,
    /// The finding is reported and the check fails.
    Deny,
}

impl Verdict {
    /// Every verdict with its name in policies and documents.
    pub const NAMES: [(Self, &'static str); 3] = [
        (Self::Deny, "deny"),
        (Self::Warn, "warn"),
        (Self::Allow, "allow"),
    ];

    /// The name used in policies and documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The verdict of a name used in policies.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, it)| *it == name);
        found.map(|(verdict, _)| *verdict)
    }
}
