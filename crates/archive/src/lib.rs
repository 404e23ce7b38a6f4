//! Reads package archives: digests of their bytes, the files in them with the identifiers that git and SWHIDs use, their
//! manifests and licence texts, and whether they match a source tree.
//!
//! An archive is written by others. [`read`] streams it within [`Limits`], decides what it unpacks to by the rules of the
//! package manager that would unpack it, and lists what is odd. This crate does not touch the disk, runs nothing, and does not
//! know where archives come from.

mod bounded;
mod contents;
mod contradiction;
mod digests;
mod ecosystem;
mod error;
mod gunzip;
mod header;
mod layout;
mod licenses;
mod limits;
mod machine_code;
mod manifest;
mod object_id;
mod read;
mod source;
mod tree;
mod unpacked;
mod zip;

pub use contents::{ArchiveFile, Client, Contents, FileKind, Oddity, OddityKind};
pub use contradiction::{Locked, LockedRequirements, contradictions};
pub use digests::digests;
pub use ecosystem::ArchiveKind;
pub use error::ArchiveError;
pub use licenses::{LicenseFile, copyright_lines, license_files};
pub use limits::Limits;
pub use manifest::value::{Manifest, RequirementKind};
pub use object_id::{ObjectFormat, ObjectId};
pub use read::{ReadOptions, read};
pub use source::compare::{Comparison, compare};
pub use source::value::{FileMatch, FileRole, SourceRepository, SourceTree};
pub use unpacked::Unpacked;
