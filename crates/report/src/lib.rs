//! Everything that is printed for people and machines except SBOMs: what a check, a verification or a validation found, the
//! dependency tree and why a package is in it, the graph itself, compliance reports, notices, and what changed.
//!
//! Reads the graph, its tables and findings; decides nothing, and touches no file.

mod advisories;
mod approvals;
mod check;
mod compliance;
mod count;
mod diff;
mod escape;
mod graph;
mod label;
mod manifest;
mod mark;
mod notices;
mod overview;
#[cfg(feature = "archives")]
mod source;
mod submission;
mod tree;
mod validation;
#[cfg(feature = "provenance")]
mod verify;
mod why;
mod wire;

pub use advisories::{AdvisoryFormat, AdvisoryReport, fix_sentence, reach_sentence};
pub use approvals::{ListedEntry, only_through, write_explanation, write_list, write_unapproved};
pub use check::{
    Check, CheckFormat, ProjectCheck, Summary, summary_markdown, write_check, write_checks,
    write_verdict,
};
pub use compliance::csv_row;
pub use compliance::{Compliance, ComplianceFormat, Since, WorkspaceMember, explain};
pub use count::count;
pub use diff::{Change, ChangeKind, Changes, MOST_BROUGHT_BY, VersionStep};
pub use escape::{markdown, printable};
pub use graph::{Dot, GraphJson, Mermaid};
pub use manifest::{ListedFile, Manifest, Verdicts};
pub use mark::Mark;
pub use notices::{LicenseText, Notices, NoticesFormat};
pub use overview::Overview;
#[cfg(feature = "archives")]
pub use source::{SourceFormat, SourceReport, write_sources};
pub use submission::GitHubSnapshot;
pub use tree::{Tree, TreeLine, TreeLines, TreeOptions};
pub use validation::{
    Claimed, DocumentValidation, SchemaUsed, Validation, write_validations_json,
    write_validations_sarif,
};
#[cfg(feature = "provenance")]
pub use verify::{Verified, write_bundle};
pub use why::{Found, Why, WhyError, edge_marks, why};
