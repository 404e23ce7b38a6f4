//! Whether the archive of a package is made of its source: every file against a commit of a local repository.
//!
//! ```no_run
//! use bomtrail::source_match::{SourceRequest, match_archive};
//!
//! let request = SourceRequest::of("clones/left-pad").commit(Some("v1.3.0".to_owned()));
//! let report = match_archive("left-pad-1.3.0.tgz".as_ref(), &request)?;
//! assert!(report.is_explained());
//! # Ok::<(), bomtrail::source_match::SourceError>(())
//! ```

mod clones;
mod commit;
mod folder;

use std::path::{Path, PathBuf};

use bomtrail_archive::{
    ArchiveKind, Client, Comparison, Contents, Limits, Manifest, ObjectFormat, ReadOptions, compare,
};
use bomtrail_graph::{FileVerdict, NodeId, NodeMap, NodeRef, Provenance, SourceMatch};

pub use bomtrail_archive::{FileMatch, FileRole};
pub use bomtrail_graph::FileVerdict as Verdict;
pub use bomtrail_report::{SourceFormat, SourceReport, write_sources};

use crate::project::Scan;
use crate::project::archives::reading::read_place;
use crate::source::Repository;
use crate::source::archives::Place;
use clones::Clones;

/// The largest file whose content is compared line by line, in bytes.
const LARGEST: u64 = 16 << 20;
/// How many bytes of contents are kept of one archive.
const MOST_KEPT: u64 = 512 << 20;

/// Why a package cannot be compared with its source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The archive cannot be read.
    #[error("`{}` cannot be read: {reason}", path.display())]
    Archive {
        /// The archive, as it was given.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The archive is of no known kind.
    #[error("`{}` has no package.json, META.json or META.yml", path.display())]
    UnknownKind {
        /// The archive, as it was given.
        path: PathBuf,
    },
    /// There is no repository.
    #[error("`{}` is not a git repository; give the top folder of a clone, or a bare repository", path.display())]
    NoRepository {
        /// The folder, as it was given.
        path: PathBuf,
    },
    /// The project has no such package.
    #[error("the project has no package `{name}`{}", if *ambiguous { " alone: give its version, as in `name@1.0.0`" } else { "" })]
    UnknownPackage {
        /// The name, as it was given.
        name: String,
        /// True when it has several.
        ambiguous: bool,
    },
    /// The archive of the package was not found.
    #[error("the archive of `{name}` was not found; give the folder that has it with `--archives`")]
    NoArchive {
        /// The package.
        name: String,
    },
}

/// What a package is compared with.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct SourceRequest {
    /// A local clone, or a bare repository.
    pub repository: PathBuf,
    /// The commit, tag or branch; what provenance, manifest or tags name unless given.
    pub commit: Option<String>,
    /// The folder of the package in the repository; found by its manifest unless given.
    pub folder: Option<String>,
}

impl SourceRequest {
    /// A repository.
    pub fn of(repository: impl Into<PathBuf>) -> Self {
        Self {
            repository: repository.into(),
            ..Self::default()
        }
    }

    /// With a commit, tag or branch.
    #[must_use]
    pub fn commit(mut self, name: Option<String>) -> Self {
        self.commit = name;
        self
    }

    /// With the folder of the package.
    #[must_use]
    pub fn folder(mut self, path: Option<String>) -> Self {
        self.folder = path;
        self
    }
}

/// A package whose archive is at hand.
struct Package<'a> {
    place: &'a Place,
    kind: &'static ArchiveKind,
    client: Client,
    manifest: Option<&'a Manifest>,
    name: String,
    version: String,
    /// The commit that verified provenance names.
    attested: Option<String>,
}

/// Compares an archive with a repository.
///
/// # Errors
/// [`SourceError`] when the archive or the repository cannot be read. A commit that is not there is in the report.
pub fn match_archive(path: &Path, request: &SourceRequest) -> Result<SourceReport, SourceError> {
    let place = Place::File(path.to_path_buf());
    let failed = |reason| SourceError::Archive {
        path: path.to_path_buf(),
        reason,
    };
    let (kind, client, read) = opened(&place, path)?;
    let manifest = kind.manifest(&read);
    let stated = |it: fn(&Manifest) -> Option<&String>| {
        let text = manifest.as_ref().and_then(it);
        text.cloned().unwrap_or_default()
    };
    let package = Package {
        place: &place,
        kind,
        client,
        manifest: manifest.as_ref(),
        name: stated(|it| it.name.as_ref()),
        version: stated(|it| it.version.as_ref()),
        attested: None,
    };
    let repository = open(&request.repository)?;
    report(&package, &repository, request).map_err(failed)
}

