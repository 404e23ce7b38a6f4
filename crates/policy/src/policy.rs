//! What a project makes of the rules: `[policy]` of `bomtrail.toml`. Our own configuration, so whatever is not known in it is
//! an error.

mod read;

use bomtrail_graph::{Date, Diagnostics, Purl};

use crate::rules::Verdict;

/// Which dependencies a rule is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those that the project itself asks for.
    Direct,
    /// Those that only others ask for.
    Transitive,
}

/// What one rule is set to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// How bad it is; the rule's own default where it is not said.
    pub verdict: Option<Verdict>,
    /// Which dependencies.
    pub scope: Scope,
    /// Names or patterns (`@ours/*`).
    pub packages: Vec<String>,
    /// SPDX licence identifiers.
    pub licenses: Vec<String>,
    /// How bad an unknown licence is.
    pub unknown: Option<Verdict>,
    /// The most there may be.
    pub limit: Option<u32>,
    /// Days.
    pub days: Option<u32>,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// A finding that is accepted for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The rule.
    pub rule: String,
    /// The package; without a version, all of them.
    pub package: Purl,
    /// Why.
    pub reason: String,
    /// The last day it holds.
    pub expires: Date,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// What holds for all rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// From which verdict on a check fails.
    pub fail_on: Verdict,
    /// Registries beside the public ones, by URL.
    pub registries: Vec<String>,
    /// How deep approvals may extend each other.
    pub max_extends_depth: usize,
    /// What reviews must have been against.
    pub criteria: Vec<String>,
    /// Believe the lockfile's version where no address states it.
    pub trust_lock_version: bool,
    /// Approve nothing whose digest no review pins.
    pub require_integrity: bool,
    /// Hear what the lists of workspace members approve, of the packages each needs.
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
pub struct Policy {
    /// The file it is from; empty when there is none.
    pub path: String,
    /// What holds for all rules.
    pub options: Options,
    /// What rules are set to, in the order they stand.
    pub settings: Vec<(String, Setting)>,
    /// What is accepted for a while.
    pub exceptions: Vec<Exception>,
}

impl Policy {
    /// Reads the `[policy]` table of a `bomtrail.toml`; the other tables are for others.
    ///
    /// # Errors
    /// All that is wrong with it, each with its line.
    pub fn parse(path: &str, text: &str) -> Result<Self, Diagnostics> {
        read::policy(path, text)
    }

    /// What a rule is set to, where it is.
    pub fn setting(&self, rule: &str) -> Option<&Setting> {
        self.settings
            .iter()
            .find(|(id, _)| id == rule)
            .map(|(_, setting)| setting)
    }

    /// Sets a rule from the command line, over what the file says.
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

#[cfg(test)]
mod tests;
