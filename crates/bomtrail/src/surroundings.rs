//! What a CPAN project lies in: the Perl it runs on, and an index of CPAN when one is given. Reads the index's file and leaves
//! what is in it to the ecosystem's own crate.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{Index, Perl, PerlEnvironment};
use bomtrail_graph::Files;

use crate::disk::{Disk, ReadError};
use crate::scan::{ScanError, ScanOptions};

/// The surroundings that `options` state and the project's folder shows.
pub(crate) fn surroundings(
    files: &dyn Files,
    options: &ScanOptions,
) -> Result<PerlEnvironment, ScanError> {
    let index = options
        .cpan_index
        .as_deref()
        .map(|path| index(path, options));
    Ok(PerlEnvironment {
        perl: options.perl.or_else(|| Perl::of_project(files)),
        index: index.transpose()?,
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
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let disk = Disk::open(folder, options.size_limit).map_err(unreachable)?;
    let disk = disk.recorded(options.recorder.as_ref());
    let bytes = disk.load(name).map_err(unreachable)?;
    Index::read(name, &bytes).map_err(|cause| ScanError::Index {
        path: PathBuf::from(path),
        cause,
    })
}
