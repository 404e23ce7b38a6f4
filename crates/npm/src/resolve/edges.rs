//! The links of a project: every request of every package, resolved as npm resolves it and checked as npm checks it.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::hint::black_box;

use bomtrail_graph::{
    Diagnostics, Link, LinkDetail, LocalId, Need, Override, Phase, Problem, Role, Target,
};
use bomtrail_version::npm::Release;

use crate::diags::{self, Asked};
use crate::lockfile::project::Project;
use crate::manager::NPM;
use crate::package::entry::{Declared, Entry, EntryFlags, Extras, Field, Pairs};
use crate::package::facts;
use crate::package::requesters::Requesters;
use crate::package::url::redact;
use crate::package::value::Value;
use crate::paths;
use crate::ranges::{Known, Ranges};
use crate::resolve::block::Block;
use crate::resolve::bundles;
use crate::resolve::number::MaybeNumber;
use crate::resolve::overrides::{Overrides, RuleId};
use crate::resolve::places::Places;
use crate::resolve::requests::{Request, Requests};
use crate::resolve::spec::Spec;
use crate::resolve::tree::Index;
use crate::resolve::validity::{self, Found};

/// The links of all packages, and the kinds of specifier that lead to each entry.
pub(crate) struct Linked {
    pub(crate) links: Vec<Link>,
    pub(crate) asked: Vec<Requesters>,
    /// The override rules that match a dependency.
    governing: BTreeSet<RuleId>,
    ranges: Ranges,
}

/// Resolves the dependencies of every package. Takes them from the entries and frees them piece by piece, so that a large
/// lockfile never has all of them in memory together with the links.
pub(crate) fn links(
    project: &mut Project<'_, '_>,
    places: &Places<'_>,
    diagnostics: &mut Diagnostics,
) -> Linked {
    let overrides = project.entry(places.root).and_then(Overrides::of);
    let sets = overrides
        .as_ref()
        .map(|it| rule_sets(project, places, it))
        .unwrap_or_default();
    let mut candidates = Vec::with_capacity(project.locations.len());
    let mut most = places.workspace_requests.len();
    for (index, entry) in (0..).zip(project.entries.iter()) {
        candidates.push(Candidate::of(project, places, index, entry));
        most += entry.request_count();
    }
    let mut linked = Linked {
        // Links are many and large: a list that grows is in memory twice.
        links: Vec::with_capacity(most),
        asked: Vec::new(),
        governing: BTreeSet::new(),
        ranges: Ranges::default(),
    };
    let mut real = places.real().peekable();
    let mut start = 0;
    while let Some(piece) = Piece::taken(project, start) {
        let of_all = OfAll {
            project,
            places,
            candidates: &candidates,
            overrides: overrides.as_ref(),
            sets: &sets,
        };
        start += piece.lists.len();
        let these = std::iter::from_fn(|| real.next_if(|it| (*it as usize) < start));
        of_all.link(&piece, these, &mut linked, diagnostics);
    }
    linked.asked = candidates.iter().map(|it| it.asked.get()).collect();
    if let Some(overrides) = &overrides {
        report_unused(project, overrides, &linked.governing, diagnostics);
    }
    linked
}

/// What some entries that follow each other depend on.
struct Piece<'a> {
    /// The first of the entries.
    start: usize,
    lists: Vec<Lists<'a>>,
}

/// What one entry depends on.
type Lists<'a> = (Pairs<'a>, Option<Box<Extras<'a>>>);

impl<'a> Piece<'a> {
    /// Takes what the entries from `start` on depend on; `None` when there are no more.
    fn taken(project: &mut Project<'_, 'a>, start: usize) -> Option<Self> {
        let entries = project.entries.piece_mut(start)?;
        let lists = entries.iter_mut().map(taken).collect();
        Some(Self { start, lists })
    }

    fn of(&self, index: Index) -> Declared<'_> {
        let at = (index as usize).checked_sub(self.start);
        let found = at.and_then(|it| self.lists.get(it));
        found.map_or(Declared::default(), |(dependencies, extras)| Declared {
            dependencies,
            extras: extras.as_deref(),
        })
    }
}

