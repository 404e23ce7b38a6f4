//! What a rule is. The table of all rules is in `rules.rs`.

use bomtrail_graph::PackageManager;

use crate::context::RuleContext;
use crate::verdict::Verdict;

/// A rule. Its id is part of the stable interface.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// Stable id, `area/kebab-case`.
    pub id: &'static str,
    /// The verdict unless a policy sets another.
    pub default: Verdict,
    /// What the rule finds, as a sentence fragment.
    pub about: &'static str,
    /// What to do about a finding, whatever the package manager.
    pub help: &'static str,
    /// As `help`, in the words of a package manager: `{update}` and other names of [`PackageManager`] are replaced. Empty where
    /// `help` says it all.
    pub(crate) advice: &'static str,
    /// The practice of the Secure Supply Chain Consumption Framework (S2C2F) that the rule serves; empty for none.
    pub practice: &'static str,
    pub(crate) run: fn(&mut RuleContext<'_>),
}

impl Rule {
    /// What to do about a finding, in the words of a package manager.
    #[must_use]
    pub fn help_for(&self, manager: Option<&PackageManager>) -> String {
        let Some(manager) = manager.filter(|_| !self.advice.is_empty()) else {
            return self.help.to_owned();
        };
        let words = [
            ("{name}", manager.name),
            ("{lockfile}", manager.lockfile),
            ("{update}", manager.update),
            ("{replace}", manager.replace),
            ("{dedupe}", manager.dedupe),
        ];
        // A manager without a word for something is not asked for it.
        if words
            .iter()
            .any(|(key, word)| word.is_empty() && self.advice.contains(key))
        {
            return self.help.to_owned();
        }
        let mut text = self.advice.to_owned();
        for (key, word) in words {
            text = text.replace(key, word);
        }
        text
    }
}
