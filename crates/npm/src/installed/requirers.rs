//! What needs the packages that are installed: those that nothing needs are extraneous in a project, and are what a folder
//! without a manifest is for.

use std::collections::BTreeSet;

use bomtrail_graph::{Completeness, Flags, Fragment, Link, LocalId, Role, Target};

use crate::paths;

/// Marks the packages that nothing leads to from the project.
pub(super) fn mark_extraneous(fragment: &mut Fragment) {
    let mut below: Vec<Vec<LocalId>> = vec![Vec::new(); fragment.components.len()];
    for (from, to) in ends(fragment) {
        if let Some(list) = below.get_mut(from.index()) {
            list.push(to);
        }
    }
    let mut reached: BTreeSet<LocalId> = fragment.roots.iter().copied().collect();
    let mut open = fragment.roots.clone();
    while let Some(id) = open.pop() {
        let next = below.get(id.index()).into_iter().flatten();
        open.extend(next.filter(|it| reached.insert(**it)));
    }
    for (component, id) in fragment.components.iter_mut().zip((0..).map(LocalId)) {
        let is_extraneous = component.role == Role::Dependency && !reached.contains(&id);
        component.flags.set(Flags::EXTRANEOUS, is_extraneous);
    }
}

/// Makes the root of a folder without a manifest need the packages that no other one needs. It may need others, too.
pub(super) fn add_for_folder(fragment: &mut Fragment) {
    let Some(root) = fragment.roots.first().copied() else {
        return;
    };
    let needed: BTreeSet<LocalId> = ends(fragment)
        .filter(|(from, to)| from != to)
        .map(|(_, to)| to)
        .collect();
    let numbered = fragment.components.iter().zip((0..).map(LocalId));
    let at_top = numbered.filter(|(it, id)| {
        let is_top = paths::split_modules(&it.place).is_some_and(|(above, _)| above.is_empty());
        is_top && !needed.contains(id)
    });
    let links: Vec<Link> = at_top
        .map(|(_, id)| Link::new(root, Target::Here(id)))
        .collect();
    fragment.links.extend(links);
    if let Some(root) = fragment.components.get_mut(root.index()) {
        root.dependencies = Completeness::Incomplete;
    }
}

fn ends(fragment: &Fragment) -> impl Iterator<Item = (LocalId, LocalId)> {
    fragment.links.iter().filter_map(|it| match it.to {
        Target::Here(to) => Some((it.from, to)),
        Target::Named(_) | Target::Absent => None,
    })
}
