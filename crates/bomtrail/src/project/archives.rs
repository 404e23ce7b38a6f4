//! The archives of a project's packages: finds them, reads them on all cores, completes the components from what is in them,
//! and compares them with what the lockfile states.

mod diags;
mod facts;
mod locked;
pub(crate) mod reading;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use bomtrail_archive::{ArchiveKind, Client, Manifest, contradictions};
use bomtrail_graph::{
    ArchiveFacts, Component, Diagnostics, Files, Flags, Fragment, Graph, NodeId, NodeMap, NodeRef,
    Origin, Role, on_all_cores,
};

use super::{ScanError, ScanOptions};
use crate::source::Recorder;
use crate::source::archives::{ArchiveStore, Place, YarnCached};
use locked::LockedFacts;
use reading::Reading;

/// Where the archives of packages are.
///
/// ```
/// use bomtrail::{ArchiveSources, ScanOptions};
///
/// let archives = ArchiveSources::of(&["../../fixtures/archives/mirror"]);
/// let options = ScanOptions::default().archives(Some(archives));
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ArchiveSources {
    /// Folders to look through: npm's cache, pnpm's store, Yarn's cache, caches and mirrors of CPAN, folders of archives; or archives.
    pub folders: Vec<PathBuf>,
    /// Whether to keep the licence texts.
    pub keep_texts: bool,
}

impl ArchiveSources {
    /// These folders and archives.
    pub fn of<P: Into<PathBuf> + Clone>(folders: &[P]) -> Self {
        Self {
            folders: folders.iter().cloned().map(Into::into).collect(),
            keep_texts: false,
        }
    }

    /// With the licence texts kept, for notices.
    #[must_use]
    pub fn keep_texts(mut self, keep: bool) -> Self {
        self.keep_texts = keep;
        self
    }
}

/// Archives that were found and not read yet.
#[derive(Clone, Debug)]
pub(crate) struct Archives {
    store: Arc<ArchiveStore>,
    keep_texts: bool,
    recorder: Option<Recorder>,
}

/// A package by the path of its input and its place in it.
type Position = (Box<str>, Box<str>);

impl Archives {
    /// Looks for archives; `None` when none are asked for.
    pub(crate) fn open(
        options: &ScanOptions,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<Self>, ScanError> {
        let Some(sources) = &options.archives else {
            return Ok(None);
        };
        let store = ArchiveStore::open(&sources.folders);
        let store = store.map_err(|(path, cause)| ScanError::Unreachable { path, cause })?;
        if store.is_empty() {
            diagnostics.push(diags::no_archives(&sources.folders));
        }
        if store.is_cut() {
            diagnostics.push(diags::too_many_files(&sources.folders));
        }
        Ok(Some(Self {
            store: Arc::new(store),
            keep_texts: sources.keep_texts,
            recorder: options.recorder.clone(),
        }))
    }

    /// Reads the archive of every package, and completes the components.
    pub(crate) fn complete(self, fragments: &mut [Fragment], files: &dyn Files) -> Completed {
        let locked = LockedFacts::of(fragments, files);
        let mut jobs: Vec<Job> = Vec::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut positions: BTreeMap<Position, usize> = BTreeMap::new();
        for fragment in &*fragments {
            for component in fragment.components.iter().filter(|it| has_archive(it)) {
                let Some(job) = Job::of(component) else {
                    continue;
                };
                let number = *numbers.entry(job.key()).or_insert_with(|| {
                    jobs.push(job);
                    jobs.len() - 1
                });
                let position = (fragment.path.clone(), component.place.clone());
                positions.insert(position, number);
            }
        }
        let unknown_before = unknown_licenses(fragments);
        let readings = self.read_all(&jobs);
        self.note(&readings);
        for fragment in &mut *fragments {
            let path = fragment.path.clone();
            for component in &mut fragment.components {
                let number = positions.get(&(path.clone(), component.place.clone()));
                let reading = number.and_then(|it| readings.get(*it));
                if let Some(found) = reading.filter(|it| it.is_used()) {
                    let states = locked.states_scripts(&path);
                    facts::fill(component, found, states);
                }
            }
        }
        Completed {
            unknown: (unknown_before, unknown_licenses(fragments)),
            positions,
            readings,
            locked,
        }
    }

    /// Notes what was read: an output never replaces an input.
    fn note(&self, readings: &[Reading]) {
        let Some(recorder) = &self.recorder else {
            return;
        };
        for path in self.store.files() {
            recorder.note_path(path);
        }
        for place in readings.iter().filter_map(|it| it.place.as_ref()) {
            if let Place::File(path) = place {
                recorder.note_path(path);
            }
        }
    }

    /// Reads all, each once, in the order they are given.
    fn read_all(&self, jobs: &[Job]) -> Vec<Reading> {
        on_all_cores(jobs, 1, |it| {
            reading::read(&self.store, it, self.keep_texts)
        })
    }
}

/// Whether a component is unpacked from an archive of its own.
fn has_archive(component: &Component) -> bool {
    let origins = [
        Origin::Registry,
        Origin::OtherRegistry,
        Origin::RemoteArchive,
        Origin::Unknown,
    ];
    component.role == Role::Dependency
        && origins.contains(&component.origin)
        && !component.flags.has(Flags::BUNDLED)
}

/// How many packages of others have no known licence.
fn unknown_licenses(fragments: &[Fragment]) -> usize {
    let all = fragments.iter().flat_map(|it| &it.components);
    let others = all.filter(|it| it.role == Role::Dependency);
    others.filter(|it| it.licenses.is_unknown()).count()
}

/// One package whose archive is looked for.
pub(crate) struct Job {
    pub(crate) kind: &'static ArchiveKind,
    pub(crate) component: Component,
    /// The names that the archive may have.
    pub(crate) names: Vec<String>,
    /// The author of a distribution of CPAN.
    pub(crate) author: Option<String>,
    /// The file that Yarn's cache has of it.
    pub(crate) cached: Option<YarnCached>,
}

impl Job {
    fn of(component: &Component) -> Option<Self> {
        let purl = component.purl.as_ref()?;
        let kind = ArchiveKind::of_type(purl.package_type())?;
        Some(Self {
            kind,
            names: facts::archive_names(component),
            author: facts::author(component),
            cached: facts::yarn_cached(component),
            component: component.clone(),
        })
    }

