//! Approved package lists: `package-approvals.json` as npm/rfcs#480 proposed it, with additions that only narrow or describe.
//!
//! [`load`] reads a list and everything it extends, [`decide`] gives every node of a graph its [`Approval`], [`edit`] changes a
//! list and keeps its layout. Identity is what the resolver states: never a folder name, an alias, or what a package says of
//! itself.
//!
//! This crate knows the graph and Package URLs. It touches no file (they come through [`bomtrail_graph::Files`]), uses no
//! network, and is told the date.
//!
//! [`Approval`]: bomtrail_graph::Approval

mod aggregate;
mod decide;
mod diags;
mod document;
pub mod edit;
mod integrity;
mod json;
mod key;
mod list;
mod load;
mod lock;
mod stale;
mod version;

pub use aggregate::aggregate;
pub use bomtrail_graph::Date;
pub use decide::{Demands, Member, decide, decide_with, use_of};
pub use diags::member_approves;
pub use document::{Basis, Denial, Document, Extends, Review, Reviewed, Reviewer, Use};
pub use integrity::sri;
pub use key::{Key, Subject, Wanted, subject};
pub use list::{Approved, Denied, FromSource, Inherited, List};
pub use load::{Fetch, LoadOptions, Loaded, load, parse};
pub use lock::{LOCK_FILE, Locked, RemoteLock, digest_name, write_lock};
pub use stale::{Stale, stale};

/// What a list is called beside a project's manifest.
pub const FILE_NAME: &str = "package-approvals.json";
