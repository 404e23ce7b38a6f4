//! The places of the entries of a lockfile, the targets of its links, and the component that each entry becomes.

use std::collections::{BTreeMap, BTreeSet};

use bomtrail_graph::{Diagnostics, LocalId, Role};

use crate::diags;
use crate::lockfile::project::Project;
use crate::manifest::workspaces::Patterns;
use crate::package::entry::{EntryFlags, Field};
use crate::package::identity;
use crate::package::url;
use crate::paths;
use crate::resolve::bundles;
use crate::resolve::number::MaybeNumber;
use crate::resolve::tree::{Index, Tree};

/// The places of the entries and the component of each one.
pub(crate) struct Places<'p> {
    pub(crate) tree: Tree<'p>,
    pub(crate) root: Index,
    /// The workspaces, each with the name it is linked by, which is its package's.
    pub(crate) members: BTreeMap<Index, &'p str>,
    /// Whether each entry is one of them.
    is_member: Vec<bool>,
    /// The workspaces that the root depends on: name and specifier.
    pub(crate) workspace_requests: Vec<(&'p str, String)>,
    ids: Vec<MaybeNumber>,
    /// The package in whose list of bundled packages each entry is.
    bundlers: Vec<MaybeNumber>,
}

impl<'p> Places<'p> {
    /// Places every entry, follows the links, finds the workspaces, and numbers the components.
    pub(crate) fn new(
        project: &Project<'p, '_>,
        root: Index,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut places = build_tree(project, root, diagnostics);
        number(project, &mut places);
        places.is_member = vec![false; project.locations.len()];
        for member in places.members.keys() {
            if let Some(slot) = places.is_member.get_mut(*member as usize) {
                *slot = true;
            }
        }
        places.bundlers = bundles::bundlers(&project.entries, &places.tree);
        // Links are resolved by name. Only those of an installed tree lead to folders.
        if !paths::is_installed(project.path) {
            places.tree.forget_locations();
        }
        places
    }

    /// The name of an entry that does not state one.
    pub(crate) fn fallback_name(&self, project: &Project<'p, '_>, index: Index) -> &'p str {
        let location = project.location(index);
        match self.member(index) {
            _ if location.is_empty() => project.root_name,
            Some(linked) => linked,
            None => self.tree.folder_name(index, location),
        }
    }

    /// The name that a workspace is linked by; `None` for any other entry.
    fn member(&self, index: Index) -> Option<&'p str> {
        let is_member = self.is_member.get(index as usize) == Some(&true);
        is_member.then(|| self.members.get(&index).copied())?
    }

    /// The real name of an entry.
    pub(crate) fn name<'x>(&self, project: &'x Project<'p, '_>, index: Index) -> &'x str {
        let fallback = self.fallback_name(project, index);
        project
            .entry(index)
            .map_or(fallback, |entry| identity::real_name(entry, fallback))
    }

    /// The component of an entry.
    pub(crate) fn id(&self, index: Index) -> Option<LocalId> {
        self.ids.get(index as usize)?.get().map(LocalId)
    }

    /// How many entries become components.
    pub(crate) fn component_count(&self) -> usize {
        self.ids.iter().filter(|it| !it.is_none()).count()
    }

    /// The entries that are packages: no links, and none that a later entry hides.
    pub(crate) fn real(&self) -> impl Iterator<Item = Index> {
        (0..)
            .zip(&self.ids)
            .filter(|(index, id)| !id.is_none() && !self.tree.is_link(*index))
            .map(|(index, _)| index)
    }

    /// The role of an entry.
    pub(crate) fn role(&self, project: &Project<'p, '_>, index: Index) -> Role {
        if index == self.root {
            Role::Root
        } else if self.member(index).is_some() {
            Role::Member
        } else if self.tree.is_link(index) {
            Role::Local
        } else {
            identity::role_by_place(project.location(index))
        }
    }

    /// The place of the package whose archive contains an entry; `None` for an entry that npm fetches by itself.
    pub(crate) fn carrier(&self, project: &Project<'p, '_>, index: Index) -> Option<&'p str> {
        let bundler = self.bundlers.get(index as usize).and_then(|it| it.get());
        bundler
            .filter(|it| *it != self.root)
            .map(|it| project.location(it))
    }

    /// True for an entry in a list of bundled packages, that of the root included: overrides do not apply to it.
    pub(crate) fn is_bundled(&self, index: Index) -> bool {
        self.bundlers
            .get(index as usize)
            .is_some_and(|it| !it.is_none())
    }
}

