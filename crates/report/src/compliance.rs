//! Compliance reports: what a profile asks for, what of it is there, and what the components are, for people (HTML, Markdown),
//! for spreadsheets (CSV) and for programs (JSON). All four say the same.

mod csv;
mod html;
mod markdown;
mod view;

use std::collections::BTreeSet;
use std::io::{self, Write};

use bomtrail_compliance::{Assessment, Profile, Quality};
use bomtrail_graph::{Approval, Graph, NodeId, NodeMap, ProductFacts, Provenance, Statement, Tool};

use crate::diff::Change;
use crate::wire::print;

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Compliance<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// What of the profile is there.
    pub assessment: &'g Assessment,
    /// The quality of the packages' metadata.
    pub quality: &'g [Quality<'g>],
    /// What the project states about its product.
    pub product: Option<&'g ProductFacts>,
    /// What the project states about components.
    pub statements: Option<&'g NodeMap<Statement>>,
    /// What the project's approvals say; absent when nobody asked.
    pub approvals: Option<&'g NodeMap<Approval>>,
    /// The name of the approvals list.
    pub list: Option<&'g str>,
    /// What is proved of where packages come from; absent when nobody checked.
    pub provenance: Option<&'g NodeMap<Provenance>>,
    /// What that rests on: the trust material, one line for each.
    pub basis: &'g [String],
    /// What changed since an earlier state; absent when it was compared with nothing.
    pub since: Option<Since<'g>>,
    /// The workspace members, and what each of them needs.
    pub members: &'g [WorkspaceMember],
    /// The program that makes the report.
    pub tool: Tool<'g>,
    /// When it is made (RFC 3339); absent unless given.
    pub timestamp: Option<&'g str>,
}

/// A workspace member, and what it needs of the project: what an SBOM of that member alone lists.
#[derive(Clone, Debug)]
pub struct WorkspaceMember {
    /// Its name.
    pub name: String,
    /// The packages it needs, itself included.
    pub needs: BTreeSet<NodeId>,
}

/// What changed since an earlier state.
#[derive(Clone, Copy)]
pub struct Since<'g> {
    /// The earlier state, as it was named.
    pub old: &'g str,
    /// The changes, sorted by kind.
    pub changes: &'g [Change],
}

/// How a compliance report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComplianceFormat {
    /// One HTML file that needs nothing else.
    Html,
    /// GitHub Flavored Markdown.
    Markdown,
    /// The components as CSV (RFC 4180), one row each; no cell is a formula.
    Csv,
    /// JSON: `bomtrail/report/v1`.
    Json,
}

impl<'g> Compliance<'g> {
    /// What the report is about: the product's name and version as stated, else as the project's metadata has them.
    pub fn title(&self) -> (&'g str, Option<&'g str>) {
        view::title(self)
    }

    /// Writes it.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write(&self, format: ComplianceFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            ComplianceFormat::Html => html::write(self, out),
            ComplianceFormat::Markdown => markdown::write(self, out),
            ComplianceFormat::Csv => csv::write(&view::view(self), out),
            ComplianceFormat::Json => print(&view::view(self), out),
        }
    }
}

/// Writes a profile's table as Markdown: what it asks for, where that is looked for, and how to supply it.
///
/// # Errors
/// Those of the sink.
pub fn explain(profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    markdown::explain(profile, out)
}

#[cfg(test)]
mod tests;
