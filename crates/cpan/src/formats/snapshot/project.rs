//! The project of a snapshot: the cpanfile or cpm.yml that the snapshot was made from.

use std::collections::HashSet;

use bomtrail_graph::{Component, Diagnostics, Fragment, Input, Link, LinkDetail, LocalId, Need};

use crate::formats::meta::file_name;
use crate::formats::requirements::Requirements;
use crate::formats::{cpanfile, cpm};
use crate::package::modules::Modules;

/// The project as the file next to a snapshot describes it.
pub(super) struct Project {
    pub(super) fragment: Fragment,
    pub(super) requirements: Requirements,
}

/// Reads the project of a snapshot: Carton names a snapshot after its cpanfile, and cpm uses either file.
pub(super) fn next_to(input: &Input<'_>, diagnostics: &mut Diagnostics) -> Option<Project> {
    let base = input.path.strip_suffix(file_name(input.path))?;
    let cpanfile = input.path.strip_suffix(".snapshot")?.to_owned();
    let cpm = [base, "cpm.yml"].concat();
    for (path, is_cpanfile) in [(cpanfile, true), (cpm, false)] {
        let Some(bytes) = input.files.read(&path) else {
            continue;
        };
        let input = Input {
            path: &path,
            bytes: &bytes,
            files: input.files,
        };
        let requirements = if is_cpanfile {
            Some(cpanfile::read(&input, diagnostics))
        } else {
            cpm::read(&input, diagnostics)
        };
        if let Some(requirements) = requirements {
            return Some(Project {
                fragment: cpanfile::fragment(&requirements, &input),
                requirements,
            });
        }
    }
    None
}

/// Joins the project to the distributions of its snapshot, which win over archives that the project names itself.
pub(super) fn adopt(fragment: &mut Fragment, project: Fragment) {
    let Some(base) = u32::try_from(fragment.components.len()).ok() else {
        return;
    };
    let moved = |id: LocalId| LocalId(id.0.saturating_add(base));
    let joined = |link: Link| {
        link.with(|it| {
            it.from = moved(it.from);
        })
    };
    let locked = fragment.components.iter().flat_map(|it| &it.provides);
    let locked: HashSet<String> = locked.map(|it| it.name.to_string()).collect();
    let is_locked = |it: &Component| {
        let mut provides = it.provides.iter();
        !it.provides.is_empty() && provides.all(|it| locked.contains(&*it.name))
    };
    let roots = project.roots.iter().map(|it| it.index());
    let first_other = roots.max().map_or(0, |last| last + 1);
    for (number, component) in project.components.into_iter().enumerate() {
        if number < first_other || !is_locked(&component) {
            fragment.components.push(component);
        }
    }
    fragment.roots.extend(project.roots.into_iter().map(moved));
    fragment.links.extend(project.links.into_iter().map(joined));
    fragment.properties.extend(project.properties);
    let features = project.features.into_iter().map(|mut feature| {
        feature.links = feature.links.into_iter().map(joined).collect();
        feature
    });
    fragment.features.extend(features);
}

/// The links by which features require distributions that the snapshot has, even if the features are not asked for by name:
/// optional ones, with the feature as their condition.
pub(super) fn of_features(project: &Fragment, modules: &Modules<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for feature in &project.features {
        let name = ["feature ", &feature.name].concat();
        for link in &feature.links {
            let is_locked = link.name.as_deref().is_some_and(|it| modules.has(it));
            if !is_locked || link.need == Need::Conflicts {
                continue;
            }
            let stated = link.detail.as_ref().and_then(|it| it.condition.as_deref());
            let condition = stated.map_or_else(|| name.clone(), |it| [&name, " && ", it].concat());
            links.push(
                Link::new(link.from, crate::package::module::NAMED).with(|it| {
                    it.name.clone_from(&link.name);
                    it.range.clone_from(&link.range);
                    it.phase = link.phase;
                    it.need = if link.need.is_strict() {
                        Need::Optional
                    } else {
                        link.need
                    };
                    it.problem = None;
                    it.detail = LinkDetail::default()
                        .with(|it| {
                            it.condition = Some(condition.into());
                        })
                        .boxed();
                }),
            );
        }
    }
    links
}
