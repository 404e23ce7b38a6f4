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
    mut project: Project<'p, '_>,
    mut places: Places<'p>,
    linked: Linked,
    diagnostics: &mut Diagnostics,
) {
    let Linked { links, asked, .. } = linked;
    let root = places.id(places.root);
    let private = project
        .entry(places.root)
        .is_some_and(|it| it.is(EntryFlags::PRIVATE));
    let mut shared = Shared::default();
    // Every name is resolved, and large tables would be in memory together with the components.
    places.tree.forget_names();
    fragment.components.reserve_exact(places.component_count());
    let entries = std::mem::take(&mut project.entries);
    for ((entry, asked), index) in entries.into_iter().zip(asked).zip(0..) {
        let location = project.location(index);
        match disposition(&project, &places, index) {
            Disposition::Link => {}
            Disposition::Hidden => {
                diagnostics.push(diags::duplicate(project.path, "packages", location));
            }
            Disposition::Component {
                role,
                bundler,
                fallback_name,
            } => {
                let context = EntryContext {
                    path: project.path,
                    location,
                    fallback_name,
                    role,
                    asked,
                    registries: project.registries,
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
