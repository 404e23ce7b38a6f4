//! A project as its lockfile, its manifests and its folders describe it, turned into a fragment.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bomtrail_graph::{Diagnostics, Files, Flags, Fragment, Input, Lifecycle, LocalId, Role};

use crate::component::{self, Standing};
use crate::diags;
use crate::edges::{self, Ids, Linked};
use crate::installed;
use crate::legacy;
use crate::manifests::{self, Overlay};
use crate::paths;
use crate::source;
use crate::tree::{Index, Tree};
use crate::wire::{Bits, Entry, Lock, Str, Value};
use crate::workspaces::Patterns;

/// The name of the lockfile npm keeps of what is installed.
pub(crate) const HIDDEN: &str = "node_modules/.package-lock.json";

/// The entries of a lockfile, with the manifests on disk laid over the ones npm reads anew.
pub(crate) struct Project<'a> {
    /// The lockfile.
    pub(crate) path: &'a str,
    pub(crate) entries: Vec<(Str<'a>, Entry<'a>)>,
    /// The project's name where nothing in it states one.
    pub(crate) root_name: String,
}

impl<'a> Project<'a> {
    pub(crate) fn entry(&self, index: Index) -> Option<&Entry<'a>> {
        self.entries.get(index as usize).map(|(_, entry)| entry)
    }

    pub(crate) fn location(&self, index: Index) -> &str {
        self.entries
            .get(index as usize)
            .map_or("", |(location, _)| location)
    }
}

/// Where the entries stand and which component each one is.
pub(crate) struct Places<'p> {
    pub(crate) tree: Tree<'p>,
    pub(crate) root: Index,
    /// The workspaces, each with the name it is linked by, which is its package's.
    pub(crate) members: BTreeMap<Index, &'p str>,
    /// What the root asks for as workspaces: name and specifier.
    pub(crate) workspace_requests: Vec<(&'p str, String)>,
    ids: Ids,
}

impl<'p> Places<'p> {
    /// What an entry is called when it does not say so itself.
    fn fallback_name(&self, project: &'p Project<'_>, index: Index) -> &'p str {
        let location = project.location(index);
        match self.members.get(&index) {
            _ if location.is_empty() => &project.root_name,
            Some(linked) => linked,
            None => paths::folder_name(location),
        }
    }

    /// The name an entry really has.
    pub(crate) fn name(&self, project: &'p Project<'_>, index: Index) -> &'p str {
        let fallback = self.fallback_name(project, index);
        project
            .entry(index)
            .map_or(fallback, |entry| component::real_name(entry, fallback))
    }

    /// The component of an entry.
    pub(crate) fn id(&self, index: Index) -> Option<LocalId> {
        self.ids.get(index as usize).copied().flatten()
    }

    /// The entries that are packages: no links, and none that a later entry hides.
    pub(crate) fn real(&self) -> impl Iterator<Item = Index> {
        (0..)
            .zip(&self.ids)
            .filter(|(index, id)| id.is_some() && !self.tree.is_link(*index))
            .map(|(index, _)| index)
    }
}

/// Reads a lockfile that parsed.
pub(crate) fn read(lock: Lock<'_>, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
    let path = input.path;
    let base = path
        .strip_suffix(HIDDEN)
        .unwrap_or_else(|| paths::parent(path).unwrap_or_default())
        .trim_end_matches('/');
    let mut fragment = Fragment {
        path: path.into(),
        lifecycle: Lifecycle::PreBuild,
        ..Fragment::default()
    };
    if path.ends_with(HIDDEN) {
        fragment.lifecycle = Lifecycle::Build;
    }
    let Some(version) = check(&lock, path, diagnostics) else {
        return fragment;
    };
    fragment
        .properties
        .push(("bomtrail:npm:lockfile-version".into(), version.into()));
    let (name, stated_version) = (
        lock.name.clone(),
        lock.version.text().map(|it| Cow::Owned(it.to_owned())),
    );
    let mut entries = entries(lock, path, diagnostics);
    let root = root_entry(&mut entries, name, stated_version);
    let wanted = manifests::wanted(&entries);
    let texts = manifests::texts(&wanted, base, input.files);
    manifests::overlay(
        &Overlay { path, base, root },
        &mut entries,
        &texts,
        diagnostics,
    );
    note_wrong(&entries, path, diagnostics);
    manifests::npmrc(base, input.files, diagnostics);
    let root_name = input.files.folder_name().unwrap_or("project").to_owned();
    let project = Project {
        path,
        entries,
        root_name,
    };
    let mut places = places(&project, root, diagnostics);
    number(&project, &mut places);
    let linked = edges::links(&project, &places, diagnostics);
    fill(&mut fragment, &project, &places, linked, diagnostics);
    installed::complete(&mut fragment, base, input.files, diagnostics);
    fragment
}