/// What an entry depends on. It keeps the names of what it bundles, and what says that a field is of a wrong type.
fn taken<'a>(entry: &mut Entry<'a>) -> Lists<'a> {
    let bundles_all = *entry.fact(Field::BundleDependencies) == Value::Bool(true);
    let dependencies = if bundles_all {
        entry.dependencies.clone()
    } else {
        std::mem::take(&mut entry.dependencies)
    };
    let extras = entry.extras.take_if(|it| it.wrong.is_empty());
    (dependencies, extras.or_else(|| entry.extras.clone()))
}

/// What the links of all packages are made with.
struct OfAll<'p> {
    project: &'p Project<'p, 'p>,
    places: &'p Places<'p>,
    /// What each entry is as the target of a link.
    candidates: &'p [Candidate],
    overrides: Option<&'p Overrides>,
    /// The override rule that applies to each entry.
    sets: &'p [Option<RuleId>],
}

impl OfAll<'_> {
    /// Makes the links of the packages of a piece.
    fn link(
        &self,
        piece: &Piece<'_>,
        mut packages: impl Iterator<Item = Index>,
        linked: &mut Linked,
        diagnostics: &mut Diagnostics,
    ) {
        let mut block = Block::default();
        while block.fill(&mut packages, |from, requests| {
            asked_by_entry(self.places, (from, piece.of(from)), requests);
        }) {
            block.look_up(&self.places.tree);
            let candidate = |it: Index| self.candidates.get(it as usize);
            let found = block.found().iter();
            let reached: Vec<Reached<'_>> = found.map(|it| (*it, it.and_then(candidate))).collect();
            // All at once for the same reason.
            let read = reached.iter().filter_map(|(_, it)| it.as_ref()?.id.get());
            black_box(read.fold(0, |all, id| all ^ id));
            let mut reached = reached.into_iter();
            for (from, requests) in block.packages() {
                let scope = self.scope(from, piece.of(from));
                for (request, reached) in requests.iter().zip(&mut reached) {
                    if let Some(scope) = &scope {
                        scope.link(*request, reached, linked, diagnostics);
                    }
                }
            }
        }
    }

    fn scope<'s>(&'s self, from: Index, declared: Declared<'s>) -> Option<Scope<'s>> {
        let (entry, id) = self.project.entry(from).zip(self.places.id(from))?;
        let set = self.sets.get(from as usize).copied().flatten();
        Some(Scope {
            project: self.project,
            places: self.places,
            candidates: self.candidates,
            from,
            id,
            entry,
            declared,
            set: self.overrides.zip(set),
        })
    }
}

/// Reports the overrides that match no dependency. Only a lockfile with all edges can show that: an installed tree may be
/// partial, and unknown edges might match.
fn report_unused(
    project: &Project<'_, '_>,
    overrides: &Overrides,
    governing: &BTreeSet<RuleId>,
    diagnostics: &mut Diagnostics,
) {
    let mut entries = project.entries.iter();
    if paths::is_installed(project.path) || entries.any(|it| it.is(EntryFlags::EDGES_UNKNOWN)) {
        return;
    }
    let folder = paths::parent(project.path).unwrap_or_default();
    let manifest = paths::join(folder, "package.json").unwrap_or_default();
    for rule in overrides.unused(governing) {
        diagnostics.push(diags::unused_override(&manifest, &rule));
    }
}

/// The requests of one package; the root's begin with its workspaces.
fn asked_by_entry<'e>(
    places: &'e Places<'_>,
    (from, declared): (Index, Declared<'e>),
    requests: &mut Requests<'e>,
) {
    requests.clear();
    if from == places.root {
        for (name, spec) in &places.workspace_requests {
            let (phase, need) = (Phase::Runtime, Need::Required);
            requests.add(Request {
                name,
                spec,
                phase,
                need,
                workspace: true,
            });
        }
    }
    requests.of_entry(declared, places.tree.is_top(from));
}

