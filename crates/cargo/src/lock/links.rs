//! The dependencies of all packages. For a package of the workspace its manifest says what each is for; for the others the
//! lockfile says only that it is needed.

use std::collections::BTreeSet;

use bomtrail_graph::{
    Diagnostics, Link, LinkDetail, LocalId, Need, Problem, SharedText, Target, Text,
};
use bomtrail_version::cargo::satisfies;

use super::Read;
use super::file::Locked;
use crate::diags;
use crate::manifest::Declared;
use crate::manifest::workspace::Own;

/// The dependencies of all packages.
#[derive(Default)]
pub(super) struct Linked {
    pub(super) links: Vec<Link>,
    /// The packages that need something which the file does not have.
    pub(super) incomplete: Vec<LocalId>,
}

/// Resolves the dependencies of all packages.
pub(super) fn all(read: &Read<'_>, diagnostics: &mut Diagnostics) -> Linked {
    let mut linked = Linked::default();
    for (number, package) in read.packages.iter().enumerate() {
        let Some(from) = read.ids.get(number).copied().flatten() else {
            continue;
        };
        let reached = reached(read, package, diagnostics);
        if reached.len() < package.dependencies.len() {
            linked.incomplete.push(from);
        }
        let links = &mut linked.links;
        match read.owners.of_package(number) {
            Some(own) => {
                let scope = Scope {
                    read,
                    from,
                    own,
                    reached: &reached,
                };
                scope.links(links, diagnostics);
            }
            None => links.extend(
                reached
                    .iter()
                    .filter(|it| it.id != from)
                    .map(|it| Link::new(from, Target::Here(it.id))),
            ),
        }
    }
    linked
}

/// A package that another one needs.
struct Reached<'l> {
    id: LocalId,
    package: &'l Locked,
}

fn reached<'l>(
    read: &Read<'l>,
    package: &'l Locked,
    diagnostics: &mut Diagnostics,
) -> Vec<Reached<'l>> {
    let mut found = Vec::with_capacity(package.dependencies.len());
    for reference in &package.dependencies {
        let number = read.index.find(reference);
        let id = number.and_then(|it| read.ids.get(it).copied().flatten());
        let meant = id.zip(number.and_then(|it| read.packages.get(it)));
        if let Some((id, package)) = meant {
            found.push(Reached { id, package });
        } else {
            let place = format!("{}@{}", package.name, package.version);
            diagnostics.push(diags::unresolved(read.path, &place, reference));
        }
    }
    found
}

/// A package whose manifest is known.
struct Scope<'s, 'l> {
    read: &'s Read<'l>,
    from: LocalId,
    own: &'l Own,
    /// What the lockfile says that it needs.
    reached: &'s [Reached<'l>],
}

impl Scope<'_, '_> {
    fn links(&self, links: &mut Vec<Link>, diagnostics: &mut Diagnostics) {
        let mut used: BTreeSet<LocalId> = BTreeSet::from([self.from]);
        let path = self.read.path;
        let manifest = self.manifest();
        for declared in &self.own.manifest.dependencies {
            match self.find(declared) {
                Some(found) => {
                    used.insert(found.id);
                    // A package may ask for itself, so that its tests have other features.
                    if found.id != self.from {
                        links.push(self.link(declared, Some(found)));
                    }
                }
                None if Some(&declared.package) == self.own.manifest.name.as_ref() => {}
                None => {
                    diagnostics.push(diags::not_locked(path, &manifest, &declared.package));
                    links.push(self.link(declared, None));
                }
            }
        }
        for it in self.reached.iter().filter(|it| !used.contains(&it.id)) {
            diagnostics.push(diags::not_declared(path, &manifest, &it.package.name));
            links.push(Link::new(self.from, Target::Here(it.id)));
        }
    }

    fn manifest(&self) -> String {
        match &*self.own.folder {
            "" => crate::MANIFEST.to_owned(),
            folder => [folder, "/", crate::MANIFEST].concat(),
        }
    }

    /// The locked package that a declared dependency means: one of its name, and of several the one in its range.
    fn find(&self, declared: &Declared) -> Option<&Reached<'_>> {
        let named = |it: &&Reached<'_>| it.package.name == declared.package;
        let range = declared.range.as_deref().unwrap_or("*");
        let fits = |it: &&Reached<'_>| satisfies(&it.package.version, range);
        // A path wins over a registry, as it does for Cargo.
        let own = |it: &&Reached<'_>| it.package.source.is_none() == declared.path.is_some();
        let alike = || self.reached.iter().filter(named);
        let exact = alike().filter(fits).find(own);
        exact
            .or_else(|| alike().find(fits))
            .or_else(|| alike().next())
    }

    fn link(&self, declared: &Declared, found: Option<&Reached<'_>>) -> Link {
        let range = declared.range.as_deref();
        let is_invalid = found
            .is_some_and(|it| range.is_some_and(|range| !satisfies(&it.package.version, range)));
        let problem = match found {
            None if !declared.is_optional => Some(Problem::Missing),
            Some(_) if is_invalid => Some(Problem::Invalid),
            _ => None,
        };
        let to = found.map_or(Target::Absent, |it| Target::Here(it.id));
        let alias = (declared.key != declared.package).then(|| Text::from(declared.key.as_str()));
        let name = found
            .is_none()
            .then(|| SharedText::from(declared.package.as_str()));
        Link::new(self.from, to).with(|it| {
            it.name = name.or_else(|| alias.clone().map(Into::into));
            it.range = range.map(Into::into);
            it.phase = declared.phase;
            it.need = if declared.is_optional {
                Need::Optional
            } else {
                Need::Required
            };
            it.problem = problem;
            it.detail = LinkDetail::default()
                .with(|it| {
                    it.alias = alias;
                    it.condition = declared.target.as_deref().map(Into::into);
                })
                .boxed();
        })
    }
}
