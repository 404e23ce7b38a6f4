//! The files of this checkout that benches read and write.

use std::io;
use std::path::Path;

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}

/// The text of a file.
#[expect(
    clippy::disallowed_methods,
    reason = "benches read their inputs themselves; the rule is for the product's crates"
)]
pub(crate) fn read(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
}

/// The size of a file, in bytes.
pub(crate) fn size(path: &Path) -> io::Result<u64> {
    Ok(path.metadata()?.len())
}

/// The bytes of a file.
#[expect(
    clippy::disallowed_methods,
    reason = "benches read their inputs themselves; the rule is for the product's crates"
)]
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path)
}

/// Removes a file.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    std::fs::remove_file(path)
}

/// Writes a text, and its folder where that is missing.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    write_bytes(path, text.as_bytes())
}

/// Writes a file, and its folder where that is missing.
#[expect(
    clippy::disallowed_methods,
    reason = "benches write scratch files; the rule is for the product's crates"
)]
pub(crate) fn write_bytes(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, bytes)
}
