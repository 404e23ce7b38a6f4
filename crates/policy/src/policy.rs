//! What a project sets the rules to: `[policy]` of `bomtrail.toml`, or a policy that is made in memory.

use bomtrail_graph::{Date, Purl, Rating};

use crate::verdict::Verdict;

/// Which dependencies a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those that the project itself asks for.
    Direct,
    /// Those that only other dependencies ask for.
    Transitive,
}

/// What one rule is set to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting {
    /// The verdict; `None` is the rule's own default.
    pub verdict: Option<Verdict>,
    /// Which dependencies.
    pub scope: Scope,
    /// Names or patterns (`@ours/*`).
    pub packages: Vec<String>,
    /// SPDX licence identifiers.
    pub licenses: Vec<String>,
    /// The verdict on an unknown licence.
    pub unknown: Option<Verdict>,
    /// The highest number allowed.
    pub limit: Option<u32>,
    /// A number of days.
    pub days: Option<u32>,
    /// The lowest severity of a vulnerability that counts; an unknown one always counts.
    pub severity: Option<Rating>,
    /// True when only what may be reached at runtime counts.
    pub runtime_only: bool,
    /// Its line in the file, from 1; 0 where it was made in memory.
    pub line: usize,
}

/// A finding that is accepted until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The rule.
    pub rule: String,
    /// The package; without a version, all versions.
    pub package: Purl,
    /// Why.
    pub reason: String,
    /// The last day on which it is valid.
    pub expires: Date,
    /// Its line in the file, from 1; 0 where it was made in memory.
    pub line: usize,
}

impl Exception {
    /// Accepts the findings of a rule on a package until the end of a day.
    #[must_use]
    pub fn new(rule: &str, package: Purl, reason: &str, expires: Date) -> Self {
        Self {
            rule: rule.to_owned(),
            package,
            reason: reason.to_owned(),
            expires,
            line: 0,
        }
    }
}

/// Settings that apply to all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The lowest verdict at which the check fails.
    pub fail_on: Verdict,
    /// The URLs of known registries, in addition to the public ones.
    pub registries: Vec<String>,
    /// How deep approvals may extend each other.
    pub max_extends_depth: usize,
    /// The criteria that reviews must cover.
    pub criteria: Vec<String>,
    /// Trust the lockfile's version where no address states it.
    pub trust_lock_version: bool,
    /// Approve only packages whose digest a review pins.
    pub require_integrity: bool,
    /// Let the lists of workspace members approve the packages that each member needs.
    pub members_approve: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fail_on: Verdict::Deny,
            registries: Vec::new(),
            max_extends_depth: 16,
            criteria: Vec::new(),
            trust_lock_version: false,
            require_integrity: false,
            members_approve: false,
        }
    }
}

/// A project's policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The file it is from; empty where it was made in memory.
    pub path: String,
    /// Settings that apply to all rules.
    pub options: Options,
    /// What rules are set to, in the order of the file.
    pub settings: Vec<(String, Setting)>,
    /// The exceptions.
    pub exceptions: Vec<Exception>,
}

impl Policy {
    /// The policy with another verdict for a rule.
    #[must_use]
    pub fn with(mut self, rule: &str, verdict: Verdict) -> Self {
        self.set(rule, verdict);
        self
    }

    /// The policy with one more exception.
    #[must_use]
    pub fn except(mut self, exception: Exception) -> Self {
        self.exceptions.push(exception);
        self
    }

    /// What a rule is set to, if it is set.
    pub fn setting(&self, rule: &str) -> Option<&Setting> {
        self.settings
            .iter()
            .find(|(id, _)| id == rule)
            .map(|(_, setting)| setting)
    }

    /// Sets the verdict of a rule.
    pub fn set(&mut self, rule: &str, verdict: Verdict) {
        let known = self.settings.iter_mut().find(|(id, _)| id == rule);
        if let Some((_, setting)) = known {
            setting.verdict = Some(verdict);
            return;
        }
        let setting = Setting {
            verdict: Some(verdict),
            ..Setting::default()
        };
        self.settings.push((rule.to_owned(), setting));
    }
}