/// Builds the tree, follows the links, and finds the workspaces.
fn build_tree<'p>(
    project: &Project<'p, '_>,
    root: Index,
    diagnostics: &mut Diagnostics,
) -> Places<'p> {
    let listed = project
        .locations
        .iter()
        .zip(project.entries.iter())
        .map(|(location, entry)| (&**location, entry.is(EntryFlags::LINK)));
    let tree = Tree::new(listed);
    let root_entry = project.entry(root);
    let patterns = root_entry.map(|it| Patterns::of(it.fact(Field::Workspaces)));
    let mut places = Places {
        tree,
        root,
        members: BTreeMap::new(),
        is_member: Vec::new(),
        workspace_requests: Vec::new(),
        ids: Vec::new(),
        bundlers: Vec::new(),
    };
    for index in project.links.iter().copied() {
        let location = project.location(index);
        let Some(entry) = project.entry(index) else {
            continue;
        };
        let resolved = entry.resolved.as_deref().unwrap_or_default();
        let target = paths::join("", resolved.strip_prefix("file:").unwrap_or(resolved));
        let aimed = target
            .as_deref()
            .is_some_and(|target| places.tree.aim(index, target));
        if !aimed {
            diagnostics.push(diags::broken_link(
                project.path,
                location,
                &url::redact(resolved),
            ));
            continue;
        }
        let member = target
            .as_deref()
            .is_some_and(|it| patterns.as_ref().is_some_and(|patterns| patterns.name(it)));
        let at_root = paths::split_modules(location).filter(|(above, _)| above.is_empty());
        if let (true, Some((_, name)), Some(target)) = (member, at_root, places.tree.target(index))
        {
            note_member(project, &mut places.members, target, name);
        }
    }
    if paths::is_installed(project.path) {
        note_unlinked(project, patterns.as_ref(), &mut places);
    }
    ask_for_workspaces(project, &mut places);
    places
}

/// A linked installation has no links to the workspaces in the root's `node_modules`.
fn note_unlinked<'p>(
    project: &Project<'p, '_>,
    patterns: Option<&Patterns>,
    places: &mut Places<'p>,
) {
    let entries = project
        .locations
        .iter()
        .zip(project.entries.iter())
        .zip(0..);
    for ((location, entry), index) in entries {
        let member = !places.tree.is_link(index) && patterns.is_some_and(|it| it.name(location));
        if member && !location.is_empty() && !places.members.contains_key(&index) {
            let fallback = paths::folder_name(location);
            let name = entry.name.as_deref().and_then(|name| {
                // The name lives as long as the entry, which is shorter than the location.
                project
                    .unlocked
                    .iter()
                    .find(|(it, at)| it == name && at == &**location)
            });
            places
                .members
                .insert(index, name.map_or(fallback, |(name, _)| name));
        }
    }
}

/// Records a workspace. When several links lead to it, the one with its own name counts.
fn note_member<'p>(
    project: &Project<'p, '_>,
    members: &mut BTreeMap<Index, &'p str>,
    target: Index,
    name: &'p str,
) {
    let own = project.entry(target).and_then(|it| it.name.as_deref());
    let own = own.unwrap_or_else(|| paths::folder_name(project.location(target)));
    let linked = members.entry(target).or_insert(name);
    if name == own {
        *linked = name;
    }
}

/// Adds a dependency of the root on each workspace, including those that the lockfile has no link to.
fn ask_for_workspaces<'p>(project: &Project<'p, '_>, places: &mut Places<'p>) {
    let linked = places.members.iter();
    let mut requests: Vec<(&str, String)> = linked
        .map(|(target, name)| (*name, format!("file:{}", project.location(*target))))
        .collect();
    let mut names: BTreeSet<&str> = requests.iter().map(|(name, _)| *name).collect();
    for (name, location) in project.unlocked {
        if names.insert(name) {
            requests.push((name, format!("file:{location}")));
        }
    }
    places.workspace_requests = requests;
}

/// Numbers the components: every entry that is a package, and every link without a target.
fn number(project: &Project<'_, '_>, places: &mut Places<'_>) {
    let mut next = 0;
    let mut ids = Vec::with_capacity(project.locations.len());
    for (_, index) in project.locations.iter().zip(0..) {
        let current = !places.tree.is_hidden(index);
        let is_component = !places.tree.is_link(index) || places.tree.target(index).is_none();
        let id = (current && is_component).then(|| {
            next += 1;
            next - 1
        });
        ids.push(id.into());
    }
    places.ids = ids;
}
