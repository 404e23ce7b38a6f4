//! Lists of approved packages: `package-approvals.json` as npm/rfcs#480 proposed it, with additions that only restrict or
//! describe.
//!
//! [`load`] reads a list and everything it extends, [`Document`] makes one in memory, [`decide`] gives every node of a graph its
//! [`Approval`], and [`edit`] changes a list and keeps its layout. Identity is what the resolver states: never a folder name, an
//! alias, or what a package says about itself.
//!
//! This crate knows the graph and Package URLs. It reads files only through [`bomtrail_graph::Files`], uses no network, and is
//! given the date.
//!
//! [`Approval`]: bomtrail_graph::Approval

mod aggregate;
mod decide;
mod diags;
mod document;
pub mod edit;
mod entry;
mod integrity;
mod key;
mod list;
mod load;
mod lock;
mod stale;
mod text;
mod version;

pub use aggregate::aggregate;
pub use bomtrail_graph::Date;
pub use decide::{MemberList, Requirements, decide, decide_with, ignored_approvals, use_of};
pub use document::Document;
pub use entry::{Basis, Denial, Extends, Review, Reviewed, Reviewer, Use};
pub use integrity::{pinning, sri};
pub use key::{Key, NameError, Subject, Wanted, subject, versioned};
pub use list::{Approved, Denied, FromSource, Inherited, List};
pub use load::{Fetch, LoadOptions, Loaded, load, parse};
pub use lock::{LOCK_FILE, Locked, RemoteLock, digest_name, write_lock};
pub use stale::{Stale, stale};

/// The name of a project's list, next to its manifest.
pub const FILE_NAME: &str = "package-approvals.json";
