//! Compliance: what a profile asks for, looked up in a scan, and the report about it.
//!
//! ```
//! use bomtrail::compliance::{ComplianceFormat, Judgement, profile};
//!
//! let scan = bomtrail::scan("../../fixtures/compliance/npm-complete")?;
//! let profile = profile("cra").ok_or("unknown profile")?;
//! let judgement = Judgement::new(&scan, profile, Some("2026-11-21T00:00:00Z"));
//! let mut report = Vec::new();
//! judgement.write(ComplianceFormat::Markdown, &mut report)?;
//! assert!(String::from_utf8(report)?.contains(&judgement.title()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod notices;
mod reviews;

use std::io::Write;

use bomtrail_graph::{Advisories, Bom, NodeMap, Provenance, Tables, WriteError};
use bomtrail_report::{Since, WorkspaceMember};

use crate::TOOL;
use crate::diff::Changes;
use crate::formats::WRITERS;
use crate::project::Scan;

pub use bomtrail_compliance::{
    Answer, Assessment, Check, Counts, DocumentElement, Element, Indicator, PROFILES, Profile,
    Quality, Requirement, State, Subject, Tally, Weight, assess, profile, quality,
};
pub use bomtrail_report::ComplianceFormat;
pub use notices::{NoticesFormat, NoticesOf, notices};
pub use reviews::{Reviewed, Reviews};

/// A scan, judged by a profile.
#[derive(Clone)]
pub struct Judgement<'g> {
    scan: &'g Scan,
    assessment: Assessment,
    reviews: Option<&'g Reviews>,
    provenance: Option<(&'g NodeMap<Provenance>, &'g [String])>,
    advisories: Option<&'g Advisories>,
    since: Option<(&'g str, &'g Changes)>,
    timestamp: Option<&'g str>,
}

impl<'g> Judgement<'g> {
    /// Looks up what `profile` asks for. `timestamp` is the one that the SBOM will carry (RFC 3339).
    pub fn new(scan: &'g Scan, profile: &'static Profile, timestamp: Option<&'g str>) -> Self {
        let subject = Subject {
            graph: scan.graph(),
            product: scan.settings().map(|it| &it.product),
            statements: scan.statements(),
            timestamp,
            tool: Some(TOOL),
            format: WRITERS.first().map(|it| it.format()),
        };
        Self {
            scan,
            assessment: assess(profile, &subject),
            reviews: None,
            provenance: None,
            advisories: None,
            since: None,
            timestamp,
        }
    }

    /// With what the project's approvals say.
    #[must_use]
    pub fn reviews(mut self, reviews: Option<&'g Reviews>) -> Self {
        self.reviews = reviews;
        self
    }

    /// With what is proved of where packages come from, and the trust material that rests on, one line for each.
    #[must_use]
    pub fn provenance(mut self, table: &'g NodeMap<Provenance>, basis: &'g [String]) -> Self {
        self.provenance = Some((table, basis));
        self
    }

    /// With what advisories say of the packages.
    #[must_use]
    pub fn advisories(mut self, advisories: Option<&'g Advisories>) -> Self {
        self.advisories = advisories;
        self
    }

    /// With what changed since an earlier state, which is called `old`.
    #[must_use]
    pub fn since(mut self, old: &'g str, changes: &'g Changes) -> Self {
        self.since = Some((old, changes));
        self
    }

    /// What was scanned.
    pub(crate) fn scan(&self) -> &'g Scan {
        self.scan
    }

    /// The time of the SBOM that is reported on.
    pub(crate) fn timestamp(&self) -> Option<&'g str> {
        self.timestamp
    }

    /// The SBOM that is reported on, with what approvals and attestations say.
    pub(crate) fn bom(&self) -> Bom<'g> {
        let bom = self.scan.bom(TOOL).timestamp(self.timestamp);
        bom.tables(self.tables())
    }

    /// The side tables of the project, with approvals and provenance.
    fn tables(&self) -> Tables<'g> {
        let approvals = self.reviews.map(|it| &it.table);
        let tables = self.scan.tables().approvals(approvals);
        let tables = tables.advisories(self.advisories);
        match self.provenance {
            Some((table, basis)) => tables.provenance(table, basis),
            None => tables,
        }
    }

    /// The product's name and version: as the project states them, else as its metadata has them.
    pub fn title(&self) -> String {
        let (name, version) = self.report(&[], &[]).title();
        match version {
            Some(version) => [name, " ", version].concat(),
            None => name.to_owned(),
        }
    }

    /// What of the profile is there.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The result on one line.
    pub fn verdict(&self) -> String {
        self.report(&[], &[]).verdict()
    }

    /// Writes the report.
    ///
    /// # Errors
    /// [`WriteError::Sink`] when the sink refuses.
    pub fn write(&self, format: ComplianceFormat, out: &mut dyn Write) -> Result<(), WriteError> {
        let quality = quality(self.scan.graph());
        let members = self.scan.members_by_node().into_iter();
        let members: Vec<WorkspaceMember> = members
            .map(|it| WorkspaceMember {
                name: it.name,
                needs: it.nodes.into_keys().collect(),
            })
            .collect();
        Ok(self.report(&quality, &members).write(format, out)?)
    }

    fn report<'r>(
        &'r self,
        quality: &'r [Quality<'r>],
        members: &'r [WorkspaceMember],
    ) -> bomtrail_report::Compliance<'r> {
        bomtrail_report::Compliance {
            graph: self.scan.graph(),
            tables: self.tables(),
            assessment: &self.assessment,
            quality,
            list: self.reviews.and_then(|it| it.list.as_deref()),
            diagnostics: self.scan.diagnostics(),
            since: self.since.map(|(old, it)| Since {
                old,
                changes: &it.changes,
            }),
            members,
            tool: TOOL,
            timestamp: self.timestamp,
        }
    }
}

/// Writes a profile's table as Markdown.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses.
pub fn explain(profile: &Profile, out: &mut dyn Write) -> Result<(), WriteError> {
    Ok(bomtrail_report::explain(profile, out)?)
}
