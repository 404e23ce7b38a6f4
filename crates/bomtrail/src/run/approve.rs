//! A project's approvals, read and changed: which file they are in, what to add to it, and writing it so that nothing is lost.

mod file;
mod plan;
mod risks;
mod scripts;

pub use bomtrail_approvals::edit::{
    Addition, EMPTY, EditError, Refusal, allow_scripts, approve, deny, sort, unapprove, undeny,
};
pub use bomtrail_approvals::{
    Approved, Basis, Denial, Denied, Document, FILE_NAME, Fetch, FromSource, Inherited, Key,
    LOCK_FILE, List, LoadOptions, Loaded, RemoteLock, Stale, Use, Wanted, decide, load, stale,
    subject, versioned, write_lock,
};
pub use bomtrail_graph::{Approval, ApprovalReason, ApprovalStatus, Date, Decision};
pub use file::{ListError, ListFile, aggregate};
pub use plan::{PlanError, Review, additions, bulk, meant};
pub use risks::Risk;
pub use scripts::{ScriptAnswers, script_answers};
