//! A project's approvals, read and changed: which file they are in, what to add to it, and writing it so that nothing is lost.
//!
//! A list can also be made in memory:
//!
//! ```
//! use bomtrail::approvals::{Date, Denial, Document, List, Requirements, decide};
//!
//! let scan = bomtrail::scan("../../fixtures/npm/basic")?;
//! let document = Document::default()
//!     .approve("lodash", "4.17.21")?
//!     .deny(Denial::of("event-stream")?);
//! let list = List::of("in memory", &document);
//! let today = Date::parse("2026-11-21").ok_or("not a date")?;
//! let approvals = decide(scan.graph(), &list, &Requirements::on(today));
//! for node in scan.graph().nodes() {
//!     println!("{}: {:?}", node.reference(), approvals.get(node.id()));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod file;
mod plan;
mod risks;
mod scripts;

pub use bomtrail_approvals::edit::{
    Addition, EMPTY, EditError, Refusal, allow_scripts, approve, deny, sort, unapprove, undeny,
};
pub use bomtrail_approvals::{
    Approved, Basis, Denial, Denied, Document, Extends, FILE_NAME, Fetch, FromSource, Inherited,
    Key, LOCK_FILE, List, LoadOptions, Loaded, Locked, MemberList, NameError, RemoteLock,
    Requirements, Review as ListedReview, Reviewed, Reviewer, Stale, Subject, Use, Wanted, decide,
    decide_with, load, stale, subject, versioned, write_lock,
};
pub use bomtrail_graph::{Approval, ApprovalReason, ApprovalStatus, Date, Decision};
pub use bomtrail_report::{
    ListedEntry, only_through, write_explanation, write_list, write_unapproved,
};
pub use file::{ListError, ListFile, aggregate};
pub use plan::{PlanError, Review, additions, bulk, meant};
pub use risks::Risk;
pub use scripts::{ScriptAnswers, script_answers};