/// Reads an archive that no package names, by the rules of the client that its manifest is for.
fn opened(
    place: &Place,
    path: &Path,
) -> Result<(&'static ArchiveKind, Client, Contents), SourceError> {
    let mut first = None;
    let mut is_read = false;
    for client in [Client::Npm, Client::Tar, Client::Yarn] {
        match contents(place, client, ObjectFormat::Sha1) {
            Ok(read) => {
                is_read = true;
                let kind = ArchiveKind::of_contents(&read);
                let of_client = |it: &&ArchiveKind| match client {
                    Client::Npm | Client::Yarn => it.client == Client::Npm,
                    Client::Tar => it.client == Client::Tar,
                };
                if let Some(kind) = kind.filter(of_client) {
                    return Ok((kind, client, read));
                }
            }
            Err(reason) => {
                first.get_or_insert(reason);
            }
        }
    }
    let path = path.to_path_buf();
    Err(match first {
        Some(reason) if !is_read => SourceError::Archive { path, reason },
        _ => SourceError::UnknownKind { path },
    })
}

/// Compares a package of a project, whose archives were read, with a repository.
///
/// # Errors
/// [`SourceError`] when there is no such package, archive or repository.
pub fn match_package(
    scan: &Scan,
    name: &str,
    provenance: Option<&NodeMap<Provenance>>,
    request: &SourceRequest,
) -> Result<SourceReport, SourceError> {
    let node = find(scan, name)?;
    let missing = || SourceError::NoArchive {
        name: name.to_owned(),
    };
    let attested = attested(provenance, node.id());
    let package = of_node(scan, node, attested).ok_or_else(missing)?;
    let repository = open(&request.repository)?;
    let report = report(&package, &repository, request);
    let report = report.map_err(|reason| SourceError::Archive {
        path: package.place.label().into(),
        reason,
    })?;
    Ok(report.with(|it| it.purl = node.reference().into_owned()))
}

/// Compares every package whose repository is in a folder of clones, and adds what is found to the scan's archives. Packages
/// whose repository is not there are not in the result, and say so in the archives.
///
/// # Errors
/// [`SourceError`] when the folder cannot be read.
pub fn match_all(
    scan: &mut Scan,
    folder: &Path,
    provenance: Option<&NodeMap<Provenance>>,
) -> Result<Vec<SourceReport>, SourceError> {
    let clones = Clones::below(folder).ok_or_else(|| SourceError::NoRepository {
        path: folder.to_path_buf(),
    })?;
    let mut all: Vec<(NodeId, SourceReport)> = Vec::new();
    let mut absent: Vec<(NodeId, SourceMatch)> = Vec::new();
    for node in scan.graph().nodes() {
        let attested = attested(provenance, node.id());
        let Some(package) = of_node(scan, node, attested) else {
            continue;
        };
        let built = provenance.and_then(|it| it.get(node.id())?.build.as_deref());
        let built = built.and_then(|it| it.repository.as_deref());
        let details = node.component().details.as_deref();
        let declared = details.and_then(|it| it.repository.as_deref());
        let stated = package.manifest.and_then(|it| it.repository.as_deref());
        let address = built.or(declared).or(stated);
        let Some(repository) = clones.find(address) else {
            absent.push((node.id(), absence(address.is_some())));
            continue;
        };
        let report = report(&package, repository, &SourceRequest::default());
        let report = report.unwrap_or_else(|reason| not_read(&package, &reason));
        all.push((
            node.id(),
            report.with(|it| it.purl = node.reference().into_owned()),
        ));
    }
    if let Some(archives) = scan.archives_mut() {
        let compared = all.iter().map(|(id, report)| (*id, report.found.clone()));
        for (id, found) in compared.chain(absent) {
            if let Some(facts) = archives.table.get(id) {
                let mut facts = facts.clone();
                facts.source = Some(Box::new(found));
                archives.table.insert(id, facts);
            }
        }
    }
    all.sort_by_cached_key(|(_, it)| (it.is_explained(), it.purl.clone()));
    Ok(all.into_iter().map(|(_, report)| report).collect())
}

/// Why a package was not compared whose repository is not there.
fn absence(is_stated: bool) -> SourceMatch {
    SourceMatch::not_found(if is_stated {
        "its repository is not in the folder of clones"
    } else {
        "neither its archive nor its provenance states its repository"
    })
}

fn open(folder: &Path) -> Result<Repository, SourceError> {
    Repository::open(folder).ok_or_else(|| SourceError::NoRepository {
        path: folder.to_path_buf(),
    })
}

