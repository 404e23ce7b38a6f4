//! A project as it was read: one fragment for each input, before anything is selected or linked.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{PerlEnvironment, core_and_index};
use bomtrail_graph::{Component, Diagnostics, Fragment, Input, Role, Selection, link};

use crate::disk::{Disk, ReadError};
use crate::inputs::{self, Found};
use crate::scan::{Scan, ScanError, ScanOptions};
use crate::settings::{self, Settings};
use crate::surroundings::surroundings;

/// A project whose inputs were read once, from which any part can be scanned: the whole, or one workspace member at a time.
///
/// ```no_run
/// use bomtrail::{Project, ScanOptions, Selection};
///
/// let project = Project::open(".".as_ref(), &ScanOptions::default())?;
/// for member in project.members() {
///     let part = project.scan(&Selection { members: vec![member.clone()], ..Selection::default() })?;
///     println!("{member}: {} packages", part.graph().nodes().len());
/// }
/// # Ok::<(), bomtrail::ScanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Project {
    fragments: Vec<Fragment>,
    diagnostics: Diagnostics,
    members: Vec<String>,
    surroundings: PerlEnvironment,
    settings: Option<Settings>,
}

impl Project {
    /// Reads the inputs of `path`, which is a project's folder or one input file. The selection of `options` is not
    /// applied yet.
    ///
    /// # Errors
    /// [`ScanError`] when there is nothing to read, or nothing could be read.
    pub fn open(path: &Path, options: &ScanOptions) -> Result<Self, ScanError> {
        let mut diagnostics = Diagnostics::new();
        let (disk, found) = find(path, options, &mut diagnostics)?;
        let mut fragments = Vec::with_capacity(found.len());
        let mut names = Vec::with_capacity(found.len());
        for Found {
            path,
            bytes,
            reader,
        } in found
        {
            let input = Input {
                path: &path,
                bytes: &bytes,
                files: &disk,
            };
            let fragment = reader.read(&input, &mut diagnostics);
            if !fragment.components.is_empty() {
                fragments.push(fragment);
            }
            names.push(path);
        }
        if fragments.is_empty() {
            return Err(nothing_read(&names, diagnostics));
        }
        include(&mut fragments, &options.features)?;
        let settings = Settings::load(&disk, &mut diagnostics)
            .map_err(|diagnostics| ScanError::Settings { diagnostics })?;
        if let Some(settings) = &settings {
            settings::add(&settings.dependencies, &mut fragments, &mut diagnostics);
        }
        let members = members(&fragments);
        Ok(Self {
            fragments,
            diagnostics,
            members,
            surroundings: surroundings(&disk, options)?,
            settings,
        })
    }

    /// What is odd about the inputs.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// The names of the workspace members, sorted; the places of those that share a name. Each selects one of them.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// What the project's `bomtrail.toml` states; `None` when it has none.
    pub fn settings(&self) -> Option<&Settings> {
        self.settings.as_ref()
    }

    /// The graph of a part of the project. The diagnostics are those of linking; those of reading are
    /// [`Project::diagnostics`].
    ///
    /// # Errors
    /// [`ScanError::UnknownMember`] when the selection names a workspace member that is not there.
    pub fn scan(&self, selection: &Selection) -> Result<Scan, ScanError> {
        self.clone_fragments().scan_once(selection)
    }

    fn clone_fragments(&self) -> Self {
        Self {
            fragments: self.fragments.clone(),
            diagnostics: Diagnostics::new(),
            members: self.members.clone(),
            surroundings: self.surroundings.clone(),
            settings: self.settings.clone(),
        }
    }

    /// Like [`Project::scan`], without keeping the project for another part; the diagnostics are all there are.
    pub(crate) fn scan_once(self, selection: &Selection) -> Result<Scan, ScanError> {
        let Self {
            mut fragments,
            mut diagnostics,
            members,
            surroundings,
            settings,
        } = self;
        for name in &selection.members {
            if !fragments.iter().any(|it| has_member(it, name)) {
                return Err(ScanError::UnknownMember {
                    name: name.clone(),
                    known: members,
                });
            }
        }
        // With members asked for, an input that has none of them is no part of what was asked for.
        selection.apply_all(&mut fragments);
        core_and_index(&mut fragments, &surroundings, &mut diagnostics);
        let graph = link(fragments, &mut diagnostics);
        let stated = settings.map(|it| {
            let statements = it.statements(&graph, &mut diagnostics);
            (it, statements)
        });
        Ok(Scan::new(graph, diagnostics, members).stated(stated))
    }
}

