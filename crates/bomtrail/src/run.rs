//! What is done with a project: one module for each operation.

#[cfg(feature = "advisories")]
pub mod advisories;
#[cfg(feature = "discovery")]
pub(crate) mod all;
#[cfg(feature = "approvals")]
pub mod approve;
#[cfg(feature = "approvals")]
pub mod check;
#[cfg(feature = "approvals")]
pub mod compliance;
pub mod convert;
#[cfg(feature = "report")]
pub mod diff;
#[cfg(feature = "approvals")]
pub mod evidence;
#[cfg(feature = "approvals")]
pub mod install;
#[cfg(feature = "approvals")]
mod lines;
pub(crate) mod merge;
#[cfg(feature = "archives")]
pub mod source_match;
#[cfg(feature = "validate")]
pub mod validate;
#[cfg(feature = "provenance")]
pub mod verify;