fn attested(provenance: Option<&NodeMap<Provenance>>, id: NodeId) -> Option<String> {
    let build = provenance?.get(id)?.build.as_deref()?;
    build.commit.as_deref().map(str::to_owned)
}

/// The package of a name, of `name@version`, or of a Package URL.
fn find<'s>(scan: &'s Scan, name: &str) -> Result<NodeRef<'s>, SourceError> {
    let nodes = scan.graph().nodes().filter(|it| {
        let version = it.version().unwrap_or_default();
        it.reference() == name
            || it.name() == name
            || name
                .strip_prefix(it.name())
                .and_then(|it| it.strip_prefix('@'))
                == Some(version)
    });
    let nodes: Vec<NodeRef<'s>> = nodes.collect();
    match &*nodes {
        [only] => Ok(*only),
        several => Err(SourceError::UnknownPackage {
            name: name.to_owned(),
            ambiguous: !several.is_empty(),
        }),
    }
}

/// A package of a scan; `None` when its archive was not read.
fn of_node<'s>(scan: &'s Scan, node: NodeRef<'_>, attested: Option<String>) -> Option<Package<'s>> {
    let located = scan.archives()?.located(node.id())?;
    Some(Package {
        place: &located.place,
        kind: located.kind,
        client: located.client,
        manifest: located.manifest.as_ref(),
        name: node.name().to_owned(),
        version: node.version().unwrap_or_default().to_owned(),
        attested,
    })
}

/// Reads an archive with the contents of its files.
fn contents(place: &Place, client: Client, format: ObjectFormat) -> Result<Contents, String> {
    let options = ReadOptions::of(client).with(|it| {
        it.format = format;
        it.limits = Limits::default().with(|it| it.kept = MOST_KEPT);
        it.keep = &|_, size| size <= LARGEST;
    });
    read_place(place, &options)
}

fn not_read(package: &Package<'_>, reason: &str) -> SourceReport {
    SourceReport::default().with(|it| {
        it.name.clone_from(&package.name);
        it.version.clone_from(&package.version);
        it.archive = package.place.label();
        it.found = SourceMatch::not_found(reason);
    })
}

/// Compares a package with a repository. A commit that is not there is a result; an archive that cannot be read is an error.
fn report(
    package: &Package<'_>,
    repository: &Repository,
    request: &SourceRequest,
) -> Result<SourceReport, String> {
    let format = repository.format();
    let read = contents(package.place, package.client, format)?;
    let swhids = [
        read.archive_id.and_then(|it| it.content_swhid()),
        read.directory_id.directory_swhid(),
    ];
    let empty = not_read(package, "").with(|it| it.swhids = swhids.into_iter().flatten().collect());
    let chosen = match commit::choose(package, repository, request.commit.as_deref()) {
        Ok(chosen) => chosen,
        Err(reason) => {
            return Ok(empty.with(|it| it.found = SourceMatch::not_found(&reason)));
        }
    };
    let tree = repository.tree(&chosen.commit);
    let folder = match folder::choose(package, repository, &tree, request.folder.as_deref()) {
        Ok(folder) => folder,
        Err(reason) => {
            return Ok(empty.with(|it| it.found = SourceMatch::not_found(&reason)));
        }
    };
    let comparison = Comparison {
        contents: &read,
        kind: package.kind,
        manifest: package.manifest,
        tree: &tree,
        folder: &folder,
        format,
    };
    let files = compare(&comparison, repository);
    let found = summary(&files).with(|it| {
        it.commit = chosen.commit.into();
        it.named_by = chosen.named_by.into();
        it.folder = folder.into();
    });
    let mut notes = chosen.notes;
    let oddities = read.oddities.iter().map(ToString::to_string);
    notes.extend(oddities);
    Ok(empty.with(|it| {
        it.found = found;
        it.notes = notes;
        it.files = files;
    }))
}

/// The files in numbers, with the code among those that nothing explains.
fn summary(files: &[FileMatch]) -> SourceMatch {
    let mut counts = [0; 6];
    for (verdict, count) in FileVerdict::ALL.into_iter().zip(&mut counts) {
        *count = files.iter().filter(|it| it.verdict == verdict).count();
    }
    let open = files
        .iter()
        .filter(|it| matches!(it.verdict, FileVerdict::Unexplained | FileVerdict::Changed));
    let code = open.filter_map(|it| Some((it.path.as_str().into(), it.role?.name().into())));
    let code = code.collect();
    let compiled = files.iter().filter(|it| it.is_compiled).count();
    SourceMatch::default().with(|it| {
        it.counts = counts;
        it.compiled = compiled;
        it.unexplained_code = code;
    })
}
