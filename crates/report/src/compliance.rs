//! Compliance reports: what a profile asks for, what is present, and the components, for people (HTML, Markdown), for
//! spreadsheets (CSV) and for programs (JSON). All four use the same words.

mod csv;
mod html;
mod markdown;
mod table;
mod view;
mod words;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::collections::BTreeSet;
use std::io::{self, Write};

use bomtrail_compliance::{Assessment, Profile, Quality};
use bomtrail_graph::{Diagnostics, Graph, NodeId, Tables, Tool};

pub use csv::csv_row;

use crate::diff::Change;
use crate::wire::print;

/// The contents of a report.
#[derive(Clone, Copy)]
pub struct Compliance<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// How far the profile is met.
    pub assessment: &'g Assessment,
    /// The quality of the packages' metadata.
    pub quality: &'g [Quality<'g>],
    /// Approvals, provenance, and the project's statements about its product and components.
    pub tables: Tables<'g>,
    /// The name of the approvals list.
    pub list: Option<&'g str>,
    /// The problems of the inputs.
    pub diagnostics: &'g Diagnostics,
    /// The changes since an earlier state.
    pub since: Option<Since<'g>>,
    /// The workspace members, and what each of them needs.
    pub members: &'g [WorkspaceMember],
    /// The program that makes the report.
    pub tool: Tool<'g>,
    /// The time of the SBOM that the report is about (RFC 3339).
    pub timestamp: Option<&'g str>,
}

/// A workspace member, and the components it needs: those that an SBOM of the member alone lists.
#[derive(Clone, Debug)]
pub struct WorkspaceMember {
    /// Its name.
    pub name: String,
    /// The components it needs, including itself.
    pub needs: BTreeSet<NodeId>,
}

/// The changes since an earlier state.
#[derive(Clone, Copy)]
pub struct Since<'g> {
    /// The earlier state, as it was named.
    pub old: &'g str,
    /// The changes, sorted by kind.
    pub changes: &'g [Change],
}

/// A format of compliance reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplianceFormat {
    /// One self-contained HTML file.
    Html,
    /// GitHub Flavored Markdown.
    Markdown,
    /// The components as CSV (RFC 4180), one row each, without formulas.
    Csv,
    /// The components as an Office Open XML workbook.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// JSON: `bomtrail/report/v1`.
    Json,
}

impl<'g> Compliance<'g> {
    /// The name and version of the product as the project states them, else those of its metadata.
    pub fn title(&self) -> (&'g str, Option<&'g str>) {
        view::title(self)
    }

    /// The result on one line.
    pub fn verdict(&self) -> String {
        view::verdict(self)
    }

    /// Writes it.
    ///
    /// # Errors
    /// What the sink fails with.
    pub fn write(&self, format: ComplianceFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            ComplianceFormat::Html => html::write(self, out),
            ComplianceFormat::Markdown => markdown::write(self, out),
            ComplianceFormat::Csv => csv::write(&view::view(self), out),
            #[cfg(feature = "xlsx")]
            ComplianceFormat::Xlsx => xlsx::write(&view::view(self), out),
            ComplianceFormat::Json => print(&view::view(self), out),
        }
    }
}

/// Writes the table of a profile as Markdown: its fields, where they are taken from, and how to supply them.
///
/// # Errors
/// What the sink fails with.
pub fn explain(profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    markdown::explain(profile, out)
}

#[cfg(test)]
mod tests;
