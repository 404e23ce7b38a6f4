//! The document that an SBOM is a later version of.

use std::path::Path;

pub use bomtrail_cyclonedx::Published;

use crate::source::disk::load_file;
use crate::source::{DEFAULT_SIZE_LIMIT, ReadError};

/// Which document the CycloneDX file at `path` is; `None` when it is not such a file or has no serial number.
///
/// # Errors
/// [`ReadError`] when the file cannot be read.
pub fn published(path: &Path) -> Result<Option<Published>, ReadError> {
    Ok(Published::read(&load_file(path, DEFAULT_SIZE_LIMIT)?))
}

/// True for a serial number: `urn:uuid:` and a UUID of RFC 4122 in lower case.
pub fn is_serial(text: &str) -> bool {
    bomtrail_cyclonedx::is_serial(text)
}
