//! Several documents as one graph: flat by Package URL, or below a component that stands for all of them.

use std::path::{Path, PathBuf};

use bomtrail_graph::{Component, Diagnostic, Diagnostics, Kind, link, link_below, on_threads};

#[cfg(feature = "archives")]
use crate::project::archives::Completed;
use crate::project::{Project, Scan, ScanError, ScanOptions, product};
use crate::source::Source;

/// How many bytes the documents have in all from which two of them are read at the same time: threads take longer to start than
/// smaller ones to be read.
const LARGE: u64 = 4 << 20;
/// How many documents are read at the same time: each needs several times its size in memory.
const AT_ONCE: usize = 2;

/// Reads projects and joins them into one graph.
///
/// Packages with the same Package URL become one, unless their bytes differ; every project stays a root. With `above`, which is a
/// name and perhaps a version, a component of that name is the only root and depends on the projects. Of `options`, the Perl and
/// the index of CPAN hold for every project; what surrounds a project is looked at for each alone.
///
/// ```
/// use bomtrail::{ScanOptions, Source, merge};
///
/// let sources = vec![
///     Source::at("../../fixtures/npm/basic"),
///     Source::at("../../fixtures/cpan/a-snapshot-may-be-cyclic/cpanfile.snapshot"),
/// ];
/// let merged = merge(sources, Some(("product", Some("2.0"))), &ScanOptions::default())?;
/// assert_eq!(merged.graph().roots().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ScanError`] when a project cannot be read.
pub fn merge(
    sources: Vec<Source>,
    above: Option<(&str, Option<&str>)>,
    options: &ScanOptions,
) -> Result<Scan, ScanError> {
    let projects = opened(sources, options)?;
    let above = above.map(|(name, version)| product::above(name, version, Kind::Application));
    Ok(join(projects, above))
}

/// The projects, in the order of the sources; the error of the first that cannot be read.
fn opened(sources: Vec<Source>, options: &ScanOptions) -> Result<Vec<Project>, ScanError> {
    let size: u64 = sources.iter().map(Source::file_size).sum();
    if size < LARGE {
        let projects = sources.into_iter().map(|it| Project::open(it, options));
        return projects.collect();
    }
    let open = |it: &Source| Project::open(it.clone(), options);
    on_threads(&sources, AT_ONCE, open).into_iter().collect()
}

/// One graph of several projects; with `above`, that component is the only root and depends on the projects.
pub(crate) fn join(projects: Vec<Project>, above: Option<Component>) -> Scan {
    let shared = shared_folder(&projects);
    let mut diagnostics = Diagnostics::new();
    let mut fragments = Vec::new();
    #[cfg(feature = "archives")]
    let mut archives = Vec::new();
    for project in projects {
        let label = project.label().strip_prefix(&shared);
        let label = label.unwrap_or(project.label()).to_path_buf();
        let mut project = project.unlinked(&label);
        fragments.append(&mut project.fragments);
        #[cfg(feature = "archives")]
        archives.extend(project.archives);
        for it in &project.diagnostics {
            diagnostics.push(below(it.clone(), &label));
        }
    }
    let graph = match above {
        Some(product) => link_below(product, fragments, &mut diagnostics),
        None => link(fragments, &mut diagnostics),
    };
    #[cfg(feature = "archives")]
    let archives = Completed::joined(archives).map(|it| it.table(&graph, &mut diagnostics));
    let scan = Scan::new(graph, diagnostics, Vec::new());
    #[cfg(feature = "archives")]
    let scan = scan.with_archives(archives);
    scan
}

/// A diagnostic of a project, with the folder of the project in its place.
fn below(mut diagnostic: Diagnostic, label: &Path) -> Diagnostic {
    let path = &mut diagnostic.place.path;
    let is_named = label.to_str().is_some_and(|it| it.ends_with(path.as_str()));
    if !is_named {
        *path = label.join(&*path).display().to_string();
    }
    diagnostic
}

/// The folder that has the folders of all absolute paths in it: documents show nothing of the machine above it. Empty without
/// absolute paths.
fn shared_folder(projects: &[Project]) -> PathBuf {
    let paths = projects.iter().map(Project::label);
    let mut folders = paths.filter_map(|it| it.is_absolute().then(|| it.parent()).flatten());
    let mut shared = folders.next().unwrap_or(Path::new("")).to_path_buf();
    for folder in folders {
        while !folder.starts_with(&shared) && shared.pop() {}
    }
    shared
}
