//! The small project that all of these tests read.

use std::path::{Path, PathBuf};

pub(crate) fn basic() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/npm/basic")
}

/// A file of a test's own folder.
pub(crate) fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    bomtrail::write::make_folder(path.parent().unwrap()).unwrap();
    bomtrail::write::write_atomic::<std::io::Error>(&path, |out| out.write_all(text.as_bytes()))
        .unwrap();
}