/// The lockfile's version as text; `None` when there is nothing to read.
fn check(lock: &Lock<'_>, path: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    if lock.wrong.contains(&"lockfile") {
        diagnostics.push(diags::no_lockfile_object(path));
        return None;
    }
    for field in &lock.wrong {
        diagnostics.push(diags::wrong_type(path, "the file", field));
    }
    if lock.packages.is_none() && lock.dependencies.is_none() {
        diagnostics.push(diags::no_packages(path));
    }
    let version = match &lock.lockfile_version {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.as_ref().to_owned(),
        _ => "none".to_owned(),
    };
    if version.parse::<f64>().is_ok_and(|it| it > 4.0) {
        diagnostics.push(diags::newer_lockfile(path, &version));
    }
    Some(version)
}

/// The entries in one form, with locations in one form.
fn entries<'a>(
    lock: Lock<'a>,
    path: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<(Str<'a>, Entry<'a>)> {
    let Some(mut entries) = lock.packages else {
        let ancient = !lock.requires;
        if ancient {
            diagnostics.push(diags::edges_unknown(path, "every package"));
        }
        return legacy::entries(lock.dependencies.unwrap_or_default(), ancient);
    };
    for (location, _) in &mut entries {
        if location.is_empty() || paths::is_plain(location) {
            continue;
        }
        diagnostics.push(diags::odd_place(path, location));
        if let Some(plain) = paths::join("", location).filter(|it| !it.is_empty()) {
            *location = Cow::Owned(plain);
        }
    }
    entries
}

/// The position of the root entry, made where the file has none.
fn root_entry<'a>(
    entries: &mut Vec<(Str<'a>, Entry<'a>)>,
    name: Option<Str<'a>>,
    version: Option<Str<'a>>,
) -> Index {
    let found = entries
        .iter()
        .rposition(|(location, _)| location.is_empty());
    let index = found.unwrap_or_else(|| {
        let mut entry = Entry::default();
        // Without a manifest nobody says what the project itself depends on.
        entry.bits.set(Bits::EDGES_UNKNOWN, true);
        entries.push((Cow::Borrowed(""), entry));
        entries.len() - 1
    });
    if let Some((_, entry)) = entries.get_mut(index) {
        entry.bits.set(Bits::LINK, false);
        entry.name = entry.name.take().or(name);
        entry.version = entry.version.take().or(version);
    }
    Index::try_from(index).unwrap_or(Index::MAX)
}

fn note_wrong(entries: &[(Str<'_>, Entry<'_>)], path: &str, diagnostics: &mut Diagnostics) {
    for (location, entry) in entries {
        let Some(extras) = &entry.extras else {
            continue;
        };
        for field in &extras.wrong {
            diagnostics.push(diags::wrong_type(path, location, field));
        }
        for field in &extras.twice {
            diagnostics.push(diags::duplicate(path, location, field));
        }
    }
    if entries
        .iter()
        .any(|(location, entry)| location.is_empty() && entry.is(Bits::EDGES_UNKNOWN))
    {
        diagnostics.push(diags::edges_unknown(path, "the project itself"));
    }
}

