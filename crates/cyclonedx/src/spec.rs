//! The CycloneDX specification (ECMA-424): its versions, the table of its fields, and the check of a document against it.

mod check;
mod encoding;
mod field;
mod format;
mod licenses;
pub(crate) mod model;
mod problem;
pub(crate) mod table;
mod version;

pub(crate) use check::check;
pub use encoding::Encoding;
pub(crate) use format::schema_address;
pub use format::{Dialect, is_serial};
pub(crate) use licenses::is_listed_license;
pub use version::SpecVersion;
