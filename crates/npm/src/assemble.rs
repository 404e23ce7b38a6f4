//! The fragment of a project, once its links are known: every entry becomes a component and is freed.

use bomtrail_graph::{Diagnostics, Flags, Fragment, Role};

use crate::diags;
use crate::lockfile::project::Project;
use crate::package::component;
use crate::package::context::EntryContext;
use crate::package::entry::EntryFlags;
use crate::package::facts::Shared;
use crate::resolve::edges::Linked;
use crate::resolve::places::Places;
use crate::resolve::tree::Index;

/// What an entry becomes.
enum Disposition<'p> {
    /// A link, which its target represents.
    Link,
    /// An entry that a later one with the same location replaces.
    Hidden,
    Component {
        role: Role,
        bundler: Option<&'p str>,
        fallback_name: &'p str,
    },
}

/// Fills `fragment`. Consumes the project entry by entry, so that a large lockfile is never in memory twice.
pub(crate) fn fill<'p>(
    fragment: &mut Fragment,
    project: Project<'p, '_>,
    places: Places<'p>,
    linked: Linked,
    diagnostics: &mut Diagnostics,
) {
    let Linked { links, asked, .. } = linked;
    let count = project.locations.len();
    let dispositions: Vec<Disposition<'p>> = (0..)
        .take(count)
        .map(|index| disposition(&project, &places, index))
        .collect();
    let root = places.id(places.root);
    let private = project
        .entry(places.root)
        .is_some_and(|it| it.is(EntryFlags::PRIVATE));
    drop(places);
    let mut shared = Shared::default();
    let Project {
        path,
        locations,
        entries,
        registries,
        ..
    } = project;
    fragment.components.reserve_exact(
        dispositions
            .iter()
            .filter(|it| matches!(it, Disposition::Component { .. }))
            .count(),
    );
    for (((location, entry), disposition), asked) in
        locations.iter().zip(entries).zip(dispositions).zip(asked)
    {
        match disposition {
            Disposition::Link => {}
            Disposition::Hidden => diagnostics.push(diags::duplicate(path, "packages", location)),
            Disposition::Component {
                role,
                bundler,
                fallback_name,
            } => {
                let context = EntryContext {
                    path,
                    location,
                    fallback_name,
                    role,
                    asked,
                    registries,
                    bundler,
                };
                let component = component::component(&entry, context, &mut shared, diagnostics);
                fragment.add(component);
            }
        }
    }
    fragment.links = links;
    fragment.roots.extend(root);
    // Flags of the root entry are about a dependency, which the project is not.
    if let Some(component) = root.and_then(|id| fragment.components.get_mut(id.index())) {
        component.flags = Flags::default();
        component.flags.set(Flags::PRIVATE, private);
    }
}

fn disposition<'p>(
    project: &Project<'p, '_>,
    places: &Places<'p>,
    index: Index,
) -> Disposition<'p> {
    if places.id(index).is_some() {
        Disposition::Component {
            role: places.role(project, index),
            bundler: places.carrier(project, index),
            fallback_name: places.fallback_name(project, index),
        }
    } else if places.tree.is_link(index) {
        Disposition::Link
    } else {
        Disposition::Hidden
    }
}
