//! Several documents as one graph: flat by Package URL, or below a component that stands for all of them.

use std::path::{Path, PathBuf};

use bomtrail_cpan::{PerlEnvironment, core_and_index};
use bomtrail_graph::{
    Completeness, Component, Diagnostics, Fragment, Graph, Input, Kind, Link, LocalId, Need,
    Origin, Phase, Purl, Role, Target, link,
};

use crate::inputs::Found;
use crate::project;
use crate::revision::{self, Revision};
use crate::scan::{Scan, ScanError, ScanOptions};
use crate::surroundings::surroundings;

/// Reads inputs and joins them into one graph. An input is a project's folder, a file (an SBOM, a lockfile), or
/// `git:REF:PATH`, a file at a revision of the repository in the current folder.
///
/// Packages of one Package URL are one, unless their bytes differ; every input's own project stays a root. With `above`,
/// which is a name and perhaps a version, a component of that name is the only root, and needs those of the inputs. Of
/// `options`, the Perl and the index of CPAN hold for every input; what an input lies in is looked at for each alone.
///
/// # Errors
/// [`ScanError`] when an input cannot be read.
pub fn merge(
    inputs: &[String],
    above: Option<(&str, Option<&str>)>,
    options: &ScanOptions,
) -> Result<Scan, ScanError> {
    let mut diagnostics = Diagnostics::new();
    let mut fragments = Vec::new();
    for input in inputs {
        fragments.append(&mut read(input, options, &mut diagnostics)?);
    }
    if let Some((name, version)) = above {
        fragments = vec![below(name, version, fragments)];
    }
    let graph = link(fragments, &mut diagnostics);
    Ok(Scan::new(graph, diagnostics, Vec::new()))
}

/// The graph of one input, as [`merge`] reads one.
///
/// # Errors
/// [`ScanError`] when the input cannot be read.
pub fn graph_of(input: &str, options: &ScanOptions) -> Result<(Graph, Diagnostics), ScanError> {
    if revision::split(input).is_none() {
        return Ok(Scan::with(Path::new(input), options)?.into_parts());
    }
    merge(&[input.to_owned()], None, options).map(Scan::into_parts)
}

fn read(
    input: &str,
    options: &ScanOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Fragment>, ScanError> {
    let (mut fragments, around) = match revision::split(input) {
        Some(parts) => {
            let revision = Revision::of(parts);
            let fragment = revision
                .read(diagnostics)
                .map_err(|why| ScanError::Revision {
                    input: input.to_owned(),
                    why,
                })?;
            (vec![fragment], surroundings(&revision, options)?)
        }
        None => read_here(input, options, diagnostics)?,
    };
    core_and_index(&mut fragments, &around, diagnostics);
    Ok(fragments)
}

fn read_here(
    input: &str,
    options: &ScanOptions,
    diagnostics: &mut Diagnostics,
) -> Result<(Vec<Fragment>, PerlEnvironment), ScanError> {
    let path = PathBuf::from(input);
    let (disk, found) = project::find(&path, options, diagnostics)?;
    let mut fragments = Vec::with_capacity(found.len());
    for Found {
        path: name,
        bytes,
        reader,
    } in found
    {
        let one = Input {
            path: &name,
            bytes: &bytes,
            files: &disk,
        };
        let mut fragment = reader.read(&one, diagnostics);
        if fragment.components.is_empty() {
            return Err(project::nothing_read(&[name], diagnostics.clone()));
        }
        // Inputs of several folders may have one name.
        fragment.path = if path.is_dir() {
            path.join(&name).to_string_lossy().into()
        } else {
            input.into()
        };
        fragments.push(fragment);
    }
    Ok((fragments, surroundings(&disk, options)?))
}

/// All fragments as one, below a root of its own.
fn below(name: &str, version: Option<&str>, fragments: Vec<Fragment>) -> Fragment {
    let mut all = Fragment::default();
    let purl = Purl::build("generic", name).version(version.unwrap_or_default());
    let root = Component {
        version: version.map(Into::into),
        purl: purl.finish().ok(),
        kind: Kind::Application,
        role: Role::Root,
        origin: Origin::Unknown,
        dependencies: Completeness::Complete,
        ..Component::new(name)
    };
    let Some(root) = all.add(root) else {
        return all;
    };
    all.roots = vec![root];
    for fragment in fragments {
        let base = u32::try_from(all.components.len()).unwrap_or(u32::MAX);
        let shift = |id: LocalId| LocalId(id.0.saturating_add(base));
        let mut components = fragment.components;
        for id in &fragment.roots {
            if let Some(it) = components.get_mut(id.index()) {
                // A project of its own is a part of this one.
                it.role = it.role.max(Role::Member);
            }
            all.links.push(needs(root, shift(*id)));
        }
        all.components.append(&mut components);
        all.links.extend(fragment.links.into_iter().map(|mut link| {
            link.from = shift(link.from);
            if let Target::Here(to) = link.to {
                link.to = Target::Here(shift(to));
            }
            link
        }));
        let scopes = fragment.scopes.into_iter();
        all.scopes
            .extend(scopes.map(|(id, scope)| (shift(id), scope)));
        all.lifecycle = fragment.lifecycle;
        if all.path.is_empty() {
            all.path = fragment.path;
        } else {
            let name = "bomtrail:input".into();
            all.properties.push((name, fragment.path));
        }
        all.properties.extend(fragment.properties);
    }
    all
}

fn needs(from: LocalId, to: LocalId) -> Link {
    Link {
        from,
        to: Target::Here(to),
        name: None,
        range: None,
        phase: Phase::Runtime,
        need: Need::Required,
        problem: None,
        detail: None,
    }
}
