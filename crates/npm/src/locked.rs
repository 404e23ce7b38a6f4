//! The seam for package managers whose lockfiles state what each dependency leads to (pnpm, yarn, bun).
//!
//! A reader describes each entry of its lockfile as a [`Package`] and each dependency as an [`Edge`], and [`Locked::fill`] makes
//! the fragment: identity, origin, digests, doubts about the source, and problems of edges are the same for all managers.
//! npm's own lockfiles have install paths instead of edges, and come through `resolve/`.

pub(crate) mod edge;
pub(crate) mod first_party;
pub(crate) mod package;

use std::collections::BTreeSet;

use bomtrail_graph::{
    Completeness, Diagnostic, Diagnostics, Flags, Fragment, Kind, Link, LinkDetail, LocalId,
    Origin, PackageManager, Problem, Role, SharedText, Target, Text,
};

use crate::diags::{self, Asked};
use crate::lockfile::chunks::Chunks;
use crate::package::component;
use crate::package::context::EntryContext;
use crate::package::entry::EntryFlags;
use crate::package::facts::Shared;
use crate::package::identity;
use crate::package::registries::Registries;
use crate::package::requesters::Requesters;
use crate::package::source::{self, Source};
use crate::package::url::redact;
use crate::ranges::{Known, Ranges};
use crate::resolve::spec::Spec;
use bomtrail_version::npm::{self as semver, Release};
use edge::{Asker, Edge};
use package::{Package, Resolution};

/// The packages and links of one lockfile while they are read.
pub(crate) struct Locked<'p> {
    /// The lockfile, for messages.
    path: &'p str,
    manager: &'static PackageManager,
    /// The registries that the project names.
    registries: &'p Registries,
    /// Their memory is freed in pieces, for what is made of them.
    packages: Chunks<Package<'p>, 512>,
    /// What is known of the specifiers that lead to each package.
    asked: Vec<Requesters>,
    /// The versions of the packages that have one of the common form.
    releases: Vec<Option<Release>>,
    links: Vec<Link>,
    ranges: Ranges,
    /// What is wrong with the links.
    problems: Diagnostics,
}

impl<'p> Locked<'p> {
    /// Nothing yet of the lockfile at `path`.
    pub(crate) fn new(
        path: &'p str,
        manager: &'static PackageManager,
        registries: &'p Registries,
    ) -> Self {
        Self {
            path,
            manager,
            registries,
            packages: Chunks::default(),
            asked: Vec::new(),
            releases: Vec::new(),
            links: Vec::new(),
            ranges: Ranges::default(),
            problems: Diagnostics::new(),
        }
    }

    /// Adds a package and returns its number.
    pub(crate) fn add(&mut self, package: Package<'p>) -> LocalId {
        let id = LocalId(u32::try_from(self.packages.len()).unwrap_or(u32::MAX));
        self.asked.push(package.asked);
        let version = package.entry.version.as_deref();
        self.releases.push(version.and_then(Release::parse));
        self.packages.push(package);
        id
    }

    /// Makes room for this many packages.
    pub(crate) fn reserve(&mut self, packages: usize) {
        self.asked.reserve_exact(packages);
        self.releases.reserve_exact(packages);
    }

    /// Makes room for this many links.
    pub(crate) fn reserve_links(&mut self, links: usize) {
        self.links.reserve_exact(links);
        self.ranges.reserve(links);
    }

    /// Adds a dependency of a package on another one. Both were added before.
    pub(crate) fn connect(&mut self, edge: &Edge<'_>) {
        let range = edge.range.as_deref().map(|it| self.ranges.number(it));
        let range = range.and_then(|it| self.ranges.get(it));
        let answer = self.quick(edge, range);
        let shown = range.map(|it| it.shown.clone());
        let spec = edge.spec.as_deref().filter(|_| edge.to.is_some());
        let spec = spec.map(|it| match answer {
            Some(_) => Spec::Range(it),
            None => Spec::parse(it),
        });
        self.note(edge, spec);
        let link = self.link(edge, spec, (shown, answer));
        self.links.extend(link);
    }

    /// Adds that the root has a workspace as a member.
    pub(crate) fn connect_member(&mut self, root: LocalId, member: LocalId, range: Option<String>) {
        let name = self.package(member).map(|it| it.name.clone());
        let edge = Edge::new(root, Some(member), name.unwrap_or_default());
        self.connect(&edge.with(|it| {
            it.range = range.map(Into::into);
            it.is_membership = true;
        }));
    }