/// The override rule that applies to each package, propagated from the root until nothing changes.
fn rule_sets(
    project: &Project<'_, '_>,
    places: &Places<'_>,
    overrides: &Overrides,
) -> Vec<Option<RuleId>> {
    /// Rules only get more specific or fall back to a shared one; a package is updated at most this many times.
    const MOST_CHANGES: u8 = 16;
    let mut sets: Vec<Option<RuleId>> = vec![None; project.locations.len()];
    let mut changes = vec![0_u8; project.locations.len()];
    let mut requests = Requests::default();
    let mut open = std::collections::VecDeque::from([places.root]);
    if let Some(slot) = sets.get_mut(places.root as usize) {
        *slot = Some(0);
    }
    while let Some(from) = open.pop_front() {
        let Some(set) = sets.get(from as usize).copied().flatten() else {
            continue;
        };
        let declared = project
            .entry(from)
            .map_or(Declared::default(), Declared::of);
        asked_by_entry(places, (from, declared), &mut requests);
        for request in requests.iter() {
            let Some(to) = places
                .tree
                .resolve(from, request.name)
                .and_then(|it| places.tree.target(it))
            else {
                continue;
            };
            let new = overrides.of_edge(set, request.name, request.spec);
            let Some(slot) = sets.get_mut(to as usize) else {
                continue;
            };
            let joined = slot.map_or(Some(new), |old| overrides.joined(old, new));
            let Some(count) = changes.get_mut(to as usize) else {
                continue;
            };
            if joined.is_some() && *slot != joined && *count < MOST_CHANGES && to != places.root {
                *slot = joined;
                *count += 1;
                open.push_back(to);
            }
        }
    }
    sets
}

/// What a link needs to know of the entry that it reaches, and notes of it, in one place: the entries themselves are large and far
/// apart.
struct Candidate {
    /// The version, where it has the common form.
    release: Option<Release>,
    /// Where a link leads; any other entry leads to itself.
    target: MaybeNumber,
    id: MaybeNumber,
    /// The real name is the one that it is found by.
    is_named_by_place: bool,
    /// The kinds of specifier that lead to it.
    asked: Cell<Requesters>,
}

impl Candidate {
    fn of(project: &Project<'_, '_>, places: &Places<'_>, index: Index, entry: &Entry<'_>) -> Self {
        let found_by = || places.tree.folder_name(index, project.location(index));
        let is_found_by_name = !places.tree.is_top(index);
        Self {
            release: entry.version.as_deref().and_then(Release::parse),
            target: places.tree.target(index).into(),
            id: places.id(index).map(|it| it.0).into(),
            is_named_by_place: is_found_by_name && places.name(project, index) == found_by(),
            asked: Cell::default(),
        }
    }
}

/// The entry that a name leads to, and what a link needs to know of it.
type Reached<'p> = (Option<Index>, Option<&'p Candidate>);

/// One package whose dependencies are resolved.
struct Scope<'p> {
    project: &'p Project<'p, 'p>,
    places: &'p Places<'p>,
    /// What each entry is as the target of a link.
    candidates: &'p [Candidate],
    from: Index,
    id: LocalId,
    entry: &'p Entry<'p>,
    declared: Declared<'p>,
    set: Option<(&'p Overrides, RuleId)>,
}

/// What a dependency resolves to, and the override rule it is under.
#[derive(Clone, Copy)]
struct Resolved<'s> {
    /// The entry of its name, which may be a link.
    found: Option<Index>,
    /// The entry that it leads to.
    target: Option<Index>,
    /// The component that it reaches.
    to: Option<LocalId>,
    /// The real name of what it leads to.
    name: Option<&'s str>,
    rule: Option<(&'s Overrides, RuleId)>,
    /// The specifier that an override sets.
    effective: Option<&'s str>,
    /// Whether the version is in the declared range; known for the common forms, which need no look at the rest.
    in_range: Option<bool>,
}

