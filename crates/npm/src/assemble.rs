//! The fragment of a project, once its links are known: every entry becomes a component and is let go.

use bomtrail_graph::{Diagnostics, Flags, Fragment, Role};

use crate::component::{self, Standing};
use crate::diags;
use crate::edges::Linked;
use crate::facts::Shared;
use crate::places::Places;
use crate::project::Project;
use crate::tree::Index;
use crate::wire::Bits;

/// What becomes of an entry.
enum Fate<'p> {
    /// A link: its target stands for it.
    Link,
    /// A later entry of the same location counts.
    Hidden,
    Component {
        role: Role,
        bundler: Option<&'p str>,
        /// It is said to be bundled, and what carries it does not list it.
        unlisted: bool,
        fallback_name: &'p str,
    },
}

/// Fills `fragment`. Takes the project apart as it goes, so that a large lockfile is never in memory twice.
pub(crate) fn fill<'p>(
    fragment: &mut Fragment,
    project: Project<'p, '_>,
    places: Places<'p>,
    linked: Linked,
    diagnostics: &mut Diagnostics,
) {
    let Linked { links, asked, .. } = linked;
    let count = project.locations.len();
    let fates: Vec<Fate<'p>> = (0..)
        .take(count)
        .map(|index| fate(&project, &places, index))
        .collect();
    let root = places.id(places.root);
    let private = project
        .entry(places.root)
        .is_some_and(|it| it.is(Bits::PRIVATE));
    drop(places);
    let mut shared = Shared::default();
    let Project {
        path,
        locations,
        entries,
        ..
    } = project;
    fragment.components.reserve_exact(
        fates
            .iter()
            .filter(|it| matches!(it, Fate::Component { .. }))
            .count(),
    );
    for (((location, entry), fate), asked) in locations.iter().zip(entries).zip(fates).zip(asked) {
        match fate {
            Fate::Link => {}
            Fate::Hidden => diagnostics.push(diags::duplicate(path, "packages", location)),
            Fate::Component {
                role,
                bundler,
                unlisted,
                fallback_name,
            } => {
                let standing = Standing {
                    path,
                    location,
                    fallback_name,
                    role,
                    asked,
                    bundler,
                };
                let mut component =
                    component::component(&entry, standing, &mut shared, diagnostics);
                component.flags.set(Flags::UNLISTED, unlisted);
                fragment.add(component);
            }
        }
    }
    fragment.links = links;
    fragment.roots.extend(root);
    // The project itself is never what its entry's flags say of a dependency.
    if let Some(component) = root.and_then(|id| fragment.components.get_mut(id.index())) {
        component.flags = Flags::default();
        component.flags.set(Flags::PRIVATE, private);
    }
}

fn fate<'p>(project: &Project<'p, '_>, places: &Places<'p>, index: Index) -> Fate<'p> {
    if places.id(index).is_some() {
        let bundler = places.bundler(project, index);
        Fate::Component {
            role: places.role(project, index),
            bundler: bundler.map(|(place, _)| place),
            unlisted: bundler.is_some_and(|(_, listed)| !listed),
            fallback_name: places.fallback_name(project, index),
        }
    } else if places.tree.is_link(index) {
        Fate::Link
    } else {
        Fate::Hidden
    }
}