/// The inputs at `path`, and the folder they lie in.
pub(crate) fn find(
    path: &Path,
    options: &ScanOptions,
    diagnostics: &mut Diagnostics,
) -> Result<(Disk, Vec<Found>), ScanError> {
    let limit = options.size_limit;
    let recorder = options.recorder.as_ref();
    let unreachable = |cause| ScanError::Unreachable {
        path: path.to_path_buf(),
        cause,
    };
    if path.is_dir() {
        let disk = Disk::open(path, limit).map_err(unreachable)?;
        let disk = disk.recorded(recorder);
        let found = inputs::of_folder(&disk, diagnostics)
            .map_err(|(name, cause)| unreadable_file(beside(path, &name), cause))?;
        if found.is_empty() {
            return Err(ScanError::NothingToRead {
                folder: path.to_path_buf(),
                wanted: inputs::names(),
                advice: inputs::advice(),
            });
        }
        return Ok((disk, found));
    }
    if !path.exists() {
        return Err(unreachable(ReadError::NotFound));
    }
    let unclaimed = || ScanError::Unclaimed {
        path: path.to_path_buf(),
        wanted: inputs::names(),
    };
    let (folder, name) = inputs::split_folder(path).ok_or_else(unclaimed)?;
    let disk = Disk::open(folder, limit.min(inputs::size_limit(&name))).map_err(unreachable)?;
    let disk = disk.recorded(recorder);
    let bytes = disk
        .load(&name)
        .map_err(|cause| unreadable_file(path.to_path_buf(), cause))?;
    let reader = inputs::reader_of_content(&name, &bytes).ok_or_else(unclaimed)?;
    let found = Found {
        path: name,
        bytes,
        reader,
    };
    Ok((disk, vec![found]))
}

/// The path of a file of `folder`, as a user would write it.
fn beside(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") {
        PathBuf::from(name)
    } else {
        folder.join(name)
    }
}

/// Adds the optional features that are asked for.
fn include(fragments: &mut [Fragment], features: &[String]) -> Result<(), ScanError> {
    let named = |it: &Fragment| {
        it.features
            .iter()
            .map(|it| String::from(&*it.name))
            .collect()
    };
    let mut known: Vec<String> = fragments
        .iter()
        .flat_map(|it| -> Vec<String> { named(it) })
        .collect();
    known.sort_unstable();
    known.dedup();
    if let Some(name) = features.iter().find(|name| !known.contains(name)) {
        return Err(ScanError::UnknownFeature {
            name: name.clone(),
            known,
        });
    }
    for fragment in fragments {
        fragment.include(features);
    }
    Ok(())
}

fn unreadable_file(path: PathBuf, cause: ReadError) -> ScanError {
    ScanError::Unreachable { path, cause }
}

/// Why there is nothing to work on.
pub(crate) fn nothing_read(names: &[String], diagnostics: Diagnostics) -> ScanError {
    let worst = diagnostics.worst();
    let worst = diagnostics.iter().find(|it| Some(it.code.level) == worst);
    ScanError::Unreadable {
        inputs: names.join("`, `"),
        why: worst.map_or_else(|| "it describes no package".to_owned(), ToString::to_string),
        diagnostics,
    }
}

/// What the members are asked for by: their names, or the places of those that share a name.
fn members(fragments: &[Fragment]) -> Vec<String> {
    let components = fragments.iter().flat_map(|it| &it.components);
    let mut members: Vec<&Component> = components.filter(|it| it.role == Role::Member).collect();
    members.sort_unstable_by(|a, b| (&a.name, &a.place).cmp(&(&b.name, &b.place)));
    let mut names: Vec<String> = Vec::with_capacity(members.len());
    for alike in members.chunk_by(|a, b| a.name == b.name) {
        match alike {
            [only] => names.push(String::from(&*only.name)),
            several => names.extend(several.iter().map(|it| String::from(&*it.place))),
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a selection by `name` finds something in `fragment`: the rule of [`Selection::members`].
fn has_member(fragment: &Fragment, name: &str) -> bool {
    fragment.components.iter().any(|it| {
        matches!(it.role, Role::Root | Role::Member) && (&*it.name == name || &*it.place == name)
    })
}

#[cfg(test)]
mod tests;
