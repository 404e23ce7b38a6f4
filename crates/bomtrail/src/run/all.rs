//! The projects below a folder as one graph, below one product: the one that the `bomtrail.toml` of the folder names, else the
//! folder.

use std::path::Path;

use bomtrail_graph::{Completeness, Diagnostics, Selection, on_all_cores};

use super::merge::join;
use crate::diags;
use crate::project::{Project, Scan, ScanError, ScanOptions, product};
use crate::settings::Settings;
use crate::source::discovery::{Discovery, DiscoveryOptions, FoundProject};
use crate::source::{DEFAULT_SIZE_LIMIT, Disk, ProjectFiles, ReadError};

/// How many projects a thread reads at least: fewer are read sooner than it starts.
const LEAST: usize = 4;

/// How to search a folder, with what its `bomtrail.toml` excludes.
///
/// # Errors
/// [`ScanError`] when the folder cannot be read, or its `bomtrail.toml` has errors.
pub fn discovery_options(folder: &Path) -> Result<DiscoveryOptions, ScanError> {
    let disk = Disk::open(folder, DEFAULT_SIZE_LIMIT);
    let disk = disk.map_err(|cause| ScanError::Unreachable {
        path: folder.to_path_buf(),
        cause,
    })?;
    let mut unsaid = Diagnostics::new();
    let settings = Settings::load(&ProjectFiles::of_disk(disk), &mut unsaid);
    let settings = settings.map_err(|diagnostics| ScanError::Settings { diagnostics })?;
    Ok(DiscoveryOptions {
        exclude: settings.map(|it| it.exclude).unwrap_or_default(),
        ..DiscoveryOptions::default()
    })
}

/// Reads all projects of a search and joins them into one graph. A project that cannot be read is a diagnostic, and the product
/// is then incomplete. The selection of `options` holds for every project.
///
/// # Errors
/// [`ScanError`] when no project can be read, or the `bomtrail.toml` of the folder has errors.
pub fn scan_all(found: &Discovery, options: &ScanOptions) -> Result<Scan, ScanError> {
    let mut diagnostics = Diagnostics::new();
    let unreachable = |cause: ReadError| ScanError::Unreachable {
        path: found.folder.clone(),
        cause,
    };
    let disk = Disk::open(&found.folder, DEFAULT_SIZE_LIMIT).map_err(unreachable)?;
    let files = ProjectFiles::of_disk(disk).recorded(options.recorder.as_ref());
    let settings = Settings::load(&files, &mut diagnostics)
        .map_err(|diagnostics| ScanError::Settings { diagnostics })?;
    let stated = settings.as_ref().map(|it| &it.product);
    let mut above = product::of(&files, stated);
    let mut projects = Vec::new();
    let mut last = None;
    let opened = on_all_cores(&found.projects, LEAST, |it| open(found, it, options));
    for (project, opened) in found.projects.iter().zip(opened) {
        match opened {
            Ok(project) => projects.push(project),
            Err(error) => {
                let folder = found.path(project).display().to_string();
                diagnostics.push(diags::project_unreadable(&folder, &error.to_string()));
                if let Some(above) = &mut above {
                    above.dependencies = Completeness::Incomplete;
                }
                last = Some(error);
            }
        }
    }
    if let Some(error) = last.filter(|_| projects.is_empty()) {
        return Err(error);
    }
    let scan = join(projects, above).also_found(diagnostics);
    let mut more = Diagnostics::new();
    let stated = settings.map(|it| {
        let statements = it.statements(scan.graph(), &mut more);
        (it, statements)
    });
    Ok(scan.also_found(more).stated(stated).files_of(files))
}

/// Opens one project, without what was not selected.
fn open(
    found: &Discovery,
    project: &FoundProject,
    options: &ScanOptions,
) -> Result<Project, ScanError> {
    let mut options = options.clone();
    let selection = Selection {
        members: Vec::new(),
        ..std::mem::take(&mut options.selection)
    };
    options.recorder = options.recorder.map(|it| it.under(&project.folder));
    Project::open(found.source(project), &options)?.select(&selection)
}
