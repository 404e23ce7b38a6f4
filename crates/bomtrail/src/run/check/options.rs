//! How a project is checked.

use std::path::PathBuf;

use bomtrail_graph::{Date, Files};
use bomtrail_policy::Verdict;

#[cfg(feature = "advisories")]
use crate::advisories::AdvisoryOptions;
use crate::project::ScanOptions;
use crate::provenance::ProvenanceSources;
use crate::source::Recorder;

/// How a project is checked. The project's own settings apply unless an option overrides them.
///
/// ```
/// use bomtrail::approvals::Date;
/// use bomtrail::check::{CheckOptions, Verdict};
///
/// let today = Date::parse("2026-11-21").ok_or("invalid date")?;
/// let options = CheckOptions::on(today)
///     .policy(Some("ci/bomtrail.toml".into()))
///     .verdict("approvals/unreviewed", Verdict::Warn)
///     .fail_on(Some(Verdict::Warn));
/// assert_eq!(options.verdicts.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct CheckOptions<'a> {
    /// What to read of the project.
    pub scan: ScanOptions,
    /// The approvals list, a path or URL; `None` for the one that the project names.
    pub approvals: Option<String>,
    /// The policy file; `None` for `bomtrail.toml` next to the manifest.
    pub policy: Option<PathBuf>,
    /// Facts about packages that no input contains.
    pub facts: Option<PathBuf>,
    /// Attestations for the rules on provenance, and how they are verified.
    pub provenance: Option<ProvenanceSources>,
    /// Advisories for the rules on vulnerabilities.
    #[cfg(feature = "advisories")]
    pub advisories: Option<AdvisoryOptions>,
    #[cfg(feature = "archives")]
    /// A folder of clones, to compare the archives of packages with.
    pub clones: Option<PathBuf>,
    /// Verdicts of rules, which override the policy.
    pub verdicts: Vec<(String, Verdict)>,
    /// The lowest verdict that fails the check, which overrides the policy.
    pub fail_on: Option<Verdict>,
    /// Where approvals and policy are read from instead of the project's folder.
    pub from: Option<&'a dyn Files>,
    /// Records every file that approvals and policy are read from.
    pub recorder: Option<Recorder>,
    /// Today.
    pub today: Date,
}

impl<'a> CheckOptions<'a> {
    /// The project's own settings, on this day.
    pub fn on(today: Date) -> Self {
        Self {
            scan: ScanOptions::default(),
            approvals: None,
            policy: None,
            facts: None,
            provenance: None,
            #[cfg(feature = "archives")]
            clones: None,
            #[cfg(feature = "advisories")]
            advisories: None,
            verdicts: Vec::new(),
            fail_on: None,
            from: None,
            recorder: None,
            today,
        }
    }

    /// With other options for reading the project.
    #[must_use]
    pub fn scan(mut self, options: ScanOptions) -> Self {
        self.scan = options;
        self
    }

    /// With another approvals list, a path or URL.
    #[must_use]
    pub fn approvals(mut self, list: Option<String>) -> Self {
        self.approvals = list;
        self
    }

    /// With another policy file.
    #[must_use]
    pub fn policy(mut self, path: Option<PathBuf>) -> Self {
        self.policy = path;
        self
    }

    /// With a file of facts about packages that no input contains.
    #[must_use]
    pub fn facts(mut self, path: Option<PathBuf>) -> Self {
        self.facts = path;
        self
    }

    /// With attestations for the rules on provenance.
    #[must_use]
    pub fn provenance(mut self, sources: Option<ProvenanceSources>) -> Self {
        self.provenance = sources;
        self
    }

    /// With advisories for the rules on vulnerabilities. How the project is read is an option of the check.
    #[cfg(feature = "advisories")]
    #[must_use]
    pub fn advisories(mut self, options: Option<AdvisoryOptions>) -> Self {
        self.advisories = options;
        self
    }

    #[cfg(feature = "archives")]
    /// With a folder of clones, to compare the archives of packages with.
    #[must_use]
    pub fn clones(mut self, folder: Option<PathBuf>) -> Self {
        self.clones = folder;
        self
    }

    /// With a verdict for a rule, which overrides the policy. The last verdict for a rule counts.
    #[must_use]
    pub fn verdict(mut self, rule: impl Into<String>, verdict: Verdict) -> Self {
        self.verdicts.push((rule.into(), verdict));
        self
    }

    /// With another lowest verdict that fails the check.
    #[must_use]
    pub fn fail_on(mut self, verdict: Option<Verdict>) -> Self {
        self.fail_on = verdict;
        self
    }

    /// With approvals and policy read from other files than the project's folder.
    #[must_use]
    pub fn from(mut self, files: Option<&'a dyn Files>) -> Self {
        self.from = files;
        self
    }

    /// With a recorder of every file that approvals and policy are read from.
    #[must_use]
    pub fn recorder(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }
}
