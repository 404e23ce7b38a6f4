//! Reports for people and machines: what a check found, as text, JSON, SARIF, `JUnit` and GitHub annotations.
//!
//! Reads the graph, the tables beside it and the findings; decides nothing, and touches no file.

mod check;
mod compliance;
mod notices;
mod printable;

pub use check::{Check, CheckFormat, Summary, summary_markdown, write_check, write_verdict};
pub use compliance::{ChangeRow, Compliance, ComplianceFormat, Since, explain};
pub use notices::{LicenseText, Notices, NoticesFormat};
pub use printable::printable;
