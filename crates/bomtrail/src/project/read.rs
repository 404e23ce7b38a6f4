//! From a source to its inputs: opens what was named, and finds the files that describe packages.

use std::path::{Path, PathBuf};

use bomtrail_graph::{Diagnostics, Fragment, Input, Level};

#[cfg(feature = "archives")]
use super::shipped::{self, Shipped};
use super::{ScanError, ScanOptions};
use crate::diags;
use crate::source::advice;
use crate::source::inputs::{self, Found};
use crate::source::workspace;
use crate::source::{Disk, ProjectFiles, ReadError, Source};

/// A source that was opened.
pub(crate) struct Opened {
    pub(crate) files: ProjectFiles,
    /// The one input that was named; `None` for a folder.
    pub(crate) input: Option<String>,
    /// What messages call it.
    pub(crate) label: PathBuf,
    /// The folder on the disk; `None` when it is not on a disk.
    pub(crate) folder: Option<PathBuf>,
    /// The archive that was named.
    #[cfg(feature = "archives")]
    pub(crate) shipped: Option<Shipped>,
}

impl Opened {
    pub(crate) fn new(
        source: Source,
        options: &ScanOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, ScanError> {
        let limit = options.size_limit;
        let mut opened = match in_workspace(source, diagnostics) {
            Source::Folder(path) => match modules_of(&path) {
                Some((folder, name)) => Self::on_disk(&path, folder, Some(name), limit)?,
                None => Self::on_disk(&path, &path, None, limit)?,
            },
            Source::File(path) => {
                if !path.exists() {
                    let cause = ReadError::NotFound;
                    return Err(ScanError::Unreachable { path, cause });
                }
                #[cfg(feature = "archives")]
                if shipped::is_archive(&path) {
                    return Self::archive(path, options, diagnostics);
                }
                let (folder, name) = inputs::split_folder(&path).ok_or_else(|| unclaimed(&path))?;
                Self::on_disk(&path, folder, Some(name), limit)?
            }
            Source::GitTree(tree) => Self {
                input: tree.input().map(str::to_owned),
                label: PathBuf::from(tree.label()),
                folder: None,
                files: ProjectFiles::of_git(tree, limit),
                #[cfg(feature = "archives")]
                shipped: None,
            },
            Source::Memory(memory) => Self {
                input: memory.single().map(str::to_owned),
                label: PathBuf::from(memory.single().unwrap_or("memory")),
                folder: None,
                files: ProjectFiles::of_memory(memory, limit),
                #[cfg(feature = "archives")]
                shipped: None,
            },
        };
        opened.files = opened.files.recorded(options.recorder.as_ref());
        Ok(opened)
    }

    fn on_disk(
        path: &Path,
        folder: &Path,
        input: Option<String>,
        limit: u64,
    ) -> Result<Self, ScanError> {
        let disk = Disk::open(folder, limit).map_err(|cause| ScanError::Unreachable {
            path: path.to_path_buf(),
            cause,
        })?;
        Ok(Self {
            files: ProjectFiles::of_disk(disk),
            input,
            label: path.to_path_buf(),
            folder: Some(folder.to_path_buf()),
            #[cfg(feature = "archives")]
            shipped: None,
        })
    }

    /// A package's archive, whose files are read into memory.
    #[cfg(feature = "archives")]
    fn archive(
        path: PathBuf,
        options: &ScanOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, ScanError> {
        let (memory, shipped) = shipped::open(&path, diagnostics)?;
        if let Some(recorder) = &options.recorder {
            recorder.note_path(&path);
        }
        let files = ProjectFiles::of_memory(memory, options.size_limit);
        Ok(Self {
            files: files.recorded(options.recorder.as_ref()),
            input: None,
            label: path,
            folder: None,
            shipped: Some(shipped),
        })
    }

    /// What is known of an archive without metadata; `None` for everything else.
    #[cfg_attr(
        not(feature = "archives"),
        expect(clippy::unused_self, reason = "no archive was opened")
    )]
    pub(crate) fn bare_fragment(&self) -> Option<Fragment> {
        #[cfg(feature = "archives")]
        let found = self.shipped.as_ref()?.bare_fragment();
        #[cfg(not(feature = "archives"))]
        let found = None;
        found
    }

