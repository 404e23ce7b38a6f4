//! What a project's approvals say, for documents and reports: where there are any.

use bomtrail_graph::{Approval, Diagnostics, NodeMap};

use crate::check::{Basis, CheckError, CheckOptions};
use crate::project::{Project, Scan, members};
use crate::source::Source;

/// What the approvals of a project say of its packages.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reviews {
    /// What messages call the list; `None` when there is none.
    pub list: Option<String>,
    /// What it and all it extends say of each package.
    pub table: NodeMap<Approval>,
    /// What is odd about the lists.
    pub diagnostics: Diagnostics,
}

/// A scan with what the approvals of the project say of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reviewed {
    /// What was scanned.
    pub scan: Scan,
    /// What the approvals say. Without a list, nothing is approved.
    pub reviews: Reviews,
}

impl Reviewed {
    /// Scans a project and asks its approvals about every package; no rule is applied.
    ///
    /// # Errors
    /// [`CheckError`] when there is no graph, or approvals or policy cannot be used.
    pub fn scan(source: impl Into<Source>, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let project = Project::open(source, &options.scan)?;
        Self::of(project.select(&options.scan.selection)?, options)
    }

    /// Like [`Reviewed::scan`] for a report, which says nothing of approvals where there is no list. A list next to an SBOM
    /// need not be about it, so it counts only when `options` name it.
    ///
    /// # Errors
    /// As for [`Reviewed::scan`].
    pub fn for_report(
        source: impl Into<Source>,
        options: &CheckOptions<'_>,
    ) -> Result<(Scan, Option<Reviews>), CheckError> {
        let project = Project::open(source, &options.scan)?;
        let project = project.select(&options.scan.selection)?;
        if options.approvals.is_none() && project.sbom().is_some() {
            return Ok((project.link(&[]), None));
        }
        let Self { scan, reviews } = Self::of(project, options)?;
        let reviews = reviews.list.is_some().then_some(reviews);
        Ok((scan, reviews))
    }

    fn of(project: Project, options: &CheckOptions<'_>) -> Result<Self, CheckError> {
        let basis = Basis::load(&project, options)?;
        // Reports show what each member needs, with or without a list of its own.
        let places = members::places(&project.fragments);
        let scan = project.link(&places);
        let table = basis.decide(&scan);
        let reviews = Reviews {
            table,
            list: basis.approvals.name,
            diagnostics: basis.approvals.list.diagnostics,
        };
        Ok(Self { scan, reviews })
    }
}
