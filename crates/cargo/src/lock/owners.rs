//! Which manifest a package of the workspace has, and which part it plays.

use std::collections::BTreeSet;

use bomtrail_graph::{Diagnostics, Role};

use super::file::Locked;
use crate::manifest::workspace::Own;
use crate::{diags, package};

/// The packages without a source and their manifests.
pub(super) struct Owners<'l> {
    packages: &'l [Locked],
    own: &'l [Own],
    /// The manifest of each package, by its number.
    of: Vec<Option<&'l Own>>,
}

impl<'l> Owners<'l> {
    pub(super) fn of(packages: &'l [Locked], own: &'l [Own]) -> Self {
        let of = packages.iter().map(|package| {
            let mut alike = own.iter().filter(|it| {
                package.source.is_none() && it.manifest.name.as_deref() == Some(&package.name)
            });
            let first = alike.next();
            let exact = |it: &&&Own| {
                let version = it.manifest.version.as_deref();
                version.unwrap_or("0.0.0") == package.version
            };
            first
                .iter()
                .chain(&alike.next())
                .find(exact)
                .copied()
                .or(first)
        });
        Self {
            packages,
            own,
            of: of.collect(),
        }
    }

    /// The manifest of a package.
    pub(super) fn of_package(&self, number: usize) -> Option<&'l Own> {
        self.of.get(number).copied().flatten()
    }

    /// The place of a package without a source, and the part it plays. Without any manifest every one is taken for a package
    /// of the workspace.
    pub(super) fn place(&self, number: usize) -> (String, Role) {
        let is_alone = self.members().nth(1).is_none();
        let own = self.of_package(number);
        match own {
            Some(own) if own.is_member => {
                let (place, role) = package::member_at(&own.folder, is_alone);
                (place.to_owned(), role)
            }
            Some(own) => (own.folder.clone(), Role::Local),
            None => {
                let label = |it: &Locked| format!("{}@{}", it.name, it.version);
                let place = self.packages.get(number).map(label).unwrap_or_default();
                let role = match self.own {
                    [] if is_alone => Role::Root,
                    [] => Role::Member,
                    _ => Role::Local,
                };
                (place, role)
            }
        }
    }

    /// The numbers of the packages of the workspace.
    pub(super) fn members(&self) -> impl Iterator<Item = usize> {
        let numbered = self.packages.iter().enumerate();
        let own = numbered.filter(|(number, package)| match self.of_package(*number) {
            Some(own) => own.is_member,
            None => self.own.is_empty() && package.source.is_none(),
        });
        own.map(|(number, _)| number)
    }

    /// Reports the members that the lockfile does not have.
    pub(super) fn report_unlocked(&self, path: &str, diagnostics: &mut Diagnostics) {
        let locked: BTreeSet<&str> = self.of.iter().flatten().map(|it| &*it.folder).collect();
        for own in self.own.iter().filter(|it| it.is_member) {
            let name = own.manifest.name.as_deref();
            if let Some(name) = name.filter(|_| !locked.contains(&*own.folder)) {
                let folder = if own.folder.is_empty() {
                    "."
                } else {
                    &own.folder
                };
                diagnostics.push(diags::not_locked(path, folder, name));
            }
        }
    }
}