/// Builds the tree, follows the links, and finds the workspaces.
fn places<'p>(project: &'p Project<'_>, root: Index, diagnostics: &mut Diagnostics) -> Places<'p> {
    let listed = project
        .entries
        .iter()
        .map(|(location, entry)| (&**location, entry.is(Bits::LINK)));
    let tree = Tree::new(listed);
    let field = project
        .entry(root)
        .and_then(|it| it.extras.as_ref())
        .map(|it| &it.workspaces);
    let patterns = field.map(Patterns::of);
    let mut places = Places {
        tree,
        root,
        members: BTreeMap::new(),
        workspace_requests: Vec::new(),
        ids: Vec::new(),
    };
    for ((location, entry), index) in project.entries.iter().zip(0..) {
        if !entry.is(Bits::LINK) {
            continue;
        }
        let resolved = entry.resolved.as_deref().unwrap_or_default();
        let target = paths::join("", resolved.strip_prefix("file:").unwrap_or(resolved));
        let aimed = target
            .as_deref()
            .is_some_and(|target| places.tree.aim(index, target));
        if !aimed {
            diagnostics.push(diags::broken_link(
                project.path,
                location,
                &source::redact(resolved),
            ));
            continue;
        }
        let member = target
            .as_deref()
            .is_some_and(|it| patterns.as_ref().is_some_and(|patterns| patterns.name(it)));
        let at_root = paths::split_modules(location).filter(|(above, _)| above.is_empty());
        if let (true, Some((_, name)), Some(target)) = (member, at_root, places.tree.target(index))
        {
            places.members.insert(target, name);
            places
                .workspace_requests
                .push((name, format!("file:{}", project.location(target))));
        }
    }
    places
}

/// Numbers the components: every entry that is a package, and every link that leads nowhere.
fn number(project: &Project<'_>, places: &mut Places<'_>) {
    let mut next = 0;
    let mut ids: Ids = Vec::with_capacity(project.entries.len());
    for ((location, _), index) in project.entries.iter().zip(0..) {
        let current = places.tree.at(location) == Some(index);
        let stands = !places.tree.is_link(index) || places.tree.target(index).is_none();
        ids.push((current && stands).then(|| {
            next += 1;
            LocalId(next - 1)
        }));
    }
    places.ids = ids;
}

fn fill(
    fragment: &mut Fragment,
    project: &Project<'_>,
    places: &Places<'_>,
    linked: Linked,
    diagnostics: &mut Diagnostics,
) {
    let Linked { links, asked } = linked;
    for (((location, entry), index), asked) in project.entries.iter().zip(0..).zip(asked) {
        if places.id(index).is_none() {
            if !places.tree.is_link(index) {
                diagnostics.push(diags::duplicate(project.path, "packages", location));
            }
            continue;
        }
        let fallback_name = places.fallback_name(project, index);
        let role = edges::role_of(project, places, index);
        let bundler = bundler(project, places, index);
        let standing = Standing {
            path: project.path,
            location,
            fallback_name,
            role,
            asked,
            bundler,
        };
        let component = component::component(entry, standing, diagnostics);
        fragment.add(component);
    }
    fragment.links = links;
    fragment.roots.extend(places.id(places.root));
    mark_root(fragment, project, places);
}

/// The package whose archive carries a bundled one: the nearest above that is not bundled itself.
fn bundler<'p>(project: &'p Project<'_>, places: &Places<'_>, index: Index) -> Option<&'p str> {
    project
        .entry(index)
        .filter(|it| it.is(Bits::IN_BUNDLE) && it.resolved.is_none())?;
    let mut holder = places.tree.holder(index);
    while let Some(above) = holder {
        if !project
            .entry(above)
            .is_some_and(|it| it.is(Bits::IN_BUNDLE))
        {
            return Some(project.location(above)).filter(|_| above != places.root);
        }
        holder = places.tree.holder(above);
    }
    None
}

/// The project itself is never what its entry's flags say of a dependency.
fn mark_root(fragment: &mut Fragment, project: &Project<'_>, places: &Places<'_>) {
    let private = project
        .entry(places.root)
        .is_some_and(|it| it.is(Bits::PRIVATE));
    let Some(root) = places.id(places.root) else {
        return;
    };
    if let Some(component) = fragment.components.get_mut(root.index()) {
        component.flags = Flags::default();
        component.flags.set(Flags::PRIVATE, private);
        debug_assert_eq!(component.role, Role::Root, "the root entry is the root");
    }
}

/// What the modules of this crate read beside the lockfile.
pub(crate) fn beside(base: &str, path: &str, files: &dyn Files) -> Option<Vec<u8>> {
    files.read(&paths::join(base, path)?)
}
