//! Rules over an annotated graph: what a project does not allow in its dependencies, and what is suspicious about its lockfile.
//!
//! [`RULES`] is the table of all rules, [`Policy`] is what a project sets them to, and [`check`] returns the findings. It is given
//! the graph, its side tables, the policy and the date, and reads nothing else. It does not depend on any ecosystem, and on no
//! file format but that of the policy.
//!
//! ```
//! use bomtrail_graph::{Date, Diagnostics, NodeMap, link};
//! use bomtrail_policy::{Evidence, Policy, Verdict, check, fails};
//!
//! let mut diagnostics = Diagnostics::new();
//! let graph = link(Vec::new(), &mut diagnostics);
//! let approvals = NodeMap::new(&graph);
//! let today = Date::parse("2026-11-21").unwrap();
//! let policy = Policy::default().with("source/no-git", Verdict::Deny);
//! let findings = check(&Evidence::new(&graph, &approvals, &diagnostics, today), &policy);
//! assert!(!fails(&findings, &policy));
//! ```

mod context;
mod diags;
mod evidence;
mod exceptions;
mod facts;
mod finding;
mod policy;
mod read;
mod rule;
mod rules;
mod verdict;

pub use evidence::{Evidence, InputFacts, Mirror, Script, Unused};
pub use facts::{Facts, PackageFacts};
pub use finding::{Finding, check, fails};
pub use policy::{Exception, Options, Policy, Scope, Setting};
pub use rule::Rule;
pub use rules::{RULES, manifest_allows, rule, words};
pub use verdict::Verdict;