impl Scope<'_> {
    fn link(
        &self,
        request: Request<'_>,
        reached: Reached<'_>,
        linked: &mut Linked,
        diagnostics: &mut Diagnostics,
    ) {
        let number = linked.ranges.number(request.spec);
        let range = linked.ranges.get(number);
        let shown = range.map(|it| it.shown.clone());
        let resolved = self.resolve(request, reached, range);
        let governing =
            |(overrides, id): &(&Overrides, RuleId)| overrides.governs(*id, request.name);
        if let Some((_, id)) = resolved.rule.filter(governing) {
            linked.governing.insert(id);
        }
        self.note_requester(request, resolved);
        let problem = self.problem(request, resolved);
        if let Some(problem) = problem {
            self.report(request, problem, resolved, diagnostics);
        }
        let to = resolved.to;
        linked.links.push(
            Link::new(self.id, to.map_or(Target::Absent, Target::Here)).with(|it| {
                it.name = (resolved.name != Some(request.name)).then(|| request.name.into());
                it.range = shown;
                it.phase = request.phase;
                it.need = request.need;
                it.problem = problem;
                it.detail = self.detail(request, resolved);
            }),
        );
    }

    fn resolve<'r>(
        &'r self,
        request: Request<'r>,
        (found, at): Reached<'r>,
        range: Option<&Known>,
    ) -> Resolved<'r> {
        let candidate = |it: Index| self.candidates.get(it as usize);
        let linked = request.workspace && paths::is_installed(self.project.path);
        let folder = request.spec.strip_prefix("file:").filter(|_| linked);
        let at_folder = || self.places.tree.at(folder?).filter(|it| *it != self.from);
        let found = found.or_else(at_folder);
        let at = at.or_else(|| found.and_then(candidate));
        let target = at.and_then(|it| it.target.get());
        let real = match target {
            Some(target) if Some(target) != found => candidate(target),
            // A link to nowhere is a component of its own.
            Some(_) | None => at,
        };
        let name = match real {
            Some(it) if it.is_named_by_place && found == target.or(found) => Some(request.name),
            _ => target
                .or(found)
                .map(|it| self.places.name(self.project, it)),
        };
        let release = real.and_then(|it| it.release);
        let rule = self.set.map(|(overrides, set)| {
            let id = overrides.of_edge(set, request.name, request.spec);
            (overrides, id)
        });
        let effective = rule.and_then(|(overrides, id)| overrides.range(id, request.name));
        Resolved {
            found,
            target,
            to: real.and_then(|it| it.id.get()).map(LocalId),
            name,
            rule,
            effective: effective.filter(|it| *it != request.spec),
            in_range: release.and_then(|it| Some(range?.common.as_ref()?.includes(it))),
        }
    }

    /// Records the kind of specifier that leads to an entry.
    fn note_requester(&self, request: Request<'_>, resolved: Resolved<'_>) {
        // An entry in the place of a workspace was not resolved by the workspace's path.
        let target = resolved.target.filter(|_| !request.workspace);
        if let Some(candidate) = target.and_then(|it| self.candidates.get(it as usize)) {
            let spec = match (resolved.effective, resolved.in_range) {
                // Nothing but a range is of a common form.
                (None, Some(_)) => Spec::Range(request.spec),
                (effective, _) => Spec::parse(effective.unwrap_or(request.spec)),
            };
            let name = resolved.name.unwrap_or(request.name);
            let mut asked = candidate.asked.get();
            asked.note(spec, request.name, name, || self.is_own());
            candidate.asked.set(asked);
        }
    }

    /// True for a first-party package.
    fn is_own(&self) -> bool {
        self.places.role(self.project, self.from).is_first_party()
    }

    fn detail(&self, request: Request<'_>, resolved: Resolved<'_>) -> Option<Box<LinkDetail>> {
        let overridden = resolved.rule.zip(resolved.effective);
        let alias = resolved.name.filter(|it| *it != request.name);
        let added_by = facts::added_by(self.entry, request.name);
        if alias.is_none() && overridden.is_none() && added_by.is_none() {
            return None;
        }
        let detail = LinkDetail::default().with(|it| {
            it.alias = alias.map(|_| request.name.into());
            it.overridden = overridden.map(|((overrides, id), effective)| Override {
                rule: overrides.text(id).into(),
                effective: redact(effective).into(),
            });
            it.added_by = added_by;
            it.condition = None;
        });
        detail.boxed()
    }

    fn problem(&self, request: Request<'_>, resolved: Resolved<'_>) -> Option<Problem> {
        let effective = resolved.effective;
        let key_range = resolved.rule.map(|(overrides, id)| overrides.key_range(id));
        let Some(index) = resolved.found else {
            return request.need.is_strict().then_some(Problem::Missing);
        };
        let is_declared = effective.is_none() && !request.workspace;
        if is_declared && resolved.in_range == Some(true) {
            return None;
        }
        let entry = self.project.entry(index)?;
        let found = self.found(index);
        if request.workspace {
            let folder = request.spec.strip_prefix("file:");
            let place = found.link_to.unwrap_or(self.project.location(index));
            let linked = folder == Some(place);
            return (!linked).then_some(Problem::Invalid);
        }
        let base = self.base();
        let accepted = self.accepted(request.name);
        let answers = |spec: &str, base: &str| {
            validity::answers(found, spec, base)
                || accepted.is_some_and(|it| validity::answers(found, it, base))
        };
        // Overrides do not apply to packages that come in an archive or are locked by one.
        let out_of_reach = self.places.is_bundled(index) || entry.is(EntryFlags::SHRINKWRAP);
        let valid = match effective.filter(|_| !out_of_reach) {
            None => answers(request.spec, base),
            Some(effective) => {
                answers(effective, "")
                    || (answers(request.spec, base)
                        && !key_range.is_some_and(|range| answers(range, base)))
            }
        };
        (!valid).then_some(Problem::Invalid)
    }

    fn found(&self, index: Index) -> Found<'_> {
        let Self {
            project, places, ..
        } = self;
        let target = places.tree.target(index);
        let link_to = places
            .tree
            .is_link(index)
            .then(|| target.map(|it| project.location(it)))
            .flatten();
        let real = project.entry(target.unwrap_or(index));
        let resolved = project.entry(index).and_then(|it| it.resolved.as_deref());
        Found {
            version: real.and_then(|it| it.version.as_deref()),
            resolved,
            link_to,
            is_copy: project.copies_folders && link_to.is_none(),
        }
    }

    /// The folder that relative paths in a package's specifiers start from: its own place, or that of the archive it came in.
    fn base(&self) -> &str {
        let resolved = self.entry.resolved.as_deref();
        match resolved.and_then(|it| it.strip_prefix("file:")) {
            Some(archive) => paths::parent(archive).unwrap_or_default(),
            None => self.project.location(self.from),
        }
    }

    fn accepted(&self, name: &str) -> Option<&str> {
        let extras = self.declared.extras?;
        extras
            .accept_dependencies
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, spec)| &**spec)
    }

    fn report(
        &self,
        request: Request<'_>,
        problem: Problem,
        resolved: Resolved<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let path = self.project.path;
        let spec = resolved.effective.unwrap_or(request.spec);
        let asked = Asked {
            from: self.project.location(self.from),
            name: request.name,
            spec: &redact(spec),
        };
        if problem == Problem::Missing {
            // An installation may leave out development dependencies; whether they are wanted is known later.
            if request.phase == Phase::Develop && paths::is_installed(path) {
                return;
            }
            diagnostics.push(diags::missing(path, &asked, request.need.is_peer(), &NPM));
            return;
        }
        let target = resolved.found.and_then(|it| self.places.tree.target(it));
        let entry = target.and_then(|it| self.project.entry(it));
        let version = entry.and_then(|it| it.version.as_deref());
        diagnostics.push(diags::invalid(
            path,
            &asked,
            version.unwrap_or("no version"),
        ));
        let role = self.places.role(self.project, self.from);
        if matches!(role, Role::Root | Role::Member) {
            return;
        }
        if !Spec::parse(spec).is_registry() {
            diagnostics.push(diags::other_source(path, &asked));
        } else if self.is_replaced(request, resolved) {
            diagnostics.push(diags::other_version(path, &asked));
        }
    }

    /// True when npm resolves an invalid dependency again. It takes what comes in an archive or is locked by one as it is,
    /// trusts the lockfile for optional peers, and ignores all peers with `legacy-peer-deps`.
    fn is_replaced(&self, request: Request<'_>, resolved: Resolved<'_>) -> bool {
        let Some(index) = resolved.found else {
            return false;
        };
        let entry = |index| self.project.entry(index);
        let bundled = entry(self.from).is_some_and(|it| bundles::names(it).contains(&request.name));
        let locked = entry(index).is_some_and(|it| it.is(EntryFlags::SHRINKWRAP));
        let installed = paths::is_installed(self.project.path);
        !(request.need.is_peer()
            || bundled
            || locked
            || installed
            || self.places.is_bundled(self.from)
            || self.places.is_bundled(index))
    }
}
