//! Perl as dpkg installed it: the database of a root file system (`var/lib/dpkg`). Debian's packages leave no records of CPAN, so
//! a module leads to its package by the package's list of files, and the package to its distribution by what its maintainers
//! state. The component is the distribution; the Debian package that supplies it is one of its facts. Packages that are not made
//! of a distribution, and Perl itself, are components with the Package URL of Debian.

mod copyright;
mod diags;
mod distribution;
mod library;
mod links;
mod status;

use std::collections::HashSet;

use bomtrail_graph::{
    Completeness, Diagnostics, Files, Fragment, Input, Lifecycle, LocalId, Reader, Target,
};

use crate::formats::project;
use status::Package;

/// Reads the database of dpkg. Its input is the folder of the database, so it uses [`Input::files`] and not [`Input::bytes`].
#[derive(Clone, Copy, Debug, Default)]
pub struct DebianPackages;

/// The folder of the database, in a root file system.
const FOLDER: &str = "var/lib/dpkg";

/// The folder of dpkg's database in a root file system, an input of [`DebianPackages`]; `None` when it lists no Perl.
pub fn debian_packages(files: &dyn Files) -> Option<&'static str> {
    let packages = status::installed(files, FOLDER);
    let has_modules = |it: &Package| !library::modules(files, FOLDER, it).is_empty();
    packages.iter().any(has_modules).then_some(FOLDER)
}

impl Reader for DebianPackages {
    fn name(&self) -> &'static str {
        "cpan/debian"
    }

    fn claims(&self, path: &str) -> bool {
        path == FOLDER || path.ends_with(&["/", FOLDER].concat())
    }

    fn read(&self, input: &Input<'_>, diagnostics: &mut Diagnostics) -> Fragment {
        let mut fragment = Fragment::default().with(|it| {
            it.path = input.path.into();
            it.lifecycle = Lifecycle::Build;
        });
        let system = distribution::System::of(input.files);
        let mut read = Vec::new();
        for package in status::installed(input.files, input.path) {
            let modules = library::modules(input.files, input.path, &package);
            if modules.is_empty() && !package.is_of_perl() {
                continue;
            }
            let component = distribution::component(&package, &modules, &system, input.files);
            if component
                .purl
                .as_ref()
                .is_some_and(|it| it.package_type() == "deb")
                && !package.is_of_perl()
            {
                diagnostics.push(diags::no_distribution(input.path, &package.name));
            }
            if let Some(id) = fragment.add(component) {
                read.push((id, package));
            }
        }
        links::add(&mut fragment, &read);
        if !fragment.components.is_empty() {
            add_root(&mut fragment, input.files);
        }
        fragment
    }
}

/// Adds the system as a root, which requires what no other package requires, and maybe others.
fn add_root(fragment: &mut Fragment, files: &dyn Files) {
    let needed = needed(fragment);
    let all = (0..).map(LocalId).take(fragment.components.len());
    let open: Vec<LocalId> = all.filter(|it| !needed.contains(it)).collect();
    let root = project::of_folder(files).with(|it| {
        it.dependencies = Completeness::Incomplete;
    });
    if let Some(root) = fragment.add(root) {
        fragment.roots.push(root);
        let links = open.into_iter().map(|to| project::needs(root, to));
        fragment.links.extend(links);
    }
}

/// The components that another one requires. A circle of packages that nothing else requires has its first one left out.
fn needed(fragment: &Fragment) -> HashSet<LocalId> {
    let ends = fragment.links.iter().filter_map(|it| match it.to {
        Target::Here(to) if to != it.from => Some(to),
        Target::Here(_) | Target::Named(_) | Target::Absent => None,
    });
    ends.collect()
}

#[cfg(test)]
mod tests;
