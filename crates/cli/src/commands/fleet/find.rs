//! What the paths of `bomtrail fleet add` mean: files, folders of SBOMs, projects.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use bomtrail::ScanError;
use bomtrail::source::discovery::{Discovery, DiscoveryOptions};

use crate::error::CliError;

/// The endings of files that may be SBOMs, in lower case.
const ENDINGS: [&str; 5] = [".json", ".xml", ".spdx", ".cdx", ".tv"];
/// How many bytes of a file show what it is.
const BEGINNING: u64 = 4096;
/// How many files a folder of SBOMs may have.
const MOST_FILES: usize = 10_000_000;

/// Something to add.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// Standard input.
    Standard,
    /// A file that was named.
    File(PathBuf),
    /// A file of a folder, which counts only as an SBOM.
    Listed(PathBuf),
    /// A project's folder.
    Project(PathBuf),
}

/// Everything that paths and searched folders mean, without repetition.
pub(super) fn found(paths: &[PathBuf], all: &[PathBuf]) -> Result<Vec<Input>, CliError> {
    let mut inputs = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            inputs.push(Input::Standard);
        } else if path.is_dir() {
            folder(path, &mut inputs)?;
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    for path in all {
        let found = search(path, usize::MAX)?;
        let projects = found.projects.iter();
        inputs.extend(projects.map(|it| Input::Project(found.path(it))));
    }
    inputs.sort_unstable();
    inputs.dedup();
    if inputs.is_empty() {
        let message = "there is neither an SBOM nor a project in what was given";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(inputs)
}

fn search(path: &Path, depth: usize) -> Result<Discovery, CliError> {
    let unreachable = |cause| ScanError::Unreachable {
        path: path.to_path_buf(),
        cause,
    };
    let mut options = DiscoveryOptions::default();
    options.depth = options.depth.min(depth);
    Ok(Discovery::below(path, &options).map_err(unreachable)?)
}

/// A folder is a project when it has an input of a package manager; else the files below it are SBOMs, without those of hidden
/// folders and installed packages.
fn folder(path: &Path, inputs: &mut Vec<Input>) -> Result<(), CliError> {
    let found = search(path, 1)?;
    let own = found.projects.iter().find(|it| it.folder.is_empty());
    let is_project = own.is_some_and(|it| {
        let mut files = it.inputs.iter();
        files.any(|file| !is_sbom(&path.join(file)))
    });
    if is_project {
        inputs.push(Input::Project(path.to_path_buf()));
        return Ok(());
    }
    let mut open = vec![path.to_path_buf()];
    while let Some(folder) = open.pop() {
        let unreadable = |error: std::io::Error| {
            let folder = folder.display();
            CliError::Usage(format!("`{folder}` cannot be read: {error}"))
        };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
            if kind.is_dir() {
                let is_hidden = name.starts_with('.') || name == "node_modules";
                open.extend((!is_hidden).then(|| entry.path()));
            } else if ENDINGS.iter().any(|it| name.ends_with(it)) {
                inputs.push(Input::Listed(entry.path()));
            }
            if inputs.len() > MOST_FILES {
                let folder = path.display();
                let message = format!("`{folder}` has more than {MOST_FILES} files");
                return Err(CliError::Usage(message));
            }
        }
    }
    Ok(())
}

/// Whether the beginning of a file is that of an SBOM.
pub(super) fn is_sbom(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|it| it.take(BEGINNING).read_to_end(&mut bytes));
    read.is_ok() && is_sbom_text(&bytes)
}

/// Whether this is the beginning of an SBOM.
pub(super) fn is_sbom_text(bytes: &[u8]) -> bool {
    let beginning = bytes.get(..4096).unwrap_or(bytes);
    let text = String::from_utf8_lossy(beginning);
    let marks = [
        "\"bomFormat\"",
        "\"spdxVersion\"",
        "cyclonedx.org/schema",
        "spdx.org/rdf/",
        "SPDXVersion:",
    ];
    marks.iter().any(|it| text.contains(it))
}
