//! What a project's approvals say, for reports: where there are any.

use std::path::Path;

use bomtrail_graph::{Approval, Diagnostics, Files, Graph, NodeMap};

use crate::check::{self, CheckError, CheckOptions, Grounds};

/// What the approvals of a project say of its packages.
#[derive(Clone, Debug)]
pub struct Reviews {
    /// What messages call the list.
    pub list: String,
    /// What it and all it extends say of each package.
    pub table: NodeMap<Approval>,
    /// What is odd about the lists.
    pub diagnostics: Diagnostics,
}

/// What the project's approvals say of each package of a graph that was read of it; `None` when there is no list. The list
/// beside an SBOM that was read need not be about it, so it counts only where it is named.
///
/// # Errors
/// [`CheckError`] when approvals or policy cannot be used.
pub fn reviews(
    path: &Path,
    graph: &Graph,
    options: &CheckOptions<'_>,
) -> Result<Option<Reviews>, CheckError> {
    if options.approvals.is_none() && is_document(graph) {
        return Ok(None);
    }
    let disk = check::project_disk(path)?;
    let files: &dyn Files = options.from.unwrap_or(&disk);
    let policy = check::policy(options, files)?;
    let mut approvals = check::approvals(options, files, policy.options.max_extends_depth)?;
    let Some(list) = approvals.name else {
        return Ok(None);
    };
    let grounds = Grounds {
        path,
        files,
        policy: &policy,
        today: options.today,
    };
    let table = check::decided(graph, &mut approvals.list, &grounds)?;
    Ok(Some(Reviews {
        list,
        table,
        diagnostics: approvals.list.diagnostics,
    }))
}

/// Whether a graph was read from an SBOM.
pub(crate) fn is_document(graph: &Graph) -> bool {
    let mut properties = graph.inputs().iter().flat_map(|it| &it.properties);
    properties.any(|(name, _)| &**name == "bomtrail:document")
}
