//! Rules over an annotated graph: what a project does not want in its dependencies, and what is odd about its lockfile.
//!
//! [`RULES`] is the table of all rules, [`Policy`] what a project makes of them, [`check`] the findings. Pure: it is given the
//! graph, the tables beside it, the policy and the date, and touches nothing else. Knows no ecosystem and no file format but
//! its own.

mod diags;
mod evidence;
mod exceptions;
mod facts;
mod finding;
mod policy;
mod rules;

pub use evidence::{Evidence, Mirror, Script, Unused};
pub use facts::{Facts, PackageFacts};
pub use finding::{Finding, check, fails};
pub use policy::{Exception, Options, Policy, Scope, Setting};
pub use rules::{RULES, Rule, Verdict, manifest_allows, rule, words};
