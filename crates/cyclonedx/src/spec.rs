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
pub(crate) use encoding::Encoding;
pub use format::is_serial;
pub(crate) use format::{Dialect, schema_address};
pub(crate) use licenses::is_listed_license;
pub use version::SpecVersion;