    /// The inputs, at least one.
    pub(crate) fn inputs(&self, diagnostics: &mut Diagnostics) -> Result<Vec<Found>, ScanError> {
        if let Some(name) = &self.input {
            let found = inputs::named(&self.files, name);
            let found = found.map_err(|cause| ScanError::Unreachable {
                path: self.label.clone(),
                cause,
            })?;
            return Ok(vec![found.ok_or_else(|| unclaimed(&self.label))?]);
        }
        let found = inputs::of_folder(&self.files, diagnostics);
        let found = found.map_err(|(name, cause)| ScanError::Unreachable {
            path: self.path_of(&name),
            cause,
        })?;
        if found.is_empty() {
            return Err(ScanError::NothingToRead {
                folder: self.label.clone(),
                wanted: inputs::names(),
                advice: self.advice(),
            });
        }
        Ok(found)
    }

    /// What to do in a folder without an input.
    fn advice(&self) -> Vec<String> {
        #[cfg(feature = "discovery")]
        if let Some(folder) = &self.folder
            && let Some(below) = advice::of_projects_below(folder, &self.label)
        {
            return vec![below];
        }
        advice::advice(&self.files)
    }

    /// The path of a file of the folder, as a user would write it.
    fn path_of(&self, name: &str) -> PathBuf {
        if self.label == Path::new(".") {
            PathBuf::from(name)
        } else {
            self.label.join(name)
        }
    }

    /// What one input describes.
    pub(crate) fn read(&self, input: &Found, diagnostics: &mut Diagnostics) -> Fragment {
        let port = Input {
            path: &input.path,
            bytes: &input.bytes,
            files: &self.files,
        };
        input.reader.read(&port, diagnostics)
    }
}

/// The project's folder and the input's path in it, for a `node_modules` folder that is named itself.
fn modules_of(path: &Path) -> Option<(&Path, String)> {
    const NAME: &str = "node_modules";
    let is_modules = cfg!(feature = "npm") && path.file_name().is_some_and(|it| it == NAME);
    let folder = path.parent().filter(|_| is_modules)?;
    let here = folder.as_os_str().is_empty();
    Some((if here { Path::new(".") } else { folder }, NAME.to_owned()))
}

/// The workspace in place of a member's folder that has no inputs of its own.
fn in_workspace(source: Source, diagnostics: &mut Diagnostics) -> Source {
    let mut read_instead = |root: String, member: &str| {
        diagnostics.push(diags::member_folder(member, &root));
    };
    match source {
        Source::Folder(path) => match workspace::of_folder(&path) {
            Some(found) => {
                read_instead(found.root.display().to_string(), &found.member);
                Source::Folder(found.root)
            }
            None => Source::Folder(path),
        },
        Source::GitTree(tree) => match workspace::of_git(&tree) {
            Some(found) => {
                read_instead(found.root.label(), &found.member);
                Source::GitTree(found.root)
            }
            None => Source::GitTree(tree),
        },
        other => other,
    }
}

fn unclaimed(path: &Path) -> ScanError {
    ScanError::Unclaimed {
        path: path.to_path_buf(),
        wanted: inputs::names(),
    }
}

/// Whether an input describes something. An SBOM may be about no component at all: an error in one of its fields does not make it
/// unreadable, as long as it states what it is.
pub(crate) fn is_read(input: &Found, fragment: &Fragment, diagnostics: &Diagnostics) -> bool {
    let mut errors = diagnostics
        .iter()
        .filter(|it| it.code.level == Level::Error);
    let mut properties = fragment.properties.iter();
    let is_known = properties.any(|(name, _)| &**name == "bomtrail:document");
    let is_fine = errors.all(|it| is_known && it.code.id.ends_with("/invalid"));
    !fragment.components.is_empty() || (is_fine && inputs::is_sbom(input.reader))
}
