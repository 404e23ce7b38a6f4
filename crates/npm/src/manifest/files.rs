//! The files that are read next to a lockfile.

use bomtrail_graph::Files;

use crate::paths;

/// The bytes of a file, by its path from the project's folder `base`.
pub(crate) fn read(base: &str, path: &str, files: &dyn Files) -> Option<Vec<u8>> {
    files.read(&paths::join(base, path)?)
}
