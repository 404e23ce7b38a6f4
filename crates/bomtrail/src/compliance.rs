//! Compliance: what a profile asks for, looked up in a scan, and the report about it.

use std::io::Write;

use bomtrail_graph::{Approval, NodeMap, WriteError};

use crate::TOOL;
use crate::registry;
use crate::scan::Scan;

pub use bomtrail_compliance::{
    Answer, Assessment, Check, Counts, DocumentElement, Element, Indicator, PROFILES, Profile,
    Quality, Requirement, State, Subject, Tally, Weight, assess, profile, quality,
};
pub use bomtrail_report::ComplianceFormat;

/// A scan, judged by a profile.
#[derive(Clone)]
pub struct Judgement<'g> {
    scan: &'g Scan,
    assessment: Assessment,
    approvals: Option<&'g NodeMap<Approval>>,
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
            format: registry::WRITERS.first().map(|it| it.format()),
        };
        Self {
            scan,
            assessment: assess(profile, &subject),
            approvals: None,
            timestamp,
        }
    }

    /// With what the project's approvals say.
    #[must_use]
    pub fn approvals(mut self, approvals: Option<&'g NodeMap<Approval>>) -> Self {
        self.approvals = approvals;
        self
    }

    /// What of the profile is there.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Writes the report.
    ///
    /// # Errors
    /// [`WriteError::Sink`] when the sink refuses.
    pub fn write(&self, format: ComplianceFormat, out: &mut dyn Write) -> Result<(), WriteError> {
        let quality = quality(self.scan.graph());
        let report = bomtrail_report::Compliance {
            graph: self.scan.graph(),
            assessment: &self.assessment,
            quality: &quality,
            product: self.scan.settings().map(|it| &it.product),
            statements: self.scan.statements(),
            approvals: self.approvals,
            tool: TOOL,
            timestamp: self.timestamp,
        };
        Ok(report.write(format, out)?)
    }
}

/// Writes a profile's table as Markdown.
///
/// # Errors
/// [`WriteError::Sink`] when the sink refuses.
pub fn explain(profile: &Profile, out: &mut dyn Write) -> Result<(), WriteError> {
    Ok(bomtrail_report::explain(profile, out)?)
}
