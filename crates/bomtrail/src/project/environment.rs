//! The environment of a CPAN project: the Perl it runs on, a list of core modules, and an index of CPAN when they are given.
//! Reads the files and leaves their content to the ecosystem's own crate.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{CoreList, Index, Perl, PerlEnvironment};
use bomtrail_graph::Files;

use super::{ScanError, ScanOptions};
use crate::source::ReadError;
use crate::source::disk::load_file;

/// What `options` state and the project's folder shows.
pub(super) fn environment(
    files: &dyn Files,
    options: &ScanOptions,
) -> Result<PerlEnvironment, ScanError> {
    let index = options.cpan_index.as_deref().map(|path| {
        let (name, bytes) = load(path, options)?;
        let index = Index::read(name, &bytes);
        index.map_err(|cause| ScanError::Index {
            path: PathBuf::from(path),
            cause,
        })
    });
    let core = options.core_list.as_deref().map(|path| {
        let (name, bytes) = load(path, options)?;
        let core = CoreList::read(name, &bytes);
        core.map_err(|cause| ScanError::CoreList {
            path: PathBuf::from(path),
            cause,
        })
    });
    Ok(PerlEnvironment {
        perl: options.perl.or_else(|| Perl::of_project(files)),
        index: index.transpose()?,
        core: core.transpose()?,
    })
}

/// The name and the bytes of a file anywhere on the disk; documents use the name.
fn load<'p>(path: &'p Path, options: &ScanOptions) -> Result<(&'p str, Vec<u8>), ScanError> {
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
    Ok((name, bytes))
}