    /// What the dependencies of a package lead to.
    pub(crate) fn targets_of(&self, from: LocalId) -> BTreeSet<LocalId> {
        let links = self.links.iter().filter(|it| it.from == from);
        let here = links.filter_map(|it| match it.to {
            Target::Here(id) => Some(id),
            Target::Named(_) | Target::Absent => None,
        });
        here.collect()
    }

    /// A package that was added.
    pub(crate) fn package(&self, id: LocalId) -> Option<&Package<'p>> {
        self.packages.get(id.index())
    }

    /// True when a specifier of the edges so far asks for a package by an address or a path.
    pub(crate) fn is_asked_by_address(&self, id: LocalId) -> bool {
        self.asked.get(id.index()).is_some_and(|it| it.other)
    }

    /// A package that was added, to complete it.
    pub(crate) fn package_mut(&mut self, id: LocalId) -> Option<&mut Package<'p>> {
        self.packages.get_mut(id.index())
    }

    /// Makes the components of the fragment, and gives it the links. The packages with the role of the root become its roots.
    pub(crate) fn fill(mut self, fragment: &mut Fragment, diagnostics: &mut Diagnostics) {
        diagnostics.append(std::mem::take(&mut self.problems));
        fragment.links = std::mem::take(&mut self.links);
        let packages = std::mem::take(&mut self.packages);
        let asked = std::mem::take(&mut self.asked);
        let mut shared = Shared::default();
        let mut copies = Vec::new();
        fragment.components.reserve_exact(packages.len());
        for (mut package, asked) in packages.into_iter().zip(asked) {
            let component = self.component(&mut package, asked, &mut shared, diagnostics);
            let is_root = component.role == Role::Root;
            let Some(id) = fragment.add(component) else {
                break;
            };
            if is_root {
                fragment.roots.push(id);
            }
            copies.extend(package.copy_of.map(|original| (id, original)));
        }
        first_party::tell_apart(&mut fragment.components, &copies);
    }

    /// Whether the target of an edge satisfies its specifier, where that is a range of a common form. It nearly always is the
    /// range that is declared.
    fn quick(&self, edge: &Edge<'_>, range: Option<&Known>) -> Option<bool> {
        let release = self.releases.get(edge.to?.index()).copied()??;
        let spec = edge.spec.as_deref()?;
        match range.filter(|_| edge.range.as_deref() == Some(spec)) {
            Some(range) => range.common.as_ref().map(|it| it.includes(release)),
            None => release.is_in(spec),
        }
    }

    /// Records the specifier of an edge at what it leads to.
    fn note(&mut self, edge: &Edge<'_>, spec: Option<Spec<'_>>) {
        let (Some(to), Some(spec)) = (edge.to, spec) else {
            return;
        };
        let from = self.packages.get(edge.from.index());
        let target = self.packages.get(to.index());
        if let (Some(target), Some(slot)) = (target, self.asked.get_mut(to.index())) {
            let own =
                edge.asker == Asker::Project || from.is_some_and(|it| it.role.is_first_party());
            slot.note(spec, &edge.name, &target.name, || own);
        }
    }

    fn link(
        &mut self,
        edge: &Edge<'_>,
        spec: Option<Spec<'_>>,
        (range, answer): (Option<SharedText>, Option<bool>),
    ) -> Option<Link> {
        let from = self.package(edge.from)?;
        let target = edge.to.and_then(|it| self.package(it));
        let problem = problem(edge, target, spec, answer);
        let report = problem.map(|it| self.report(from, edge, target, it));
        let real = target.map(|it| &*it.name);
        let is_alias = real.is_some_and(|it| it != edge.name);
        let to = edge.to.map_or(Target::Absent, Target::Here);
        let link = Link::new(edge.from, to).with(|it| {
            it.name = (is_alias || real.is_none()).then(|| SharedText::from(&*edge.name));
            it.range = range;
            (it.phase, it.need, it.problem) = (edge.phase, edge.need, problem);
            it.is_membership = edge.is_membership;
            if is_alias || edge.overridden.is_some() || edge.added_by.is_some() {
                it.detail = LinkDetail::default()
                    .with(|it| {
                        it.alias = is_alias.then(|| Text::from(&*edge.name));
                        it.overridden.clone_from(&edge.overridden);
                        it.added_by.clone_from(&edge.added_by);
                    })
                    .boxed();
            }
        });
        if let Some(report) = report {
            self.problems.push(report);
        }
        Some(link)
    }

    fn report(
        &self,
        from: &Package<'_>,
        edge: &Edge<'_>,
        target: Option<&Package<'_>>,
        problem: Problem,
    ) -> Diagnostic {
        let spec = edge.spec.as_deref().or(edge.range.as_deref());
        let asked = Asked {
            from: &from.place,
            name: &edge.name,
            spec: &redact(spec.unwrap_or("*")),
        };
        match problem {
            Problem::Missing => {
                diags::missing(self.path, &asked, edge.need.is_peer(), self.manager)
            }
            Problem::Invalid if edge.is_resolved_again => {
                diags::resolved_again(self.path, &asked, self.manager)
            }
            Problem::Invalid => {
                let version = target.and_then(|it| it.entry.version.as_deref());
                diags::invalid(self.path, &asked, version.unwrap_or("no version"))
            }
        }
    }

    fn component(
        &self,
        package: &mut Package<'p>,
        asked: Requesters,
        shared: &mut Shared<'p>,
        diagnostics: &mut Diagnostics,
    ) -> bomtrail_graph::Component {
        let context = EntryContext {
            path: self.path,
            location: &package.place,
            fallback_name: &package.name,
            role: package.role,
            asked,
            registries: self.registries,
            bundler: None,
        };
        let source = self.source(package, asked);
        let entry = &package.entry;
        let mut component = component::of_source(entry, source, context, shared, diagnostics);
        if package.role == Role::Root {
            let private = entry.is(EntryFlags::PRIVATE);
            component.flags = Flags::default();
            component.flags.set(Flags::PRIVATE, private);
        }
        if package.contradicted {
            component.flags.set(Flags::CONTRADICTED, true);
        }
        if package.incomplete {
            component.dependencies = component.dependencies.max(Completeness::Incomplete);
        }
        if package.resolution == Resolution::Program {
            let version = entry.version.as_deref();
            component.purl = identity::generic(&package.name, version);
            component.kind = Kind::Platform;
        }
        if package.is_checked {
            component.flags.set(Flags::UNVERIFIED, false);
        }
        if !package.patches.is_empty() {
            let patches = &mut component.details_mut().patches;
            patches.append(&mut package.patches);
        }
        if !package.properties.is_empty() {
            let properties = &mut component.details_mut().properties;
            if properties.is_empty() {
                std::mem::swap(properties, &mut package.properties);
            } else {
                properties.append(&mut package.properties);
            }
        }
        component
    }

    fn source<'e>(&self, package: &'e Package<'p>, asked: Requesters) -> Source<'e> {
        let (name, entry) = (&*package.name, &package.entry);
        match &package.resolution {
            Resolution::Folder => Source::folder(),
            Resolution::Program => Source::only(Origin::RemoteArchive),
            Resolution::Registry(registry) => {
                let version = entry.version.as_deref();
                let registry = registry.as_deref().or(self.registries.of_name(name));
                Source::of_registry(name, version, registry)
            }
            Resolution::Address => {
                let resolved = entry.resolved.as_deref();
                // Nearly all are.
                Source::usual(resolved, name, entry.version.as_deref())
                    .unwrap_or_else(|| source::read(resolved, name, asked, self.registries))
            }
        }
    }
}

/// What is wrong with an edge: nothing serves it, or what serves it does not satisfy its range. `answer` is that of
/// [`Locked::quick`].
fn problem(
    edge: &Edge<'_>,
    target: Option<&Package<'_>>,
    spec: Option<Spec<'_>>,
    answer: Option<bool>,
) -> Option<Problem> {
    let Some(target) = target else {
        return (edge.need.is_strict() && !edge.undecided).then_some(Problem::Missing);
    };
    let version = target.entry.version.as_deref();
    if let Some(answer) = answer {
        return (!answer && !target.role.is_first_party()).then_some(Problem::Invalid);
    }
    let (Spec::Range(range) | Spec::Alias { range, .. }) = spec? else {
        return None;
    };
    let is_any = matches!(range.trim(), "" | "*");
    // What is not a range says nothing.
    let fits = is_any || version.is_none_or(|it| semver::fit(it, range).unwrap_or(true));
    (!fits && !target.role.is_first_party()).then_some(Problem::Invalid)
}
