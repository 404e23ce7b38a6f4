//! What surrounds a CPAN project: the Perl it runs on, and an index of CPAN when one is given. Reads the index's file and leaves
//! its content to the ecosystem's own crate.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{Index, Perl, PerlEnvironment};
use bomtrail_graph::Files;

use super::{ScanError, ScanOptions};
use crate::source::ReadError;
use crate::source::disk::load_file;

/// What `options` state and the project's folder shows.
pub(super) fn environment(
    files: &dyn Files,
    options: &ScanOptions,
) -> Result<PerlEnvironment, ScanError> {
    let path = options.cpan_index.as_deref();
    let index = path.map(|path| index(path, options)).transpose()?;
    Ok(PerlEnvironment {
        perl: options.perl.or_else(|| Perl::of_project(files)),
        index,
        core: None,
    })
}

/// The index in a file anywhere on the disk; documents call it by its file's name.
fn index(path: &Path, options: &ScanOptions) -> Result<Index, ScanError> {
    let unreachable = |cause| ScanError::Unreachable {
        path: PathBuf::from(path),
        cause,
    };
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| unreachable(ReadError::NotAFile))?;
    let bytes = load_file(path, options.size_limit).map_err(unreachable)?;
    if let Some(recorder) = &options.recorder {
        recorder.note(name, &bytes);
        recorder.note_path(path);
    }
    Index::read(name, &bytes).map_err(|cause| ScanError::Index {
        path: PathBuf::from(path),
        cause,
    })
}