    /// Two places of one archive are read once.
    fn key(&self) -> String {
        let strongest = self.component.hashes.iter().max();
        let (kind, names) = (self.kind.package_type, self.names.join(" "));
        let (author, cached) = (&self.author, &self.cached);
        format!("{kind} {names} {author:?} {strongest:?} {cached:?}")
    }
}

/// Archives that were read, before the graph is linked.
pub(crate) struct Completed {
    positions: BTreeMap<Position, usize>,
    readings: Vec<Reading>,
    locked: LockedFacts,
    /// How many licences were unknown before and after.
    unknown: (usize, usize),
}

impl Completed {
    /// Says what inputs are called in the graph, by the paths they had.
    pub(crate) fn relabel(&mut self, name: &dyn Fn(&str) -> Box<str>) {
        let positions = std::mem::take(&mut self.positions).into_iter();
        let renamed = positions.map(|((path, place), number)| ((name(&path), place), number));
        self.positions = renamed.collect();
        self.locked.relabel(name);
    }

    /// What was read for several projects, whose inputs have names of their own.
    pub(crate) fn joined(all: Vec<Self>) -> Option<Self> {
        all.into_iter().reduce(|mut one, other| {
            let count = one.readings.len();
            let positions = other.positions.into_iter();
            let moved = positions.map(|(position, number)| (position, number + count));
            one.positions.extend(moved);
            one.readings.extend(other.readings);
            one.locked.append(other.locked);
            one.unknown.0 += other.unknown.0;
            one.unknown.1 += other.unknown.1;
            one
        })
    }

    /// What the archives show of each node.
    pub(crate) fn table(mut self, graph: &Graph, diagnostics: &mut Diagnostics) -> ReadArchives {
        let mut table = NodeMap::new(graph);
        let mut located = NodeMap::new(graph);
        for node in graph.nodes() {
            let Some((position, number)) = self.position(graph, node) else {
                continue;
            };
            let Some(reading) = self.readings.get_mut(number) else {
                continue;
            };
            let mut facts = reading.facts.clone();
            if let Some(manifest) = &reading.manifest {
                let mut locked = self.locked.of_package(&position);
                // The edges of a node are those of all lockfiles that have it.
                let paths = inputs_of(graph, node);
                let all = paths.map(|it| self.locked.requirements(it));
                locked.requirements = all.max().unwrap_or_default();
                facts.contradictions = contradictions(reading.kind, node, &locked, manifest);
            }
            table.insert(node.id(), facts);
            if let Some(place) = reading.place.clone() {
                let manifest = reading.manifest.clone();
                let (kind, client) = (reading.kind, reading.client);
                let found = LocatedArchive {
                    place,
                    manifest,
                    kind,
                    client,
                };
                located.insert(node.id(), found);
            }
        }
        diagnostics.push(diags::archives_read(&table, self.unknown));
        ReadArchives { table, located }
    }

    fn position(&self, graph: &Graph, node: NodeRef<'_>) -> Option<(Position, usize)> {
        let inputs = graph.inputs();
        let mut found = node.instances().iter().filter_map(|it| {
            let input = inputs.get(usize::try_from(it.input).ok()?)?;
            let position = (input.path.clone(), it.place.clone());
            let number = *self.positions.get(&position)?;
            Some((position, number))
        });
        found.next()
    }
}

/// The paths of the inputs that have a node.
fn inputs_of<'g>(graph: &'g Graph, node: NodeRef<'g>) -> impl Iterator<Item = &'g str> {
    let inputs = graph.inputs();
    let instances = node.instances().iter();
    instances.filter_map(|it| Some(&*inputs.get(usize::try_from(it.input).ok()?)?.path))
}

/// Where the archive of a node is, for a second look.
#[derive(Clone, Debug)]
pub(crate) struct LocatedArchive {
    pub(crate) place: Place,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) kind: &'static ArchiveKind,
    /// Who unpacks it.
    pub(crate) client: Client,
}

/// What the archives of a project's packages show.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadArchives {
    /// What the archive of each package shows.
    pub table: NodeMap<ArchiveFacts>,
    located: NodeMap<LocatedArchive>,
}

impl ReadArchives {
    /// Where the archive of a node is.
    pub(crate) fn located(&self, node: NodeId) -> Option<&LocatedArchive> {
        self.located.get(node)
    }
}
