//! The document that an SBOM is a later version of.

use std::path::Path;

pub use bomtrail_cyclonedx::Published;

use crate::disk::{DEFAULT_SIZE_LIMIT, Disk, ReadError};

/// Which document the CycloneDX file at `path` is; `None` when it is no such file or has no serial number.
///
/// # Errors
/// [`ReadError`] when the file cannot be read.
pub fn published(path: &Path) -> Result<Option<Published>, ReadError> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let name = path.file_name().and_then(|it| it.to_str());
    let disk = Disk::open(folder.unwrap_or(Path::new(".")), DEFAULT_SIZE_LIMIT)?;
    let bytes = disk.load(name.ok_or(ReadError::NotFound)?)?;
    Ok(Published::read(&bytes))
}

/// True for a serial number: `urn:uuid:` and a UUID of RFC 4122 in lower case.
pub fn is_serial(text: &str) -> bool {
    bomtrail_cyclonedx::is_serial(text)
}
