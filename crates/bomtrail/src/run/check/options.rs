//! How a project is checked.

use std::path::PathBuf;

use bomtrail_graph::{Date, Files};
use bomtrail_policy::Verdict;

#[cfg(feature = "advisories")]
use crate::advisories::AdvisoryOptions;
use crate::project::ScanOptions;
use crate::provenance::ProvenanceSources;
use crate::source::Recorder;

/// How a project is checked: as the project itself says, unless an option says otherwise.
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
    /// The approvals list, a path or URL; where the project names it unless given.
    pub approvals: Option<String>,
    /// The policy; `bomtrail.toml` next to the manifest unless given.
    pub policy: Option<PathBuf>,
    /// Facts about packages that no input contains.
    pub facts: Option<PathBuf>,
    /// Attestations that the rules on provenance are to see, and what judges them.
    pub provenance: Option<ProvenanceSources>,
    /// Advisories that the rules on vulnerabilities are to see.
    #[cfg(feature = "advisories")]
    pub advisories: Option<AdvisoryOptions>,
    /// Rules set over what the policy says.
    pub verdicts: Vec<(String, Verdict)>,
    /// From which verdict on the check fails, over what the policy says.
    pub fail_on: Option<Verdict>,
    /// Where approvals and policy are read from instead of the project's folder.
    pub from: Option<&'a dyn Files>,
    /// Notes every file that approvals and policy are read from.
    pub recorder: Option<Recorder>,
    /// Today.
    pub today: Date,
}

impl<'a> CheckOptions<'a> {
    /// As the project itself says, on this day.
    pub fn on(today: Date) -> Self {
        Self {
            scan: ScanOptions::default(),
            approvals: None,
            policy: None,
            facts: None,
            provenance: None,
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

    /// With a rule set over what the policy says. The last verdict for a rule counts.
    #[must_use]
    pub fn verdict(mut self, rule: impl Into<String>, verdict: Verdict) -> Self {
        self.verdicts.push((rule.into(), verdict));
        self
    }

    /// With another verdict from which on the check fails.
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

    /// With every file noted that approvals and policy are read from.
    #[must_use]
    pub fn recorder(mut self, recorder: Option<Recorder>) -> Self {
        self.recorder = recorder;
        self
    }
}
